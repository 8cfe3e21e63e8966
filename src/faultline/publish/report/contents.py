"""Turns a snapshot into what a report says: counts by kind and year with their sentences, the latest claims, the
sources. Invariant: nothing in it has gone round the gate; every list says how much of it was cut or held back."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from faultline.case import Case
from faultline.evidence import ClaimFilter, Snapshot
from faultline.publish.citing import find_source
from faultline.publish.kinds import KindStyle, kind_styles
from faultline.publish.months import first_day_of, last_day_of
from faultline.publish.policy import GATED, Gate, Released
from faultline.publish.question import Question
from faultline.record.text import Source
from faultline.record.vocabulary import Kind


@dataclass(frozen=True, slots=True)
class ReportLimits:
    """How many sentences a report holds: for each number of the table, for each source, of the latest of each kind."""

    per_number: int = 8
    per_source: int = 3
    latest: int = 6


@dataclass(frozen=True, slots=True)
class Passage:
    """The sentences behind one number, under `anchor`. `shown` of `count` are here; `held_back` of those looked at may
    not leave yet."""

    anchor: str
    title: str
    count: int
    shown: tuple[Released, ...]
    held_back: int

    @property
    def cut(self) -> int:
        """How many are left out for the size of the file."""
        return self.count - len(self.shown) - self.held_back


@dataclass(frozen=True, slots=True)
class KindRow:
    """A kind with its count, and of that what lies inside each year of the table."""

    style: KindStyle
    total: int
    years: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source with its claims in view; `source` is None where the case does not describe it."""

    id: str
    name: str
    source: Source | None
    claims: int


@dataclass(frozen=True, slots=True)
class Contents:
    """What a report says."""

    as_of: date
    recorded_by: datetime
    include_undated: bool
    left_out: int
    documents: int
    retold: int
    claims: int
    newest: date
    held_back: int
    years: tuple[str, ...]
    kinds: tuple[KindRow, ...]
    latest: tuple[Passage, ...]
    sources: tuple[SourceRow, ...]
    passages: tuple[Passage, ...]


def contents_of(case: Case, snapshot: Snapshot, limits: ReportLimits) -> Contents:
    """What the record holds as of the snapshot's day, past the gate."""
    gate = Gate(case, snapshot)
    rows = _kind_rows(snapshot)
    sources = _source_rows(case, snapshot)
    retold = [bool(held.filing.retold_from) for held in snapshot.documents()]
    return Contents(
        as_of=snapshot.as_of,
        recorded_by=snapshot.recorded_by,
        include_undated=snapshot.include_undated,
        left_out=snapshot.left_out,
        documents=len(retold),
        retold=sum(retold),
        claims=snapshot.count(),
        newest=gate.newest,
        held_back=gate.held_back,
        years=tuple(sorted({year for row in rows for year, _ in row.years})),
        kinds=rows,
        latest=tuple(_latest(gate, row, limits.latest) for row in rows),
        sources=sources,
        passages=(*_of_kinds(gate, rows, limits.per_number), *_of_sources(gate, sources, limits.per_source)),
    )


def _kind_rows(snapshot: Snapshot) -> tuple[KindRow, ...]:
    found = []
    for style in kind_styles().values():
        counts = snapshot.counts("year", ClaimFilter(kinds=(style.kind,)))
        years = tuple(sorted((year, count) for year, count in counts.items() if year))
        if counts:
            found.append(KindRow(style, sum(counts.values()), years))
    return tuple(found)


def _source_rows(case: Case, snapshot: Snapshot) -> tuple[SourceRow, ...]:
    found = []
    for id, claims in snapshot.counts("source").items():
        known = find_source(case, id)
        found.append(SourceRow(id, known.name if known else id or "source not named", known, claims))
    return tuple(found)


def _latest(gate: Gate, row: KindRow, most: int) -> Passage:
    """The claims of a kind that speak of the last days before the snapshot's, newest first, past the gate."""
    edge = gate.newest if row.style.kind in GATED else gate.snapshot.as_of
    chosen = ClaimFilter(kinds=(row.style.kind,), last_day=edge, order="last_day")
    count = gate.snapshot.count(chosen)
    # open ends sort last: look at some more than are shown and keep those that are over
    tail = list(gate.snapshot.claims(replace(chosen, offset=max(0, count - 8 * most))))
    over = [claim for claim in tail if claim.days.last_day and claim.days.last_day <= edge][::-1]
    shown = gate.release(over[:most])
    return Passage(f"latest-{row.style.kind}", row.style.plural, row.total, shown, 0)


def _of_kinds(gate: Gate, rows: tuple[KindRow, ...], most: int) -> Iterator[Passage]:
    for row in rows:
        kind, name = row.style.kind, row.style.plural
        yield _passage(gate, Question(ClaimFilter(kinds=(kind,))), most, (f"n-{kind}", name, row.total))
        for year, count in row.years:
            yield _passage(gate, _in_year(kind, year), most, (f"n-{kind}-{year}", f"{name}, {year}", count))


def _of_sources(gate: Gate, rows: tuple[SourceRow, ...], most: int) -> Iterator[Passage]:
    for n, row in enumerate(rows):
        question = Question(ClaimFilter(sources=(row.id,)))
        yield _passage(gate, question, most, (f"s-{n}", row.name, row.claims))


def _in_year(kind: Kind, year: str) -> Question:
    return Question(ClaimFilter(kinds=(kind,), first_day=first_day_of(year), last_day=last_day_of(year), within=True))


def _passage(gate: Gate, question: Question, most: int, head: tuple[str, str, int]) -> Passage:
    """Up to `most` sentences of a question, in the order of publication; `head` is anchor, title and count."""
    claims = list(question.first(most).claims(gate.snapshot))
    shown = gate.release(claims)
    return Passage(*head, shown, len(claims) - len(shown))
