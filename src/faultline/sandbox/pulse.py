"""Turns options into how many armed happenings of each mark there are on each day. Invariant: with feedback, batches,
offensives and drift at zero every day and mark is independent of every other."""

import numpy as np
from numpy.typing import NDArray

from faultline.sandbox.chance import stream
from faultline.sandbox.options import SandboxOptions
from faultline.sandbox.world import ARMED_MARKS

Counts = NDArray[np.int64]
_SHARES = np.array([0.34, 0.26, 0.22, 0.18])  # of ARMED_MARKS
_DRIFT_DAYS = 365.0


def branching(options: SandboxOptions) -> NDArray[np.float64]:
    """Marks x marks: how many happenings of the column one of the row brings about, on average. Its spectral radius is
    `feedback`: every row adds up to it."""
    marks = len(ARMED_MARKS)
    own = np.eye(marks) * (1 - options.cross)
    cross = (np.ones((marks, marks)) - np.eye(marks)) * options.cross / (marks - 1)
    matrix: NDArray[np.float64] = options.feedback * (own + cross)
    return matrix


def daily_counts(options: SandboxOptions) -> Counts:
    """Days x marks: Poisson counts of a discrete-time Hawkes process with a geometric kernel (mean lag `memory` days).

    The mean is `rate` whatever the feedback: the baseline gives way to it. Source of the form: Hawkes (1971),
    doi 10.1093/biomet/58.1.83, in discrete time.
    """
    rng = stream(options.seed, "pulse")
    matrix = branching(options)
    mean = options.rate * _SHARES
    base = np.maximum(mean - mean @ matrix, 0.0)
    level = 1 + options.drift * np.sin(2 * np.pi * np.arange(options.days) / _DRIFT_DAYS)
    keep = 1 - 1 / options.memory
    trace = mean.copy()
    counts = np.zeros((options.days, len(ARMED_MARKS)), dtype=np.int64)
    for day in range(options.days):
        counts[day] = rng.poisson(base * level[day] + trace @ matrix)
        trace = keep * trace + (1 - keep) * counts[day]
    return counts


def offensive_days(options: SandboxOptions) -> tuple[tuple[int, ...], ...]:
    """For each offensive the days (numbers from 0) of its hits, one a front."""
    rng = stream(options.seed + 1, "pulse")
    found = []
    for _ in range(options.offensives):
        first = int(rng.integers(options.days // 10, options.days - options.window - 1))
        kept = rng.random(options.fronts) < options.synchrony
        inside = first + rng.integers(0, options.window, options.fronts)
        outside = rng.integers(0, options.days, options.fronts)
        found.append(tuple(int(n) for n in np.where(kept, inside, outside)))
    return tuple(found)
