"""Examines an article by a case: by what was known when it came out, and by what is known now. Invariant: nothing of
the article is stored."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from faultline.coding.coder import make_coder
from faultline.desk.coded import code_file
from faultline.desk.opened import Desk
from faultline.examine import Grounds, examine
from faultline.measure import see
from faultline.publish.worlds import Seen, decisions_of
from faultline.record.days import Days
from faultline.record.errors import InputError
from faultline.record.examination import Examination
from faultline.record.text import Filing
from faultline.resolve.report import Report


@dataclass(frozen=True, slots=True)
class Article:
    """A file to examine. `published` as far as known; `name` the id by which reports of the case that retell it call it
    (front matter key `examined`), by default the name of the file without its ending."""

    path: Path
    published: Days = Days()
    name: str = ""
    parser: bool = True


def examined(desk: Desk, article: Article, as_of: date | None = None, undated: bool = False) -> Examination:
    """The assertions of the article with a verdict as of the last possible day of its publication and one as of `as_of`
    (today where None). Raises InputError where nobody says when it was published."""
    filing = Filing(str(article.path), "", source="", published=article.published)
    taken, coded = code_file(desk.case, make_coder(desk.case, article.parser), article.path, filing)
    report = Report(replace(taken.filing, document=taken.document.id), taken.document.text, coded.claims)
    last = report.filing.published.last_day
    if last is None:
        way_out = "Say it: --published 2026-04-26/2026-05-10"
        raise InputError(str(article.path), "no last possible day of publication", "a day or FIRST/LAST", way_out)
    name = article.name or article.path.stem
    then = _grounds(desk, report, name, last, undated)
    # Whatever the store holds today was public by today, whether or not anybody knows since when.
    return examine(then, then if as_of == last else _grounds(desk, report, name, as_of, undated or as_of is None))


def _grounds(desk: Desk, report: Report, name: str, as_of: date | None, undated: bool) -> Grounds:
    snapshot = desk.snapshot(as_of, undated)
    seen = Seen(desk.case, snapshot)
    decisions = decisions_of(snapshot)
    return Grounds(see(desk.case, snapshot, seen), seen.reports, decisions, seen.memory.linker, report, name)
