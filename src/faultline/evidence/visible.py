"""What is in view as of a day, by what was recorded. Invariant: nothing published after the day or recorded after the
moment changes the answer.

At each origin the newest filing in view stands. A filing is in view from the last possible day of its publication on;
a removal takes everything before it out of view; and a filing of the same words at the same origin corrects the
earlier one, which is then out of view on every day. Of each coder the newest reading of a document's newest text
counts."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from operator import itemgetter
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, Connection, Select, Table, and_, func, or_, select

from faultline.evidence.blank import Blanker
from faultline.evidence.filters import ClaimFilter
from faultline.evidence.heads import Keys, Numbers, keys_of
from faultline.evidence.moments import day_number
from faultline.evidence.schema import coder_runs, filings, run_contents, texts
from faultline.evidence.withheld import read_withheld

_Rank = tuple[bool, int, str]  # day unknown, day, origin


@dataclass(frozen=True, slots=True)
class Bounds:
    """The edge of a view: the day, the moment (as a number), and the newest keys that were there when it was taken, so
    that a view holds still beside a writer."""

    as_of: date
    recorded_by: int
    include_undated: bool
    filing: int
    text: int
    run: int
    decision: int
    tombstone: int


@dataclass(frozen=True, slots=True)
class Seen:
    """A document in view: key of its text, keys of the filings that hold it (the first published leads), its source."""

    text: int
    filings: tuple[int, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Run:
    """A reading in view; the keys of its claims run from `first` on, in the order of the text."""

    document: str
    text: int
    coder: str
    version: str
    claims: int
    first: int


@dataclass(frozen=True, slots=True)
class Standing:
    """The filing that stands at one origin: its key, its document, the source, and the day by which it is put in order
    (None: unknown)."""

    key: int
    document: str
    source: str
    day: int | None


@dataclass(frozen=True, slots=True)
class Left:
    """Claims in the order of publication, then of the text: their keys, and of each the place of its run in `runs`."""

    runs: tuple[int, ...]
    keys: Keys
    place: Numbers


@dataclass(frozen=True, slots=True)
class Parts:
    """What a view is made of: what stands at each origin, the newest text of each document, and the newest run of each
    document and coder with the key that its claims carry."""

    standing: Mapping[str, Standing]
    texts: Mapping[str, int]
    read: Mapping[tuple[str, str], tuple[int, Run]]


@dataclass(frozen=True)
class View:
    """Everything in view: documents in the order of publication, runs by the key that their claims carry, and what
    may not leave documents that were ever marked: of those the newest reading counts, whatever was recorded by then.

    `parts` and `ranks`, the documents with what orders them, are for the view that grows out of this one."""

    documents: Mapping[str, Seen]
    runs: Mapping[int, Run]
    withheld: Mapping[str, Blanker]
    parts: Parts
    ranks: Sequence[tuple[_Rank, str]]

    @cached_property
    def answers(self) -> dict[ClaimFilter, Left]:
        """What was asked of it last."""
        return {}

    @cached_property
    def laid(self) -> tuple[tuple[int, ...], Keys, Numbers]:
        """Runs in the order of publication, the keys of all claims in that order, and of each claim the place of its
        run among the runs."""
        place = {document: n for n, document in enumerate(self.documents)}
        runs = tuple(sorted(self.runs, key=lambda key: (place[self.runs[key].document], key)))
        counts = [self.runs[key].claims for key in runs]
        keys = keys_of((self.runs[key].first for key in runs), counts)
        return runs, keys, np.repeat(np.arange(len(runs), dtype=np.int32), counts)


def read_view(connection: Connection, bounds: Bounds) -> View:
    """The view inside the bounds."""
    withheld = read_withheld(connection)
    standing = {row.origin: as_standing(row) for row in connection.execute(standing_at(bounds))}
    read = newest_runs(connection, bounds, withheld)
    parts = Parts(standing, newest_texts(connection, bounds, withheld), read)
    return made_view(View({}, {}, withheld, Parts({}, {}, {}), ()), parts, {one.document for one in standing.values()})


def made_view(older: View, parts: Parts, changed: Collection[str]) -> View:
    """The view of its parts; documents that did not change are as in the older view: to make twenty thousand of them
    anew at each step of a build would take longer than to answer. Databases differ in how they order origins: the order
    is made here."""
    held: dict[str, list[tuple[_Rank, Standing]]] = {}
    for origin, one in parts.standing.items():
        if one.document in changed and one.document in parts.texts:
            rank = (one.day is None, one.day or 0, origin)
            held.setdefault(one.document, []).append((rank, one))
    fresh, ranks = {}, [pair for pair in older.ranks if pair[1] not in changed]
    for document, rows in held.items():
        rows.sort(key=itemgetter(0))
        fresh[document] = Seen(parts.texts[document], tuple(one.key for _, one in rows), rows[0][1].source)
        ranks.append((rows[0][0], document))
    ranks.sort()
    documents = {document: fresh.get(document) or older.documents[document] for _, document in ranks}
    runs = {key: run for key, run in older.runs.items() if run.document not in changed}
    for content, run in parts.read.values():
        if run.document in fresh and fresh[run.document].text == run.text:
            runs[content] = run
    return View(documents, runs, older.withheld, parts, ranks)


def count_undated(connection: Connection, bounds: Bounds) -> int:
    """How many documents are out of view only because the last day of their publication is unknown."""
    columns = filings.c
    if bounds.include_undated or not connection.scalar(select(columns.id).where(columns.last_day.is_(None)).limit(1)):
        return 0
    dated, every = (
        {row.document for row in connection.execute(standing_at(replace(bounds, include_undated=undated)))}
        for undated in (False, True)
    )
    return len(every - dated)


def standing_at(bounds: Bounds, origins: Collection[str] = ()) -> Select[int, str, str, str, int | None]:
    """(id, origin, document, source, day) of the filing that stands at each origin, or at each of these."""
    columns = filings.c
    recorded = and_(columns.recorded <= bounds.recorded_by, columns.id <= bounds.filing)
    if origins:
        recorded = and_(recorded, columns.origin.in_(origins))
    again = func.row_number().over(partition_by=(columns.origin, columns.words), order_by=columns.id.desc())
    chain = select(filings, again.label("again")).where(recorded).subquery()
    published = _published(chain, bounds.as_of, bounds.include_undated)
    seen = or_(chain.c.document == "", and_(chain.c.again == 1, published))
    place = func.row_number().over(partition_by=chain.c.origin, order_by=chain.c.id.desc())
    ranked = select(chain, place.label("place")).where(seen).subquery()
    day = func.coalesce(ranked.c.first_day, ranked.c.last_day).label("day")
    query = select(ranked.c.id, ranked.c.origin, ranked.c.document, ranked.c.source, day)
    return query.where(ranked.c.place == 1, ranked.c.document != "")


def as_standing(row: Any) -> Standing:
    """The standing filing of a row of `standing_at`."""
    return Standing(row.id, row.document, row.source, row.day)


def _published(filed: object, as_of: date, undated: bool) -> ColumnElement[bool]:
    day, columns = day_number(as_of), filed.c  # type: ignore[attr-defined]
    dated: ColumnElement[bool] = columns.last_day <= day
    if not undated:
        return dated
    # what was certainly published later stays out, however little is known of its last day
    return or_(dated, and_(columns.last_day.is_(None), or_(columns.first_day.is_(None), columns.first_day <= day)))


def _recorded(table: Table, bounds: Bounds, withheld: Collection[str]) -> ColumnElement[bool]:
    recorded: ColumnElement[bool] = table.c.recorded <= bounds.recorded_by
    return or_(recorded, table.c.document.in_(withheld)) if withheld else recorded


def newest_texts(connection: Connection, bounds: Bounds, withheld: Collection[str], since: int = 0) -> dict[str, int]:
    """Key of the newest text of each document that has one after that key."""
    query = select(texts.c.document, func.max(texts.c.id)).where(
        _recorded(texts, bounds, withheld), texts.c.id <= bounds.text, texts.c.id > since
    )
    return dict(connection.execute(query.group_by(texts.c.document)).all())


def newest_runs(
    connection: Connection, bounds: Bounds, withheld: Collection[str], since: int = 0
) -> dict[tuple[str, str], tuple[int, Run]]:
    """The newest run after that key of each document and coder, with the key that its claims carry."""
    columns = coder_runs.c
    newest = select(func.max(columns.id)).where(
        _recorded(coder_runs, bounds, withheld), columns.id <= bounds.run, columns.id > since
    )
    first = run_contents.c.first
    query = select(
        columns.content, columns.document, columns.text, columns.coder, columns.version, columns.claims, first
    )
    query = query.select_from(coder_runs.join(run_contents, run_contents.c.run == columns.content))
    rows = connection.execute(query.where(columns.id.in_(newest.group_by(columns.document, columns.coder))))
    return {(row.document, row.coder): (row.content, Run(*row[1:])) for row in rows}
