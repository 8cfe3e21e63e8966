"""What the store holds already of the documents and origins of one append: read at once, and kept up as the append goes
on. Invariant: at every moment it says what a look into the store would say."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, select

from faultline.evidence.entries import Entry
from faultline.evidence.schema import coder_runs, documents, filings, run_contents, texts

_ASKED = 500  # parameters a query: older builds of SQLite take 999 at most


class Reading(NamedTuple):
    """A run of a coder over a document: key of the text, version of the coder, the run that has its claims, a digest of
    what it read."""

    text: int
    version: str
    content: int
    digest: str


@dataclass(slots=True)
class Held:
    """The documents that are there; by document the key and hash of its newest text, by origin the document and
    fingerprint of its newest filing, by document and coder the readings, newest last."""

    documents: set[str] = field(default_factory=set)
    texts: dict[str, tuple[int, str]] = field(default_factory=dict)
    filings: dict[str, tuple[str, str]] = field(default_factory=dict)
    readings: dict[tuple[str, str], list[Reading]] = field(default_factory=dict)


def held_of(connection: Connection, entries: Sequence[Entry]) -> Held:
    """What is held of the entries' documents, their origins and what coders made of them."""
    held = Held(filings=filings_at(connection, [entry.filing.origin for entry in entries]))
    for asked in _some([entry.document.id for entry in entries]):
        held.documents.update(connection.scalars(select(documents.c.id).where(documents.c.id.in_(asked))))
        newest = select(texts.c.document, texts.c.id, texts.c.hash).where(texts.c.document.in_(asked))
        for document, key, found in connection.execute(newest.order_by(texts.c.id)):
            held.texts[document] = (key, found)
        for document, coder, *reading in connection.execute(_readings(asked)):
            held.readings.setdefault((document, coder), []).append(Reading(*reading))
    return held


def filings_at(connection: Connection, origins: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Document ("" for a removal) and fingerprint of the newest filing at each of the origins that has one."""
    found: dict[str, tuple[str, str]] = {}
    columns = (filings.c.origin, filings.c.document, filings.c.fingerprint)
    for asked in _some(origins):
        query = select(*columns).where(filings.c.origin.in_(asked)).order_by(filings.c.id)
        found.update({origin: (document, said) for origin, document, said in connection.execute(query)})
    return found


def _readings(asked: Sequence[str]) -> Select[*tuple[Any, ...]]:
    run = coder_runs.c
    columns = (run.document, run.coder, run.text, run.version, run.content, run_contents.c.digest)
    query = select(*columns).join_from(coder_runs, run_contents, run_contents.c.run == run.content)
    return query.where(run.document.in_(asked)).order_by(run.id)


def _some(values: Sequence[str]) -> Iterator[Sequence[str]]:
    unlike = list(dict.fromkeys(values))
    yield from (unlike[n : n + _ASKED] for n in range(0, len(unlike), _ASKED))
