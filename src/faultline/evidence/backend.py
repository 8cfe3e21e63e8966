"""What a database has to be able to do beyond standard SQL: bulk loading, word search, locking, scrubbing. Invariant:
the rest of this package names no dialect."""

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Connection, Engine, Select, Table

from faultline.evidence.heads import Memory
from faultline.evidence.views import Views
from faultline.evidence.words import Query

Row = tuple[Any, ...]
CLAIMS, TEXTS = "claim_words", "text_words"  # the two word indices: over the words under claims, over blocks of text


class Backend(Protocol):
    """One kind of database."""

    engine: Engine
    where: str  # how messages name the store
    views: Views  # what snapshots of it saw last
    memory: Memory  # of its claims, what filters look at

    def settle(self) -> None:
        """What is set once for a store that is ours, outside any transaction."""
        ...

    def begin_write(self, connection: Connection) -> None:
        """Becomes the one writer. Raises the driver's error where another one does not finish in time."""
        ...

    def create_extras(self, connection: Connection) -> None:
        """The word indices and the guards that refuse UPDATE and DELETE."""
        ...

    def load(self, connection: Connection, table: Table, rows: Sequence[Row]) -> None:
        """Inserts rows that have a value for every column, in the order of the table."""
        ...

    def index(self, connection: Connection, index: str, rows: Sequence[tuple[int, str]]) -> None:
        """Adds (key, words) to a word index."""
        ...

    def among(self, column: ColumnElement[Any], values: Iterable[int]) -> ColumnElement[bool]:
        """Whether the column is one of any number of whole numbers, sent as one parameter."""
        ...

    def listed(self, column: ColumnElement[int]) -> ColumnElement[str | None]:
        """The numbers of a column as one text with commas between, NULL for none: an aggregate."""
        ...

    def matching(self, index: str, query: Query) -> Select[int]:
        """Keys in the index whose words match."""
        ...

    def latest(self, index: str, query: Query, below: int | None = None) -> Select[int]:
        """The same, highest key first, from below a key on."""
        ...

    def unguard(self, connection: Connection) -> None:
        """Lifts the guards, for a purge."""
        ...

    def guard(self, connection: Connection) -> None:
        """Sets the guards that refuse UPDATE and DELETE."""
        ...

    def clear_index(self, connection: Connection) -> None:
        """Empties both word indices."""
        ...

    def rebuild_index(self, connection: Connection) -> None:
        """Fills both word indices, emptied before, from the texts."""
        ...

    def problems(self, connection: Connection) -> list[tuple[str, str]]:
        """What the database itself finds wrong, as (where, what): its pages and keys, and each word index against the
        texts."""
        ...

    def scrub(self) -> None:
        """Rewrites the files, so that nothing deleted can be read out of them."""
        ...
