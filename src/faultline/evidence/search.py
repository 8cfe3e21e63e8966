"""Full-text search over the words under claims and over whole texts. Invariant: what a person types is never read as a
query language, and only what is in view is found."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from faultline.evidence.backend import CLAIMS, TEXTS, Backend
from faultline.evidence.schema import BLOCK, claims, text_blocks, texts
from faultline.evidence.texts import words_of
from faultline.evidence.visible import View
from faultline.evidence.words import Query, fold, parse_query
from faultline.record.text import Span

_RANKED = 2_000  # more matches than this come in the order of the store: ranking reads every one of them
_AROUND = 120  # code points of a document shown on each side of the first word found
_BATCH = 200
_WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where the words were found. `claim` is "" for a hit in a document's text; `span` is what to show and
    `marks` the words found inside it, both as offsets into the document; `words` is the text under `span`."""

    document: str
    claim: str
    span: Span
    words: str
    marks: tuple[Span, ...]


def search(connection: Connection, backend: Backend, view: View, words: str, limit: int) -> tuple[Hit, ...]:
    """Up to `limit` claims, then up to `limit` documents."""
    query = parse_query(words)
    return (*_claims(connection, backend, view, query, limit), *_documents(connection, backend, view, query, limit))


def _claims(connection: Connection, backend: Backend, view: View, query: Query, limit: int) -> list[Hit]:
    hits: list[Hit] = []
    columns = (claims.c.id, claims.c.claim, claims.c.run, claims.c.start)
    for keys in _batches(connection, backend, CLAIMS, query):
        rows = connection.execute(select(*columns).where(backend.among(claims.c.id, keys)))
        found = {key: rest for key, *rest in rows if rest[1] in view.runs}
        shown = [key for key in keys if key in found][: limit - len(hits)]
        words = words_of(connection, backend.among(claims.c.id, shown))
        for key in shown:
            claim, run, start = found[key]
            hits.append(_hit(view.runs[run].document, claim, start, words[key], query))
        if len(hits) >= limit:
            break
    return hits


def _documents(connection: Connection, backend: Backend, view: View, query: Query, limit: int) -> list[Hit]:
    documents = {seen.text: document for document, seen in view.documents.items()}
    blocks: dict[int, int] = {}  # text -> the block to show
    for keys in _batches(connection, backend, TEXTS, query):
        rows = connection.execute(
            select(text_blocks.c.id, text_blocks.c.text).where(backend.among(text_blocks.c.id, keys))
        )
        text_of = {key: text for key, text in rows if text in documents}
        for key in keys:
            if key in text_of:
                blocks.setdefault(text_of[key], key)
        if len(blocks) >= limit:
            break
    if len(blocks) < limit and len(query.terms) > 1:
        for text, key in _spread(connection, backend, query).items():
            if text in documents:
                blocks.setdefault(text, key)
    shown = dict(list(blocks.items())[:limit])
    columns = (text_blocks.c.text, text_blocks.c.first, text_blocks.c.body)
    rows = connection.execute(select(*columns).where(backend.among(text_blocks.c.id, shown.values())))
    found = {row.text: (row.first, row.body) for row in rows}
    return [_shown(documents[text], *found[text], query) for text in shown]


def _spread(connection: Connection, backend: Backend, query: Query) -> dict[int, int]:
    """Texts of several blocks that hold every term, if not all in one block; with the block of the first term."""
    found: list[dict[int, int]] = []
    for term in query.terms:
        holds = text_blocks.c.id.in_(backend.matching(TEXTS, Query((term,))))
        several = text_blocks.c.text.in_(select(texts.c.id).where(texts.c.length > BLOCK))
        rows = select(text_blocks.c.text, func.min(text_blocks.c.id)).where(holds, several).group_by(text_blocks.c.text)
        found.append(dict(connection.execute(rows).all()))
    return {text: key for text, key in found[0].items() if all(text in other for other in found)}


def _batches(connection: Connection, backend: Backend, index: str, query: Query) -> Iterator[list[int]]:
    """Keys that match: by rank where they are few, else the latest first."""
    some = backend.matching(index, query).limit(_RANKED + 1).subquery()
    few = (connection.scalar(select(func.count()).select_from(some)) or 0) <= _RANKED
    keys = backend.ranked(index, query) if few else backend.latest(index, query)
    with connection.execute(keys, execution_options={"yield_per": _BATCH}) as result:
        for part in result.partitions(_BATCH):
            yield [key for (key,) in part]


def _shown(document: str, first: int, body: str, query: Query) -> Hit:
    """What stands around the first word found in a block."""
    spans = _marks(body, 0, query)
    at = next(spans, Span(0, 0)).start
    start, end = max(at - _AROUND, 0), min(at + _AROUND, len(body))
    return _hit(document, "", first + start, body[start:end], query)


def _hit(document: str, claim: str, start: int, words: str, query: Query) -> Hit:
    return Hit(document, claim, Span(start, start + len(words)), words, tuple(_marks(words, start, query)))


def _marks(text: str, offset: int, query: Query) -> Iterator[Span]:
    """Where single words of the query stand in the text."""
    whole: set[str] = set()
    beginnings: list[str] = []
    for term in query.terms:
        *words, last = fold(term.text).split()
        whole.update(words)
        beginnings.append(last) if term.prefix else whole.add(last)
    for match in _WORD.finditer(text):
        folded = fold(match.group())
        if folded in whole or folded.startswith(tuple(beginnings)):
            yield Span(offset + match.start(), offset + match.end())
