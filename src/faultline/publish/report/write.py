"""Turns a briefing, and what the record holds behind it, into one file. Invariant: it has passed the gate of `policy`,
holds no script and loads nothing; every number leads to its sentences or says that they are cut; the file appears whole
or not at all."""

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup

from faultline.case import Case
from faultline.case.whole import write_whole
from faultline.evidence import Snapshot
from faultline.publish.export.leaving import Leaving
from faultline.publish.report.briefing import Briefing
from faultline.publish.report.contents import Contents, ReportLimits, contents_of
from faultline.publish.report.pdf import briefing_pdf
from faultline.publish.report.word import briefing_docx
from faultline.publish.scales import RELIABILITY
from faultline.publish.templates import style_sheet, template_environment
from faultline.record.errors import UsageError


def write_briefing(leaving: Leaving, briefing: Briefing, to: Path) -> Path:
    """The path of the file written, in the form of its ending: .html (with the record behind it), .pdf or .docx.

    Raises UsageError for another ending, OSError where the file cannot be written.
    """
    check_form(to)
    return write_whole(to, FORMS[to.suffix.lower()](leaving, briefing))


def check_form(to: Path) -> None:
    """Nothing for a name with an ending that `write_briefing` knows. Raises UsageError."""
    if to.suffix.lower() not in FORMS:
        raise UsageError("--output", to.name, f"a name that ends in {', '.join(FORMS)}")


def write_report(case: Case, snapshot: Snapshot, to: Path, limits: ReportLimits | None = None) -> Path:
    """The path of the HTML file written: the record alone, without a briefing. Raises OSError."""
    return write_whole(to, render_report(case, contents_of(case, snapshot, limits or ReportLimits())))


def render_report(case: Case, contents: Contents, briefing: Briefing | None = None) -> str:
    """The report as HTML, under the briefing if there is one."""
    page = _environment().get_template("report.html")
    return page.render(
        case=case,
        report=contents,
        briefing=briefing,
        css=style_sheet("faultline.publish.report", "report.css"),
        drawn=_drawn,
    )


def _page(leaving: Leaving, briefing: Briefing) -> bytes:
    contents = contents_of(leaving.case, leaving.seen.snapshot, ReportLimits())
    return render_report(leaving.case, contents, briefing).encode()


FORMS: Mapping[str, Callable[[Leaving, Briefing], bytes]] = {
    ".html": _page,
    ".pdf": lambda _, briefing: briefing_pdf(briefing),
    ".docx": lambda _, briefing: briefing_docx(briefing),
}


def _drawn(svg: str) -> Markup:
    """A figure that we drew, without the lines before its first element; its texts were escaped when it was drawn."""
    return Markup(svg[svg.index("<svg") :])


@cache
def _environment() -> Environment:
    made = template_environment("faultline.publish.report")
    made.globals |= {"reliability": RELIABILITY}
    return made
