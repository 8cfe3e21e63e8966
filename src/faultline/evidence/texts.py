"""Texts in blocks, and back by span. Invariant: the blocks of a text put together are the text."""

import hashlib
from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, select

from faultline.evidence.schema import BLOCK, claims, coder_runs, text_blocks
from faultline.record.text import Span

_LOOK_BACK = 1_000  # a block ends at white space where there is some this near to its full length
_BATCH = 2_000


def cut(text: str) -> Iterator[tuple[int, str]]:
    """(offset of its first code point, block) pairs; one empty block for an empty text."""
    start = 0
    while True:
        end = start + BLOCK
        if end < len(text):
            end = _after_space(text, end - _LOOK_BACK, end)
        yield start, text[start:end]
        start = end
        if start >= len(text):
            return


def text_hash(text: str) -> str:
    """SHA-256 of the text in UTF-8, 64 hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def read_text(connection: Connection, text: int) -> str:
    """The whole text of that key."""
    query = select(text_blocks.c.body).where(text_blocks.c.text == text).order_by(text_blocks.c.first)
    return "".join(connection.scalars(query))


def read_texts(connection: Connection, wanted: ColumnElement[bool]) -> dict[int, str]:
    """The whole texts of the keys that fulfil the condition on `text_blocks`."""
    query = select(text_blocks.c.text, text_blocks.c.body).where(wanted)
    found: dict[int, list[str]] = {}
    for text, body in connection.execute(query.order_by(text_blocks.c.text, text_blocks.c.first)):
        found.setdefault(text, []).append(body)
    return {text: "".join(bodies) for text, bodies in found.items()}


def read_stretch(connection: Connection, text: int, span: Span) -> str:
    """The words under a span of the text of that key, reading only the blocks that hold them."""
    first, body = text_blocks.c.first, text_blocks.c.body
    near = and_(text_blocks.c.text == text, first > span.start - BLOCK, first < span.end)
    rows = connection.execute(select(first, body).where(near).order_by(first))
    return "".join(body[max(span.start - first, 0) : span.end - first] for first, body in rows)


def words_of(connection: Connection, wanted: ColumnElement[bool]) -> dict[int, str]:
    """The words under each claim that fulfils the condition, by its key, reading only the blocks that hold them."""
    near = and_(
        text_blocks.c.text == coder_runs.c.text,
        text_blocks.c.first > claims.c.start - BLOCK,
        text_blocks.c.first < claims.c.stop,
    )
    query = select(claims.c.id, claims.c.start, claims.c.stop, text_blocks.c.first, text_blocks.c.body).where(wanted)
    query = query.join_from(claims, coder_runs, claims.c.run == coder_runs.c.id).outerjoin(text_blocks, near)
    found: dict[int, str] = {}
    for key, start, stop, first, body in connection.execute(query.order_by(claims.c.id, text_blocks.c.first)):
        piece = "" if body is None else body[max(start - first, 0) : stop - first]  # no block for no words
        found[key] = found.get(key, "") + piece
    return found


def block_words(connection: Connection) -> Iterator[list[tuple[int, str]]]:
    """(key, body) of every block, in batches."""
    yield from _in_batches(connection, select(text_blocks.c.id, text_blocks.c.body).order_by(text_blocks.c.id))


def claim_words(connection: Connection) -> Iterator[list[tuple[int, str]]]:
    """(key, words under the span) of every claim, in batches; a document's text is held at a time."""
    runs = select(coder_runs.c.id, coder_runs.c.text).where(coder_runs.c.content == coder_runs.c.id)
    for run, text in connection.execute(runs.order_by(coder_runs.c.id)).all():
        body = read_text(connection, text)
        mine = select(claims.c.id, claims.c.start, claims.c.stop).where(claims.c.run == run).order_by(claims.c.id)
        for batch in _in_batches(connection, mine):
            yield [(key, body[start:stop]) for key, start, stop in batch]


def _in_batches(connection: Connection, query: Select[*tuple[Any, ...]]) -> Iterator[list[Any]]:
    with connection.execute(query, execution_options={"yield_per": _BATCH}) as result:
        for part in result.partitions():
            yield [tuple(row) for row in part]


def _after_space(text: str, start: int, end: int) -> int:
    found = max(text.rfind(" ", start, end), text.rfind("\n", start, end))
    return found + 1 if found >= 0 else end
