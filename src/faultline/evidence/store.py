"""The append-only store behind one URL. Invariant: every append is one transaction, one writer writes at a time, and
what was appended is read only through a snapshot."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import Connection, func, select
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from faultline.evidence.backend import Backend
from faultline.evidence.blank import Blanker
from faultline.evidence.entries import Appended, Entry, Standing
from faultline.evidence.failures import as_store_errors
from faultline.evidence.flat import without_collector
from faultline.evidence.migrate import needs_preparing, prepare, read_version
from faultline.evidence.moments import moment_number
from faultline.evidence.postgres import Postgres
from faultline.evidence.purge import Purged, purge
from faultline.evidence.schema import coder_runs, decisions, filings, texts, tombstones
from faultline.evidence.snapshot import Snapshot
from faultline.evidence.sqlite import Sqlite
from faultline.evidence.verify import Verified, verify
from faultline.evidence.visible import Bounds
from faultline.evidence.write import Writer, newest_moment, purged_names
from faultline.record.decision import Decision
from faultline.record.errors import StoreError, UsageError

_GROWING = (filings, texts, coder_runs, decisions, tombstones)  # in the order of `Bounds`
_SQLITE_MAGIC = b"SQLite format 3\0"


@dataclass(frozen=True)
class Store:
    """An open store. Close it, or use it in a `with` statement."""

    backend: Backend

    def append(self, entries: Sequence[Entry], recorded: datetime) -> Appended:
        """Adds what is new in the entries, in one transaction; returns how much that was.

        `recorded` is the moment of all of it; the store's time never runs backward, so an earlier one than the newest
        in the store counts as the newest. Raises InputError where an entry is off, StoreError where the store is busy,
        full or cannot be written; nothing was stored then.
        """
        with without_collector(), self._writing(recorded) as writer:
            return writer.append(entries)

    def retract(self, origins: Sequence[str], recorded: datetime) -> int:
        """Files that nothing stands at these origins any more; returns at how many something stood."""
        with self._writing(recorded) as writer:
            return writer.retract(origins)

    def decide(self, made: Sequence[Decision], recorded: datetime) -> int:
        """Adds decisions; returns how many were new. One that `undoes` another takes it back."""
        with self._writing(recorded) as writer:
            return writer.decide(made)

    def standing(self) -> dict[str, Standing]:
        """What stands at each origin now; origins whose document was removed are left out."""
        newest = select(func.max(filings.c.id)).group_by(filings.c.origin)
        latest = select(func.max(coder_runs.c.id)).group_by(coder_runs.c.document, coder_runs.c.coder)
        columns = (filings.c.origin, filings.c.document, filings.c.fingerprint)
        coders: dict[str, dict[str, str]] = {}
        with self._reading() as connection:
            runs = select(coder_runs.c.document, coder_runs.c.coder, coder_runs.c.version)
            for document, coder, version in connection.execute(runs.where(coder_runs.c.id.in_(latest))):
                coders.setdefault(document, {})[coder] = version
            rows = connection.execute(select(*columns).where(filings.c.id.in_(newest), filings.c.document != ""))
            return {o: Standing(document, fingerprint, coders.get(document, {})) for o, document, fingerprint in rows}

    def snapshot(
        self, as_of: date | None = None, recorded_by: datetime | None = None, include_undated: bool = False
    ) -> Snapshot:
        """What was known on `as_of` (inclusive; today in UTC where None) by what was recorded by `recorded_by`
        (inclusive; everything there is now where None)."""
        day = as_of or datetime.now(UTC).date()
        with self._reading() as connection:
            newest = newest_moment(connection)
            moment = newest if recorded_by is None else min(moment_number(recorded_by), newest)
            keys = [connection.scalar(select(func.max(t.c.id))) or 0 for t in _GROWING]
        return Snapshot(self.backend, Bounds(day, moment, include_undated, *keys))

    def verify(self) -> Verified:
        """Recomputes every hash, id and digest, checks every span against its text and every index; changes nothing."""
        with self._reading() as connection:
            return verify(self.backend, connection)

    def purge(self, what: str, why: str, recorded: datetime) -> Purged:
        """Takes a document (by its id, or all that was ever filed at an origin) or a name out for good; says what that
        was. A name is blacked out wherever it stands, in any case, with or without accents; the bytes of documents that
        held it go. Neither comes back by a rebuild. Raises StoreError where a reader keeps the old log from being
        emptied; run it again then."""
        with self._writing(recorded) as writer:
            done = purge(self.backend, writer.connection, what, why, writer.recorded)
        with as_store_errors(self.backend.where):
            self.backend.scrub()
        return done

    def blanked(self, words: str) -> str:
        """The words as the store would keep them: with every purged name blacked out."""
        with self._reading() as connection:
            return Blanker(purged_names(connection)).text(words)

    def close(self) -> None:
        """Gives every connection back. The store can be opened again."""
        self.backend.engine.dispose()

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def _writing(self, recorded: datetime) -> Iterator[Writer]:
        with _transaction(self.backend) as connection:
            yield Writer(self.backend, connection, moment_number(recorded)).begin()

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with as_store_errors(self.backend.where), self.backend.engine.connect() as connection:
            yield connection


def open_store(url: str, create: bool = True, busy_seconds: float = 30.0) -> Store:
    """The store at "sqlite:///PATH" or "postgresql+psycopg://..."; made where there is none and `create` is true,
    migrated where it is of an older version.

    A writer waits up to `busy_seconds` for another one. Raises StoreError where the store is missing, damaged, not
    ours, newer than this program, or cannot be opened.
    """
    backend = _backend(url, create, busy_seconds)
    with as_store_errors(backend.where):
        try:
            _prepare(backend, create)
        except BaseException:
            backend.engine.dispose()
            raise
    return Store(backend)


def _backend(url: str, create: bool, busy_seconds: float) -> Backend:
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise _unknown(url) from None
    if parsed.get_backend_name() == "sqlite":
        _check_file(parsed, create)
        return Sqlite(parsed, busy_seconds)
    if parsed.get_backend_name() == "postgresql":
        return Postgres(parsed.set(drivername="postgresql+psycopg"), busy_seconds)
    raise _unknown(url)


def _unknown(url: str) -> UsageError:
    return UsageError("store address", repr(url), "sqlite:///PATH or postgresql+psycopg://USER@HOST/DATABASE")


def _check_file(url: URL, create: bool) -> None:
    """Says what is wrong with the place before the driver gets a chance to make a file there."""
    path, where = Path(url.database or ""), f"store {url.database}"
    if not url.database or url.database == ":memory:":
        raise UsageError("store address", repr(str(url)), "sqlite:///PATH", "A store lives in a file.")
    if path.is_dir():
        raise StoreError(where, "a folder", "a file", "Name a file in it with --store.")
    if not path.exists():
        if not create:
            raise StoreError(where, "nothing", "a store", "Run: faultline build CASE")
        if not path.parent.is_dir():
            raise StoreError(where, "no such folder", "a folder that exists", f"Make the folder {path.parent} first.")
        return
    with as_store_errors(where):
        _check_magic(path, where)


def _check_magic(path: Path, where: str) -> None:
    try:
        with path.open("rb") as file:
            head = file.read(len(_SQLITE_MAGIC))
    except OSError as error:
        raise StoreError(where, str(error.strerror), "a file that can be read", "Allow reading it.") from None
    if head and head != _SQLITE_MAGIC:
        way_out = "Name another place with --store, or move that file away and build again."
        raise StoreError(where, "something that is not a database", "a store of Faultline", way_out)


def _prepare(backend: Backend, create: bool) -> None:
    with backend.engine.connect() as connection:
        found = read_version(backend, connection)
    if needs_preparing(found):
        with _transaction(backend) as connection:
            backend.begin_write(connection)
            prepare(backend, connection, create, moment_number(datetime.now(UTC)))
    backend.settle()


@contextmanager
def _transaction(backend: Backend) -> Iterator[Connection]:
    with as_store_errors(backend.where), backend.engine.connect() as connection:
        writer = connection.execution_options(writer=True)
        with writer.begin():
            yield writer
