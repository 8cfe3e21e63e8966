"""Entries into rows, inside one transaction that the store opened. Invariant: what stands already unchanged adds no
row; every row of a transaction carries one moment, never earlier than any before it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import orjson
import pyarrow
from sqlalchemy import Connection, Table, func, select

from faultline.evidence.backend import CLAIMS, TEXTS, Backend, Row
from faultline.evidence.blank import Blanker, Name
from faultline.evidence.check import check_entry, check_span
from faultline.evidence.entries import Appended, Entry, filing_fingerprint
from faultline.evidence.flat import BATCH, Digest, Flat, flatten
from faultline.evidence.held import Held, Reading, filings_at, held_of
from faultline.evidence.loading import Loader
from faultline.evidence.packed import pack
from faultline.evidence.rows import decision_row, figure_rows, filing_row, mention_rows
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
    run_contents,
    slots,
    stances,
    text_blocks,
    texts,
    tombstones,
)
from faultline.evidence.texts import cut, text_hash
from faultline.evidence.withheld import read_withheld, rows_withheld
from faultline.record.decision import Decision
from faultline.record.text import Filing

_LEVEL = pyarrow.Codec("zstd", compression_level=1)


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
    held: Held = field(default_factory=Held)

    def __post_init__(self) -> None:
        self.loader = Loader(self.backend, self.connection)

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
        blanker, withheld = Blanker(purged_names(self.connection)), read_withheld(self.connection)
        kept = []
        for given in entries:
            check_entry(given)
            if given.document.hash in gone:
                self.refused.append(given.document.id)
            else:
                kept.append((given, _in_order(blanker.record(given))))
        self.held = held_of(self.connection, [entry for _, entry in kept])
        for given, entry in kept:
            named = entry.document is not given.document or entry.filing is not given.filing
            text = self._document(entry, None if named or blanker.holds(given.content) else given.content)
            self._filing(entry.filing, text_hash(entry.document.text))
            self._run(entry, text)
            self._withhold(entry, withheld.get(entry.document.id))
        self.loader.flush()
        counts = {name: self.added[name] for name in ("documents", "filings", "runs", "claims")}
        return Appended(**counts, refused=tuple(self.refused))

    def retract(self, origins: Sequence[str]) -> int:
        """Files a removal for each origin at which something stands; returns how many."""
        blanker = Blanker(purged_names(self.connection))
        named = [blanker.text(origin) for origin in origins]
        self.held.filings = filings_at(self.connection, named)
        for origin in named:
            document, _ = self.held.filings.get(origin, ("", ""))
            if document:
                self._filing(Filing(origin, ""), "")
        self.loader.flush()
        return self.added["filings"]

    def decide(self, made: Sequence[Decision]) -> int:
        """Adds the decisions that are not there yet; returns how many."""
        known = set(self.connection.scalars(select(decisions.c.decision)))
        rows = []
        blanker = Blanker(purged_names(self.connection))
        for decision in map(blanker.record, made):
            if decision.id not in known:
                known.add(decision.id)
                rows.append((self._key(decisions), *decision_row(decision), self.recorded))
        self.backend.load(self.connection, decisions, rows)
        return len(rows)

    def _document(self, entry: Entry, original: bytes | None) -> int:
        """Key of the entry's text; document and text are added where they are new. The bytes are left out (None) where
        they hold a purged name."""
        document = entry.document
        if document.id not in self.held.documents:
            packed = None if original is None else _LEVEL.compress(original, asbytes=True)
            row = (document.id, document.hash, document.media_type, packed, len(entry.content), self.recorded)
            self.loader.load(documents, [row])
            self.held.documents.add(document.id)
            self.added["documents"] += 1
        found = text_hash(document.text)
        key, newest = self.held.texts.get(document.id, (0, ""))
        # an earlier text that comes back is added again: the newest one counts
        return key if newest == found else self._text(entry, found)

    def _text(self, entry: Entry, found: str) -> int:
        key, text = self._key(texts), entry.document.text
        self.loader.load(texts, [(key, entry.document.id, found, len(text), self.recorded)])
        blocks = [(self._key(text_blocks), key, first, body) for first, body in cut(text)]
        self.loader.load(text_blocks, blocks)
        self.loader.index(TEXTS, [(block[0], block[3]) for block in blocks])
        self.held.texts[entry.document.id] = (key, found)
        return key

    def _filing(self, filing: Filing, words: str) -> None:
        fingerprint = filing_fingerprint(filing)
        _, newest = self.held.filings.get(filing.origin, ("", ""))
        if newest == fingerprint:
            return
        head = (self._key(filings), filing.origin, filing.document, words, fingerprint)
        self.loader.load(filings, [(*head, *filing_row(filing), self.recorded)])
        self.held.filings[filing.origin] = (filing.document, fingerprint)
        self.added["filings"] += 1

    def _run(self, entry: Entry, text: int) -> None:
        """Adds the reading, unless the standing one is the same; one that was read before is referred to."""
        earlier = self.held.readings.setdefault((entry.document.id, entry.coder), [])
        found = digest(entry) if earlier else ""
        if earlier and (earlier[-1].version, earlier[-1].text, earlier[-1].digest) == (
            entry.coder_version,
            text,
            found,
        ):
            return
        key = self._key(coder_runs)
        same = next((run.content for run in reversed(earlier) if (run.text, run.digest) == (text, found)), key)
        notes = orjson.dumps(entry.coded.notes).decode()
        head = (key, entry.document.id, text, entry.coder, entry.coder_version, notes)
        self.loader.load(coder_runs, [(*head, same, len(entry.coded.claims), self.recorded)])
        self.added["runs"] += 1
        if same == key:
            found = self._content(key, entry)
        earlier.append(Reading(text, entry.coder_version, same, found))

    def _withhold(self, entry: Entry, stands: Blanker | None) -> None:
        if entry.withheld or stands:
            self.loader.flush()  # the marks carry the moment of the newest run
            rows = rows_withheld(self.connection, entry.document.id, entry.withheld, stands)
            self.backend.load(self.connection, tombstones, rows)

    def _content(self, run: int, entry: Entry) -> str:
        """Adds all that the run read; returns its digest."""
        claimed, text, first = entry.coded.claims, entry.document.text, self.keys["claims"]
        records, found = [], Digest()
        for start in range(0, len(claimed), BATCH):
            batch = claimed[start : start + BATCH]
            flat = flatten(batch, first + start)
            check_span(flat.last_stop(), len(text), f"claims of {entry.document.id}")
            found.add(flat)
            records.append(self._claims(run, flat))
            words = [text[claim.span.start : claim.span.end] for claim in batch]
            self.loader.index(CLAIMS, list(enumerate(words, flat.first)))
        self.keys["claims"] += len(claimed)
        named, counted = mention_rows(entry.coded), figure_rows(entry.figures)
        self.loader.load(mentions, [(run, *row, self.recorded) for row in named])
        self.loader.load(figures, [(run, *row, self.recorded) for row in counted])
        total = found.close(named, counted, entry.coded.notes)
        self.loader.load(run_contents, [(run, total, first, b"".join(records))])
        self.added["claims"] += len(claimed)
        return total

    def _claims(self, run: int, flat: Flat) -> bytes:
        """Adds a batch of claims; returns their packed records."""
        numbers = self._stances(flat.stances)
        rows = zip(range(flat.first, flat.first + len(numbers)), numbers, flat.heads, strict=True)
        self.loader.load(claims, [(key, head[0], run, stance, *head[1:], self.recorded) for key, stance, head in rows])
        self.loader.load(slots, flat.slots)
        self.loader.load(casualties, flat.harms)
        return pack(numbers, flat.heads)

    def _stances(self, said: Sequence[Row]) -> list[int]:
        """Keys of the stances; new ones are added."""
        new = dict.fromkeys(stance for stance in said if stance not in self.stances)
        for stance in new:
            self.stances[stance] = self._key(stances)
        self.loader.load(stances, [(self.stances[stance], *stance, self.recorded) for stance in new])
        return [self.stances[stance] for stance in said]

    def _key(self, table: Table) -> int:
        self.keys[table.name] += 1
        return self.keys[table.name] - 1


def purged_names(connection: Connection) -> list[Name]:
    """The names that tombstones keep out."""
    columns = (tombstones.c.hash, tombstones.c.salt, tombstones.c.hint, tombstones.c.words)
    return [Name(*row) for row in connection.execute(select(*columns).where(tombstones.c.kind == "name"))]


def newest_moment(connection: Connection) -> int:
    """The latest moment that anything was recorded at; 0 in an empty store."""
    newest = [
        connection.scalar(select(table.c.recorded).order_by(table.c.id.desc()).limit(1))
        for table in (filings, coder_runs, decisions)
    ]
    return max(moment or 0 for moment in newest)


def digest(entry: Entry) -> str:
    """The digest of what an entry's run read."""
    found, claimed = Digest(), entry.coded.claims
    for start in range(0, len(claimed), BATCH):
        found.add(flatten(claimed[start : start + BATCH], 0))
    return found.close(mention_rows(entry.coded), figure_rows(entry.figures), entry.coded.notes)


def _in_order(entry: Entry) -> Entry:
    """The entry with its claims in the order of the text, in which keys are given and claims are read."""
    starts = [claim.span.start for claim in entry.coded.claims]
    if starts == sorted(starts):
        return entry
    claimed = sorted(entry.coded.claims, key=lambda claim: claim.span.start)
    return replace(entry, coded=replace(entry.coded, claims=tuple(claimed)))
