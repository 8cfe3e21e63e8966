"""Interval jitter: when fronts are hit, redrawn within fixed bins. Invariant: the number of hits of each front in each
bin stays as it was, so that slow changes of any front's rate are part of the null.

Amarasingham, Harrison, Hatsopoulos & Geman (2012), Conditional modeling and the jitter method of spike resampling, J.
Neurophysiol. 107:517-531, doi 10.1152/jn.00633.2011. Bins are fixed beforehand: jitter centred on each event is
miscalibrated.
"""

import numpy as np
import scipy

from faultline.measure.events import Floats, Ints

SMOOTH = 21.0  # days: slower than an offensive, quicker than a season
FEW, PLAIN = 199, 0.25  # draws after which a share of them as large as this ends a test


def hits(fronts: Ints, days: Ints) -> tuple[Ints, Ints]:
    """Fronts and days with several records of one front-day collapsed into one; rows on no front (-1) left out."""
    kept = fronts >= 0
    pairs = np.unique(np.stack([fronts[kept], days[kept]], axis=1), axis=0)
    return pairs[:, 0], pairs[:, 1]


class Jitter:
    """Redraws the days of hits within their bins, without replacement on each front: a front is hit once a day at most,
    and a draw that forgot it would have fewer hits than the world, and be passed too easily.

    `days` count from 0 to `length` - 1, each front-day once; bins of `width` days begin at 0, the last may be short.
    Within a bin days are drawn in proportion to the smoothed rate of all fronts: a bin of four weeks is long enough for
    a rate that all share to rise within it, and a flat draw takes that rise for synchrony.
    """

    def __init__(self, hit: tuple[Ints, Ints], width: int, length: int) -> None:
        self.fronts, days = hit
        bins = days // width
        count = length // width + 1
        _, group = np.unique(self.fronts * count + bins, return_inverse=True)
        alone = np.bincount(group)[group] == 1
        self._start = bins * width
        self._alone, self._crowd = np.flatnonzero(alone), np.flatnonzero(~alone)
        many, self._row = np.unique(group[self._crowd], return_inverse=True)
        self._rank = _ranks(self._row)
        table = np.full((count, width), 0.0)
        table.reshape(-1)[:length] = smoothed(days, length)[: table.size]
        self._shares = np.cumsum(table, axis=1) / np.maximum(table.sum(axis=1, keepdims=True), 1e-300)
        self._bins = bins
        rows = np.zeros(len(many), np.int64)
        rows[self._row] = bins[self._crowd]
        with np.errstate(divide="ignore"):
            self._weights = (1 / table[rows]).astype(np.float32)

    def draw(self, chance: np.random.Generator) -> Ints:
        """Days of the hits in one jittered world, in the order of the hits."""
        days = np.empty(len(self._start), np.int64)
        luck = chance.random(len(self._alone))
        days[self._alone] = (luck[:, None] >= self._shares[self._bins[self._alone]]).sum(axis=1)
        if len(self._crowd):
            # The first to ring of clocks at those rates: a weighted draw without replacement (Efraimidis & Spirakis
            # 2006, doi 10.1016/j.ipl.2005.11.003).
            keys = chance.standard_exponential(self._weights.shape, np.float32) * self._weights
            order = np.argsort(keys, axis=1)
            days[self._crowd] = order[self._row, self._rank]
        return np.asarray(self._start + days, np.int64)


def smoothed(days: Ints, length: int) -> Floats:
    """The daily number of hits of all fronts, smoothed over weeks (a Gaussian of 21 days): what they share of slow
    change. Shape (length,), nowhere zero."""
    daily = np.bincount(days, minlength=length).astype(np.float64)
    return np.asarray(scipy.ndimage.gaussian_filter1d(daily, SMOOTH, mode="reflect") + 1e-6, np.float64)


def _ranks(rows: Ints) -> Ints:
    """0, 1, 2, ... within each run of equal numbers, whatever their order."""
    order = np.argsort(rows, kind="stable")
    ranked = rows[order]
    first = np.searchsorted(ranked, ranked, side="left")
    found = np.empty(len(rows), np.int64)
    found[order] = np.arange(len(rows)) - first
    return found


def coincidences(fronts: Ints, days: Ints, window: int) -> int:
    """Pairs of hits on two different fronts at most `window` - 1 days apart; days count from 0, each front-day once."""
    length = int(days.max(initial=0)) + window + 1
    daily = np.bincount(days, minlength=length)
    if window == 1:
        return int((daily * (daily - 1) // 2).sum())
    marked = np.zeros((int(fronts.max(initial=0)) + 1) * length, np.bool_)
    keys = fronts * length + days
    marked[keys] = True
    total = int((daily * (daily - 1) // 2).sum())
    for gap in range(1, window):
        same_front = int(np.count_nonzero(marked[np.minimum(keys + gap, len(marked) - 1)]))
        total += int(daily[:-gap] @ daily[gap:]) - same_front
    return total


def fronts_in_window(fronts: Ints, days: Ints, window: int, length: int) -> Ints:
    """Distinct fronts hit in the `window` days from each day on: shape (length,)."""
    hit = np.zeros((length + window, int(fronts.max(initial=0)) + 1), np.bool_)
    for gap in range(window):
        hit[days - gap, fronts] = True  # a day below zero falls on the rows beyond the length
    return np.asarray(np.count_nonzero(hit[:length], axis=1), np.int64)


def null_coincidences(
    jitter: Jitter, window: int, draws: int, chance: np.random.Generator, seen: int | None = None
) -> Floats:
    """Coincidences within the window in jittered worlds. Shape (draws,); fewer where `seen` is given and the first
    FEW show that it is far from beyond them: then the rest would only say by how much (a stop that leaves small
    p-values as they are; Besag & Clifford 1991, doi 10.1093/biomet/78.2.301)."""
    first = min(FEW, draws) if seen is not None else draws
    found = [coincidences(jitter.fronts, jitter.draw(chance), window) for _ in range(first)]
    if first < draws and sum(value >= (seen or 0) for value in found) <= PLAIN * first:
        found += [coincidences(jitter.fronts, jitter.draw(chance), window) for _ in range(draws - first)]
    return np.array(found, np.float64)
