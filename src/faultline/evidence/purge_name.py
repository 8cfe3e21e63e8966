"""Blacks out a name in every row. Invariant: offsets, keys and ids stay; hashes and digests follow the new words, but
only those of the rows that were changed, so that damage elsewhere still shows."""

import pyarrow
from sqlalchemy import Connection, Select, Table, select

from faultline.evidence.blank import Blanker
from faultline.evidence.entries import filing_fingerprint
from faultline.evidence.rows import decision_from, decision_row, filing_from
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
)
from faultline.evidence.texts import read_text, text_hash
from faultline.evidence.verify_runs import digest_of_run

# Every column that holds words from outside.
_FREE: tuple[tuple[Table, tuple[str, ...]], ...] = (
    (filings, ("origin", "source", "title", "url", "anchor", "frame", "retold_from", "note", "extra")),
    (coder_runs, ("notes",)),
    (stances, ("subtype", "speaker", "chain", "speaker_actor")),
    (claims, ("anchor",)),
    (slots, ("value", "leading", "rule", "reason", "candidates")),
    (casualties, ("people", "cumulative_since")),
    (mentions, ("name", "leading", "candidates")),
    (figures, ("series", "unit", "anchor", "source", "published_anchor")),
    (decisions, ("slot", "value", "quote", "by", "why", "model")),
)
_SEALED = (filings, decisions)  # an empty fingerprint marks what has to be sealed again
_RUNS = (coder_runs, stances, claims, slots, casualties, mentions, figures)


def purge_name(connection: Connection, blanker: Blanker) -> tuple[int, int, int, int]:
    """(documents, claims, decisions, rows) that held the name; claims are not counted apart."""
    runs: set[int] = set()
    named = _blank_texts(connection, blanker)
    rows = 0
    for table, columns in _FREE:
        for column in columns:
            rows += _blank_column(connection, blanker, (table, column), runs)
    named |= _blank_bytes(connection, blanker, named)
    decided = _seal_again(connection)
    for run in sorted(runs):
        content = run_contents.update().where(run_contents.c.run == run)
        connection.execute(content.values(digest=digest_of_run(connection, run)))
    return len(named), 0, decided, rows


def _blank_texts(connection: Connection, blanker: Blanker) -> set[str]:
    """Ids of the documents whose text held the name. Read whole: a name may lie across two blocks."""
    found = set()
    for key, document, old in connection.execute(select(texts.c.id, texts.c.document, texts.c.hash)).all():
        text = read_text(connection, key)
        new = blanker.text(text)
        if new == text:
            continue
        found.add(document)
        blocks = select(text_blocks.c.id, text_blocks.c.first, text_blocks.c.body).where(text_blocks.c.text == key)
        for block, first, body in connection.execute(blocks).all():
            changed = text_blocks.update().where(text_blocks.c.id == block)
            connection.execute(changed.values(body=new[first : first + len(body)]))
        connection.execute(texts.update().where(texts.c.id == key).values(hash=text_hash(new)))
        filed = filings.update().where(filings.c.document == document, filings.c.words == old)
        connection.execute(filed.values(words=text_hash(new)))
    return found


def _blank_column(connection: Connection, blanker: Blanker, where: tuple[Table, str], runs: set[int]) -> int:
    """How many rows were changed; adds the runs that they belong to."""
    table, column = where[0], where[0].c[where[1]]
    number = 0
    for old in connection.scalars(select(column).distinct().where(column != "")).all():
        new = blanker.text(old)
        if new != old:
            runs.update(connection.scalars(_runs_of(table).where(column == old)).all() if table in _RUNS else ())
            values = {column.name: new} | ({"fingerprint": ""} if table in _SEALED else {})
            number += connection.execute(table.update().where(column == old).values(values)).rowcount
    return number


def _runs_of(table: Table) -> Select[int]:
    """The runs that read a row of the table."""
    if table is stances:
        return select(claims.c.run).distinct().join_from(stances, claims, claims.c.stance == stances.c.id)
    if table in (slots, casualties):
        return select(claims.c.run).distinct().join_from(table, claims, claims.c.id == table.c.claim)
    if table is coder_runs:
        return select(coder_runs.c.content)
    return select(table.c.run).distinct()


def _blank_bytes(connection: Connection, blanker: Blanker, named: set[str]) -> set[str]:
    """Drops the bytes of documents that held the name in text, filing or bytes; ids of those not yet in `named`."""
    filed = set(connection.scalars(select(filings.c.document).where(filings.c.fingerprint == "")))
    found = set()
    for key, size in connection.execute(select(documents.c.id, documents.c.size)).all():
        mine = documents.c.id == key
        packed = connection.scalar(select(documents.c.original).where(mine))
        if packed is None:
            continue
        if key in named or key in filed or blanker.holds(pyarrow.decompress(packed, size, codec="zstd", asbytes=True)):
            connection.execute(documents.update().where(mine).values(original=None))
            found.add(key)
    return found


def _seal_again(connection: Connection) -> int:
    """Fingerprints of the filings and decisions that were changed; returns how many decisions those are."""
    for key, origin, document, _, _, *rest, _ in connection.execute(
        select(filings).where(filings.c.fingerprint == "")
    ).all():
        made = filing_fingerprint(filing_from(origin, document, tuple(rest)))
        connection.execute(filings.update().where(filings.c.id == key).values(fingerprint=made))
    rows = connection.execute(select(decisions).where(decisions.c.fingerprint == "")).all()
    for key, *columns, _, _ in rows:
        made = decision_row(decision_from(tuple(columns)))[-1]
        connection.execute(decisions.update().where(decisions.c.id == key).values(fingerprint=made))
    return len(rows)
