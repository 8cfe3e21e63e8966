"""Long work as a page asks for it: in a process of its own, telling of its steps. Invariant: it opens its own desk, and
what it is given and gives back are records."""

import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

from faultline.case import Case
from faultline.desk.coupling import Sources, coupled
from faultline.desk.examining import Article, examined
from faultline.desk.opened import Desk
from faultline.desk.remembering import remembered
from faultline.intake import Skipped, take_path
from faultline.intake.taking import limits_of
from faultline.measure import MEASURES, Sight, see
from faultline.publish.view import Paper
from faultline.publish.worlds import Seen
from faultline.record.days import Days
from faultline.record.errors import InputError
from faultline.record.examination import Examination
from faultline.record.finding import Finding
from faultline.record.links import Coupled
from faultline.record.text import Filing

Report = Callable[[str], None]


def measure_all(report: Report, case: Case, url: str, as_of: date | None, undated: bool) -> tuple[Finding, ...]:
    """What each measure finds in what was known on a day."""
    desk = Desk(case, url)
    snapshot = desk.snapshot(as_of, undated)

    def sight() -> Sight:
        report("incidents")
        seen = Seen(case, snapshot)
        _ = seen.world
        return see(case, snapshot, seen)

    return tuple(remembered(desk, snapshot, MEASURES, sight, report))


def couple(report: Report, case: Case, url: str, as_of: date | None, undated: bool) -> Coupled:
    """The coupled system as of a day, with the articles of the case's examine/ folder."""
    desk = Desk(case, url)
    report("arrows")
    return coupled(desk, desk.snapshot(as_of, undated), Sources())


def examine_paper(report: Report, case: Case, url: str, paper: Paper) -> tuple[Examination, str]:
    """The examination of an article, and the text that its spans count in; its file is gone afterwards. Raises
    InputError where it cannot be read."""
    with tempfile.TemporaryDirectory(prefix="faultline-") as folder:
        path = Path(folder) / f"article{paper.ending}"
        path.write_bytes(paper.content)
        report("reading")
        day = Days(paper.published, paper.published)
        taken = take_path(path, Filing("article", "", title=paper.title, published=day), limits_of(case))
        if isinstance(taken, Skipped):
            raise InputError("article", taken.reason, "a text, Markdown, HTML, PDF, DOCX or JSON file")
        report("verdicts")
        return examined(Desk(case, url), Article(path, day)), taken.document.text
