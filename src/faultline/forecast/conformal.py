"""Recalibrates pooled draws by how earlier windows fared, stratum by stratum. Invariant: an order of draws stays that
order, no new values appear, and a stratum with few cells is left nearly as it is.

Bin-conditional conformal prediction (Randahl, Williams & Hegre 2024, arXiv 2410.14507) on the whole distribution: the
quantile at p becomes that at the p-quantile of the transform (PIT) of earlier windows.
"""

import numpy as np

from faultline.forecast.learn import settings
from faultline.forecast.pool import strata_count
from faultline.measure.chance import Floats, Ints

KNOTS = np.linspace(0.0, 1.0, 21)


def learn_levels(transforms: Floats, of: Ints) -> Floats:
    """For each stratum the levels that the levels KNOTS have to become, (strata, 21), from the PIT of earlier cells."""
    found = np.tile(KNOTS, (strata_count(), 1))
    for number in range(strata_count()):
        seen = transforms[of == number]
        if len(seen):
            trust = len(seen) / (len(seen) + settings()["recalibration_cells"])
            found[number] = trust * np.quantile(seen, KNOTS) + (1 - trust) * KNOTS
    found[:, 0], found[:, -1] = 0.0, 1.0
    return np.asarray(np.maximum.accumulate(found, axis=1))


def recalibrated(ordered: Floats, levels: Floats) -> Floats:
    """The draws of each cell, (cells, n) in order, at the levels that theirs become; `levels` is (cells, 21)."""
    n = ordered.shape[1]
    place = (np.arange(n) + 0.5) / n
    found = np.empty_like(ordered)
    for k, row in enumerate(levels):
        picked = np.clip(np.interp(place, KNOTS, row) * n, 0, n - 1).astype(np.int64)
        found[k] = ordered[k, picked]
    return found
