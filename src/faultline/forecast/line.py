"""How many deaths come where any come, by a straight line: the centre of their log against the unit's level, and how
far they spread about it, both linear in features. Invariant: it knows few numbers, so that it says of a war larger than
any before it what it says of smaller ones, where trees can only repeat the largest that they saw.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import scipy

from faultline.forecast.features import Seen
from faultline.forecast.form import LONGEST
from faultline.forecast.season import seasonal
from faultline.measure.chance import Floats, Ints

ANCHOR = "mean 12"
_CENTRE = (
    *(f"mean {months}" for months in (1, 3, 6, 12, 24, 60, 120)),
    *("decay 3", "decay 12", "spread 12", "spread 24", "most 12", "middle 12", "second least 12"),
    *("share of months 12", "share of months 60", "share of months over 25 60"),
)
_SPREAD = (
    *("mean 1", "mean 6", "mean 12", "mean 60", "spread 12", "spread 24", "spread 60", "most 12", "second least 12"),
    *("share of months 12", "share of months over 25 60", "months since"),
)
LEAST_LEVEL = float(np.log1p(1 / 12))  # a death in twelve months: below, there is no level to go by
_EVENTS = ("events 3", "events 12", "deaths an event 3", "deaths an event 12", "spread of events 12")  # where counted
_KNEE = 4.0  # log of the level at which its slope may change
_LEVELS = np.array([2.0, 5.0])  # of the log level, between which residuals have a distribution of their own
_FREEDOM = 5.0  # degrees of freedom of the t that is fitted: a month far out counts less
_RIDGE = 20.0
_LEAST_ROWS = 200  # of a level, for a distribution of its own
_POINTS = 240
_LOG_SPREAD = (-4.0, 3.0)
_MOST_LOG = 13.0


@dataclass(frozen=True)
class Line:
    """Coefficients of the centre and of the log spread, and quantiles of what is left, (levels, points), in spreads."""

    centre: Floats
    spread: Floats
    left: Floats

    def quantiles(self, seen: Seen, at: tuple[Ints, Ints, Ints], draws: int) -> Floats:
        """Sorted numbers of deaths where there are any, (rows, draws), for rows of unit, month and months ahead."""
        level = seen.one(ANCHOR)[at[0], at[1]]
        middle = np.minimum(level + _design(seen, at, _CENTRE) @ self.centre, _MOST_LOG)
        wide = np.exp(np.clip(_design(seen, at, _SPREAD) @ self.spread, *_LOG_SPREAD))
        picked = ((np.arange(draws) + 0.5) / draws * self.left.shape[1]).astype(np.int64)
        left = self.left[np.digitize(level, _LEVELS)][:, picked]
        return np.asarray(np.expm1(np.minimum(middle[:, None] + wide[:, None] * left, 2 * _MOST_LOG)))


def fit_line(seen: Seen, at: tuple[Ints, Ints, Ints], came: Floats, weight: Floats) -> Line:
    """The line of rows of unit, month and months ahead in which `came` deaths, at least one, came."""
    level = seen.one(ANCHOR)[at[0], at[1]]
    against = np.log1p(came) - level
    inside, outside = _design(seen, at, _CENTRE), _design(seen, at, _SPREAD)
    centre, spread = _fitted(inside, outside, against, weight)
    left = (against - inside @ centre) / np.exp(np.clip(outside @ spread, *_LOG_SPREAD))
    places = (np.arange(_POINTS) + 0.5) / _POINTS
    groups = [left[np.digitize(level, _LEVELS) == k] for k in range(len(_LEVELS) + 1)]
    quantiles = [np.quantile(group if len(group) >= _LEAST_ROWS else left, places) for group in groups]
    return Line(centre, spread, np.stack(quantiles))


def _design(seen: Seen, at: tuple[Ints, Ints, Ints], names: tuple[str, ...]) -> Floats:
    unit, month, ahead = at
    far = ahead / LONGEST
    level = seen.one(ANCHOR)[unit, month]
    counted = [name for name in _EVENTS if name in seen.names]
    own = [seen.one(name)[unit, month] for name in (*names, *counted)]
    season = seasonal(seen.turn, seen.first, unit, month, ahead).T
    bent = [np.minimum(level, _KNEE), np.maximum(level - _KNEE, 0.0), level * far]
    return np.stack([np.ones(len(unit)), far, np.sqrt(ahead), *own, *season, *bent], axis=1).astype(float)


def _fitted(inside: Floats, outside: Floats, against: Floats, weight: Floats) -> tuple[Floats, Floats]:
    """Coefficients of centre and log spread by penalised likelihood of a t distribution."""
    one, unscale_one = _scaled(inside)
    other, unscale_other = _scaled(outside)
    cut = one.shape[1]

    def loss(guess: Floats) -> tuple[float, Floats]:
        logs = np.clip(_times(other, guess[cut:]), *_LOG_SPREAD)
        off = (against - _times(one, guess[:cut])) * np.exp(-logs)
        pull = (_FREEDOM + 1) * off / (_FREEDOM + off**2)
        cost = weight @ (logs + (_FREEDOM + 1) / 2 * np.log1p(off**2 / _FREEDOM))
        slopes = [-_times(one.T, weight * pull * np.exp(-logs)), _times(other.T, weight * (1 - pull * off))]
        held = guess.copy()
        held[[0, cut]] = 0.0
        return float(cost + _RIDGE / 2 * held @ held), np.concatenate(slopes) + _RIDGE * held

    begin = np.zeros(cut + other.shape[1])
    begin[[0, cut]] = np.average(against, weights=weight), np.log(against.std() + 1e-3)
    found = scipy.optimize.minimize(loss, begin, jac=True, method="L-BFGS-B", options={"maxiter": 200}).x
    return unscale_one(found[:cut]), unscale_other(found[cut:])


def _times(matrix: Floats, vector: Floats) -> Floats:
    """Their product in one thread: for so small ones more threads only wait for each other."""
    return np.asarray(np.einsum("ij,j->i", matrix, vector))


def _scaled(design: Floats) -> tuple[Floats, Callable[[Floats], Floats]]:
    """The columns with mean 0 and spread 1, but for the first, and what turns coefficients of them back."""
    mean, wide = design.mean(axis=0), design.std(axis=0) + 1e-9
    mean[0], wide[0] = 0.0, 1.0

    def back(found: Floats) -> Floats:
        raw = found / wide
        raw[0] -= float(mean @ raw)
        return np.asarray(raw)

    return (design - mean) / wide, back
