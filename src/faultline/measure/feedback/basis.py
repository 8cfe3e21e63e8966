"""Turns a number of days into a smooth baseline's columns and its penalty. Invariant: the columns add up to one on
every day, so that a constant level is always inside; only the few columns that are not zero on a day are kept."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.interpolate import BSpline

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
        width = self.values.shape[1]
        return np.asarray(sum(self.values[:, i] * coefficients[self.first + i] for i in range(width)), np.float64)

    def turned(self, rows: Floats) -> Floats:
        """The turned table times days x n: columns x n."""
        found = np.zeros((self.columns, rows.shape[1]))
        at = self.first[self.starts]
        for i in range(self.values.shape[1]):
            found[at + i] += np.add.reduceat(self.values[:, i, None] * rows, self.starts, axis=0)
        return found

    def gram(self, weight: Floats) -> Floats:
        """The turned table times the weighted table: columns x columns."""
        found = np.zeros((self.columns, self.columns))
        at, width = self.first[self.starts], self.values.shape[1]
        for i in range(width):
            part = np.add.reduceat(self.values[:, i, None] * self.values * weight[:, None], self.starts, axis=0)
            for j in range(width):
                found[at + i, at + j] += part[:, j]
        return found

    def dense(self) -> Floats:
        """The whole table."""
        return self.turned(np.eye(len(self.first))).T


def spline_basis(days: int, spacing: float) -> Bands:
    """Cubic B-splines with knots about `spacing` days apart; one column of ones where it is infinite."""
    pieces = 0 if np.isinf(spacing) else max(1, round(days / spacing))
    if pieces == 0:
        return Bands(np.zeros(days, np.int64), np.ones((days, 1)), np.zeros(1, np.int64), 1)
    step = (days - 1) / pieces
    knots = np.arange(-_DEGREE, pieces + _DEGREE + 1) * step
    inside = np.minimum(np.arange(days, dtype=np.float64), knots[pieces + _DEGREE] - 1e-9)
    table = BSpline.design_matrix(inside, knots, _DEGREE)
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
