"""Sums and means over the months up to each month. Invariant: a month is worked out from it and earlier ones."""

import numpy as np

from faultline.measure.chance import Floats


def total(values: Floats, months: int) -> Floats:
    """Sum of each month and those before it, `months` in all or as many as there are; `values` is (units, months)."""
    sums = np.concatenate([np.zeros((len(values), 1)), np.cumsum(values, axis=1)], axis=1)
    at = np.arange(values.shape[1])
    return np.asarray(sums[:, at + 1] - sums[:, np.maximum(at + 1 - months, 0)])


def decay(values: Floats, *half_lives: float) -> list[Floats]:
    """For each half-life the mean of all months so far, each weighing half of one that is so many months younger."""
    stays = 0.5 ** (1.0 / np.array(half_lives, float))[:, None]
    found = np.empty((len(half_lives), *values.shape))
    state = np.zeros((len(half_lives), len(values)))
    for month in range(values.shape[1]):
        state = stays * state + (1.0 - stays) * values[:, month]
        found[:, :, month] = state
    return list(found)
