"""Turns draws into chances on a fixed grid of deaths, where pools and their scores are sums. Invariant: every edge of
the bins of the ignorance score is a point of the grid, so that its bins are exact there."""

from dataclasses import dataclass

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


@dataclass(frozen=True)
class Square:
    """The mean CRPS of a pool as a function of its weights w: w'Gw - 2 b'w + c."""

    both: Floats
    cross: Floats
    alone: float

    def at(self, weights: Floats) -> float:
        """The mean CRPS with those weights."""
        return float(weights @ self.both @ weights - 2 * self.cross @ weights + self.alone)

    def slope(self, weights: Floats) -> Floats:
        """Its gradient."""
        return np.asarray(2 * (self.both @ weights - self.cross))


def quadratic(shares: Floats, came: Floats, logs: bool) -> Square:
    """What the mean of `crps` over the cells is for any pool of the members: `shares` is (members, cells, points)."""
    root = np.sqrt((_LOG_WIDTH if logs else _WIDTH) / len(came))
    each, actual = (shares * root).reshape(len(shares), -1), (came * root).ravel()
    return Square(each @ each.T, each @ actual, float(actual @ actual))
