"""Sums and means over the months up to each month. Invariant: a month is worked out from it and earlier ones."""

import numpy as np

from faultline.measure.chance import Floats


def total(values: Floats, months: int) -> Floats:
    """Sum of each month and those before it, `months` in all or as many as there are; `values` is (units, months)."""
    sums = np.concatenate([np.zeros((len(values), 1)), np.cumsum(values, axis=1)], axis=1)
    at = np.arange(values.shape[1])
    return np.asarray(sums[:, at + 1] - sums[:, np.maximum(at + 1 - months, 0)])


def decay(values: Floats, half_life: float) -> Floats:
    """Mean of all months so far, each weighing half of one that is `half_life` months younger."""
    stays = 0.5 ** (1.0 / half_life)
    found = np.empty_like(values, dtype=float)
    state = np.zeros(len(values))
    for month in range(values.shape[1]):
        state = stays * state + (1.0 - stays) * values[:, month]
        found[:, month] = state
    return found
