"""The arithmetic of the scores on arrays: draws (..., n) against actual values (...). Invariant: no checks here, one
score a cell, lower is better; `score.py` checks and explains."""

import numpy as np
import numpy.typing as npt

from faultline.measure.chance import Floats

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


def crps(ordered: Floats, actual: Floats) -> Floats:
    """E|X - y| - E|X - X'| / 2 of the empirical distribution; `ordered` is sorted along its last axis."""
    n = ordered.shape[-1]
    weights = (2.0 * np.arange(1, n + 1) - 1.0 - n) / (n * n)
    away = np.abs(ordered - actual[..., None]).mean(axis=-1)
    return np.asarray(away - ordered @ weights)


def ignorance(draws: Floats, actual: Floats, edges: Floats) -> Floats:
    """-log2 of the smoothed share of the bin that happened; bin k holds edges[k-1] <= value < edges[k]."""
    happened = np.searchsorted(edges, actual, side="right")
    hits = (np.searchsorted(edges, draws, side="right") == happened[..., None]).sum(axis=-1)
    return np.asarray(-np.log2((hits + 1.0) / (draws.shape[-1] + len(edges) + 1.0)))


def interval(low: Floats, high: Floats, actual: Floats, alpha: float) -> Floats:
    """Width of the interval and 2 / alpha times what the actual value lies outside it."""
    outside = np.maximum(low - actual, 0.0) + np.maximum(actual - high, 0.0)
    return np.asarray(high - low + 2.0 / alpha * outside)


def brier(draws: Floats, actual: Floats, least: float) -> Floats:
    """Squared distance between the share of draws that reach `least` and whether it was reached."""
    return np.asarray(((draws >= least).mean(axis=-1) - (actual >= least)) ** 2)


def rps(draws: Floats, actual: Floats, edges: Floats) -> Floats:
    """Sum over the edges of the Brier score of "at least this edge", divided by their number."""
    return np.asarray(np.mean([brier(draws, actual, edge) for edge in edges], axis=0))


def pit(ordered: Floats, actual: Floats, position: Floats) -> Floats:
    """Share of draws below the actual value plus `position` (0 to 1) of the share that equals it."""
    below = (ordered < actual[..., None]).mean(axis=-1)
    equal = (ordered == actual[..., None]).mean(axis=-1)
    return np.asarray(below + position * equal)
