"""Raises an alarm month by month, from what was known by then. Invariant: an alarm of a month uses no later month."""

import numpy as np
import numpy.typing as npt

from faultline.measure.escalation.segments import cost, sums

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

BEFORE, RECENT = 36, 12  # months that the level comes from; months within which a rise must have begun
QUIET = 12  # months after an alarm without another


def rises(counts: Floats, size: float) -> Floats:
    """Worlds x months: log units by which a rise that began within the last year beats one level, given the three years
    before it; zero where the recent mean is lower, and before there are twelve months."""
    total, n = sums(counts), counts.shape[1]
    found = np.zeros(counts.shape)
    for end in range(RECENT + 1, n + 1):
        low = max(0, end - BEFORE - RECENT)
        at = np.arange(max(low + RECENT // 2, end - RECENT), end)
        old, new = total[:, at] - total[:, low, None], total[:, end, None] - total[:, at]
        before, after = (at - low).astype(np.float64), (end - at).astype(np.float64)
        whole = cost(total[:, end] - total[:, low], float(end - low), size)
        gained = whole[:, None] - cost(old, before, size) - cost(new, after, size)
        found[:, end - 1] = np.where(new / after > old / before, gained, 0.0).max(axis=1)
    return found


def alarms(risen: Floats, bound: float) -> Flags:
    """Worlds x months: whether an alarm is raised, none in the year after another."""
    found = np.zeros(risen.shape, np.bool_)
    quiet = np.zeros(len(risen), np.int64)
    for month in range(risen.shape[1]):
        found[:, month] = (risen[:, month] >= bound) & (quiet == 0)
        quiet = np.where(found[:, month], QUIET, np.maximum(quiet - 1, 0))
    return found
