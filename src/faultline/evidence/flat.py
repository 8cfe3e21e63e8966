"""Claims as rows, many at a time: the inner loop of every build. Invariant: rows hold everything that the claims say,
and the digest of a reading depends on nothing but what was read.

(`_value_` of an enum spares the detour of `value`; a function call for each slot would cost a tenth of the whole.)"""

import gc
import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache

import orjson

from faultline.evidence.backend import Row
from faultline.evidence.moments import day_number
from faultline.record.claim import Claim, Slot, Speaker
from faultline.record.text import Candidate
from faultline.record.vocabulary import SlotName

BATCH = 4096  # claims; part of the digest


@dataclass(slots=True)
class Flat:
    """Claims as columns: `stances` (schema.STANCE) and `heads` (id, start, stop, ordinal, first day, last day, anchor,
    confidence), one of each a claim; `slots` and `harms` as their tables have them, keyed from `first` on."""

    first: int
    stances: list[Row] = field(default_factory=list)
    heads: list[Row] = field(default_factory=list)
    slots: list[Row] = field(default_factory=list)
    harms: list[Row] = field(default_factory=list)

    def last_stop(self) -> int:
        """The furthest end of any span."""
        stops = [head[2] for head in self.heads]
        stops += [stop for slot in self.slots for stop in (slot[6], slot[12]) if stop is not None]
        return max(stops, default=0)


def flatten(claims: Sequence[Claim], first: int) -> Flat:
    """The claims with keys from `first` on."""
    flat = Flat(first)
    for key, claim in enumerate(claims, first):
        span, days, action = claim.span, claim.days, claim.action
        said = (claim.kind._value_, "" if action is None else action._value_, claim.subtype, claim.modality._value_)
        flat.stances.append((*said, *_speaker(claim.speaker), days.precision._value_))
        between = (day_number(days.first_day), day_number(days.last_day), days.anchor)
        flat.heads.append((claim.id, span.start, span.end, claim.ordinal, *between, float(claim.confidence)))
        if claim.slots:
            flat.slots.extend(_slots(key, claim.slots))
        for n, c in enumerate(claim.casualties):
            flat.harms.append((key, n, c.harm, c.low, c.best, c.high, c.group, c.cumulative_since))
    return flat


class Digest:
    """SHA-256 over everything that a run read, in its order: claims (in batches of BATCH, the last may be shorter),
    then mentions, figures and notes, as JSON, column by column."""

    def __init__(self) -> None:
        self._found = hashlib.sha256()

    def add(self, flat: Flat) -> None:
        """The next batch of claims."""
        keys = ([slot[0] - flat.first for slot in flat.slots], [harm[0] - flat.first for harm in flat.harms])
        parts = (flat.stances, flat.heads, keys, _columns(flat.slots), _columns(flat.harms))
        self._found.update(orjson.dumps(parts))

    def close(self, mentions: Sequence[Row], figures: Sequence[Row], notes: Sequence[str]) -> str:
        """64 hexadecimal digits, after the claims."""
        self._found.update(orjson.dumps((mentions, figures, notes)))
        return self._found.hexdigest()


@contextmanager
def without_collector() -> Iterator[None]:
    """Rows hold no cycles, yet millions of them make the collector of cycles look at everything again and again."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def candidate_columns(candidates: tuple[Candidate, ...]) -> tuple[str, str]:
    """The leading id and the rest: a sure only candidate is its id and no more, others are kept whole beside it."""
    if len(candidates) == 1:
        [only] = candidates
        if only.id and only.probability == 1.0 and not only.reason:
            return only.id, ""
    elif not candidates:
        return "", ""
    rest = [(each.id, each.probability, each.reason) for each in candidates]
    return Slot(SlotName.ACTOR, "", candidates=candidates).leading, orjson.dumps(rest).decode()


def _columns(rows: list[Row]) -> list[Row]:
    """Rows without their key, as columns."""
    return list(zip(*rows, strict=True))[1:]


def _slots(key: int, slots: tuple[Slot, ...]) -> Iterator[Row]:
    for n, slot in enumerate(slots):
        span, old, candidates = slot.span, slot.inherited_from, slot.candidates
        start, stop = (None, None) if span is None else (span.start, span.end)
        old_start, old_stop = (None, None) if old is None else (old.start, old.end)
        leading, rest = candidate_columns(candidates) if candidates else ("", "")
        sure = float(slot.confidence)
        said = (slot.value, leading, start, stop, slot.rule, slot.reason, sure, rest, old_start, old_stop)
        yield key, n, slot.name._value_, *said


@lru_cache(4096)
def _speaker(speaker: Speaker) -> Row:
    chain = "" if len(speaker.chain) == 1 else orjson.dumps(speaker.chain).decode()
    return speaker.innermost, chain, speaker.actor, speaker.voice
