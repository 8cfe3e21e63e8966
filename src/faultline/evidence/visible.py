"""What is in view as of a day, by what was recorded. Invariant: nothing published after the day or recorded after the
moment changes the answer.

At each origin the newest filing in view stands. A filing is in view from the last possible day of its publication on;
a removal takes everything before it out of view; and a filing of the same words at the same origin corrects the
earlier one, which is then out of view on every day. Of each coder the newest reading of a document's newest text
counts."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from threading import Lock

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, func, or_, select

from faultline.evidence.blank import Blanker
from faultline.evidence.moments import day_number
from faultline.evidence.schema import coder_runs, filings, run_contents, texts
from faultline.evidence.withheld import read_withheld


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
class View:
    """Everything in view: documents in the order of publication, runs by the key that their claims carry, and what
    may not leave documents that were ever marked: of those the newest reading counts, whatever was recorded by then."""

    documents: Mapping[str, Seen]
    runs: Mapping[int, Run]
    withheld: Mapping[str, Blanker]


class Views:
    """The views that were read last, by their bounds: the same bounds always see the same."""

    def __init__(self, most: int = 4) -> None:
        self._held: dict[Bounds, View] = {}
        self._most, self._lock = most, Lock()

    def read(self, connection: Connection, bounds: Bounds) -> View:
        """The view inside the bounds; of several who ask for one at once the first reads it."""
        with self._lock:
            view = self._held.pop(bounds, None) or read_view(connection, bounds)
            self._held[bounds] = view
            while len(self._held) > self._most:
                del self._held[next(iter(self._held))]
        return view


def read_view(connection: Connection, bounds: Bounds) -> View:
    """The view inside the bounds."""
    withheld = read_withheld(connection)
    newest = _newest_texts(connection, bounds, withheld)
    held: dict[str, list[int]] = {}
    sources: dict[str, str] = {}
    for key, document, source in connection.execute(_standing(bounds, bounds.include_undated)):
        held.setdefault(document, []).append(key)
        sources.setdefault(document, source)
    documents = {d: Seen(newest[d], tuple(keys), sources[d]) for d, keys in held.items() if d in newest}
    runs = {}
    for content, run in _newest_runs(connection, bounds, withheld):
        seen = documents.get(run.document)
        if seen is not None and seen.text == run.text:
            runs[content] = run
    return View(documents, runs, withheld)


def count_undated(connection: Connection, bounds: Bounds) -> int:
    """How many documents are out of view only because the last day of their publication is unknown."""
    if bounds.include_undated:
        return 0
    dated = {document for _, document, _ in connection.execute(_standing(bounds, False))}
    every = {document for _, document, _ in connection.execute(_standing(bounds, True))}
    return len(every - dated)


def _standing(bounds: Bounds, undated: bool) -> Select[int, str, str]:
    """(key, document, source) of the filing that stands at each origin, first published first."""
    columns = filings.c
    recorded = and_(columns.recorded <= bounds.recorded_by, columns.id <= bounds.filing)
    again = func.row_number().over(partition_by=(columns.origin, columns.words), order_by=columns.id.desc())
    chain = select(filings, again.label("again")).where(recorded).subquery()
    seen = or_(chain.c.document == "", and_(chain.c.again == 1, _published(chain, bounds.as_of, undated)))
    place = func.row_number().over(partition_by=chain.c.origin, order_by=chain.c.id.desc())
    ranked = select(chain, place.label("place")).where(seen).subquery()
    day = func.coalesce(ranked.c.first_day, ranked.c.last_day)
    query = select(ranked.c.id, ranked.c.document, ranked.c.source)
    standing = query.where(ranked.c.place == 1, ranked.c.document != "")
    return standing.order_by(day.is_(None), day, ranked.c.origin)


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


def _newest_texts(connection: Connection, bounds: Bounds, withheld: Collection[str]) -> dict[str, int]:
    query = select(texts.c.document, func.max(texts.c.id)).where(
        _recorded(texts, bounds, withheld), texts.c.id <= bounds.text
    )
    return dict(connection.execute(query.group_by(texts.c.document)).all())


def _newest_runs(connection: Connection, bounds: Bounds, withheld: Collection[str]) -> list[tuple[int, Run]]:
    columns = coder_runs.c
    newest = select(func.max(columns.id)).where(_recorded(coder_runs, bounds, withheld), columns.id <= bounds.run)
    first = run_contents.c.first
    query = select(
        columns.content, columns.document, columns.text, columns.coder, columns.version, columns.claims, first
    )
    query = query.select_from(coder_runs.join(run_contents, run_contents.c.run == columns.content))
    rows = connection.execute(query.where(columns.id.in_(newest.group_by(columns.document, columns.coder))))
    return [(content, Run(*rest)) for content, *rest in rows]
