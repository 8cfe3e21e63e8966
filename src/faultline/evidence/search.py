"""Full-text search over the words under claims and over whole texts. Invariant: what a person types is never read as a
query language, and only what is in view is found."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, func, select

from faultline.evidence.backend import CLAIMS, TEXTS, Backend
from faultline.evidence.schema import BLOCK, claims, text_blocks, texts
from faultline.evidence.texts import words_of
from faultline.evidence.visible import View
from faultline.evidence.words import Query, fold, parse_query
from faultline.record.text import Span

_PAGE = 100
_SORTED = 500  # this many matches or more come in the order of filing: sorting would have to read every one of them
_AROUND = 120  # code points of a document shown on each side of the first word found
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
    """Up to `limit` claims, then up to `limit` documents; of few matches the latest published first, of many the
    latest filed."""
    query = parse_query(words)
    return (*_claims(connection, backend, view, query, limit), *_documents(connection, backend, view, query, limit))


def _claims(connection: Connection, backend: Backend, view: View, query: Query, limit: int) -> list[Hit]:
    keys = connection.scalars(backend.latest(CLAIMS, query).limit(_SORTED)).all()
    if len(keys) < _SORTED:
        place = {document: n for n, document in enumerate(view.documents)}
        found = _in_view(connection, backend, view, keys)
        found.sort(key=lambda row: (-place[view.runs[row.run].document], row.start, row.claim))
    else:
        found = []
        while keys and len(found) < limit:
            found += _in_view(connection, backend, view, keys[:_PAGE])
            keys = keys[_PAGE:] or _next(connection, backend, query, keys[-1])
    found = found[:limit]
    words = words_of(connection, backend.among(claims.c.id, [row.id for row in found]))
    return [_hit(view.runs[row.run].document, row.claim, row.start, words[row.id], query) for row in found]


def _next(connection: Connection, backend: Backend, query: Query, below: int) -> Sequence[int]:
    return connection.scalars(backend.latest(CLAIMS, query, below).limit(_SORTED)).all()


def _in_view(connection: Connection, backend: Backend, view: View, keys: Sequence[int]) -> list[Any]:
    """Rows of the claims of those keys, in that order, as far as they are in view."""
    columns = (claims.c.id, claims.c.claim, claims.c.run, claims.c.start)
    held = connection.execute(select(*columns).where(backend.among(claims.c.id, keys)))
    rows = {row.id: row for row in held if row.run in view.runs}
    return [rows[key] for key in keys if key in rows]


def _documents(connection: Connection, backend: Backend, view: View, query: Query, limit: int) -> list[Hit]:
    documents = {seen.text: document for document, seen in view.documents.items()}
    blocks = _few_blocks(connection, backend, query, documents)
    if blocks is None:
        blocks = _latest_blocks(connection, backend, query, documents, limit)
    else:
        if len(query.terms) > 1:
            others = {text: document for text, document in documents.items() if text not in blocks}
            blocks |= _spread_blocks(connection, backend, query, others) if others else {}
        place = {seen.text: n for n, seen in enumerate(view.documents.values())}
        blocks = dict(sorted(blocks.items(), key=lambda item: -place[item[0]]))
    shown = dict(list(blocks.items())[:limit])
    columns = (text_blocks.c.text, text_blocks.c.first, text_blocks.c.body)
    rows = connection.execute(select(*columns).where(backend.among(text_blocks.c.id, shown.values())))
    found = {row.text: (row.first, row.body) for row in rows}
    return [_shown(documents[text], *found[text], query) for text in shown]


Blocks = dict[int, int]  # key of a text -> key of the block to show


def _few_blocks(connection: Connection, backend: Backend, query: Query, texts_: Mapping[int, str]) -> Blocks | None:
    """The first block of each text that matches; None where too many blocks do."""
    keys = connection.scalars(backend.latest(TEXTS, query).limit(_SORTED)).all()
    if len(keys) == _SORTED:
        return None
    rows = select(text_blocks.c.text, func.min(text_blocks.c.id)).where(backend.among(text_blocks.c.id, keys))
    found = connection.execute(rows.group_by(text_blocks.c.text))
    return {text: key for text, key in found if text in texts_}


def _latest_blocks(
    connection: Connection, backend: Backend, query: Query, texts_: Mapping[int, str], limit: int
) -> Blocks:
    """From text to text: the blocks of one text lie together, so that a large one is passed over in one step."""
    found: Blocks = {}
    below = None
    while len(found) < limit:
        key = connection.scalar(backend.latest(TEXTS, query, below).limit(1))
        if key is None:
            break
        mine = select(text_blocks.c.text).where(text_blocks.c.id == key).scalar_subquery()
        first = select(text_blocks.c.text, func.min(text_blocks.c.id)).where(text_blocks.c.text == mine)
        text, below = connection.execute(first.group_by(text_blocks.c.text)).one()
        if text in texts_:
            found[text] = key
    return found


def _spread_blocks(connection: Connection, backend: Backend, query: Query, texts_: Mapping[int, str]) -> Blocks:
    """Texts of several blocks that hold every term, if not all in one block; looked for where the rarest term stands,
    and not at all where even that one is common."""
    keys = [connection.scalars(backend.latest(TEXTS, Query((t,))).limit(_SORTED)).all() for t in query.terms]
    rarest = min(range(len(keys)), key=lambda n: len(keys[n]))
    if len(keys[rarest]) == _SORTED:
        return {}
    others = [Query((term,)) for n, term in enumerate(query.terms) if n != rarest]
    several = select(texts.c.id).where(texts.c.length > BLOCK)
    mine = backend.among(text_blocks.c.id, keys[rarest])
    rows = select(text_blocks.c.text, func.min(text_blocks.c.id)).where(mine, text_blocks.c.text.in_(several))
    found = {text: key for text, key in connection.execute(rows.group_by(text_blocks.c.text)) if text in texts_}
    return {text: key for text, key in found.items() if _holds(connection, backend, text, others)}


def _holds(connection: Connection, backend: Backend, text: int, queries: Sequence[Query]) -> bool:
    """Whether each query matches some block of the text."""
    ends = select(func.min(text_blocks.c.id), func.max(text_blocks.c.id)).where(text_blocks.c.text == text)
    first, last = connection.execute(ends).one()
    for query in queries:
        nearest = connection.scalar(backend.latest(TEXTS, query, below=last + 1).limit(1))
        if nearest is None or nearest < first:
            return False
    return True


def _shown(document: str, first: int, body: str, query: Query) -> Hit:
    """What stands around the first word found in a block."""
    # folding every word of a block is slow: a plain look for the first word says from where on it is worth while
    near = max(body.lower().find(fold(query.terms[0].text).split()[0]) - _AROUND, 0)
    begin = body.rfind(" ", 0, near) + 1
    mark = next(_marks(body[begin:], begin, query), Span(begin, begin))
    start, end = _whole_words(body, max(mark.start - _AROUND, 0), mark)
    return _hit(document, "", first + start, body[start:end], query)


def _whole_words(body: str, start: int, mark: Span) -> tuple[int, int]:
    """The stretch around a mark from about `start`, on to where it is as long behind it, that breaks no word where a
    blank can be had."""
    end = min(mark.start + _AROUND, len(body))
    if start:
        start = body.find(" ", start, mark.start) + 1 or start
    if end < len(body):
        blank = body.rfind(" ", mark.end, end)
        end = blank if blank > 0 else max(end, mark.end)
    return start, end


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
        folded = _fold_word(match.group())
        if folded in whole or folded.startswith(tuple(beginnings)):
            yield Span(offset + match.start(), offset + match.end())


@lru_cache(65_536)
def _fold_word(word: str) -> str:
    return fold(word)
