"""A case as it was known on a day, for a notebook. Invariant: it only reads, from the store that was built, and its
tables are for this machine: what leaves it goes through `faultline export`."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from html import escape
from pathlib import Path
from typing import Any

from faultline import desk
from faultline.case import Case
from faultline.evidence import ClaimFilter, Snapshot
from faultline.measure import MEASURES, Measure
from faultline.publish.citing import Citer
from faultline.publish.findings.draw import draw
from faultline.publish.incidents import Wanted, incident_row, incidents_of
from faultline.publish.names import find_actor, find_place
from faultline.publish.worlds import Seen
from faultline.record.days import Days, parse_days
from faultline.record.errors import UsageError
from faultline.record.finding import Finding
from faultline.record.vocabulary import Kind
from faultline.show.frames import Library, frame_of, library_of
from faultline.show.rows import (
    ClaimLine,
    IncidentLine,
    MeasureLine,
    SourceLine,
    claim_line,
    incident_line,
    source_lines,
)
from faultline.show.rows import measure_lines as lines_of


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with what it says under it. A notebook shows it; `svg` is "" where the measure found nothing to draw."""

    svg: str = field(repr=False)
    caption: str

    def _repr_html_(self) -> str:
        drawn = self.svg[max(self.svg.find("<svg"), 0) :]  # a page takes no XML declaration
        return f"<figure>{drawn}<figcaption>{escape(self.caption)}</figcaption></figure>"

    def save(self, path: str | Path) -> Path:
        """Writes the SVG; returns the file."""
        Path(path).write_text(self.svg, encoding="utf-8")
        return Path(path)


@dataclass(frozen=True)
class Notebook:
    """A case as it was known on a day. Its tables are those of pandas or polars, as `frames` says."""

    desk: desk.Desk
    snapshot: Snapshot
    frames: Library

    @property
    def label(self) -> str:
        """Which case, seen from which day, and what that leaves out: for captions."""
        left = self.snapshot.left_out
        out = f"; {left} documents of unknown day of publication left out" if left else ""
        return f"{self._case.title}, as known on {self.snapshot.as_of}{out}"

    def claims(
        self, kind: str = "", actor: str = "", place: str = "", period: str = "", limit: int | None = None
    ) -> Any:
        """Claims (see rows.ClaimLine) by publication, narrowed by kind, actor and place (id or name) and period (day or
        FIRST/LAST of what happened, inclusive; claims of unknown day are left out of one); at most `limit`."""
        days, case = parse_days(period, "period"), self._case
        asked = ClaimFilter(
            kinds=(_kind(kind),) if kind else (),
            actors=(find_actor(case, actor),) if actor else (),
            places=(find_place(case, place),) if place else (),
            first_day=days.first_day,
            last_day=days.last_day,
            limit=limit,
        )
        citer = Citer(case, self.snapshot)
        lines = [claim_line(case, citer.cite(claim)) for claim in self.snapshot.claims(asked)]
        return frame_of(self.frames, ClaimLine, lines)

    def incidents(self, actor: str = "", place: str = "", period: str = "") -> Any:
        """Incidents (see rows.IncidentLine), the latest first, narrowed as claims are."""
        days: Days = parse_days(period, "period")
        places, actors = find_place(self._case, place), find_actor(self._case, actor)
        wanted = Wanted((places,) if places else (), (actors,) if actors else (), days)
        rows = [incident_row(self._seen, one) for one in incidents_of(self._seen, wanted)]
        return frame_of(self.frames, IncidentLine, [incident_line(self._case, row) for row in rows])

    def sources(self) -> Any:
        """Sources (see rows.SourceLine) with how many documents and claims of each are in view."""
        return frame_of(self.frames, SourceLine, source_lines(self._case, self.snapshot))

    def measures(self, *names: str) -> Any:
        """What the named measures (all where none is named) found, a statistic a line (see rows.MeasureLine). Raises
        UsageError for an unknown name."""
        return frame_of(self.frames, MeasureLine, lines_of(self.findings(*names)))

    def figure(self, measure: str) -> Figure:
        """The figure of a measure, with what it found in one sentence and its warnings. Raises UsageError for an
        unknown name."""
        [found] = self.findings(measure)
        return Figure(draw(found), " ".join([found.summary, *found.warnings, f"({self.label})"]))

    def findings(self, *names: str) -> Sequence[Finding]:
        """The findings themselves, with their claims and curves; each measure runs once a notebook."""
        chosen = [_measure(name) for name in names] or list(MEASURES)
        missing = [one for one in chosen if one.name not in self._found]
        for finding in desk.measured(self.desk, self.snapshot, missing) if missing else ():
            self._found[finding.measure] = finding
        return [self._found[one.name] for one in chosen if one.name in self._found]

    def _repr_html_(self) -> str:
        return f"<p>{escape(self.label)}: {self.snapshot.count():,} claims</p>"

    @property
    def _case(self) -> Case:
        return self.desk.case

    @cached_property
    def _seen(self) -> Seen:
        return desk.world(self.desk, self.snapshot)

    @cached_property
    def _found(self) -> dict[str, Finding]:
        return {}


def open_case(
    case_folder: str | Path, as_of: str | date | None = None, undated: bool = False, frames: str = "", store: str = ""
) -> Notebook:
    """The case in a folder, as it was known on `as_of` (a day, inclusive; today where None).

    `undated` lets in documents of unknown day of publication; `frames` is "pandas" or "polars", by default the one that
    is installed; `store` a URL, by default the store in the folder. Raises UsageError where neither library is there,
    CaseError, and StoreError where the case was not built.
    """
    library = library_of(frames)
    opened = desk.open_desk(Path(case_folder), store)
    return Notebook(opened, opened.snapshot(_day(as_of), undated), library)


def _day(as_of: str | date | None) -> date | None:
    if as_of is None or isinstance(as_of, date):
        return as_of
    days = parse_days(as_of, "as_of")
    if days.first_day is None or days.first_day != days.last_day:
        raise UsageError("as_of", repr(as_of), "one day, YYYY-MM-DD")
    return days.last_day


def _kind(kind: str) -> Kind:
    if kind not in set(Kind):
        raise UsageError("kind", repr(kind), f"one of {', '.join(Kind)}")
    return Kind(kind)


def _measure(name: str) -> Measure:
    for one in MEASURES:
        if one.name == name:
            return one
    raise UsageError("measure", repr(name), f"one of {', '.join(one.name for one in MEASURES)}")
