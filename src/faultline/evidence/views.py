"""Views that were read last, and how one grows into the next. Invariant: a view that grew is the view that would have
been read."""

from dataclasses import replace
from threading import Lock

from sqlalchemy import Connection, select

from faultline.evidence.schema import coder_runs, filings, texts
from faultline.evidence.visible import (
    Bounds,
    Parts,
    View,
    as_standing,
    count_undated,
    made_view,
    newest_runs,
    newest_texts,
    read_view,
    standing_at,
)

_MOST_ORIGINS = 900  # that may have changed since; of more, everything is read again (SQLite counts its parameters)


class Views:
    """The views that were read last, by their bounds: the same bounds always see the same."""

    def __init__(self, most: int = 4) -> None:
        self._held: dict[Bounds, View] = {}
        self._undated: dict[Bounds, int] = {}
        self._most, self._lock = most, Lock()

    def read(self, connection: Connection, bounds: Bounds) -> View:
        """The view inside the bounds; of several who ask for one at once the first reads it."""
        key = replace(bounds, decision=0)  # a decision puts no claim into view and takes none out
        with self._lock:
            view = self._held.pop(key, None) or self._made(connection, key)
            self._held[key] = view
            while len(self._held) > self._most:
                del self._held[next(iter(self._held))]
        return view

    def undated(self, connection: Connection, bounds: Bounds) -> int:
        """How many documents are out of view only because the last day of their publication is unknown."""
        key = replace(bounds, decision=0)
        with self._lock:
            if key not in self._undated:
                self._undated = dict(list(self._undated.items())[1 - self._most :])
                self._undated[key] = count_undated(connection, key)
            return self._undated[key]

    def _made(self, connection: Connection, bounds: Bounds) -> View:
        for older in reversed(self._held):
            if _leads_to(older, bounds) and _whole(connection, older):
                grown = grown_view(connection, self._held[older], older, bounds)
                if grown is not None:
                    return grown
        return read_view(connection, bounds)


def grown_view(connection: Connection, view: View, older: Bounds, bounds: Bounds) -> View | None:
    """The view inside later bounds; None where so much changed that it is better read."""
    new = (filings.c.id > older.filing, filings.c.id <= bounds.filing)
    origins = connection.scalars(select(filings.c.origin).where(*new).distinct().limit(_MOST_ORIGINS + 1)).all()
    if len(origins) > _MOST_ORIGINS:
        return None
    standing = dict(view.parts.standing)
    changed = {gone.document for origin in origins if (gone := standing.pop(origin, None))}
    if origins:
        now = {row.origin: as_standing(row) for row in connection.execute(standing_at(bounds, origins))}
        standing |= now
        changed |= {one.document for one in now.values()}
    newest = newest_texts(connection, bounds, view.withheld, older.text)
    read = newest_runs(connection, bounds, view.withheld, older.run)
    changed |= newest.keys() | {document for document, _ in read}
    return made_view(view, Parts(standing, {**view.parts.texts, **newest}, {**view.parts.read, **read}), changed)


def _leads_to(older: Bounds, bounds: Bounds) -> bool:
    """Whether the later bounds hold all that the older ones do, of the same day, with nothing purged or marked."""
    grows = ("recorded_by", "filing", "text", "run")
    same = replace(bounds, **{name: getattr(older, name) for name in grows}) == older
    return same and all(getattr(older, name) <= getattr(bounds, name) for name in grows)


def _whole(connection: Connection, bounds: Bounds) -> bool:
    """Whether the bounds' moment leaves out none of the rows up to their keys: time never runs backward in a store."""
    ends = ((filings, bounds.filing), (texts, bounds.text), (coder_runs, bounds.run))
    moments = (connection.scalar(select(table.c.recorded).where(table.c.id == key)) or 0 for table, key in ends)
    return all(moment <= bounds.recorded_by for moment in moments)
