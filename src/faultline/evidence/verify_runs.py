"""Checks what every run read: digest, claim ids, spans, packed records. Invariant: a run is read in batches, so that
one of any size can be checked."""

from collections.abc import Iterator
from typing import Any

import orjson
from sqlalchemy import Connection, Table, func, select

from faultline.evidence.backend import Row
from faultline.evidence.flat import BATCH, Digest, Flat
from faultline.evidence.packed import pack
from faultline.evidence.schema import (
    STANCE,
    casualties,
    claims,
    coder_runs,
    figures,
    mentions,
    run_contents,
    slots,
    stances,
    texts,
)
from faultline.record.ids import claim_id
from faultline.record.vocabulary import Kind

_HEAD = ("claim", "start", "stop", "ordinal", "first_day", "last_day", "anchor", "confidence")
Said = Iterator[tuple[str, str]]


def wrong_runs(connection: Connection) -> Said:
    """(where, what) for everything that does not hold in what the runs read."""
    known = _known(connection)
    keys = connection.scalars(select(coder_runs.c.id).where(coder_runs.c.content == coder_runs.c.id)).all()
    for key in keys:
        run = _run(connection, key)
        where = f"run {key} ({run.coder}) of document {run.document}"
        if run.digest is None:
            yield where, "what it read is gone"
        else:
            yield from _wrong_run(connection, known, run, where)


def digest_of_run(connection: Connection, key: int) -> str:
    """The digest of what the run read, as it stands in the rows now."""
    run, known, found = _run(connection, key), _known(connection), Digest()
    for first in range(run.first, run.first + run.claims, BATCH):
        found.add(_read_flat(connection, known, run, first)[0])
    named, counted = _rows(connection, mentions, run.id), _rows(connection, figures, run.id)
    return found.close(named, counted, _notes(run.notes))


def _run(connection: Connection, key: int) -> Any:
    query = select(coder_runs, texts.c.length, run_contents.c.digest, run_contents.c.first, run_contents.c.records)
    query = query.join_from(coder_runs, texts, texts.c.id == coder_runs.c.text)
    query = query.outerjoin(run_contents, run_contents.c.run == coder_runs.c.id)
    return connection.execute(query.where(coder_runs.c.id == key)).one()


def _known(connection: Connection) -> dict[int, Row]:
    columns = [stances.c[name] for name in STANCE]
    return {key: tuple(row) for key, *row in connection.execute(select(stances.c.id, *columns))}


def _wrong_run(connection: Connection, known: dict[int, Row], run: Any, where: str) -> Said:
    found, records = Digest(), []
    held = connection.scalar(select(func.count()).where(claims.c.run == run.id)) or 0
    if held != run.claims:
        yield where, f"{held} claims, not {run.claims}"
    for first in range(run.first, run.first + run.claims, BATCH):
        flat, numbers = _read_flat(connection, known, run, first)
        found.add(flat)
        yield from _wrong_ids(flat, run)
        yield from _wrong_spans(flat, run)
        records.append(pack(numbers, flat.heads) if _hexadecimal(flat) and flat.heads else b"")
    named, counted = _rows(connection, mentions, run.id), _rows(connection, figures, run.id)
    for row in named:
        if row[2] > run.length:
            yield f"mention {row[0]} of document {run.document}", f"its span ends at {row[2]}, the text at {run.length}"
    if b"".join(records) != run.records:
        yield where, "its packed head columns are not those of its claims"
    if found.close(named, counted, _notes(run.notes)) != run.digest:
        yield where, "what it read does not belong to its digest"


def _read_flat(connection: Connection, known: dict[int, Row], run: Any, first: int) -> tuple[Flat, list[int]]:
    last = min(first + BATCH, run.first + run.claims)
    flat, numbers = Flat(first), []
    query = select(claims.c.stance, *[claims.c[name] for name in _HEAD])
    mine = query.where(claims.c.id >= first, claims.c.id < last, claims.c.run == run.id).order_by(claims.c.id)
    for stance, *head in connection.execute(mine):
        numbers.append(stance)
        flat.stances.append(known.get(stance, ("",) * len(STANCE)))
        flat.heads.append(tuple(head))
    flat.slots, flat.harms = (_range(connection, table, first, last) for table in (slots, casualties))
    return flat, numbers


def _range(connection: Connection, table: Table, first: int, last: int) -> list[Row]:
    query = select(table).where(table.c.claim >= first, table.c.claim < last)
    return [tuple(row) for row in connection.execute(query.order_by(table.c.claim, table.c.n))]


def _rows(connection: Connection, table: Table, run: int) -> list[Row]:
    """Rows of a run without its key and moment."""
    rows = connection.execute(select(table).where(table.c.run == run).order_by(table.c.n))
    return [tuple(row)[1:-1] for row in rows]


def _wrong_ids(flat: Flat, run: Any) -> Said:
    for stance, head in zip(flat.stances, flat.heads, strict=True):
        try:
            expected = claim_id(run.document, Kind(stance[0]), *head[1:4])
        except ValueError:
            yield f"claim {head[0]}", f"of a kind that there is not, {stance[0]!r}"
            continue
        if head[0] != expected:
            yield f"claim {head[0]} of document {run.document}", f"its content has id {expected}"


def _wrong_spans(flat: Flat, run: Any) -> Said:
    ids = {flat.first + n: head[0] for n, head in enumerate(flat.heads)}
    for head in flat.heads:
        if head[2] > run.length:
            yield f"claim {head[0]}", f"its span ends at {head[2]}, its text at {run.length}"
    for slot in flat.slots:
        for stop in (slot[6], slot[12]):
            if stop is not None and stop > run.length:
                yield f"claim {ids.get(slot[0])}", f"its {slot[2]} slot ends at {stop}, its text at {run.length}"


def _hexadecimal(flat: Flat) -> bool:
    return all(len(head[0]) == 24 and set(head[0][4:]) <= set("0123456789abcdef") for head in flat.heads)


def _notes(text: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return text
