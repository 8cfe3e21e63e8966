"""Learns how much each member counts in each stratum, on earlier windows alone, and draws from the pool. Invariant: the
weights of a stratum are 0 or more and add up to one; few cells leave them near equal shares.

A linear pool: Stone (1961), doi 10.1214/aoms/1177704873; weights by score: Hall & Mitchell (2007), doi
10.1016/j.ijforecast.2006.08.001.
"""

import numpy as np

from faultline.forecast import grid
from faultline.forecast.learn import settings
from faultline.forecast.score import BIN_EDGES
from faultline.measure.chance import Floats, Ints

_STEPS = 150
_PSEUDO = 11.0 / 1000.0  # what the ignorance score adds to a bin of 1,000 draws, in all bins
_RATE = 0.3
_LEAST = 1e-9


def stratum(recent: Floats, long: Floats) -> Ints:
    """The stratum of units with so many deaths in the last twelve months and the last sixty; the lowest, 0, had none in
    sixty."""
    found = np.searchsorted(np.asarray(settings()["strata"], float), recent, side="right")
    return np.where(long > 0, found, 0)


def strata_count() -> int:
    """How many strata there are."""
    return len(settings()["strata"]) + 1


def learn_weights(shares: Floats, actual: Floats, of: Ints) -> Floats:
    """Weights (strata, members) from the members' shares below the grid (members, cells, points), what came (cells,)
    and the stratum of each cell.

    They make the mean of three scores small, each divided by that of equal shares: ignorance, CRPS, CRPS of logs.
    """
    equal = np.full(len(shares), 1.0 / len(shares))
    found = np.tile(equal, (strata_count(), 1))
    for number in range(strata_count()):
        cells = of == number
        n = int(cells.sum())
        if n:
            learnt = _descend(shares[:, cells], actual[cells])
            trust = n / (n + settings()["equal_cells"])
            found[number] = trust * learnt + (1 - trust) * equal
    return found


def pooled(draws: Floats, weights: Floats, count: int) -> Floats:
    """`count` draws of each cell, sorted, from the members' draws (members, cells, n) by weights (cells, members)."""
    ordered = np.sort(draws, axis=2)
    cells, n = ordered.shape[1], ordered.shape[2]
    values = np.moveaxis(ordered, 0, 1).reshape(cells, -1)
    mass = np.repeat(weights / n, n, axis=1)
    order = np.argsort(values, axis=1, kind="stable")
    reached = np.cumsum(np.take_along_axis(mass, order, axis=1), axis=1)
    sorted_values = np.take_along_axis(values, order, axis=1)
    place = (np.arange(count) + 0.5) / count
    found = np.empty((cells, count))
    for k in range(cells):
        found[k] = sorted_values[k, np.minimum(np.searchsorted(reached[k], place), values.shape[1] - 1)]
    return found


def _descend(shares: Floats, actual: Floats) -> Floats:
    """Exponentiated gradient from equal shares: the loss is convex, so that where it begins does not matter."""
    came = grid.came_below(actual)
    happened = np.searchsorted(BIN_EDGES, actual, side="right")
    chances = np.take_along_axis(grid.bins(shares), happened[None, :, None], axis=2)[..., 0]
    squares = [grid.quadratic(shares, came, logs) for logs in (False, True)]
    weights = np.full(len(shares), 1.0 / len(shares))
    scales = [max(square.at(weights), _LEAST) for square in squares]
    bits = max(float(-np.log2(_smooth(weights, chances)).mean()), _LEAST)
    for step in range(_STEPS):
        slope = -(chances / _smooth(weights, chances)).mean(axis=1) / np.log(2) / bits
        for square, scale in zip(squares, scales, strict=True):
            slope = slope + square.slope(weights) / scale
        weights = weights * np.exp(-_RATE / (1 + step / 50) * (slope - slope.min()))
        weights /= weights.sum()
    return weights


def _smooth(weights: Floats, chances: Floats) -> Floats:
    """The chance of what came, as the ignorance score smooths it."""
    return np.asarray((weights @ chances + _PSEUDO / 11) / (1 + _PSEUDO))
