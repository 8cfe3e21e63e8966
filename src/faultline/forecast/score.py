"""Turns draws and what came into scores, lower is better, and differences of scores into intervals. Invariant: every
score is worked out for one cell (unit and month) at a time; means are the caller's.

`draws` has shape (..., n), `actual` shape (...): the same leading axes. Nothing may be NaN, infinite or negative.
"""

from collections.abc import Callable, Mapping

import numpy as np

from faultline.forecast import kernels
from faultline.forecast.kernels import Flags
from faultline.measure.chance import Floats, Ints, between
from faultline.record.errors import UsageError

# Eleven bins of the VIEWS prediction challenge 2023/24 (Hegre et al. 2025, doi 10.1177/00223433241300862).
BIN_EDGES = np.array([0.5, 2.5, 5.5, 10.5, 25.5, 50.5, 100.5, 250.5, 500.5, 1000.5])
CLASS_EDGES = np.array([1.0, 25.0, 100.0, 1000.0])  # none, under 25, under 100, under 1,000, more
LEVEL = 0.9
CUT = 1000.0
THRESHOLD = 25.0


def crps(draws: Floats, actual: Floats) -> Floats:
    """The continuous ranked probability score of the empirical distribution, in deaths; shape (...).

    Raises UsageError. Gneiting & Raftery (2007), doi 10.1198/016214506000001437, eq. 21.
    """
    ordered, came = _checked(draws, actual)
    return kernels.crps(np.sort(ordered, axis=-1), came)


def crps_log1p(draws: Floats, actual: Floats) -> Floats:
    """The CRPS of log(1 + deaths); shape (...). Raises UsageError.

    Bosse et al. (2023), doi 10.1371/journal.pcbi.1011393.
    """
    ordered, came = _checked(draws, actual)
    return kernels.crps(np.sort(np.log1p(ordered), axis=-1), np.log1p(came))


def crps_cut(draws: Floats, actual: Floats) -> Floats:
    """The CRPS where everything over 1,000 deaths counts as 1,000; shape (...). Raises UsageError."""
    ordered, came = _checked(draws, actual)
    return kernels.crps(np.sort(np.minimum(ordered, CUT), axis=-1), np.minimum(came, CUT))


def ignorance(draws: Floats, actual: Floats) -> Floats:
    """-log2 of the probability of the bin that happened, in bits; shape (...). Raises UsageError.

    Bins have the edges 0, .5, 2.5, 5.5, 10.5, 25.5, 50.5, 100.5, 250.5, 500.5, 1000.5; each gets one pseudo-count, so
    that n draws give a probability of (hits + 1) / (n + 11): 1,000 draws cost at most 9.98 bits. As in the VIEWS
    prediction challenge 2023/24; Roulston & Smith (2002), doi 10.1175/1520-0493(2002)130<1653:EPFUIT>2.0.CO;2.
    """
    return kernels.ignorance(*_checked(draws, actual), BIN_EDGES)


def interval_90(draws: Floats, actual: Floats) -> Floats:
    """The interval score of the central 90 % interval, in deaths; shape (...). Raises UsageError.

    Its ends are the linearly interpolated quantiles .05 and .95. Gneiting & Raftery (2007), eq. 43.
    """
    seen, came = _checked(draws, actual)
    low, high = np.quantile(seen, [(1 - LEVEL) / 2, (1 + LEVEL) / 2], axis=-1)
    return kernels.interval(low, high, came, 1 - LEVEL)


def brier_25(draws: Floats, actual: Floats) -> Floats:
    """The Brier score of "at least 25 deaths", 0 to 1; shape (...). Raises UsageError."""
    return kernels.brier(*_checked(draws, actual), THRESHOLD)


def rps(draws: Floats, actual: Floats) -> Floats:
    """The ranked probability score over five classes (0, 1-24, 25-99, 100-999, from 1,000), 0 to 1; shape (...).

    Raises UsageError. Epstein (1969), doi 10.1175/1520-0450(1969)008<0985:ASSFPF>2.0.CO;2, divided by four.
    """
    return kernels.rps(*_checked(draws, actual), CLASS_EDGES)


def pit(draws: Floats, actual: Floats, chance: np.random.Generator) -> Floats:
    """The randomised probability integral transform, 0 to 1, uniform where forecasts are calibrated; shape (...).

    Raises UsageError. Czado, Gneiting & Held (2009), doi 10.1111/j.1541-0420.2009.01191.x.
    """
    seen, came = _checked(draws, actual)
    return kernels.pit(np.sort(seen, axis=-1), came, chance.random(came.shape))


def covered(draws: Floats, actual: Floats) -> Flags:
    """Whether the actual value lies in the central 90 % interval, ends included; shape (...). Raises UsageError."""
    seen, came = _checked(draws, actual)
    low, high = np.quantile(seen, [(1 - LEVEL) / 2, (1 + LEVEL) / 2], axis=-1)
    return np.asarray((low <= came) & (came <= high))


SCORES: Mapping[str, Callable[[Floats, Floats], Floats]] = {
    "ignorance": ignorance,
    "crps_log1p": crps_log1p,
    "crps": crps,
    "crps_cut": crps_cut,
    "interval_90": interval_90,
    "brier_25": brier_25,
    "rps": rps,
}


def block_interval(differences: Floats, chance: np.random.Generator, times: int = 1000) -> tuple[float, float]:
    """The middle 90 % of the mean difference when whole countries are drawn again; `differences` is (units, months).

    A row is a country with all its months, since the months of one country are no independent trials; NaN is a month in
    which it did not exist. Raises UsageError where no number is left. Davison & Hinkley (1997), ch. 8, doi
    10.1017/CBO9780511802843.
    """
    total, count = np.nansum(differences, axis=1), np.isfinite(differences).sum(axis=1)
    if not count.sum():
        raise UsageError("differences", "no number", "at least one unit and month")
    picked: Ints = chance.integers(0, len(total), size=(times, len(total)))
    counts = count[picked].sum(axis=1)
    return between(total[picked].sum(axis=1)[counts > 0] / counts[counts > 0], LEVEL)


def _checked(draws: Floats, actual: Floats) -> tuple[Floats, Floats]:
    seen, came = np.asarray(draws, float), np.asarray(actual, float)
    if seen.ndim == 0 or seen.shape[-1] == 0 or seen.shape[:-1] != came.shape:
        shapes = f"draws {seen.shape} and actual {came.shape}"
        raise UsageError("score", shapes, "draws of shape (..., n) for actual values of shape (...)")
    for name, array in (("draws", seen), ("actual values", came)):
        if not np.isfinite(array).all() or (array < 0).any():
            raise UsageError("score", f"{name} with NaN, infinite or negative numbers", "deaths, 0 or more")
    return seen, came
