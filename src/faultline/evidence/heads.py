"""Head columns and slots of all claims of a store in memory, by key, so that a filter is arithmetic and not a million
rows. Invariant: equal to what is stored: it grows with the store, and is read anew after a purge."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, func, select

from faultline.evidence.packed import DTYPE
from faultline.evidence.schema import claims, run_contents, slots, tombstones
from faultline.record.vocabulary import SlotName

if TYPE_CHECKING:
    from faultline.evidence.backend import Backend

Numbers = npt.NDArray[np.int32]
Keys = npt.NDArray[np.int64]
_WORDS = 8  # questions for words: at most 4 MB each with a million claims
NAMES = (SlotName.ACTOR.value, SlotName.RECIPIENT.value, SlotName.PLACE.value)  # slots that filters and counts ask for


@dataclass(frozen=True, slots=True)
class Heads:
    """Columns by the key of the claim: key of its stance, first and last day (packed.ABSENT: not known). A key that no
    claim has holds zeros. `run` is the newest reading among them."""

    run: int
    stance: Numbers
    first: Numbers
    last: Numbers

    @property
    def size(self) -> int:
        """All keys are below this number."""
        return len(self.stance)


@dataclass(frozen=True, slots=True)
class Slotted:
    """The slots of one name whose leading id is known: key of the claim, number of the id in `codes`. A claim that has
    an id twice stands once."""

    claim: Numbers
    code: Numbers
    codes: dict[str, int]

    def claims_of(self, ids: Iterable[str]) -> Numbers:
        """Keys of the claims with one of these ids."""
        wanted = [self.codes[id] for id in ids if id in self.codes]
        return self.claim[np.isin(self.code, wanted)] if len(wanted) != 1 else self.claim[self.code == wanted[0]]


@dataclass(frozen=True, slots=True)
class Worded:
    """The claims below the key `reaches` whose words match a question, by key."""

    claims: Numbers = field(default_factory=lambda: np.empty(0, np.int32))
    reaches: int = 0


@dataclass
class Memory:
    """What of a store is in memory, and how far it reaches."""

    _heads: Heads = field(default_factory=lambda: _none())
    _slots: dict[str, Slotted] = field(default_factory=dict)
    _reaches: int = 0  # slots of the claims below this key are in memory
    _words: dict[str, "Worded"] = field(default_factory=dict)  # of the last questions, the latest last
    _purges: int = 0
    _lock: Lock = field(default_factory=Lock)

    def heads(self, connection: Connection) -> Heads:
        """The heads of all claims that the connection sees, and perhaps of some that were added since."""
        with self._lock:
            return self._grown(connection)

    def slotted(self, connection: Connection, backend: "Backend", name: str) -> Slotted:
        """The slots of that name, of the same claims."""
        with self._lock:
            size = self._grown(connection).size
            if self._reaches < size:
                size = min(size, newest_key(connection) + 1)  # what another connection has seen already may be more
            if self._reaches < size:
                read = _every if self._reaches == 0 else _later
                found = read(connection, backend, self._reaches, size)
                self._slots = {name: _joined(self._slots.get(name), found.get(name, {})) for name in NAMES}
                self._reaches = size
            return self._slots.get(name, Slotted(np.empty(0, np.int32), np.empty(0, np.int32), {}))

    def worded(self, connection: Connection, words: str, find: Callable[[int], Keys]) -> Numbers:
        """Keys of the claims whose words match, of the same claims. `find` gives those from a key on, and is asked only
        for what was added since the words were last looked for: who looks for a word asks for it page by page."""
        with self._lock:
            self._grown(connection)  # forgets after a purge
            purges, held = self._purges, self._words.get(words, Worded())
        newest = newest_key(connection)
        if held.reaches <= newest:
            held = Worded(np.concatenate([held.claims, find(held.reaches).astype(np.int32)]), newest + 1)
        with self._lock:
            if purges == self._purges:
                self._words.pop(words, None)
                self._words[words] = held
                while len(self._words) > _WORDS:
                    del self._words[next(iter(self._words))]
        return held.claims

    def _grown(self, connection: Connection) -> Heads:
        purges = connection.scalar(select(func.max(tombstones.c.id))) or 0
        if purges != self._purges:
            self._heads, self._slots, self._reaches, self._purges = _none(), {}, 0, purges
            self._words = {}
        newest = connection.scalar(select(func.max(run_contents.c.run))) or 0
        if newest > self._heads.run:
            self._heads = _grow(connection, self._heads, newest)
        return self._heads


def keys_of(firsts: Iterable[int], counts: Iterable[int]) -> Keys:
    """The keys of runs of claims, each from its first key on."""
    first, count = np.fromiter(firsts, np.int64), np.fromiter(counts, np.int64)
    before = np.cumsum(count) - count
    return np.repeat(first - before, count) + np.arange(int(count.sum()), dtype=np.int64)


def newest_key(connection: Connection) -> int:
    """The highest key of a claim that the connection sees; 0 where there is none."""
    return connection.scalar(select(func.max(claims.c.id))) or 0


def _none() -> Heads:
    return Heads(0, *(np.zeros(0, np.int32) for _ in range(3)))


def _grow(connection: Connection, held: Heads, newest: int) -> Heads:
    columns = (run_contents.c.first, run_contents.c.records)
    query = select(*columns).where(run_contents.c.run > held.run, run_contents.c.run <= newest)
    rows = [(first, bytes(packed)) for first, packed in connection.execute(query) if packed]
    records = np.frombuffer(b"".join(packed for _, packed in rows), DTYPE)
    keys = keys_of((first for first, _ in rows), (len(packed) // DTYPE.itemsize for _, packed in rows))
    size = max(held.size, int(keys.max()) + 1 if len(keys) else 0)
    grown = []
    for name, old in (("stance", held.stance), ("first_day", held.first), ("last_day", held.last)):
        column = np.zeros(size, np.int32)
        column[: len(old)] = old
        column[keys] = records[name]
        grown.append(column)
    return Heads(newest, *grown)


_Found = dict[str, dict[str, Keys]]  # by name of the slot and leading id


def _every(connection: Connection, backend: "Backend", since: int, below: int) -> _Found:
    """A row an id: the keys come as one text, which costs a tenth of as many rows."""
    query = select(slots.c.name, slots.c.leading, backend.listed(slots.c.claim)).where(
        slots.c.leading != "", slots.c.name.in_(NAMES), slots.c.claim < below
    )
    found: _Found = {}
    for name, leading, listed in connection.execute(query.group_by(slots.c.leading, slots.c.name)):
        found.setdefault(name, {})[leading] = parse_keys(listed)
    return found


def _later(connection: Connection, backend: "Backend", since: int, below: int) -> _Found:
    """Those of the newest claims, read by key."""
    query = select(slots.c.name, slots.c.leading, slots.c.claim).where(
        slots.c.claim >= since, slots.c.claim < below, slots.c.leading != "", slots.c.name.in_(NAMES)
    )
    gathered: dict[str, dict[str, list[int]]] = {}
    for name, leading, claim in connection.execute(query):
        gathered.setdefault(name, {}).setdefault(leading, []).append(claim)
    return {name: {id: np.array(keys, np.int64) for id, keys in by.items()} for name, by in gathered.items()}


def parse_keys(listed: str | None) -> Keys:
    """The keys of a text that lists them with commas between."""
    return np.fromstring(listed, np.int64, sep=",") if listed else np.empty(0, np.int64)


def _joined(held: Slotted | None, more: dict[str, Keys]) -> Slotted:
    """The slots with those of later claims."""
    codes = dict(held.codes) if held else {}
    for id in more:
        codes.setdefault(id, len(codes))
    unique = [(codes[id], np.unique(keys)) for id, keys in more.items()]
    claim = [keys.astype(np.int32) for _, keys in unique]
    code = [np.full(len(keys), number, np.int32) for number, keys in unique]
    if held:
        claim, code = [held.claim, *claim], [held.code, *code]
    empty = np.empty(0, np.int32)
    return Slotted(np.concatenate([empty, *claim]), np.concatenate([empty, *code]), codes)
