"""Arithmetic of one mark of the event model on arrays: likelihood, gradient, information, and its top. Invariant:
memory coefficients never fall below zero, so that a mean is always above it.

mean[t] = exp(splines[t] . s + lines[t] . l) + memory[t] . a; the counts are negative binomial about it. Coefficients
stand in the order s, l, a. Sources: Hawkes (1971), doi 10.1093/biomet/58.1.83; projected Newton steps: Bertsekas
(1982), doi 10.1137/0320018.
"""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from faultline.measure.feedback.basis import Bands
from faultline.measure.negbin import core, log_pmf, size_of

Floats = npt.NDArray[np.float64]

_FLOOR = 1e-8
_EXPONENT = 12.0
_STEPS = 60
ROUNDS = 12
_ENOUGH = 1e-4  # log units that another step may still gain


@dataclass(frozen=True)
class Design:
    """What explains a mark: `splines` and `lines` (days x l) of its log baseline, `memory` days x a; `smooth` (of s and
    l) and `shrink` (of a) are the precisions of their normal priors; `weight` is 0 on days held out, else 1."""

    splines: Bands
    lines: Floats
    memory: Floats
    smooth: Floats
    shrink: Floats
    weight: Floats


@dataclass(frozen=True)
class Theta:
    """Coefficients of one mark: of its log baseline (s, l), of its memory (a), and the size of its counts."""

    level: Floats
    memory: Floats
    size: float


def means(design: Design, theta: Theta) -> tuple[Floats, Floats]:
    """Mean of each day, and the part of it that the baseline gives."""
    n = design.splines.columns
    line = design.splines.level(theta.level[:n]) + design.lines @ theta.level[n:]
    base = np.exp(np.clip(line, -_EXPONENT, _EXPONENT))
    return np.maximum(base + design.memory @ theta.memory, _FLOOR), base


def objective(design: Design, y: Floats, theta: Theta) -> float:
    """Log likelihood of the days that count, with the log prior up to a constant."""
    return float(design.weight @ log_pmf(y, means(design, theta)[0], theta.size)) - _prior(design, theta)


def gradient(design: Design, y: Floats, theta: Theta) -> Floats:
    """Of the objective by the coefficients; the size held."""
    return _slope(design, y, _at(design, y, theta))


def information(design: Design, theta: Theta) -> Floats:
    """Expected information of the coefficients with the precision of their priors."""
    return _information(design, theta, *means(design, theta))


def start(design: Design, y: Floats) -> Theta:
    """A beginning: four fifths of the mean in the baseline, the rest shared by the memories."""
    mean = max(float(design.weight @ y) / max(float(design.weight.sum()), 1.0), 1e-3)
    level = np.zeros(design.smooth.shape[0])
    level[: design.splines.columns] = np.log(0.8 * mean)
    entries = design.memory.shape[1]
    return Theta(level, np.full(entries, 0.2 / max(entries, 1)), 10.0)


def climb(design: Design, y: Floats, theta: Theta, rounds: int = ROUNDS) -> Theta:
    """The likeliest coefficients and size: Newton steps for the ones and the other in turn, at most so many rounds."""
    for _ in range(rounds):
        theta = _newton(design, y, theta)
        mean, _ = means(design, theta)
        size = size_of(y, mean, design.weight, theta.size)
        settled = abs(np.log(size / theta.size)) < 0.01
        theta = replace(theta, size=size)
        if settled:
            break
    return theta


@dataclass(frozen=True)
class _Point:
    """Coefficients with what follows from them; `value` is the objective at one size, up to a constant."""

    theta: Theta
    mean: Floats
    base: Floats
    value: float


def _at(design: Design, y: Floats, theta: Theta) -> _Point:
    mean, base = means(design, theta)
    return _Point(theta, mean, base, float(design.weight @ core(y, mean, theta.size)) - _prior(design, theta))


def _prior(design: Design, theta: Theta) -> float:
    return float(theta.level @ design.smooth @ theta.level + design.shrink @ theta.memory**2) / 2


def _slope(design: Design, y: Floats, point: _Point) -> Floats:
    theta, mean = point.theta, point.mean
    slope = design.weight * (y - mean) / (mean + mean**2 / theta.size)
    rise = slope * point.base
    level = np.concatenate([design.splines.turned(rise[:, None])[:, 0], design.lines.T @ rise])
    return np.concatenate([level - design.smooth @ theta.level, design.memory.T @ slope - design.shrink * theta.memory])


def _information(design: Design, theta: Theta, mean: Floats, base: Floats) -> Floats:
    weight = design.weight / (mean + mean**2 / theta.size)
    other = np.concatenate([design.lines * base[:, None], design.memory], axis=1)
    weighed = other * weight[:, None]
    n, level = design.splines.columns, design.smooth.shape[0]
    found = np.empty((n + other.shape[1], n + other.shape[1]))
    found[:n, :n] = design.splines.gram(weight * base * base)
    found[:n, n:] = design.splines.turned(weighed * base[:, None])
    found[n:, :n] = found[:n, n:].T
    found[n:, n:] = other.T @ weighed
    found[:level, :level] += design.smooth
    found[range(level, len(found)), range(level, len(found))] += design.shrink
    return found


def _newton(design: Design, y: Floats, theta: Theta) -> Theta:
    level = len(theta.level)
    point = _at(design, y, theta)
    for _ in range(_STEPS):
        slope = _slope(design, y, point)
        free = np.ones(len(slope), np.bool_)
        free[level:] = (point.theta.memory > 0) | (slope[level:] > 0)
        matrix = _information(design, point.theta, point.mean, point.base)[np.ix_(free, free)]
        matrix[np.diag_indices_from(matrix)] += 1e-9 + 1e-8 * np.diag(matrix)
        step = np.zeros(len(slope))
        step[free] = np.linalg.solve(matrix, slope[free])
        moved = _search(design, y, point, step)
        gained, point = moved.value - point.value, moved
        if gained < _ENOUGH:
            break
    return point.theta


def _search(design: Design, y: Floats, point: _Point, step: Floats) -> _Point:
    """The first of ever shorter steps that gains; the point itself where none does."""
    theta, level = point.theta, len(point.theta.level)
    length = min(1.0, 3.0 / max(float(np.abs(step[:level]).max(initial=0.0)), 1e-9))
    for _ in range(25):
        memory = np.maximum(theta.memory + length * step[level:], 0.0)
        moved = _at(design, y, Theta(theta.level + length * step[:level], memory, theta.size))
        if moved.value >= point.value:
            return moved
        length /= 2
    return point
