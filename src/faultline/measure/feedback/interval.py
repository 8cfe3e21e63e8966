"""Intervals of the branching entries and of the loop gain by parametric bootstrap, at each lag by its weight.
Invariant: what the baseline takes from the memory in the fit it takes in the bootstrap too, and the interval gives it
back; the doubt about the lag is in every interval."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import scipy

from faultline.measure.feedback.model import Fit, Plan, evidence, fit, spectral_radius, unbounded
from faultline.measure.feedback.worlds import Truth, worlds

Floats = npt.NDArray[np.float64]

TRIED = (2.0, 2.8, 4.0, 5.6, 8.0, 11.3)  # mean lags in days, nearer one another than those of the verdict
_MOST, _LEAST = 0.95, 0.05  # the gain and the share of the base that a world to draw from keeps
_LIGHT = 0.02  # weight of a lag below which nothing is drawn for it


@dataclass(frozen=True)
class Intervals:
    """Each entry of the branching matrix (marks x marks) with the bootstrap's bias taken off, its lower and upper ends;
    the same for the loop gain. Nothing below zero."""

    middle: Floats
    low: Floats
    high: Floats
    gain: float
    gain_low: float
    gain_high: float


@dataclass(frozen=True)
class Lagged:
    """Fits of one plan, one a mean lag, with the weight of each: they add up to one."""

    fits: tuple[Fit, ...]
    weights: Floats

    @property
    def lag(self) -> float:
        """The mean lag in days: geometric, by weight."""
        return float(np.exp(self.weights @ np.log([found.plan.lag for found in self.fits])))


def lagged(counts: Floats, plan: Plan, lags: Sequence[float] = TRIED) -> Lagged:
    """The plan at each of the lags, weighed by how likely the counts are there whatever the coefficients.

    The likelihood at its top alone leans to short lags: a flexible baseline fits the slow end of a memory as its own,
    better the longer the memory. Averaged over the coefficients it does not. Every lag counts as likely beforehand.
    """
    fits = [fit(counts, replace(plan, lag=lag)) for lag in lags]
    values = np.array([evidence(counts, found) for found in fits])
    weights = np.exp(values - values.max())
    return Lagged(tuple(fits), weights / weights.sum())


def truth_of(found: Fit) -> Truth:
    """The fit as a world to draw from; a plan whose level follows past counts is not one."""
    return Truth(found.base, found.branching, found.plan.lag, found.sizes)


@dataclass(frozen=True)
class _Spread:
    """What the bootstrap of one lag says, the gain last: estimates freed of bias, and their standard deviations."""

    middle: Floats
    apart: Floats


def intervals(counts: Floats, found: Lagged, draws: int, chance: np.random.Generator, level: float = 0.9) -> Intervals:
    """The middle `level` of each entry and of the gain: Student's, with the mean and the variance of the lags'
    estimates by weight. Lags of little weight are left out. So few draws say the spread and the bias with an error of
    their own: the first is in the degrees of freedom, the second adds its share to the variance."""
    heavy = np.flatnonzero(found.weights >= min(_LIGHT, float(found.weights.max())))
    weights = found.weights[heavy] / found.weights[heavy].sum()
    spreads = [_spread(counts, found.fits[k], draws, chance) for k in heavy]
    middles = np.array([one.middle for one in spreads])
    middle = weights @ middles
    apart = np.sqrt(weights @ (np.array([one.apart for one in spreads]) ** 2 + (middles - middle) ** 2))
    reach = float(scipy.stats.t.ppf((1 + level) / 2, draws - 1) * np.sqrt(1 + 1 / draws)) * apart
    ends = [np.maximum(middle + side * reach, 0.0) for side in (0, -1, 1)]
    marks = counts.shape[1]
    return Intervals(*(end[:-1].reshape(marks, marks) for end in ends), *(float(end[-1]) for end in ends))


def _spread(counts: Floats, found: Fit, draws: int, chance: np.random.Generator) -> _Spread:
    """From refits to `draws` worlds and to a third as many before.

    Estimates that may fall below zero are near normal; their bias and spread are taken from the draws. The baseline
    takes more from a strong memory than from a weak one: the first worlds, of the fit, only say around which entries to
    draw the second. Source: Davison & Hinkley (1997), sections 3.9 and 5.2, doi 10.1017/CBO9780511802843.
    """
    free = unbounded(counts, found)
    first = _again(truth_of(found), found, max(2, draws // 3), chance)
    truth = raised(found, free - (first.mean(axis=0) - found.branching))
    again = np.array([_with_gain(entries) for entries in _again(truth, found, draws, chance)])
    bias = again.mean(axis=0) - _with_gain(truth.branching)
    return _Spread(_with_gain(free) - bias, again.std(axis=0, ddof=1))


def _with_gain(entries: Floats) -> Floats:
    """The entries in one row, and their loop gain."""
    return np.append(entries.ravel(), spectral_radius(np.maximum(entries, 0.0)))


def raised(found: Fit, entries: Floats) -> Truth:
    """The fit with other entries (none below zero, the gain below one) and the base that leaves each mark its mean."""
    kept = np.maximum(entries, 0.0)
    kept = kept * min(1.0, _MOST / max(spectral_radius(kept), _MOST))
    mean = found.mean.mean(axis=0)
    share = np.maximum(mean - mean @ kept, _LEAST * mean) / np.maximum(mean - mean @ found.branching, _LEAST * mean)
    return Truth(found.base * share, kept, found.plan.lag, found.sizes)


def _again(truth: Truth, found: Fit, draws: int, chance: np.random.Generator) -> Floats:
    """The entries that the plan finds in worlds of the truth: draws x marks x marks."""
    made = worlds(truth, draws, chance)
    return np.array([unbounded(world, fit(world, found.plan, warm=found)) for world in made])
