"""Takes a document or a name out of the store for good: the one thing that outranks "append-only". Invariant: what was
purged is in no row, no index and no file of the store, and a tombstone keeps it from coming back."""

import re
import secrets
from dataclasses import dataclass, replace

from sqlalchemy import Connection, func, or_, select

from faultline.evidence.backend import Backend, Row
from faultline.evidence.blank import Blanker, seal
from faultline.evidence.entries import filing_fingerprint
from faultline.evidence.purge_name import purge_name
from faultline.evidence.rows import filing_row
from faultline.evidence.schema import (
    casualties,
    claims,
    coder_runs,
    decisions,
    documents,
    figures,
    filings,
    mentions,
    run_contents,
    slots,
    stances,
    text_blocks,
    texts,
    tombstones,
)
from faultline.record.ids import content_id
from faultline.record.text import Filing

_DOCUMENT = re.compile(r"doc_[0-9a-f]{20}")


@dataclass(frozen=True, slots=True)
class Purged:
    """What a purge took out. `kind` is "document" or "name"; a name that was found nowhere has a tombstone all the
    same and will not come in."""

    kind: str
    documents: int = 0
    claims: int = 0
    decisions: int = 0
    places: int = 0

    def __str__(self) -> str:
        kept = "It is out of text, index and log, and will not come back."
        if self.kind == "name":
            return f"A name was blacked out in {self.places} rows and {self.documents} documents. {kept}"
        return f"{self.documents} documents, {self.claims} claims and {self.decisions} decisions were removed. {kept}"


def purge(backend: Backend, connection: Connection, what: str, why: str, recorded: int) -> Purged:
    """Inside a writing transaction: removes a document (by its id, or everything ever filed at an origin) or blacks out
    a name. `Backend.scrub` has to follow."""
    backend.unguard(connection)
    backend.clear_index(connection)
    wanted = _documents(connection, what)
    if wanted or _DOCUMENT.fullmatch(what):
        done = _purge_documents(backend, connection, wanted, what, (why, recorded))
    else:
        name = seal(what, secrets.token_hex(8))
        done = Purged("name", *purge_name(connection, Blanker([name])))
        _bury(backend, connection, ("name", name.hash, name.salt, name.hint, why, name.words), recorded)
    backend.rebuild_index(connection)
    backend.guard(connection)
    return done


def _documents(connection: Connection, what: str) -> dict[str, str]:
    """Hash by id of the documents meant: by id, or ever filed at that origin."""
    filed = select(filings.c.document).where(filings.c.origin == what)
    query = select(documents.c.id, documents.c.hash).where(or_(documents.c.id == what, documents.c.id.in_(filed)))
    return dict(connection.execute(query).all())


def _purge_documents(
    backend: Backend, connection: Connection, wanted: dict[str, str], what: str, why: tuple[str, int]
) -> Purged:
    reason, recorded = why
    total = Purged("document")
    for document, found in wanted.items():
        total = _add(total, _purge_document(backend, connection, document, recorded))
        _bury(backend, connection, ("document", found, "", "", reason, 0), recorded)
    connection.execute(filings.delete().where(filings.c.origin == what))
    connection.execute(stances.delete().where(stances.c.id.not_in(select(claims.c.stance))))
    return total


def _add(total: Purged, more: Purged) -> Purged:
    return replace(
        total,
        documents=total.documents + more.documents,
        claims=total.claims + more.claims,
        decisions=total.decisions + more.decisions,
    )


def _purge_document(backend: Backend, connection: Connection, document: str, recorded: int) -> Purged:
    """Deletes every row that hangs on the document; an older version at its origin does not come back in its place."""
    runs = select(coder_runs.c.id).where(coder_runs.c.document == document)
    mine = select(claims.c.id).where(claims.c.run.in_(runs))
    ids = select(claims.c.claim).where(claims.c.run.in_(runs))
    decided = or_(decisions.c.subject.in_(ids), decisions.c.object.in_(ids))
    gone = connection.execute(decisions.delete().where(decided)).rowcount
    held = select(texts.c.id).where(texts.c.document == document)
    for table in (slots, casualties):
        connection.execute(table.delete().where(table.c.claim.in_(mine)))
    number = connection.execute(claims.delete().where(claims.c.run.in_(runs))).rowcount
    for table in (run_contents, mentions, figures):
        connection.execute(table.delete().where(table.c.run.in_(runs)))
    connection.execute(coder_runs.delete().where(coder_runs.c.document == document))
    connection.execute(text_blocks.delete().where(text_blocks.c.text.in_(held)))
    connection.execute(texts.delete().where(texts.c.document == document))
    _close_origins(backend, connection, document, recorded)
    connection.execute(filings.delete().where(filings.c.document == document))
    connection.execute(documents.delete().where(documents.c.id == document))
    return Purged("document", 1, number, gone)


def _close_origins(backend: Backend, connection: Connection, document: str, recorded: int) -> None:
    """Files a removal where the document is the newest of several versions."""
    newest = select(func.max(filings.c.id)).group_by(filings.c.origin)
    origins = select(filings.c.origin).where(filings.c.id.in_(newest), filings.c.document == document)
    for origin in connection.scalars(origins).all():
        key = (connection.scalar(select(func.max(filings.c.id))) or 0) + 1
        removal = Filing(origin, "")
        row = (key, origin, "", "", filing_fingerprint(removal), *filing_row(removal), recorded)
        backend.load(connection, filings, [row])


def _bury(backend: Backend, connection: Connection, said: Row, recorded: int) -> None:
    key = (connection.scalar(select(func.max(tombstones.c.id))) or 0) + 1
    backend.load(connection, tombstones, [(key, *said, content_id("row", *said), recorded)])
