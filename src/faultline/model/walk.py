"""Walks the coupled model forward day by day, many paths at once. Invariant: a path knows its own past only; the same
generator gives the same paths; a batch counts as one event in every memory, as in the fit.

A negative binomial is a Poisson number of clusters of logarithmic size, so that a day costs one pass over the means and
draws for the few cells in which something happens. Source: Quenouille (1949), doi 10.2307/3001917.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from faultline.model.columns import OWN_COUNTRY, OWN_LEVELS, OWN_PLACE, TOLD, Past
from faultline.model.fit import Fit, Marked
from faultline.model.plan import SLOW, Block, swell_lags

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
_MOST = 50.0  # mean events of a cell and day: an explosive matrix must not run away


@dataclass(frozen=True)
class Dynamics:
    """What moves the paths: coefficients with a leading axis of one (shared) or of the number of paths. `level` is
    seven by marks: constant, three swells, own slow level by the mark's shares, by those of all marks, evenly. `held`
    is two by marks: more level where no state force holds a place, where one does. Matrices read from row to column;
    `batches` a day and mark, each with one of so many `fronts`."""

    lag: float
    level: Floats  # (n, 7, marks)
    own: Floats  # (n, 2, marks): at the place, in the country
    near: Floats  # (n, marks)
    place: Floats  # (n, marks, marks)
    country: Floats  # (n, marks, marks)
    held: Floats  # (n, 2, marks)
    size: Floats  # (n, marks)
    batches: Floats  # (n, marks)
    fronts: tuple[int, ...] = ()
    told: Floats | None = None  # (n, marks)


@dataclass(frozen=True)
class Start:
    """The state that paths start from: `shares` and short memory `local` places x marks, `overall` shares of
    places, `slow` by mark, `swells`, the
    chance `held` by place that no state force holds it, weights `near` of neighbours, short memory `told` of claims."""

    shares: Floats
    overall: Floats
    local: Floats
    slow: Floats
    swells: Floats
    held: Floats
    near: Floats
    told: float = 0.0


class Walk:
    """Paths on their way. `held` (paths x places) and `told` may be changed between steps: they stay what they are."""

    def __init__(self, dynamics: Dynamics, start: Start, paths: int, chance: np.random.Generator) -> None:
        self.dynamics, self.start, self.chance = dynamics, start, chance
        self.local = np.repeat(start.local[None], paths, axis=0)
        self.slow = np.repeat(start.slow[None], paths, axis=0)
        self.swells = np.repeat(start.swells[None], paths, axis=0)
        self.held = np.repeat(start.held[None], paths, axis=0)
        self.told = start.told
        self._flat = bool((dynamics.held != 0).any())
        self._cross = bool((dynamics.place != 0).any())
        self._near = bool((dynamics.near != 0).any())

    def step(self, factor: Floats | None = None) -> Floats:
        """Counts of the next day: paths x places x marks. `factor` multiplies the means."""
        mean = self.means()
        mean = np.minimum(mean if factor is None else mean * factor, _MOST)
        counts = self._draw(mean)
        once = counts.copy()
        self._add_batches(counts, once, factor)
        keep = 1 - 1 / self.dynamics.lag
        self.local *= keep
        self.local += (1 - keep) * once
        whole = once.sum(axis=1)
        self.slow += (whole - self.slow) / SLOW
        for n, lag in enumerate(swell_lags(self.dynamics.lag)):
            self.swells[:, n] += (whole.sum(axis=1) - self.swells[:, n]) / lag
        return counts

    def means(self) -> Floats:
        """paths x places x marks: the mean of every cell of the next day, batches apart."""
        d, start = self.dynamics, self.start
        country = self.local.sum(axis=1)
        spread = d.level[:, 0] + d.level[:, 4] * self.slow + d.own[:, 1] * country
        spread = spread + np.einsum("ns,nsk->nk", self.swells, np.broadcast_to(d.level[:, 1:4], self._wide(3)))
        spread = spread + (country[:, None, :] @ d.country)[:, 0]
        spread = spread if d.told is None else spread + d.told * self.told
        mean = start.shares * spread[:, None, :]
        mean += (d.level[:, 5] * self.slow)[:, None, :] * start.overall[:, None]
        mean += (d.level[:, 6] * self.slow)[:, None, :] / mean.shape[1]
        mean += d.own[:, 0, None, :] * self.local
        if self._near:
            mean += d.near[:, None, :] * (start.near @ self.local)
        if self._cross:
            mean += self.local @ d.place
        if self._flat:
            level = start.shares * self.slow[:, None, :]
            lost = self.held[:, :, None]
            mean += level * (d.held[:, :1] * lost + d.held[:, 1:] * (1 - lost))
        return np.asarray(mean, np.float64)

    def _wide(self, terms: int) -> tuple[int, int, int]:
        return (len(self.local), terms, self.local.shape[2])

    def _draw(self, mean: Floats) -> Floats:
        size = np.broadcast_to(self.dynamics.size[:, None, :], mean.shape)
        edges = np.cumsum((size * np.log1p(mean / size)).reshape(-1))
        found = np.zeros(mean.size)
        number = int(self.chance.poisson(edges[-1]))
        at = np.searchsorted(edges, self.chance.random(number) * edges[-1], side="right")
        means, sizes = mean.reshape(-1)[at], size.reshape(-1)[at]
        np.add.at(found, at, self.chance.logseries(means / (means + sizes)))
        return found.reshape(mean.shape)

    def _add_batches(self, counts: Floats, once: Floats, factor: Floats | None) -> None:
        """Operations of several fronts: each adds an event at each of its fronts, and one in all to the memory."""
        d = self.dynamics
        if not d.fronts or not d.batches.any():
            return
        rates = np.broadcast_to(d.batches, (len(counts), counts.shape[2]))
        if factor is not None:
            rates = rates * (factor * self.start.shares).sum(axis=1)
        for path, mark in np.argwhere(self.chance.poisson(rates) > 0):
            fronts = min(int(self.chance.choice(d.fronts)), counts.shape[1])
            shares = self.start.shares[:, mark]
            weight = shares if factor is None else shares * factor[path, :, mark]
            if np.count_nonzero(weight) >= fronts:
                at = self.chance.choice(len(weight), size=fronts, replace=False, p=weight / weight.sum())
                counts[path, at, mark] += 1
                once[path, at, mark] += 1 / fronts


def dynamics_of(fit: Fit, past: Past, draws: Sequence[Fit] = ()) -> Dynamics:
    """The fitted model as what moves paths; with `draws` (refits of simulated worlds) one entry a draw."""
    fits = list(draws) or [fit]
    names = [mark.name for mark in fit.marks]
    seen = past.batches
    fronts = (past.cells.counts > 0).sum(axis=1)[seen]

    def rows(of: Callable[[Marked], list[float]]) -> Floats:
        return np.array([[of(mark) for mark in one.marks] for one in fits]).transpose(0, 2, 1)

    def matrix(name: str) -> Floats:
        return rows(lambda mark: [mark.value(name, source) if source != mark.name else 0.0 for source in names])

    spread = ("constant", *(f"swell of {lag:g} days" for lag in swell_lags(fit.plan.lag)), *OWN_LEVELS)
    return Dynamics(
        fit.plan.lag,
        rows(lambda mark: [mark.value(name) for name in spread]),
        rows(lambda mark: [mark.value(OWN_PLACE), mark.value(OWN_COUNTRY)]),
        rows(lambda mark: [mark.value("own memory of neighbours")])[:, 0],
        matrix("at the place"),
        matrix("in the country"),
        rows(lambda mark: [mark.value("level where not held"), mark.value("level where held")]),
        rows(lambda mark: [mark.size])[:, 0],
        np.repeat(seen.mean(axis=0)[None], len(fits), axis=0),
        tuple(int(n) for n in fronts),
        rows(lambda mark: [mark.value(TOLD)])[:, 0] if Block.TOLD in fit.plan.blocks else None,
    )


def start_of(past: Past) -> Start:
    """The state on the day after the last one of the cells."""
    cells = past.cells
    more = np.concatenate([cells.counts, np.zeros((1, *cells.counts.shape[1:]))])
    held = None if cells.held is None else np.concatenate([cells.held, cells.held[-1:]])
    told = None if cells.told is None else np.append(cells.told, 0.0)
    longer = Past(replace(cells, counts=more, held=held, told=told, complete=None), past.lag, past.window)
    now = np.zeros(len(cells.places)) if held is None else held[-1]
    shares, memory = (longer.shares[-1], longer.overall[-1]), (longer.local[-1], longer.slow[-1], longer.swells[-1])
    return Start(*shares, *memory, now, cells.near, float(longer.told[-1]))
