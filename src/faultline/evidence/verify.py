"""Recomputes every hash and id and checks every span. Invariant: reads only; what is wrong is reported with its ids,
and one thing wrong hides no other."""

from collections.abc import Iterator
from dataclasses import dataclass

import pyarrow
from sqlalchemy import Connection, func, select

from faultline.evidence.backend import Backend
from faultline.evidence.blank import BLANK
from faultline.evidence.entries import filing_fingerprint
from faultline.evidence.rows import decision_from, decision_row, filing_from
from faultline.evidence.schema import claims, coder_runs, decisions, documents, filings, texts, tombstones
from faultline.evidence.texts import read_text, text_hash
from faultline.evidence.verify_runs import wrong_runs
from faultline.record.decision import decision_id
from faultline.record.ids import bytes_hash, content_id


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing that does not hold: the id or row that it is about, and what is off."""

    where: str
    what: str


@dataclass(frozen=True, slots=True)
class Verified:
    """What `verify` looked at, and everything that it found wrong."""

    documents: int
    filings: int
    runs: int
    claims: int
    decisions: int
    wrong: tuple[Wrong, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether everything holds."""
        return not self.wrong


def verify(backend: Backend, connection: Connection) -> Verified:
    """The whole store, checked."""
    checks = (_documents, _texts, _filings, _runs_refer, wrong_runs, _decisions, _tombstones, _in_time)
    found = [Wrong(*said) for check in checks for said in check(connection)]
    connection.rollback()
    with backend.engine.connect().execution_options(writer=True) as writer, writer.begin():
        found += [Wrong(*said) for said in backend.problems(writer)]  # FTS5's check is an INSERT to SQLite
    tables = (documents, filings, coder_runs, claims, decisions)
    sizes = [connection.scalar(select(func.count()).select_from(table)) or 0 for table in tables]
    documents_, filings_, runs, claimed, decided = sizes
    return Verified(documents_, filings_, runs, claimed, decided, tuple(found))


Said = Iterator[tuple[str, str]]


def _documents(connection: Connection) -> Said:
    blanked = connection.scalar(select(func.count()).where(tombstones.c.kind == "name")) or 0
    for key, expected, packed, size in connection.execute(
        select(documents.c.id, documents.c.hash, documents.c.original, documents.c.size)
    ):
        if key != f"doc_{expected[:20]}":
            yield f"document {key}", f"the id does not belong to hash {expected}"
        if packed is None:
            if not blanked:
                yield f"document {key}", "its bytes are gone, and no name was purged"
            continue
        try:
            found = bytes_hash(pyarrow.decompress(packed, size, codec="zstd", asbytes=True) if size else b"")
        except (pyarrow.ArrowException, OSError) as error:
            yield f"document {key}", f"its bytes cannot be unpacked ({error})"
            continue
        if found != expected:
            yield f"document {key}", f"its bytes have hash {found}, not {expected}"


def _texts(connection: Connection) -> Said:
    for key, document, expected, length in connection.execute(
        select(texts.c.id, texts.c.document, texts.c.hash, texts.c.length)
    ).all():
        text = read_text(connection, key)
        if text_hash(text) != expected or len(text) != length:
            yield f"document {document}", f"text {key} has hash {text_hash(text)}, not {expected}"


def _filings(connection: Connection) -> Said:
    pairs = {(document, words) for document, words in connection.execute(select(texts.c.document, texts.c.hash))}
    for key, origin, document, words, fingerprint, *rest, _ in connection.execute(select(filings)):
        where = f"filing {key} of {origin}"
        try:
            found = filing_fingerprint(filing_from(origin, document, tuple(rest)))
        except ValueError as error:
            yield where, str(error)
            continue
        if found != fingerprint:
            yield where, f"its fingerprint is {found}, not {fingerprint}"
        if document and (document, words) not in pairs:
            yield where, f"no such text of document {document}"


def _runs_refer(connection: Connection) -> Said:
    rows = {row.id: row for row in connection.execute(select(coder_runs))}
    for key, run in rows.items():
        other = rows.get(run.content)
        if other is None or (other.document, other.text, other.coder) != (run.document, run.text, run.coder):
            yield f"run {key} of document {run.document}", f"refers to run {run.content}, which is no reading of it"


def _decisions(connection: Connection) -> Said:
    for _, *columns, fingerprint, _ in connection.execute(select(decisions)):
        where = f"decision {columns[0]}"
        try:
            decision = decision_from(tuple(columns))
        except ValueError as error:
            yield where, str(error)
            continue
        if decision_row(decision)[-1] != fingerprint:
            yield where, "its content does not belong to its fingerprint"
        blanked = any(BLANK in column for column in columns if isinstance(column, str))
        if not blanked and decision_id(decision) != decision.id:
            yield where, f"its content has id {decision_id(decision)}"


def _tombstones(connection: Connection) -> Said:
    for key, *columns, fingerprint, _ in connection.execute(select(tombstones)):
        if content_id("row", *columns) != fingerprint:
            yield f"tombstone {key}", "its content does not belong to its fingerprint"
    gone = select(tombstones.c.hash).where(tombstones.c.kind == "document")
    for key in connection.scalars(select(documents.c.id).where(documents.c.hash.in_(gone))):
        yield f"document {key}", "it was purged and is here again"


def _in_time(connection: Connection) -> Said:
    """Moments never run backward in the order of the keys: an as-of answer rests on it."""
    for table in (filings, texts, coder_runs, decisions):
        before = func.lag(table.c.recorded).over(order_by=table.c.id)
        rows = select(table.c.id, table.c.recorded, before.label("before")).subquery()
        for key in connection.scalars(select(rows.c.id).where(rows.c.recorded < rows.c.before)):
            yield f"{table.name} {key}", "was recorded before the row that precedes it"
