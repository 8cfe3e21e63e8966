"""Writes a simulation to a file: SVG, a page, or JSON. Invariant: the ending of the file chooses the form; what must be
read before any number stands before it, in every form."""

import json
from pathlib import Path

from markupsafe import Markup

from faultline.case.whole import write_whole
from faultline.publish.coupling.fan import draw_fans, panels_of, regions_of
from faultline.publish.coupling.outlook import COUNTRY, heading, number
from faultline.publish.templates import style_sheet, template_environment
from faultline.record.envelope import envelope
from faultline.record.errors import UsageError
from faultline.record.scenario import Simulated

FORMATS = (".svg", ".html", ".json")


def write_simulated(found: Simulated, to: Path, region: str = "") -> Path:
    """The path of the file written, UTF-8; a figure shows the `region` (the country where none is named), a page the
    country and then it. Raises UsageError for an ending that is no form or a region that has no path."""
    if to.suffix.lower() not in FORMATS:
        raise UsageError(str(to), f"the ending {to.suffix!r}", f"one of {', '.join(FORMATS)}")
    if region and region not in regions_of(found):
        raise UsageError("--region", repr(region), f"one of {', '.join(regions_of(found))}")
    return write_whole(to, _text(found, to.suffix.lower(), region))


def _text(found: Simulated, form: str, region: str) -> str:
    if form == ".json":
        return json.dumps(envelope(Simulated, found.case, [found]), ensure_ascii=False, indent=1) + "\n"
    return page_of(found, region) if form == ".html" else draw_fans(found, region or COUNTRY)


def page_of(found: Simulated, region: str = "") -> str:
    """The page as HTML: what must be read first, the fans, every outcome over the whole time."""
    wanted = [name for name in dict.fromkeys((COUNTRY, region)) if name and panels_of(found, name)]
    return (
        template_environment("faultline.publish.coupling")
        .get_template("simulated.html")
        .render(
            found=found,
            title=found.scenario or f"{found.case}, {found.weeks} weeks after {found.issue}",
            heading=heading(found),
            figures=[(name, Markup(draw_fans(found, name))) for name in wanted],  # draw_fans escapes every word itself
            rows=[row for row in found.rows if not row.month and (row.mean > 0 or row.base_mean)],
            number=number,
            css=style_sheet("faultline.publish.coupling", "page.css"),
        )
    )
