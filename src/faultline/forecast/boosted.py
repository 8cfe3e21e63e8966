"""How many deaths come where any come, by boosted trees: the centre of their log against the unit's level, then how far
they lie from it, and what is left in units of that. Invariant: what is left is told apart by level alone."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from faultline.forecast.learn import fit_centre, fit_spread
from faultline.measure.chance import Floats
from faultline.record import boosting

if TYPE_CHECKING:
    import lightgbm

_LEVELS = np.array([1.0, 3.0, 5.5])  # of the log level, between which what is left has a distribution of its own
_POINTS = 240
_NEAR = 0.05  # what is added to a distance before its log is taken


@dataclass(frozen=True)
class Boosted:
    """Trees for the centre and for the log of the distance from it; quantiles of what is left, (levels, points)."""

    centre: "lightgbm.Booster"
    spread: "lightgbm.Booster"
    left: Floats

    def quantiles(self, given: Floats, level: Floats, draws: int) -> Floats:
        """Sorted logs of deaths against the level, (rows, draws), where there are any; `level` is log mean 12."""
        picked = ((np.arange(draws) + 0.5) / draws * self.left.shape[1]).astype(np.int64)
        left = self.left[np.digitize(level, _LEVELS)][:, picked]
        middle, wide = boosting.predict(self.centre, given), np.exp(boosting.predict(self.spread, given))
        return np.asarray(middle[:, None] + wide[:, None] * left)


def fit_boosted(given: Floats, against: Floats, level: Floats, weight: Floats) -> Boosted:
    """The trees for logs of deaths `against` a level, at least one death in each row; `level` is log mean 12."""
    centre = fit_centre(given, against, weight)
    off = against - boosting.predict(centre, given)
    spread = fit_spread(given, np.log(np.abs(off) + _NEAR), weight)
    left = off / np.exp(boosting.predict(spread, given))
    groups = [np.digitize(level, _LEVELS) == k for k in range(len(_LEVELS) + 1)]
    return Boosted(centre, spread, np.stack([_quantiles(left, weight, group) for group in groups]))


def _quantiles(left: Floats, weight: Floats, chosen: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Floats:
    """Weighted quantiles of the rows chosen, of all rows where none is."""
    rows = chosen if chosen.any() else np.ones_like(chosen)
    order = np.argsort(left[rows], kind="stable")
    shares = np.cumsum(weight[rows][order])
    at = np.searchsorted(shares, (np.arange(_POINTS) + 0.5) / _POINTS * shares[-1])
    return np.asarray(left[rows][order][np.minimum(at, len(order) - 1)])
