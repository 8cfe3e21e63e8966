"""Turns daily counts into a verdict on loops. Invariant: "a loop" needs every control, in this order: cross terms gain
on held-out days over own memory and a swell of all marks together, more than worlds without cross terms; reversed time
does not gain more; and the entries that are surely above zero close a circle."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy.sparse.csgraph import connected_components

from faultline.measure.chance import p_above
from faultline.measure.feedback.heldout import Gain, gain, heldout
from faultline.measure.feedback.interval import Intervals, intervals, lagged, truth_of
from faultline.measure.feedback.model import Fit, Plan, fit
from faultline.measure.feedback.worlds import worlds

Floats = npt.NDArray[np.float64]

ALARM = 0.05


@dataclass(frozen=True, slots=True)
class Draws:
    """How many worlds are drawn: without cross terms for the p-value, without memory for the curve, of the fit at each
    lag for the intervals."""

    crossless: int = 39
    memoryless: int = 19
    intervals: int = 60


@dataclass(frozen=True)
class Judged:
    """`cross` is the held-out gain of cross terms; `p_value` against worlds without them; `reversed_gain` how much more
    they gain forward than in reversed time; `circle` the marks that a circle of sure arrows joins. What comes after a
    control that failed is not looked at: None, or ()."""

    cross: Gain
    p_value: float | None = None
    reversed_gain: Gain | None = None
    circle: tuple[int, ...] = ()

    @property
    def survives(self) -> bool:
        """Whether cross terms are there, in whichever order the marks follow each other."""
        forward = self.reversed_gain is not None and self.reversed_gain.high >= 0
        return self.cross.low > 0 and self.p_value is not None and self.p_value <= ALARM and forward

    @property
    def loop(self) -> bool:
        """Whether all controls hold."""
        return self.survives and bool(self.circle)


def judge(
    counts: Floats, plan: Plan, draws: Draws, chance: np.random.Generator, found: Intervals | None = None
) -> Judged:
    """The verdict on daily counts (days x marks) under a plan's knots and lag; `found` are the intervals of the
    entries, drawn over all lags where None."""
    swell = replace(plan, swell=True)
    forward = _cross_scores(counts, swell)
    judged = Judged(gain(*forward, chance))
    if judged.cross.low <= 0:
        return judged
    judged = replace(judged, p_value=crossless_p(counts, swell, draws.crossless, chance))
    backward = _cross_scores(counts[::-1].copy(), swell)
    turned = (backward[0] - backward[1])[::-1]
    judged = replace(judged, reversed_gain=gain(forward[0] - forward[1], turned, chance))
    if not judged.survives:
        return judged
    if found is None:
        found = intervals(counts, lagged(counts, plan), draws.intervals, chance)
    return replace(judged, circle=circle(found.low))


def circle(low: Floats) -> tuple[int, ...]:
    """Marks that lie on a circle of arrows whose lower end is above zero; () where there is none. A mark's arrow to
    itself is no circle."""
    arrows = (low > 0) & ~np.eye(len(low), dtype=np.bool_)
    _, part = connected_components(arrows, directed=True, connection="strong")
    return tuple(int(k) for k in np.flatnonzero(np.bincount(part)[part] > 1))


def crossless_p(counts: Floats, plan: Plan, draws: int, chance: np.random.Generator) -> float:
    """p-value of the likelihood that cross terms add, against worlds of the baseline and own memories alone."""
    own = fit(counts, replace(plan, cross=False, swell=False))
    with_cross, without = fit(counts, plan), fit(counts, replace(plan, cross=False))
    added = [
        fit(world, plan, warm=with_cross).value - fit(world, without.plan, warm=without).value
        for world in worlds(truth_of(own), draws, chance)
    ]
    return p_above(with_cross.value - without.value, np.array(added))


def memoryless_gains(counts: Floats, plan: Plan, draws: int, chance: np.random.Generator) -> Floats:
    """Loop gains that the plan finds in worlds of its own baseline in which nothing follows from anything."""
    flat = fit(counts, replace(plan, own=False, cross=False))
    found: Fit | None = None
    gains = []
    for world in worlds(truth_of(flat), draws, chance):
        found = fit(world, plan, warm=found)
        gains.append(found.gain)
    return np.array(gains)


def _cross_scores(counts: Floats, plan: Plan) -> tuple[Floats, Floats]:
    return heldout(counts, plan), heldout(counts, replace(plan, cross=False))
