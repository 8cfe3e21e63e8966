"""Turns draws into chances on a fixed grid of deaths, where pools and their scores are sums. Invariant: every edge of
the bins of the ignorance score is a point of the grid, so that its bins are exact there."""

import numpy as np

from faultline.forecast.score import BIN_EDGES
from faultline.measure.chance import Floats

_SMALL = np.arange(0.5, 10.6)
_LARGE = np.geomspace(12.5, 200_000.5, 60)
POINTS = np.unique(np.concatenate([_SMALL, _LARGE, BIN_EDGES]))
_WIDTH: Floats = np.diff(POINTS, append=POINTS[-1])
_LOG_WIDTH: Floats = np.diff(np.log1p(POINTS), append=np.log1p(POINTS[-1]))
_AT_EDGES = np.searchsorted(POINTS, BIN_EDGES)


def below(draws: Floats) -> Floats:
    """Share of draws below each point of the grid: (..., points) of draws (..., n)."""
    flat = np.sort(draws.reshape(-1, draws.shape[-1]), axis=1)
    found = np.empty((len(flat), len(POINTS)))
    for k, row in enumerate(flat):
        found[k] = np.searchsorted(row, POINTS)
    return np.asarray((found / draws.shape[-1]).reshape(*draws.shape[:-1], len(POINTS)))


def came_below(actual: Floats) -> Floats:
    """1 where the actual value lies below a point, else 0: (..., points)."""
    return np.asarray(actual[..., None] < POINTS, float)


def bins(shares: Floats) -> Floats:
    """The chance of each of the eleven bins, (..., 11), from shares below the points."""
    edges = shares[..., _AT_EDGES]
    ends = np.concatenate([np.zeros_like(edges[..., :1]), edges, np.ones_like(edges[..., :1])], axis=-1)
    return np.asarray(np.diff(ends, axis=-1))


def crps(shares: Floats, actual: Floats, logs: bool) -> Floats:
    """The CRPS of each cell, of log(1 + deaths) where `logs`: squared distance of the two, added up over the grid."""
    return np.asarray((shares - actual) ** 2 @ (_LOG_WIDTH if logs else _WIDTH))


def product(one: Floats, other: Floats, logs: bool) -> Floats:
    """The two multiplied, added up over the grid as `crps` adds: what a pool's score changes by with a weight."""
    return np.asarray((one * other) @ (_LOG_WIDTH if logs else _WIDTH))
