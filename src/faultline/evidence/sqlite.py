"""The store in one SQLite file: WAL, FTS5, foreign keys. Invariant: a commit is atomic against SIGKILL, and one
connection at a time writes."""

import json
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Engine,
    Integer,
    MetaData,
    Select,
    Table,
    Text,
    create_engine,
    event,
    func,
    literal_column,
    select,
)
from sqlalchemy.dialects.sqlite import dialect
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from faultline.evidence.backend import CLAIMS, TEXTS, Row
from faultline.evidence.heads import Memory
from faultline.evidence.schema import BLOCK, CONTENT
from faultline.evidence.views import Views
from faultline.evidence.words import Query
from faultline.record.errors import StoreError

_PRAGMAS = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA synchronous = NORMAL",  # in WAL a crash of the process loses nothing, one of the machine the last commits
    "PRAGMA cache_size = -65536",  # KiB
    "PRAGMA temp_store = MEMORY",
    "PRAGMA recursive_triggers = ON",  # else INSERT OR REPLACE would pass the guards
)
_WORDS = MetaData()
_INDICES = {name: Table(name, _WORDS, Column("rowid", Integer), Column(name, Text)) for name in (CLAIMS, TEXTS)}

# The words under each claim, read through the blocks that its span touches: no text is stored twice.
_QUOTES = f"""
CREATE VIEW claim_quotes AS SELECT c.id AS id, (
  SELECT group_concat(piece, '') FROM (
    SELECT substr(b.body, max(c.start - b.first, 0) + 1, c.stop - max(c.start, b.first)) AS piece
    FROM text_blocks b
    WHERE b.text = r.text AND b.first > c.start - {BLOCK} AND b.first < c.stop ORDER BY b.first)) AS words
FROM claims c JOIN coder_runs r ON r.id = c.run"""
_TOKENS = "tokenize = 'unicode61 remove_diacritics 2'"
_EXTRAS = (
    _QUOTES,
    f"CREATE VIRTUAL TABLE {CLAIMS} USING fts5(words, content = 'claim_quotes', content_rowid = 'id', {_TOKENS})",
    f"CREATE VIRTUAL TABLE {TEXTS} USING fts5(body, content = 'text_blocks', content_rowid = 'id', {_TOKENS})",
)


class Sqlite:
    """SQLite through the standard library's driver."""

    def __init__(self, url: URL, busy_seconds: float) -> None:
        self.where = f"store {url.database}"
        self.engine = create_engine(url, connect_args={"timeout": busy_seconds, "check_same_thread": False})
        _set_up(self.engine)
        self.views = Views()
        self.memory = Memory()

    def settle(self) -> None:
        """The write-ahead log: readers go on beside a writer. The file remembers it."""
        connection: Any = self.engine.raw_connection()
        try:
            [mode] = connection.execute("PRAGMA journal_mode = WAL").fetchone()
        finally:
            connection.close()
        if mode != "wal":
            way_out = "Put the store on a disk of this machine, or use PostgreSQL."
            raise StoreError(self.where, f"journal mode {mode}", "a file system that can share memory", way_out)

    def begin_write(self, connection: Connection) -> None:
        """Nothing: BEGIN IMMEDIATE has taken the write lock."""

    def create_extras(self, connection: Connection) -> None:
        """FTS5 over texts and over the words under claims, and the guards."""
        for statement in _EXTRAS:
            connection.exec_driver_sql(statement)
        self.guard(connection)

    def load(self, connection: Connection, table: Table, rows: Sequence[Row]) -> None:
        """executemany with positional parameters: the fastest way that the driver has."""
        if rows:
            connection.exec_driver_sql(_insert(table), list(rows))

    def index(self, connection: Connection, index: str, rows: Sequence[tuple[int, str]]) -> None:
        """The tokens only: FTS5 reads the words themselves from the texts."""
        if rows:
            column = "words" if index == CLAIMS else "body"
            connection.exec_driver_sql(f"INSERT INTO {index} (rowid, {column}) VALUES (?, ?)", list(rows))

    def among(self, column: ColumnElement[Any], values: Iterable[int]) -> ColumnElement[bool]:
        """One JSON array, whatever its length."""
        each = func.json_each(json.dumps(list(values))).table_valued("value")
        return column.in_(select(each.c.value))

    def listed(self, column: ColumnElement[int]) -> ColumnElement[str | None]:
        """group_concat."""
        return func.group_concat(column)

    def matching(self, index: str, query: Query) -> Select[int]:
        """Row ids that match."""
        table = _INDICES[index]
        return select(table.c.rowid).where(literal_column(index).op("MATCH")(_fts5(query)))

    def latest(self, index: str, query: Query, below: int | None = None) -> Select[int]:
        """Row ids that match, highest first: FTS5 walks them in that order without sorting."""
        row = _INDICES[index].c.rowid
        found = self.matching(index, query).order_by(row.desc())
        return found if below is None else found.where(row < below)

    def unguard(self, connection: Connection) -> None:
        """Drops the triggers."""
        for table in CONTENT:
            for verb in ("update", "delete"):
                connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {table.name}_no_{verb}")

    def guard(self, connection: Connection) -> None:
        """Two triggers a table."""
        for table in CONTENT:
            for verb in ("update", "delete"):
                connection.exec_driver_sql(
                    f"CREATE TRIGGER {table.name}_no_{verb} BEFORE {verb.upper()} ON {table.name} "
                    "BEGIN SELECT RAISE(ABORT, 'the store is append-only'); END"
                )

    def clear_index(self, connection: Connection) -> None:
        """'delete-all' throws every segment away; a 'delete' would leave the words in old ones."""
        for index in (CLAIMS, TEXTS):
            connection.exec_driver_sql(f"INSERT INTO {index} ({index}) VALUES ('delete-all')")

    def rebuild_index(self, connection: Connection) -> None:
        """FTS5 reads the texts itself."""
        for index in (CLAIMS, TEXTS):
            connection.exec_driver_sql(f"INSERT INTO {index} ({index}) VALUES ('rebuild')")

    def problems(self, connection: Connection) -> list[tuple[str, str]]:
        """SQLite's own checks of pages and foreign keys, FTS5's own check against the content."""
        pages = connection.exec_driver_sql("PRAGMA integrity_check").scalars()
        problems = [("pages", said) for said in pages if said != "ok"]
        for table, key, *_ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
            problems.append((f"{table} {key}", "refers to a row that is not there"))
        for index in (CLAIMS, TEXTS):
            try:
                connection.exec_driver_sql(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")
            except DBAPIError as error:
                problems.append((index, f"does not agree with the texts ({error.orig})"))
        return problems

    def scrub(self) -> None:
        """VACUUM rewrites the file, TRUNCATE empties the WAL."""
        self.engine.dispose()  # our own idle connections would hold the log
        connection: Any = self.engine.raw_connection()
        try:
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute("VACUUM")
            [busy, _, _] = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            connection.close()
        if busy:
            way_out = "Stop what else reads the store (faultline serve) and run the same purge again."
            raise StoreError(self.where, "a reader that holds the old log", "no other reader", way_out)


@cache
def _insert(table: Table) -> str:
    """Compiled once: doing so takes longer than loading a row."""
    return str(table.insert().compile(dialect=dialect()))


def _fts5(query: Query) -> str:
    """Every term as an FTS5 string: inside its quotes no sign has a meaning, and a term holds no quote."""
    return " ".join(f'"{term.text}"{" *" if term.prefix else ""}' for term in query.terms)


def _set_up(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def connect(connection: Any, record: object) -> None:
        connection.isolation_level = None  # transactions begin where we say, not where the driver guesses
        for pragma in _PRAGMAS:
            connection.execute(pragma)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writer = connection.get_execution_options().get("writer", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writer else "BEGIN")
