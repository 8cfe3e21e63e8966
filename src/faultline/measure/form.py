"""The one form of all measures. Invariant: a measure that needs a systematic frame never gives a number without one,
and below its minimal data it says so instead of a number."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from faultline.measure.chance import holm
from faultline.measure.events import Events
from faultline.measure.sight import Sight
from faultline.record.analysis import Measured
from faultline.record.days import Days
from faultline.record.finding import Finding, Told

NOT_A_SAMPLE = "not a sample"
NOT_ENOUGH = "not enough data"
CHANCE = "indistinguishable from chance"
_NOBODY = re.compile(r"civilian|protester|rioter", re.IGNORECASE)
_FULL = 10  # rows in a month that has any, from which on months without one are told
_FEW = 0.02  # share of names nobody bears below which nothing is said
ALARM = 0.05  # p-values at which a row is told from its null, after correction


@dataclass(frozen=True)
class Measure:
    """One mechanism: what it asks, in which unit, against which null model, from how much data on.

    `systematic` measures give rates: they ask for an event table of a systematic frame. `misread` is how its figure is
    misread, `reference` the paper that it follows, `describe` what it tells of a record that gives no rates,
    `least` the least data in words.
    """

    name: str
    question: str
    definition: str
    unit: str
    null_model: str
    minimal: int
    systematic: bool
    misread: str
    reference: str
    find: Callable[[Sight], Finding]
    describe: Callable[[Sight], Iterable[Told]] = lambda sight: ()
    least: str = ""

    def run(self, sight: Sight) -> Finding:
        """What it finds as of the sight's day, with how it is defined; a row that says why where there is no number."""
        return replace(
            self._found(sight),
            definition=self.definition,
            null_model=self.null_model,
            needs=self.needs,
            misread=self.misread,
            reference=self.reference,
        )

    @property
    def needs(self) -> str:
        """The least data, in words."""
        table = "an event table of a systematic frame" if self.systematic else "the record"
        return f"{table}; {self.least}" if self.least else table

    def _found(self, sight: Sight) -> Finding:
        events = sight.events
        if not self.systematic:
            found = self.find(sight)
            return _warned(found, holes(events)) if events and found.frame == events.frame.id else found
        if events is None:
            found = self.refuse(NOT_A_SAMPLE, "the record was chosen by hand; rates come from a systematic event table")
            return replace(found, told=tuple(self.describe(sight)))
        if len(events) < self.minimal:
            return self.refuse(NOT_ENOUGH, f"{len(events)} events, at least {self.minimal} are needed", events)
        warnings = read_from(sight, events), nameless(events), unknown_names(sight, events), holes(events)
        return _warned(self.find(sight), *warnings)

    def refuse(self, verdict: str, why: str, events: Events | None = None) -> Finding:
        """A finding without a number."""
        frame = events.frame.id if events else ""
        window = window_of(events) if events else Days()
        row = Measured(self.name, None, self.unit, window, self.null_model, verdict=verdict, frame=frame, note=why)
        return Finding(self.name, self.question, f"{verdict}: {why}.", (row,), frame=frame)


def _warned(found: Finding, *warnings: str) -> Finding:
    more = tuple(warning for warning in warnings if warning)
    return replace(found, warnings=(*found.warnings, *more)) if more else found


def read_from(sight: Sight, events: Events) -> str:
    """From which files a table came that is none of the case; "" for one of the case."""
    return "" if events.frame in sight.case.frames or not events.frame.note else f"Events {events.frame.note}."


def holes(events: Events) -> str:
    """Says where months without a row are so many, beside months full of them, that the table may not cover them; ""
    where they are not. Only who knows how the table was made can tell a quiet year from one that is not in it."""
    months = sorted({(day.year * 12 + day.month - 1) for day in map(date.fromordinal, events.first.tolist())})
    if len(months) < 2:
        return ""
    span, full = months[-1] - months[0] + 1, len(events) / len(months)
    if len(months) > span / 2 or full < _FULL:
        return ""
    longest = max((later - month, month) for month, later in pairwise(months))
    after = f"{longest[1] // 12}-{longest[1] % 12 + 1:02d}"
    said = f"{span - len(months)} of {span} months have no row, the others {full:.0f} on average; the longest stretch,"
    return (
        f"{said} {longest[0] - 1} months, begins after {after}: if the table does not cover it, its rates mean nothing."
    )


def nameless(events: Events) -> str:
    """How many rows name nobody who acted, where they are not few; "" else. Beside months that name them they make a
    party's events rise in those months."""
    number = int((~events.acted.any(axis=1)).sum())
    if number < _FEW * len(events):
        return ""
    return (
        f"{number} of {len(events)} rows name nobody who acted: they are no party's, and where rows do, its rate rises."
    )


def unknown_names(sight: Sight, events: Events) -> str:
    """How many of the sides that a table names are nobody of the case, with the most frequent; "" where few are.
    Civilians and protesters are no names."""
    mentions = events.acted.sum(axis=0) + events.suffered.sum(axis=0)
    counts = {p: int(n) for p, n in zip(events.parties, mentions, strict=True) if not _NOBODY.search(p)}
    unknown = sorted((p for p in counts if p not in sight.kinds), key=lambda p: (-counts[p], p))
    share = sum(counts[p] for p in unknown) / max(1, sum(counts.values()))
    if not sight.declared.coalitions or share < _FEW:
        return ""
    named = ", ".join(f"{party} ({counts[party]})" for party in unknown[:3])
    return f"{share:.0%} of the sides in the table are nobody of the case and in no coalition, most often {named}."


def corrected(rows: Sequence[Measured], beyond: str) -> list[Measured]:
    """The rows with their p-values corrected for how many there are (Holm), and the verdict that follows: `beyond` at
    ALARM or under, else chance. A row without a p-value keeps its verdict."""
    values = iter(holm([row.p_value for row in rows if row.p_value is not None]))
    found = []
    for row in rows:
        p = next(values) if row.p_value is not None else None
        verdict = row.verdict if p is None else (beyond if p <= ALARM else CHANCE)
        found.append(replace(row, p_value=p, verdict=verdict))
    return found


def window_of(events: Events) -> Days:
    """From the first to the last day that the rows speak of; unknown where there is none."""
    if not len(events):
        return Days()
    return Days(date.fromordinal(int(events.first.min())), date.fromordinal(int(events.last.max())))


def run(measures: Sequence[Measure], sight: Sight) -> tuple[Finding, ...]:
    """The findings of the measures in their order."""
    return tuple(measure.run(sight) for measure in measures)
