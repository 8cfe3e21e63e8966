"""Turns a number of days into a smooth baseline's columns and its penalty. Invariant: the columns add up to one on
every day, so that a constant level is always inside; only the few columns that are not zero on a day are kept."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import scipy

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
_DEGREE = 3


@dataclass(frozen=True)
class Bands:
    """A days x `columns` table that is zero but for `values[t]` from column `first[t]` on; `first` never falls and
    `starts` are the days on which it rises, day 0 included."""

    first: Ints
    values: Floats
    starts: Ints
    columns: int

    def level(self, coefficients: Floats) -> Floats:
        """The table times the coefficients: one number a day."""
        return np.asarray(self.table @ coefficients, np.float64)

    def turned(self, rows: Floats) -> Floats:
        """The turned table times days x n: columns x n."""
        return np.asarray(self.table.T @ rows, np.float64)

    def gram(self, weight: Floats) -> Floats:
        """The turned table times the weighted table: columns x columns."""
        found = np.zeros((self.columns, self.columns))
        parts = np.add.reduceat(self._products * weight[:, None], self.starts, axis=0)
        pieces, width = self._pieces, self.values.shape[1]
        for k in range(width * width):
            found[pieces[k // width], pieces[k % width]] += parts[:, k]
        return found

    @cached_property
    def table(self) -> Floats:
        """The whole table: for single products a library's own arithmetic on it beats a loop over bands."""
        found = np.zeros((len(self.first), self.columns))
        for i in range(self.values.shape[1]):
            found[np.arange(len(found)), self.first + i] = self.values[:, i]
        return found

    @cached_property
    def _pieces(self) -> tuple[Ints, ...]:
        """For each of the few columns that are not zero on a day, which column it is in each piece between knots."""
        return tuple(self.first[self.starts] + i for i in range(self.values.shape[1]))

    @cached_property
    def _products(self) -> Floats:
        return np.asarray((self.values[:, :, None] * self.values[:, None, :]).reshape(len(self.values), -1), np.float64)


def spline_basis(days: int, spacing: float) -> Bands:
    """Cubic B-splines with knots about `spacing` days apart; one column of ones where it is infinite."""
    pieces = 0 if np.isinf(spacing) else max(1, round(days / spacing))
    if pieces == 0:
        return Bands(np.zeros(days, np.int64), np.ones((days, 1)), np.zeros(1, np.int64), 1)
    step = (days - 1) / pieces
    knots = np.arange(-_DEGREE, pieces + _DEGREE + 1) * step
    inside = np.minimum(np.arange(days, dtype=np.float64), knots[pieces + _DEGREE] - 1e-9)
    table = scipy.interpolate.BSpline.design_matrix(inside, knots, _DEGREE)
    first = np.asarray(table.indices.reshape(days, _DEGREE + 1)[:, 0], np.int64)
    starts = np.flatnonzero(np.diff(first, prepend=-1))
    values = np.asarray(table.data.reshape(days, _DEGREE + 1), np.float64)
    return Bands(first, values, np.asarray(starts, np.int64), pieces + _DEGREE)


def roughness(columns: int) -> Floats:
    """Columns x columns: the penalty on second differences of the coefficients; zeros below three columns."""
    if columns < 3:
        return np.zeros((columns, columns))
    bend = np.diff(np.eye(columns), 2, axis=0)
    return np.asarray(bend.T @ bend, np.float64)
