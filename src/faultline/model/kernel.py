"""Arithmetic of one mark of the coupled model: a negative binomial whose mean is linear in its columns. Invariant:
coefficients never fall below zero; cells without an event and with a small mean enter by their sums alone.

For a cell without an event -r log(1 + m / r) = -m + m^2 / 2r up to (m / r)^2 m / 3, so that all such cells together
need only the sum of their columns and of the products of their columns. Cells with an event, or with a mean over a
tenth of the size r, enter one by one. Projected Newton steps: Bertsekas (1982), doi 10.1137/0320018.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import scipy
from scipy.special import gammaln

from faultline.measure.negbin import SIZE_HIGH, SIZE_LOW

Floats = npt.NDArray[np.float64]
_FLOOR = 1e-9
_STEPS, _ROUNDS = 40, 6
_ENOUGH = 1e-4
SMALL = 0.1  # mean over size below which a cell without an event enters by the sums


@dataclass(frozen=True)
class Sums:
    """Cells of one mark: `x` (n x terms) and `y` of those that enter one by one, `sum` (terms) and `products` (terms x
    terms) of the columns of all the others, `shrink` the precisions of the priors."""

    x: Floats
    y: Floats
    sum: Floats
    products: Floats
    shrink: Floats

    @cached_property
    def tally(self) -> tuple[Floats, npt.NDArray[np.int64]]:
        """The counts that there are, and how often: few differ, so that what is slow is done once for each."""
        values, times = np.unique(self.y, return_counts=True)
        return values, times

    def of(self, terms: npt.NDArray[np.int64]) -> "Sums":
        """The same cells by some of the terms."""
        kept = self.products[np.ix_(terms, terms)]
        return Sums(self.x[:, terms], self.y, self.sum[terms], kept, self.shrink[terms])


@dataclass(frozen=True)
class Found:
    """Coefficients of the terms, the size of the counts, the log likelihood with the prior (but for log y!)."""

    theta: Floats
    size: float
    value: float


def objective(sums: Sums, theta: Floats, size: float) -> float:
    """Log likelihood with the log prior, up to what does not depend on the coefficients."""
    mean = np.maximum(sums.x @ theta, _FLOOR)
    one = float((sums.y * np.log(mean) - (sums.y + size) * np.log1p(mean / size) - sums.y * np.log(size)).sum())
    rest = -float(sums.sum @ theta) + float(theta @ sums.products @ theta) / (2 * size)
    return one + rest - float(sums.shrink @ theta**2) / 2


def gradient(sums: Sums, theta: Floats, size: float) -> Floats:
    """Of the objective by the coefficients; the size held."""
    mean = np.maximum(sums.x @ theta, _FLOOR)
    slope = sums.y / mean - (sums.y + size) / (mean + size)
    found = slope @ sums.x - sums.sum + sums.products @ theta / size - sums.shrink * theta
    return np.asarray(found, np.float64)


def bend(sums: Sums, theta: Floats, size: float) -> Floats:
    """Minus the second derivatives of the objective: terms x terms."""
    mean = np.maximum(sums.x @ theta, _FLOOR)
    weight = sums.y / mean**2 - (sums.y + size) / (mean + size) ** 2
    found = (sums.x * weight[:, None]).T @ sums.x - sums.products / size + np.diag(sums.shrink)
    return np.asarray(found, np.float64)


def climb(sums: Sums, theta: Floats, size: float) -> Found:
    """The likeliest coefficients and size: Newton steps for the ones, a bounded search for the other, in turn."""
    for _ in range(_ROUNDS):
        theta = _newton(sums, theta, size)
        moved = _size(sums, theta)
        settled, size = abs(np.log(moved / size)) < 0.02, moved
        if settled:
            break
    return Found(theta, size, objective(sums, theta, size) + _of_size(sums, size))


def _newton(sums: Sums, theta: Floats, size: float) -> Floats:
    value = objective(sums, theta, size)
    for _ in range(_STEPS):
        slope = gradient(sums, theta, size)
        free = np.flatnonzero((theta > 0) | (slope > 0))
        matrix = bend(sums, theta, size)[np.ix_(free, free)]
        step = np.zeros_like(theta)
        step[free] = _solved(matrix, slope[free])
        theta, gained = _search(sums, (theta, size), step, value)
        value += gained
        if gained < _ENOUGH:
            break
    return theta


def _solved(matrix: Floats, slope: Floats) -> Floats:
    """The Newton step, damped until the matrix is positive."""
    scale, damp = np.maximum(np.abs(np.diag(matrix)), 1e-9), 1e-9
    for _ in range(12):
        try:
            factor = scipy.linalg.cho_factor(matrix + np.diag(damp * scale), check_finite=False)
            return np.asarray(scipy.linalg.cho_solve(factor, slope, check_finite=False), np.float64)
        except np.linalg.LinAlgError:
            damp = max(damp * 100, 1e-6)
    return slope / scale


def _search(sums: Sums, point: tuple[Floats, float], step: Floats, value: float) -> tuple[Floats, float]:
    """The first of ever shorter steps that gains, with what it gains; the point itself where none does."""
    theta, size = point
    length = 1.0
    for _ in range(30):
        moved = np.maximum(theta + length * step, 0.0)
        gained = objective(sums, moved, size) - value
        if gained >= 0:
            return moved, gained
        length /= 2
    return theta, 0.0


def _size(sums: Sums, theta: Floats) -> float:
    """The likeliest size of the counts at those coefficients."""
    mean = np.maximum(sums.x @ theta, _FLOOR)
    quadratic, whole = float(theta @ sums.products @ theta), float(sums.y.sum())

    def loss(log_size: float) -> float:
        size = float(np.exp(log_size))
        spread = float((sums.y + size) @ np.log1p(mean / size)) + whole * log_size
        return spread - _of_size(sums, size) - quadratic / (2 * size)

    # The whole range each time: from a poor beginning the size may run up, where the likelihood is flat.
    ends = (np.log(SIZE_LOW), np.log(SIZE_HIGH))
    found = scipy.optimize.minimize_scalar(loss, bounds=ends, method="bounded", options={"xatol": 0.01})
    return float(np.exp(found.x))


def _of_size(sums: Sums, size: float) -> float:
    """What the log likelihood owes to the size alone."""
    values, times = sums.tally
    return float(times @ (gammaln(values + size) - gammaln(size)))
