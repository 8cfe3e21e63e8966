"""Tests on an event table whether events of one kind come before those of another. Invariant: slow swings that both
share and batches of reports weigh on both sides alike, so that only an order of days decides; an order is no cause."""

from dataclasses import dataclass

import numpy as np
from scipy.ndimage import gaussian_filter1d

from faultline.examine.levels import rows_of
from faultline.measure.events import Events, Flags, Floats
from faultline.measure.feedback.marks import coarse
from faultline.measure.sight import Sight

LAG = 14  # days within which the second follows
BLOCK = 56  # days whose sums are dealt their signs together: memory of weeks makes nearer ones alike
SLOW = 28.0  # days: slower than what is asked of, taken off both
LEAST = 50  # dated events of each end
SHORTEST = 365  # days
DRAWS = 999


@dataclass(frozen=True, slots=True)
class Lead:
    """`more`: how much more the two go together with the first before the second than the other way round; `p_value` of
    so much on either side; `sign` +1 where they go together above their rates, -1 where one is rare beside the other;
    `forward` whether that is so with the first before the second."""

    more: float
    p_value: float
    sign: int
    forward: bool


def lead(first: Floats, second: Floats, chance: np.random.Generator) -> Lead:
    """Whether days of `first` come before those of `second` more often than after them, by dealing the signs of blocks
    of eight weeks anew: without an order each block is as likely to lean either way.

    Good (2005), Permutation, Parametric and Bootstrap Tests of Hypotheses, ch. 3, doi 10.1007/b138696.
    """
    one, other = (counts - gaussian_filter1d(counts, SLOW, mode="reflect") for counts in (first, second))
    after, before = _near(one, other), _near(one[::-1], other[::-1])[::-1]
    length = len(after) // BLOCK * BLOCK
    blocks = (after - before)[:length].reshape(-1, BLOCK).sum(axis=1)
    signs = chance.choice((-1.0, 1.0), (DRAWS, len(blocks)))
    seen, drawn = float(blocks.sum()), np.abs(signs @ blocks)
    p = float((1 + np.count_nonzero(drawn >= abs(seen) - 1e-9)) / (1 + DRAWS))
    moved = max(float(after.sum()), float(before.sum()), key=abs)
    return Lead(seen, p, 1 if moved > 0 else -1, abs(after.sum()) >= abs(before.sum()))


def _near(one: Floats, other: Floats) -> Floats:
    """For each day what is above the local rate of one on it times the same of the other in the next days."""
    total = np.concatenate([[0.0], np.cumsum(other), np.full(LAG, other.sum())])
    return np.asarray(one * (total[1 + LAG : 1 + LAG + len(one)] - total[1 : 1 + len(one)]), np.float64)


def counted(sight: Sight, events: Events, ends: tuple[str, str]) -> tuple[Floats, Floats] | str:
    """Daily counts of the two ends, of the rows that are of one of them only; else why there are none."""
    why = coarse(events)
    rows = [_rows(sight, events, end) for end in ends]
    missing = [end.replace("_", " ") for end, found in zip(ends, rows, strict=True) if found is None]
    if why or missing:
        return why or f"no column of the event table counts {' or '.join(missing)}"
    one, other = (found & events.exact_day for found in rows if found is not None)
    one, other = one & ~other, other & ~one
    if min(int(one.sum()), int(other.sum())) < LEAST:
        return f"{int(one.sum())} and {int(other.sum())} events that are of one end alone, {LEAST} of each are needed"
    low, high = int(events.first.min()), int(events.first.max())
    if high - low < SHORTEST:
        return f"{high - low + 1} days, {SHORTEST} are needed"
    first, second = (np.bincount(events.first[kept] - low, minlength=high - low + 1) for kept in (one, other))
    return first.astype(np.float64), second.astype(np.float64)


def countable(sight: Sight, end: str) -> bool:
    """Whether an event table could count an end of an arrow: a level of attacks, or what a party does."""
    return end in rows_of() or bool(sight.case.actor_candidates(end))


def _rows(sight: Sight, events: Events, end: str) -> Flags | None:
    """The rows that an end of an arrow is counted by; None where the table does not say."""
    named = {candidate.id for candidate in sight.case.actor_candidates(end)}
    if named:
        return events.by({part for one in named for part in sight.members(one)})
    wanted = rows_of().get(end)
    if wanted is None:
        return None
    rows = np.isin(events.root, wanted["roots"])
    state = sight.members(sight.declared.defender) if sight.declared.defender else frozenset()
    side = wanted.get("by", "")
    if side and not state:
        return None
    if side:
        rows &= events.by(state) if side == "defender" else ~events.by(state)
    if wanted.get("on") == "civilians":
        rows &= events.on(_civilians(sight, events))
    return np.asarray(rows, np.bool_)


def _civilians(sight: Sight, events: Events) -> frozenset[str]:
    return frozenset(p for p in events.parties if sight.kinds.get(p) == "civilians" or "civilian" in p.lower())
