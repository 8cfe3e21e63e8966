"""Lengths of which some are not over: the Kaplan-Meier curve. Invariant: what still goes on counts for as long as it
was seen to, never as ended.

Kaplan & Meier (1958), J. Am. Stat. Assoc. 53:457, doi 10.1080/01621459.1958.10501452; the interval of the median is
that of Brookmeyer & Crowley (1982), Biometrics 38:29, doi 10.2307/2530286, on the log-log scale.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy

Floats = npt.NDArray[np.float64]
ENOUGH = 3  # lengths that are over below which a median is not given


@dataclass(frozen=True)
class Survival:
    """Share that goes on beyond each of `times` (days, rising; only those on which something ended), with the bounds of
    its interval; `n` lengths, `ended` of them over. `median` and its bounds are None where the curve does not fall so
    far."""

    times: Floats
    share: Floats
    low: Floats
    high: Floats
    n: int
    ended: int

    @property
    def median(self) -> float | None:
        """The first length that at most half outlast; None also where fewer than ENOUGH are over."""
        if self.ended < ENOUGH:
            return None
        return _first(self.times, self.share <= 0.5)

    def median_bounds(self) -> tuple[float | None, float | None]:
        """Lengths whose interval of the share holds a half; None where no median is given."""
        if self.ended < ENOUGH:
            return None, None
        return _first(self.times, self.low <= 0.5), _first(self.times, self.high <= 0.5)


def kaplan_meier(lengths: Sequence[float], over: Sequence[bool], level: float = 0.9) -> Survival:
    """The curve of those lengths; `over` says which have ended. Raises ValueError where the two differ in number."""
    if len(lengths) != len(over):
        raise ValueError(f"{len(lengths)} lengths and {len(over)} flags")
    days, ended = np.asarray(lengths, np.float64), np.asarray(over, np.bool_)
    times = np.unique(days[ended])
    at_risk = np.array([(days >= t).sum() for t in times], np.float64)
    deaths = np.array([(days[ended] == t).sum() for t in times], np.float64)
    share: Floats = np.cumprod(1.0 - deaths / np.maximum(at_risk, 1.0)).astype(np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = np.cumsum(deaths / (at_risk * (at_risk - deaths)))  # Greenwood
        spread = scipy.stats.norm.ppf(0.5 + level / 2) * np.sqrt(variance) / np.abs(np.log(share))
        low, high = share ** np.exp(spread), share ** np.exp(-spread)
    gone = share <= 0.0
    low, high = np.where(gone, 0.0, low), np.where(gone, _before(high, gone), high)
    return Survival(times, share, low, high, len(days), int(ended.sum()))


def _before(high: Floats, gone: npt.NDArray[np.bool_]) -> Floats:
    """The upper bound that the curve had before it fell to nothing: there is no variance to take one from."""
    kept = high[~gone]
    return np.full_like(high, kept[-1] if len(kept) else 1.0)


def _first(times: Floats, reached: npt.NDArray[np.bool_]) -> float | None:
    return float(times[np.argmax(reached)]) if reached.any() else None
