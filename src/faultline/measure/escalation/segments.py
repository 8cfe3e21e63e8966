"""Arithmetic of change points in monthly counts on arrays: costs, the best segments, the best single split. Invariant:
the pruned search finds what the whole search finds; nothing is checked here.

The counts of a segment are negative binomial about its mean, with one size for the series. Source: Killick, Fearnhead
and Eckley (2012), doi 10.1080/01621459.2012.737745 (PELT).
"""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

LEAST = 2  # months of a segment


def cost(total: Floats, months: Floats | float, size: float) -> Floats:
    """Minus the log likelihood of segments at their own mean, up to what no split changes."""
    mean = total / months
    alone = np.where(total > 0, total * np.log(np.maximum(mean, 1e-12)), 0.0)
    return np.asarray((total + months * size) * np.log(mean + size) - alone, np.float64)


def sums(counts: Floats) -> Floats:
    """Running sums from zero, along the last axis."""
    zero = np.zeros((*counts.shape[:-1], 1))
    return np.asarray(np.concatenate([zero, np.cumsum(counts, axis=-1)], axis=-1), np.float64)


def changes(counts: Floats, size: float, penalty: float) -> tuple[int, ...]:
    """First months (numbers from 0) of the segments after the first that cost least, `penalty` log units a change."""
    total, n = sums(counts), len(counts)
    best = np.full(n + 1, np.inf)
    best[0], last = -penalty, np.zeros(n + 1, np.int64)
    open_starts = np.array([0])
    for end in range(LEAST, n + 1):
        allowed = open_starts[open_starts <= end - LEAST]
        value = best[allowed] + cost(total[end] - total[allowed], (end - allowed).astype(np.float64), size)
        k = int(np.argmin(value))
        best[end], last[end] = value[k] + penalty, allowed[k]
        # A start that is behind by more than a change costs can never lead again.
        behind = allowed[value > best[end]]
        open_starts = np.append(np.setdiff1d(open_starts, behind), end - LEAST + 1)
    found, at = [], n
    while last[at] > 0:
        at = int(last[at])
        found.append(at)
    return tuple(reversed(found))


def change_counts(counts: Floats, size: float, penalty: float) -> npt.NDArray[np.int64]:
    """How many changes the best segments of each world (worlds x months) have: the whole search, all worlds at once."""
    total, (worlds, n) = sums(counts), counts.shape
    best = np.full((worlds, n + 1), np.inf)
    best[:, 0] = -penalty
    number = np.full((worlds, n + 1), -1, np.int64)
    rows = np.arange(worlds)
    for end in range(LEAST, n + 1):
        starts = np.arange(0, end - LEAST + 1)
        value = best[:, starts] + cost(total[:, end, None] - total[:, starts], (end - starts).astype(np.float64), size)
        k = np.argmin(value, axis=1)
        best[:, end], number[:, end] = value[rows, k] + penalty, number[rows, k] + 1
    return number[:, n]


def split_gains(counts: Floats, size: float) -> Floats:
    """Log units that the best single split of each world (worlds x months) gains."""
    total, n = sums(counts), counts.shape[-1]
    at = np.arange(LEAST, n - LEAST + 1)
    whole = cost(total[..., -1], float(n), size)
    parts = cost(total[..., at], at.astype(np.float64), size)
    parts += cost(total[..., -1:] - total[..., at], (n - at).astype(np.float64), size)
    return np.asarray(whole - parts.min(axis=-1), np.float64)


def span(counts: Floats, size: float, loss: float = 1.92) -> tuple[int, int]:
    """First and last month in which the single split may lie without costing `loss` log units more: about 95 %."""
    total, n = sums(counts), len(counts)
    at = np.arange(1, n)
    parts = cost(total[at], at.astype(np.float64), size)
    parts += cost(total[-1] - total[at], (n - at).astype(np.float64), size)
    near = at[parts <= parts.min() + loss]
    return int(near.min()), int(near.max())
