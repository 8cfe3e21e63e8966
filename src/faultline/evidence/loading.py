"""The rows of one transaction, loaded many at a time: a statement for each row of each document costs more than reading
the document. Invariant: a row is never loaded before one that it refers to, if that was given first."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, Table

from faultline.evidence.backend import Backend, Row
from faultline.evidence.schema import CONTENT

_MOST = 50_000  # rows that wait at most: bounds the memory of an append of any size


@dataclass
class Loader:
    """Rows and words for the indices that wait to be loaded. Whoever gives some calls `flush` when it is done, and
    before it reads what it gave."""

    backend: Backend
    connection: Connection
    _rows: dict[str, list[Row]] = field(default_factory=dict)
    _words: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    _waiting: int = 0

    def load(self, table: Table, rows: Sequence[Row]) -> None:
        """Rows that have a value for every column, in the order of the table."""
        self._rows.setdefault(table.name, []).extend(rows)
        self._count(len(rows))

    def index(self, index: str, rows: Sequence[tuple[int, str]]) -> None:
        """(key, words) for a word index."""
        self._words.setdefault(index, []).extend(rows)
        self._count(len(rows))

    def flush(self) -> None:
        """Loads everything that waits."""
        for table in CONTENT:  # what is referred to comes before what refers to it
            if rows := self._rows.pop(table.name, None):
                self.backend.load(self.connection, table, rows)
        for index in sorted(self._words):
            self.backend.index(self.connection, index, self._words[index])
        self._words.clear()
        self._waiting = 0

    def _count(self, more: int) -> None:
        self._waiting += more
        if self._waiting > _MOST:
            self.flush()
