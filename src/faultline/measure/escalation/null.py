"""A self-exciting series without any change of regime, and the penalty and bound that it asks for. Invariant: one false
alarm in ten years, by simulation from the null that the series itself suggests."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from faultline.measure.chance import p_above
from faultline.measure.escalation.online import alarms, rises
from faultline.measure.escalation.segments import change_counts, split_gains
from faultline.measure.feedback.interval import truth_of
from faultline.measure.feedback.model import Plan, fit
from faultline.measure.feedback.worlds import Truth, worlds
from faultline.measure.negbin import SIZE_HIGH, SIZE_LOW

Floats = npt.NDArray[np.float64]

TEN_YEARS = 120
LAG = 2.0  # months: mean lag of the memory
KNOTS = 60.0  # months between knots of the level that the memory is told from
WORLDS = 200
_BURN = 24
_HALVINGS = 9
_REFITS = 12
_MOST = 0.9


@dataclass(frozen=True, slots=True)
class Null:
    """Mean of a month, how many events one event brings about over the months after it, and the size of the counts;
    `doubt` holds other pairs of memory and size that the series would have given as well."""

    mean: float
    gain: float
    size: float
    doubt: tuple[tuple[float, float], ...] = ()


def fit_null(counts: Floats, chance: np.random.Generator) -> Null:
    """The null of a series of months: memory and size beside a smooth level, the mean of its last ten years.

    A smooth level takes part of the memory for itself. How much is seen in worlds of the fit, and given back: a null
    with too little memory would raise false alarms.
    """
    plan = Plan(spacing=KNOTS, lag=LAG)
    found = fit(counts[:, None], plan)
    again = [fit(world, plan, warm=found) for world in worlds(truth_of(found), _REFITS, chance)]
    gains = np.array([other.gain for other in again])
    sizes = np.log([other.sizes[0] for other in again])
    gain = 2 * found.gain - float(gains.mean())
    size = 2 * float(np.log(found.sizes[0])) - float(sizes.mean())
    doubt = zip(gain + gains.mean() - gains, size + sizes.mean() - sizes, strict=True)
    mean = max(float(counts[-TEN_YEARS:].mean()), 0.05)
    return Null(mean, *_inside(gain, size), tuple(_inside(float(g), float(s)) for g, s in doubt))


def _inside(gain: float, log_size: float) -> tuple[float, float]:
    return float(np.clip(gain, 0.0, _MOST)), float(np.clip(np.exp(log_size), SIZE_LOW, SIZE_HIGH))


def draw(null: Null, months: int, n: int, chance: np.random.Generator) -> Floats:
    """n x months counts of the null."""
    base = np.full((months + _BURN, 1), null.mean * (1 - null.gain))
    truth = Truth(base, np.array([[null.gain]]), LAG, np.array([null.size]))
    return worlds(truth, n, chance)[:, _BURN:, 0]


def penalty(null: Null, chance: np.random.Generator, often: float = 1.0) -> float:
    """The smallest penalty, in log units, under which ten years of the null have one (`often`) change on average."""
    drawn = draw(null, TEN_YEARS, WORLDS, chance)
    return _smallest(lambda x: float(change_counts(drawn, null.size, x).mean()) / often, 40.0)


def bound(null: Null, chance: np.random.Generator) -> float:
    """The smallest bound, in log units, at which ten years of the null raise one alarm on average."""
    risen = rises(draw(null, TEN_YEARS, WORLDS, chance), null.size)
    return _smallest(lambda x: float(alarms(risen, x).sum(axis=1).mean()), 40.0)


def any_change_p(counts: Floats, null: Null, draws: int, chance: np.random.Generator) -> float:
    """p-value of the best single split of the series against the null, over the doubt about its memory and size:
    taking both for known would call one world in fourteen a change at 5 %."""
    doubt = null.doubt or ((null.gain, null.size),)
    each = -(-draws // len(doubt))
    nulls = [Null(null.mean, gain, size) for gain, size in doubt]
    drawn = np.concatenate([split_gains(draw(one, len(counts), each, chance), null.size) for one in nulls])
    return p_above(float(split_gains(counts[None], null.size)[0]), drawn)


def _smallest(number: Callable[[float], float], high: float) -> float:
    low = 0.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if number(middle) > 1 else (low, middle)
    return high
