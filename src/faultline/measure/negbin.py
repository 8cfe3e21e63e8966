"""Negative-binomial arithmetic on arrays, shared by feedback and escalation. Invariant: `size` r gives the variance
mean + mean**2 / r; nothing is checked here."""

import numpy as np
import numpy.typing as npt
from scipy.special import digamma, gammaln, polygamma

Floats = npt.NDArray[np.float64]

SIZE_LOW, SIZE_HIGH = 0.05, 1e4  # above, the law cannot be told from Poisson's
_STEPS = 30


def log_pmf(y: Floats, mean: Floats | float, size: Floats | float) -> Floats:
    """Log probability of each count; means above zero."""
    ratio = np.log1p(mean / size)
    found = gammaln(y + size) - gammaln(size) - gammaln(y + 1) - size * ratio + y * (np.log(mean / size) - ratio)
    return np.asarray(found, np.float64)


def core(y: Floats, mean: Floats, size: float) -> Floats:
    """Log probability of each count but for what does not depend on the mean: quick, for searches at one size."""
    return np.asarray(y * np.log(mean) - (y + size) * np.log(mean + size), np.float64)


def size_of(y: Floats, mean: Floats, weight: Floats, start: float = 10.0) -> float:
    """The size that makes the counts likeliest at those means: Newton on its logarithm, kept inside bounds."""
    values, which = np.unique(y, return_inverse=True)
    times = np.bincount(which, weights=weight, minlength=len(values))  # few counts differ: the slow part is done once
    x = float(np.log(start))
    low, high = float(np.log(SIZE_LOW)), float(np.log(SIZE_HIGH))
    for _ in range(_STEPS):
        r = float(np.exp(x))
        over = weight / (r + mean)
        slope = times @ (digamma(values + r) - digamma(r)) + weight @ (-np.log1p(mean / r)) + over @ (mean - y)
        bend = times @ (polygamma(1, values + r) - polygamma(1, r)) + over @ (mean / r - (mean - y) / (r + mean))
        first, second = slope * r, bend * r * r + slope * r
        # Far from the top the curve bends the other way: then a plain step uphill.
        step = -first / second if second < -1e-9 else np.sign(first)
        moved = float(np.clip(x + np.clip(step, -1.5, 1.5), low, high))
        if abs(moved - x) < 1e-4:
            return float(np.exp(moved))
        x = moved
    return float(np.exp(x))


def sizes_of(y: Floats, mean: Floats) -> Floats:
    """The same of each row of counts (rows x days, every day of one weight), all rows at once."""
    x = np.full(len(y), np.log(10.0))
    low, high = float(np.log(SIZE_LOW)), float(np.log(SIZE_HIGH))
    for _ in range(_STEPS):
        r = np.exp(x)[:, None]
        parts = digamma(y + r) - digamma(r) - np.log1p(mean / r) + (mean - y) / (r + mean)
        bends = polygamma(1, y + r) - polygamma(1, r) + (mean / r - (mean - y) / (r + mean)) / (r + mean)
        slope, bend = parts.sum(axis=1), bends.sum(axis=1)
        first, second = slope * r[:, 0], bend * r[:, 0] ** 2 + slope * r[:, 0]
        step = np.where(second < -1e-9, -first / np.where(second < -1e-9, second, -1.0), np.sign(first))
        moved = np.clip(x + np.clip(step, -1.5, 1.5), low, high)
        settled = bool(np.abs(moved - x).max() < 1e-4)
        x = moved
        if settled:
            break
    return np.asarray(np.exp(x), np.float64)


def draw(mean: Floats, size: float, chance: np.random.Generator) -> Floats:
    """Counts of those means: Poisson of a gamma-distributed rate."""
    return chance.poisson(chance.gamma(size, mean / size)).astype(np.float64)
