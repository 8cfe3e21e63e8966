"""Intervals of the branching entries and of the loop gain by parametric bootstrap. Invariant: what the baseline takes
from the memory in the fit it takes in the bootstrap too, and the interval gives it back."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import scipy

from faultline.measure.feedback.model import LAGS, Fit, Plan, fit, profile_lag, spectral_radius, unbounded
from faultline.measure.feedback.worlds import Truth, worlds

Floats = npt.NDArray[np.float64]

_MOST, _LEAST = 0.95, 0.05  # the gain and the share of the base that a world to draw from keeps


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


def truth_of(found: Fit) -> Truth:
    """The fit as a world to draw from; a plan whose level follows past counts is not one."""
    return Truth(found.base, found.branching, found.plan.lag, found.sizes)


def intervals(counts: Floats, found: Fit, draws: int, chance: np.random.Generator, level: float = 0.9) -> Intervals:
    """The middle `level` of each entry and of the gain, from refits to `draws` worlds and to a third as many before.

    Estimates that may fall below zero are near normal; their bias and spread are taken from the draws, and the ends
    cut at zero. The baseline takes more from a strong memory than from a weak one: the first worlds, of the fit, only
    say around which entries to draw the second. Source: Davison & Hinkley (1997), sections 3.9 and 5.2, doi
    10.1017/CBO9780511802843.
    """
    free = unbounded(counts, found)
    first = _again(truth_of(found), found, max(2, draws // 3), chance)
    truth = raised(found, free - (first.mean(axis=0) - found.branching))
    again = _again(truth, found, draws, chance)
    z = float(scipy.stats.norm.ppf((1 + level) / 2))
    middle = free - (again.mean(axis=0) - truth.branching)
    apart = z * again.std(axis=0, ddof=1)
    gains = np.array([_gain(entries) for entries in again])
    gain = _gain(free) - (float(gains.mean()) - spectral_radius(truth.branching))
    wide = z * float(gains.std(ddof=1))
    ends = [np.maximum(middle + side * apart, 0.0) for side in (0, -1, 1)]
    return Intervals(*ends, *(max(gain + side * wide, 0.0) for side in (0, -1, 1)))


def raised(found: Fit, entries: Floats) -> Truth:
    """The fit with other entries (none below zero, the gain below one) and the base that leaves each mark its mean."""
    kept = np.maximum(entries, 0.0)
    kept = kept * min(1.0, _MOST / max(spectral_radius(kept), _MOST))
    mean = found.mean.mean(axis=0)
    share = np.maximum(mean - mean @ kept, _LEAST * mean) / np.maximum(mean - mean @ found.branching, _LEAST * mean)
    return Truth(found.base * share, kept, found.plan.lag, found.sizes)


def fair_lag(counts: Floats, plan: Plan, draws: int, chance: np.random.Generator) -> float:
    """The mean lag, between the tried ones, with the part given back that a flexible baseline takes from it: what it
    takes is seen in worlds of the fit. Profiled alone it comes out a fifth too short, and the entries with it."""
    seen = peak_lag(profile_lag(counts, plan, LAGS)[1], LAGS)
    found = fit(counts, replace(plan, lag=seen))
    again = [peak_lag(profile_lag(world, plan, LAGS)[1], LAGS) for world in worlds(truth_of(found), draws, chance)]
    return float(np.clip(seen**2 / np.exp(np.mean(np.log(again))), LAGS[0], LAGS[-1]))


def peak_lag(values: tuple[float, ...], lags: tuple[float, ...]) -> float:
    """Where the parabola through the likeliest lag and its neighbours, over the logarithm of the lag, has its top."""
    k = int(np.clip(np.argmax(values), 1, len(lags) - 2))
    x, y = np.log(lags[k - 1 : k + 2]), np.array(values[k - 1 : k + 2])
    bend, slope, _ = np.polyfit(x - x[1], y, 2)
    top = x[1] - slope / (2 * bend) if bend < 0 else x[int(np.argmax(y))]
    return float(np.exp(np.clip(top, x[0], x[2])))


def _again(truth: Truth, found: Fit, draws: int, chance: np.random.Generator) -> Floats:
    """The entries that the plan finds in worlds of the truth: draws x marks x marks."""
    made = worlds(truth, draws, chance)
    return np.array([unbounded(world, fit(world, found.plan, warm=found)) for world in made])


def _gain(entries: Floats) -> float:
    return spectral_radius(np.maximum(entries, 0.0))
