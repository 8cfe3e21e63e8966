"""Turns the draws of single months into ways that a year can go, so that months can be added up. Invariant: each month
keeps its own distribution; only which draws of different months belong together is chosen.

A Gaussian copula in which all months of a year share one component; its weight is learnt from earlier windows by
stratum. Schefzik, Thorarinsdottir & Gneiting (2013), doi 10.1214/13-STS443.
"""

import numpy as np
import scipy

from faultline.forecast.pool import strata_count
from faultline.measure.chance import Floats, Ints

_MOST = 0.95


def learn_together(transforms: Floats, year: Ints, of: Ints) -> Floats:
    """For each stratum the correlation of months of one unit and window (`year`), 0 to .95, from their PIT."""
    scores = scipy.stats.norm.ppf(np.clip(transforms, 0.001, 0.999))
    found = np.zeros(strata_count())
    for number in range(strata_count()):
        cells = of == number
        _, group = np.unique(year[cells], return_inverse=True)
        if not len(group):
            continue
        count = np.bincount(group)
        total = np.bincount(group, scores[cells])
        squares = np.bincount(group, scores[cells] ** 2)
        pairs = float((count * (count - 1)).sum())
        if pairs:
            found[number] = (total**2 - squares).sum() / pairs / (squares.sum() / count.sum())
    return np.asarray(np.clip(found, 0.0, _MOST))


def paths(ordered: Floats, together: Floats, chance: np.random.Generator) -> Floats:
    """The sorted draws (rows, months, n) put in an order in which draw k of all months is one way to go."""
    rows, months, n = ordered.shape
    shared = chance.standard_normal((rows, 1, n))
    own = chance.standard_normal((rows, months, n))
    weight = together[:, None, None]
    ranks = np.argsort(np.argsort(np.sqrt(weight) * shared + np.sqrt(1 - weight) * own, axis=2), axis=2)
    return np.take_along_axis(ordered, ranks, axis=2)
