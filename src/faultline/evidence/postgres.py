"""The store in a PostgreSQL schema. Invariant: one transaction at a time writes (an advisory lock), and nothing is read
that is not committed."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    MetaData,
    Select,
    Table,
    Text,
    bindparam,
    cast,
    create_engine,
    func,
    literal_column,
    select,
    text,
)
from sqlalchemy.engine import URL

from faultline.evidence.backend import CLAIMS, TEXTS, Row
from faultline.evidence.heads import Memory
from faultline.evidence.schema import CONTENT
from faultline.evidence.texts import block_words, claim_words
from faultline.evidence.views import Views
from faultline.evidence.words import Query, Term, fold

_WORDS = MetaData()
_INDICES = {name: Table(name, _WORDS, Column("id", BigInteger), Column("words", Text)) for name in (CLAIMS, TEXTS)}
_OF = {CLAIMS: "claims", TEXTS: "text_blocks"}


class Postgres:
    """PostgreSQL through psycopg."""

    def __init__(self, url: URL, busy_seconds: float) -> None:
        self.where = f"store {url.render_as_string(hide_password=True)}"
        self.engine = create_engine(url, pool_pre_ping=True)
        self.views = Views()
        self.memory = Memory()
        self._busy = round(busy_seconds * 1000)

    def settle(self) -> None:
        """Nothing: the server is set up by whoever runs it."""

    def begin_write(self, connection: Connection) -> None:
        """An advisory lock of this schema, held to the end of the transaction."""
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {self._busy}")
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(hashtext(current_database() || current_schema()))")

    def create_extras(self, connection: Connection) -> None:
        """tsvector columns in tables of their own with GIN, and the guards."""
        for index, of in _OF.items():
            connection.exec_driver_sql(
                f"CREATE TABLE {index} (id bigint PRIMARY KEY REFERENCES {of} (id), words tsvector NOT NULL)"
            )
            connection.exec_driver_sql(f"CREATE INDEX {index}_gin ON {index} USING gin (words)")
        connection.exec_driver_sql(
            "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'the store is append-only'; END $$"
        )
        self.guard(connection)

    def load(self, connection: Connection, table: Table, rows: Sequence[Row]) -> None:
        """COPY."""
        quote = connection.dialect.identifier_preparer.quote
        columns = ", ".join(quote(column.name) for column in table.columns)
        self._copy(connection, f"{table.name} ({columns})", rows)

    def index(self, connection: Connection, index: str, rows: Sequence[tuple[int, str]]) -> None:
        """Words folded here, so that both databases find the same; positions are kept for phrases."""
        if rows:
            connection.exec_driver_sql("CREATE TEMPORARY TABLE incoming (id bigint, words text) ON COMMIT DROP")
            self._copy(connection, "incoming (id, words)", [(key, fold(words)) for key, words in rows])
            connection.exec_driver_sql(f"INSERT INTO {index} SELECT id, to_tsvector('simple', words) FROM incoming")
            connection.exec_driver_sql("DROP TABLE incoming")

    def among(self, column: ColumnElement[Any], values: Iterable[int]) -> ColumnElement[bool]:
        """One array."""
        return column == func.any(bindparam(None, list(values), type_=ARRAY(BigInteger)))

    def listed(self, column: ColumnElement[int]) -> ColumnElement[str | None]:
        """string_agg."""
        return func.string_agg(cast(column, Text), ",")

    def matching(self, index: str, query: Query) -> Select[int]:
        """Keys that match."""
        table = _INDICES[index]
        return select(table.c.id).where(table.c.words.op("@@")(_tsquery(query)))

    def latest(self, index: str, query: Query, below: int | None = None) -> Select[int]:
        """Keys that match, highest first."""
        key = _INDICES[index].c.id
        found = self.matching(index, query).order_by(key.desc())
        return found if below is None else found.where(key < below)

    def unguard(self, connection: Connection) -> None:
        """Drops the triggers."""
        for table in CONTENT:
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS refuse_change ON {table.name}")

    def guard(self, connection: Connection) -> None:
        """One trigger a table."""
        for table in CONTENT:
            connection.exec_driver_sql(
                f"CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON {table.name} "
                "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
            )

    def clear_index(self, connection: Connection) -> None:
        """TRUNCATE."""
        connection.exec_driver_sql(f"TRUNCATE {', '.join(_OF)}")

    def rebuild_index(self, connection: Connection) -> None:
        """Fills both tables from the texts."""
        for index in _OF:
            for rows in _sources(connection, index):
                self.index(connection, index, rows)

    def problems(self, connection: Connection) -> list[tuple[str, str]]:
        """Every row of the word indices against the words it should hold; the rest PostgreSQL answers for itself."""
        problems = []
        for index in _OF:
            held = connection.scalar(select(func.count()).select_from(_INDICES[index]))
            read = 0
            for rows in _sources(connection, index):
                read += len(rows)
                problems += [(f"{index} {key}", "holds other words") for key in _differing(connection, index, rows)]
            if held != read:
                problems.append((index, f"{held} rows for {read} texts"))
        return problems

    def scrub(self) -> None:
        """VACUUM FULL rewrites every table. Old WAL segments and backups are the server's own affair."""
        with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            for name in [table.name for table in CONTENT] + list(_OF):
                connection.exec_driver_sql(f"VACUUM FULL {name}")

    def _copy(self, connection: Connection, into: str, rows: Sequence[Row]) -> None:
        driver: Any = connection.connection.driver_connection
        with driver.cursor() as cursor, cursor.copy(f"COPY {into} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)


def _sources(connection: Connection, index: str) -> Iterator[list[tuple[int, str]]]:
    """What a word index is made of, in batches."""
    return claim_words(connection) if index == CLAIMS else block_words(connection)


def _differing(connection: Connection, index: str, rows: Sequence[tuple[int, str]]) -> list[int]:
    """Keys whose row is not there or does not hold those words."""
    sent = {"keys": [key for key, _ in rows], "words": [fold(words) for _, words in rows]}
    query = text(
        "SELECT s.id FROM unnest(CAST(:keys AS bigint[]), CAST(:words AS text[])) AS s (id, words) "
        f"LEFT JOIN {index} i ON i.id = s.id WHERE i.words IS DISTINCT FROM to_tsvector('simple', s.words)"
    )
    return list(connection.scalars(query, sent))


def _tsquery(query: Query) -> ColumnElement[Any]:
    text = " & ".join(_term(term) for term in query.terms)
    return func.to_tsquery(literal_column("'simple'"), text)


def _term(term: Term) -> str:
    *words, last = fold(term.text).split()
    return "(" + " <-> ".join([*words, f"{last}:*" if term.prefix else last]) + ")"
