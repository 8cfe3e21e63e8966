"""Entries into rows, inside one transaction that the store opened. Invariant: what stands already unchanged adds no
row; every row of a transaction carries one moment, never earlier than any before it."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow
from sqlalchemy import Connection, Table, func, select

from faultline.evidence.backend import CLAIMS, TEXTS, Backend, Row
from faultline.evidence.check import check_entry
from faultline.evidence.entries import Appended, Entry, filing_fingerprint
from faultline.evidence.packed import pack
from faultline.evidence.rows import Parts, claim_parts, digest, figure_row, filing_row, mention_row
from faultline.evidence.schema import (
    STANCE,
    casualties,
    claims,
    coder_runs,
    decisions,
    documents,
    figures,
    filings,
    mentions,
    packed_claims,
    slots,
    stances,
    text_blocks,
    texts,
    tombstones,
)
from faultline.evidence.texts import cut, text_hash
from faultline.record.claim import Claim
from faultline.record.decision import Decision
from faultline.record.text import Filing

_BATCH = 4096  # claims flattened at a time: bounds memory, changes nothing else
_LEVEL = pyarrow.Codec("zstd", compression_level=3)


@dataclass
class Writer:
    """One transaction of the one writer. `recorded` is the moment of all its rows."""

    backend: Backend
    connection: Connection
    recorded: int
    keys: dict[str, int] = field(default_factory=dict)
    stances: dict[Row, int] = field(default_factory=dict)
    added: Counter[str] = field(default_factory=Counter)
    refused: list[str] = field(default_factory=list)

    def begin(self) -> "Writer":
        """Takes the write lock and reads what the transaction builds on."""
        self.backend.begin_write(self.connection)
        self.recorded = max(self.recorded, newest_moment(self.connection))
        for table in (texts, text_blocks, filings, coder_runs, stances, claims, decisions):
            self.keys[table.name] = (self.connection.scalar(select(func.max(table.c.id))) or 0) + 1
        columns = [stances.c[name] for name in STANCE]
        for number, *stance in self.connection.execute(select(stances.c.id, *columns)):
            self.stances[tuple(stance)] = number
        return self

    def append(self, entries: Sequence[Entry]) -> Appended:
        """Adds what is new in the entries."""
        gone = set(self.connection.scalars(select(tombstones.c.hash).where(tombstones.c.kind == "document")))
        for entry in entries:
            check_entry(entry)
            if entry.document.hash in gone:
                self.refused.append(entry.document.id)
                continue
            text = self._document(entry)
            self._filing(entry.filing, text_hash(entry.document.text))
            self._run(entry, text)
        counts = {name: self.added[name] for name in ("documents", "filings", "runs", "claims")}
        return Appended(**counts, refused=tuple(self.refused))

    def retract(self, origins: Sequence[str]) -> int:
        """Files a removal for each origin at which something stands; returns how many."""
        for origin in origins:
            newest = self._newest_filing(origin)
            if newest is not None and newest.document:
                self._filing(Filing(origin, ""), "")
        return self.added["filings"]

    def decide(self, made: Sequence[Decision]) -> int:
        """Adds the decisions that are not there yet; returns how many."""
        known = set(self.connection.scalars(select(decisions.c.decision)))
        rows = []
        for decision in made:
            if decision.id not in known:
                known.add(decision.id)
                rows.append((self._key(decisions), *_decision_row(decision), self.recorded))
        self._load(decisions, rows)
        return len(rows)

    def _document(self, entry: Entry) -> int:
        """Key of the entry's text; document and text are added where they are new."""
        document = entry.document
        if self.connection.scalar(select(documents.c.id).where(documents.c.id == document.id)) is None:
            packed = _LEVEL.compress(entry.content, asbytes=True)
            row = (document.id, document.hash, document.media_type, packed, len(entry.content), self.recorded)
            self._load(documents, [row])
            self.added["documents"] += 1
        found = text_hash(document.text)
        known = select(texts.c.id).where(texts.c.document == document.id).order_by(texts.c.id.desc()).limit(1)
        key = self.connection.scalar(known.where(texts.c.hash == found))
        return self._text(entry, found) if key is None else key

    def _text(self, entry: Entry, found: str) -> int:
        key, text = self._key(texts), entry.document.text
        self._load(texts, [(key, entry.document.id, found, len(text), self.recorded)])
        blocks = [(self._key(text_blocks), key, first, body) for first, body in cut(text)]
        self._load(text_blocks, blocks)
        self.backend.index(self.connection, TEXTS, [(block[0], block[3]) for block in blocks])
        return key

    def _newest_filing(self, origin: str) -> Any:
        query = select(filings.c.document, filings.c.fingerprint).where(filings.c.origin == origin)
        return self.connection.execute(query.order_by(filings.c.id.desc()).limit(1)).first()

    def _filing(self, filing: Filing, words: str) -> None:
        fingerprint, newest = filing_fingerprint(filing), self._newest_filing(filing.origin)
        if newest is not None and newest.fingerprint == fingerprint:
            return
        head = (self._key(filings), filing.origin, filing.document, words, fingerprint)
        self._load(filings, [(*head, *filing_row(filing), self.recorded)])
        self.added["filings"] += 1

    def _run(self, entry: Entry, text: int) -> None:
        """Adds the reading, unless the standing one is the same; one that was read before is referred to."""
        found = digest(entry.coded, entry.figures)
        mine = (coder_runs.c.document == entry.document.id) & (coder_runs.c.coder == entry.coder)
        runs = self.connection.execute(select(coder_runs).where(mine).order_by(coder_runs.c.id.desc())).all()
        if runs and (runs[0].version, runs[0].text, runs[0].fingerprint) == (entry.coder_version, text, found):
            return
        key = self._key(coder_runs)
        same = next((run.content for run in runs if (run.text, run.fingerprint) == (text, found)), key)
        head = (key, entry.document.id, text, entry.coder, entry.coder_version, found)
        notes = json.dumps(entry.coded.notes)
        self._load(coder_runs, [(*head, notes, same, len(entry.coded.claims), self.recorded)])
        self.added["runs"] += 1
        if same == key:
            self._content(key, entry)

    def _content(self, run: int, entry: Entry) -> None:
        found, first, records = entry.coded.claims, self.keys["claims"], []
        for start in range(0, len(found), _BATCH):
            records.append(self._claims(run, entry.document.text, found[start : start + _BATCH]))
        if found:
            self._load(packed_claims, [(run, first, b"".join(records))])
        rows = [mention_row(n, mention) for n, mention in enumerate(entry.coded.mentions)]
        self._load(mentions, [(run, *row, self.recorded) for row in rows])
        rows = [figure_row(n, figure) for n, figure in enumerate(entry.figures)]
        self._load(figures, [(run, *row, self.recorded) for row in rows])
        self.added["claims"] += len(found)

    def _claims(self, run: int, text: str, found: Sequence[Claim]) -> bytes:
        """Adds a batch of claims; returns their packed records."""
        parts = [claim_parts(claim) for claim in found]
        numbers = self._stances(parts)
        first = self.keys["claims"]
        self.keys["claims"] += len(parts)
        keyed = list(zip(range(first, first + len(parts)), numbers, parts, strict=True))
        heads = [(k, p[1][0], run, s, *p[1][1:], self.recorded) for k, s, p in keyed]
        self._load(claims, heads)
        self._load(slots, [(k, *slot) for k, _, p in keyed for slot in p[2]])
        self._load(casualties, [(k, *harm) for k, _, p in keyed for harm in p[3]])
        words = [(first + n, text[claim.span.start : claim.span.end]) for n, claim in enumerate(found)]
        self.backend.index(self.connection, CLAIMS, words)
        return pack((s, p[1]) for _, s, p in keyed)

    def _stances(self, parts: Sequence[Parts]) -> list[int]:
        new = dict.fromkeys(part[0] for part in parts if part[0] not in self.stances)
        for stance in new:
            self.stances[stance] = self._key(stances)
        self._load(stances, [(self.stances[stance], *stance, self.recorded) for stance in new])
        return [self.stances[part[0]] for part in parts]

    def _key(self, table: Table) -> int:
        self.keys[table.name] += 1
        return self.keys[table.name] - 1

    def _load(self, table: Table, rows: Sequence[Row]) -> None:
        self.backend.load(self.connection, table, rows)


def newest_moment(connection: Connection) -> int:
    """The latest moment that anything was recorded at; 0 in an empty store."""
    newest = [
        connection.scalar(select(table.c.recorded).order_by(table.c.id.desc()).limit(1))
        for table in (filings, coder_runs, decisions)
    ]
    return max(moment or 0 for moment in newest)


def _decision_row(decision: Decision) -> Row:
    said = (decision.kind.value, decision.subject, decision.object, decision.slot, decision.value, decision.quote)
    made = decision.made.isoformat() if decision.made else ""
    by = (decision.by, decision.why, decision.probability, decision.model, decision.undoes, made)
    return (decision.id, *said, *by)
