"""Since when a month is the largest, its rank, and the chance of it. Invariant: a rank says among how many, and a
chance of what level it speaks."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from faultline.measure.chance import p_above
from faultline.measure.escalation.null import Null, draw

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

YEAR, LEVEL = 12, 36  # months: the search for a peak; what the level is taken from
_DRAWS = 999


@dataclass(frozen=True, slots=True)
class Largest:
    """`month` (number from 0) has `rank` 1 if no month of the series is larger; `since` is the last earlier month at
    least as large, None where there is none; `chance` that a month of the level before would be as large, and
    `chance_of_year` that one of twelve would."""

    month: int
    value: float
    rank: int
    since: int | None
    chance: float
    chance_of_year: float


def largest(counts: Floats, month: int, null: Null, chance: np.random.Generator) -> Largest:
    """How that month stands among all, and how often the level of the three years before would give as much."""
    value = float(counts[month])
    earlier = np.flatnonzero(counts[:month] >= value)
    before = counts[max(0, month - LEVEL) : month]
    level = replace(null, mean=max(float(before.mean()) if len(before) else value, 0.05))
    drawn = draw(level, YEAR, _DRAWS, chance)
    return Largest(
        month,
        value,
        1 + int(np.count_nonzero(counts > value)),
        int(earlier[-1]) if len(earlier) else None,
        p_above(value, drawn[:, -1]),
        p_above(value, drawn.max(axis=1)),
    )


def peak_of_year(counts: Floats, months: Ints) -> int:
    """Number of the largest of the twelve calendar months up to the last of `months`, the latest of equals."""
    first = int(np.searchsorted(months, months[-1] - YEAR + 1))
    return len(counts) - 1 - int(np.argmax(counts[first:][::-1]))
