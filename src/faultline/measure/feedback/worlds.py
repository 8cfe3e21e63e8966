"""Draws daily counts from a fitted or given event model, many worlds at once. Invariant: the same generator gives the
same worlds; memory is that of the fit, day by day."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

_MOST = 1e4  # events a mark and day: an explosive matrix must not run away


@dataclass(frozen=True)
class Truth:
    """What worlds are drawn from: `base` days x marks, `branching` from row to column, geometric memory of mean lag
    `lag` days, and the size of each mark's counts."""

    base: Floats
    branching: Floats
    lag: float
    size: Floats


def worlds(truth: Truth, n: int, chance: np.random.Generator) -> Floats:
    """n x days x marks counts; the memory starts at the level that the first day's base settles to."""
    days, marks = truth.base.shape
    keep = 1 - 1 / truth.lag
    lucks = chance.gamma(truth.size, 1 / truth.size, size=(days, n, marks))
    first = np.linalg.solve(np.eye(marks) - truth.branching.T * min(1.0, 0.9 / _radius(truth)), truth.base[0])
    memory = np.tile(np.maximum(first, 0.0), (n, 1))
    made = np.empty((n, days, marks))
    for day in range(days):
        mean = np.minimum(truth.base[day] + memory @ truth.branching, _MOST)
        made[:, day] = chance.poisson(mean * lucks[day])
        memory = keep * memory + (1 - keep) * made[:, day]
    return made


def _radius(truth: Truth) -> float:
    return max(float(np.abs(np.linalg.eigvals(truth.branching)).max(initial=0.0)), 0.9)
