"""Turns daily counts into what is remembered of them. Invariant: the memory of a day knows earlier days only."""

import numpy as np
import numpy.typing as npt
import scipy

Floats = npt.NDArray[np.float64]


def remember(counts: Floats, lag: float) -> Floats:
    """Of counts (days first) their geometric memory of mean lag `lag` days: weights add up to one, today is left out.

    m[t] = k m[t-1] + (1 - k) y[t-1] with k = 1 - 1 / lag; it starts from the mean of the first days, so that the series
    does not seem to begin in peace.
    """
    keep = 1 - 1 / lag
    start = counts[: max(1, int(2 * lag))].mean(axis=0)
    past = np.concatenate([start[None], counts[:-1]])
    first = keep * start[None]
    # lfilter is the recursion in C: out[t] = (1 - k) past[t] + k out[t-1].
    found, _ = scipy.signal.lfilter([1 - keep], [1.0, -keep], past, axis=0, zi=first)
    return np.asarray(found, np.float64)


def average(counts: Floats, days: int) -> Floats:
    """Mean of the `days` days before each day (fewer at the start, where the first day stands for what was before)."""
    padded = np.concatenate([np.repeat(counts[:1], days, axis=0), counts[:-1]])
    total = np.cumsum(np.concatenate([np.zeros_like(padded[:1]), padded]), axis=0)
    return np.asarray((total[days:] - total[:-days]) / days, np.float64)[: len(counts)]
