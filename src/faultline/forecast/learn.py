"""Fits what is learnt of all units together: whether there will be deaths, and how many against the unit's own level.
Invariant: an outcome of a training row lies in the table, so never after the issue."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from faultline.forecast.features import Seen
from faultline.forecast.form import LONGEST
from faultline.forecast.outcomes import Monthly
from faultline.forecast.season import COLUMNS, seasonal
from faultline.measure.chance import Floats, Ints
from faultline.record import boosting
from faultline.record.packaged import packaged

if TYPE_CHECKING:
    import lightgbm

_BINS = 127


@cache
def settings() -> Mapping[str, Any]:
    """The settings that are shipped with the package."""
    found: dict[str, Any] = packaged("faultline.forecast", "settings.yaml")
    return found


@dataclass(frozen=True)
class Rows:
    """Training rows: `unit` and `month` (columns of the table) of the input, months `ahead`, their `weight`."""

    unit: Ints
    month: Ints
    ahead: Ints
    weight: Floats

    def come(self, table: Monthly) -> Floats:
        """The deaths that came."""
        return np.asarray(table.deaths[self.unit, self.month + self.ahead])


def rows(table: Monthly, chance: np.random.Generator) -> Rows:
    """Rows of every unit and month whose outcome the table knows, thinned where nothing happens."""
    chosen = settings()
    last = table.deaths.shape[1] - 1
    unit, month = np.nonzero(table.exists[:, chosen["first_month"] : last])
    month = month + chosen["first_month"]
    sums = np.concatenate([np.zeros((len(table.units), 1)), np.cumsum(table.deaths, axis=1)], axis=1)
    quiet = sums[unit, month + 1] == sums[unit, np.maximum(month + 1 - chosen["quiet_months"], 0)]
    kept = ~quiet | (chance.random(len(unit)) < chosen["quiet_share"])
    unit, month, quiet = (np.repeat(part[kept], chosen["horizons_each"]) for part in (unit, month, quiet))
    ahead = chance.integers(1, LONGEST + 1, len(unit))
    known = month + ahead <= last
    known[known] = table.exists[unit[known], (month + ahead)[known]]
    weight = np.where(quiet, 1.0 / chosen["quiet_share"], 1.0)
    return Rows(unit[known], month[known], ahead[known], weight[known])


def inputs(seen: Seen, unit: Ints, month: Ints, ahead: Ints) -> Floats:
    """What a model is given: the features of unit and month, how far ahead it looks, and the season there; a column
    for each of `groups`."""
    season = seasonal(seen.turn, seen.first, unit, month, ahead)
    return np.concatenate([seen.values[unit, month], ahead[:, None], season], axis=1, dtype=np.float32)


def groups(seen: Seen) -> tuple[str, ...]:
    """The group of each column of `inputs`."""
    return (*seen.groups, "ahead", *["season"] * COLUMNS)


def fit_occurrence(given: Floats, came: Floats, weight: Floats) -> "lightgbm.Booster":
    """A booster for the probability of any death."""
    return _fit("occurrence", {"objective": "binary"}, given, (came > 0).astype(float), weight)


def fit_centre(given: Floats, values: Floats, weight: Floats) -> "lightgbm.Booster":
    """A booster for the centre of the values; those far out count less (Huber)."""
    return _fit("centre", {"objective": "huber", "alpha": 1.5}, given, values, weight)


def fit_spread(given: Floats, values: Floats, weight: Floats) -> "lightgbm.Booster":
    """A booster for the mean of the values, which are logs of distances."""
    return _fit("spread", {"objective": "regression"}, given, values, weight)


@dataclass(frozen=True)
class Forest:
    """Quantiles by co-membership: a random forest, and in each leaf of each tree the values that fell into it.

    `values` holds, tree after tree and leaf after leaf, as many quantiles of a leaf as `points` says; shape (trees,
    leaves, points). Meinshausen (2006), Quantile regression forests, JMLR 7:983-999.
    """

    booster: "lightgbm.Booster"
    values: Floats

    def quantiles(self, given: Floats, draws: int, chance: np.random.Generator) -> Floats:
        """Draws of the value for each row, (rows, draws), every tree giving as many as the others."""
        leaves = boosting.leaves(self.booster, given)
        tree = np.arange(draws) % leaves.shape[1]
        turns = -(-draws // leaves.shape[1])
        place = (np.arange(draws) // leaves.shape[1] + chance.random((len(given), draws))) / turns
        point = np.minimum((place * self.values.shape[2]).astype(np.int64), self.values.shape[2] - 1)
        return np.asarray(self.values[tree[None, :], leaves[:, tree], point])


def fit_forest(given: Floats, values: Floats, weight: Floats, points: int = 40) -> Forest:
    """A forest for the distribution of `values`, keeping `points` quantiles of every leaf."""
    booster = _fit("forest", {"objective": "regression", "boosting": "rf"}, given, values, weight)
    leaves = boosting.leaves(booster, given)
    held = np.zeros((leaves.shape[1], int(leaves.max()) + 1, points))
    at = (np.arange(points) + 0.5) / points
    for tree in range(leaves.shape[1]):
        order = np.lexsort((values, leaves[:, tree]))
        numbers, starts = np.unique(leaves[order, tree], return_index=True)
        for number, begin, end in zip(numbers, starts, [*starts[1:], len(order)], strict=True):
            shares = np.cumsum(weight[order[begin:end]])
            picked = np.searchsorted(shares, at * shares[-1])
            held[tree, number] = values[order[begin:end]][np.minimum(picked, end - begin - 1)]
    return Forest(booster, held)


def _fit(name: str, kind: Mapping[str, Any], given: Floats, came: Floats, weight: Floats) -> "lightgbm.Booster":
    chosen = dict(settings()[name])
    rounds = chosen.pop("rounds")
    how = {"max_bin": _BINS, **kind, **chosen, "seed": settings()["seed"]}
    return boosting.train(how, given, came, weight, rounds)
