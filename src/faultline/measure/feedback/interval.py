"""Intervals of the branching entries and of the loop gain by parametric bootstrap. Invariant: what the baseline takes
from the memory in the fit it takes in the bootstrap too, and the interval gives it back."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.stats import norm

from faultline.measure.feedback.model import Fit, fit, spectral_radius, unbounded
from faultline.measure.feedback.worlds import Truth, worlds

Floats = npt.NDArray[np.float64]


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
    """The middle `level` of each entry and of the gain, from refits to `draws` worlds of the fit.

    Estimates that may fall below zero are near normal; their bias and spread are taken from the draws, and the ends
    cut at zero. Source: Davison & Hinkley (1997), section 5.2, doi 10.1017/CBO9780511802843.
    """
    made = worlds(truth_of(found), draws, chance)
    again = np.array([unbounded(world, fit(world, found.plan, warm=found)) for world in made])
    gains = np.array([_gain(entries) for entries in again])
    z = float(norm.ppf((1 + level) / 2))
    middle = unbounded(counts, found) - (again.mean(axis=0) - found.branching)
    apart = z * again.std(axis=0, ddof=1)
    gain = _gain(unbounded(counts, found)) - (float(gains.mean()) - found.gain)
    wide = z * float(gains.std(ddof=1))
    ends = [np.maximum(middle + side * apart, 0.0) for side in (0, -1, 1)]
    return Intervals(*ends, *(max(gain + side * wide, 0.0) for side in (0, -1, 1)))


def _gain(entries: Floats) -> float:
    return spectral_radius(np.maximum(entries, 0.0))
