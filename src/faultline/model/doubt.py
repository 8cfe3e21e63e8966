"""Draws of a fit within its doubt. Invariant: a draw is a model of the same plan, no coefficient below zero."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr, ndtri, stdtrit

from faultline.model.columns import Past
from faultline.model.fit import Fit, Marked, fit
from faultline.model.walk import Start, Walk, dynamics_of, start_of

Floats = npt.NDArray[np.float64]
_SWEEPS = 40
_WARM = 180  # days
_UPPER = 0.95  # the upper end of a 90 % interval


def draws_of(found: Fit, n: int, chance: np.random.Generator) -> tuple[Fit, ...]:
    """n draws about the fit: of the normal law that has the slope and the bend of the objective there, cut off below
    zero. Terms that stand in for one another are drawn together, so that a draw moves the level no more than the
    counts allow."""
    drawn = [_cut_normal(mark, n, chance) for mark in found.marks]
    pairs = list(zip(found.marks, drawn, strict=True))
    return tuple(replace(found, marks=tuple(replace(mark, theta=rows[k]) for mark, rows in pairs)) for k in range(n))


def _cut_normal(mark: Marked, n: int, chance: np.random.Generator) -> Floats:
    """n x terms: Gibbs draws of n chains that begin at the fit; Geweke (1991), Computing Science and Statistics 23."""
    terms = len(mark.theta)
    bend = mark.bend + np.diag(np.full(terms, 1e-9))
    scale = np.maximum(np.diag(bend), 1e-9)
    drawn = np.repeat(mark.theta[None], n, axis=0)
    for _ in range(_SWEEPS):
        for k in range(terms):
            pull = mark.slope[k] - (drawn - mark.theta) @ bend[k] + bend[k, k] * (drawn[:, k] - mark.theta[k])
            middle, spread = mark.theta[k] + pull / scale[k], scale[k] ** -0.5
            low = ndtr(-middle / spread)
            share = np.minimum(low + chance.random(n) * (1 - low), 1 - 1e-12)
            drawn[:, k] = np.maximum(middle + spread * ndtri(share), 0.0)
    return drawn


def refits(found: Fit, past: Past, n: int, chance: np.random.Generator) -> tuple[Fit, ...]:
    """The parametric bootstrap: n worlds walked from the fit over as many days, each fitted under the same plan."""
    cells = (replace(past.cells, counts=counts) for counts in world_of(found, past, n, chance))
    return tuple(fit(Past(world, past.lag, past.window), found.plan, found) for world in cells)


def refitted(found: Fit, past: Past, seed: int, chunk: int, n: int) -> tuple[Fit, ...]:
    """The refits of one chunk of a bootstrap: the same for the same seed and chunk, whoever makes them."""
    # The seed is an argument, set by the desk: the same call gives the same worlds for ever.
    return refits(found, past, n, np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, chunk]))))


def bootstrapped(found: Fit, again: Sequence[Fit]) -> Iterator[tuple[Floats, Floats]]:
    """For each mark its coefficients with the bias of the refits taken off, and their standard errors, as
    `bootstrapped_sum` has them."""
    for k, mark in enumerate(found.marks):
        pairs = [bootstrapped_sum(found, again, k, [n]) for n in range(len(mark.theta))]
        yield np.array([middle for middle, _ in pairs]), np.array([error for _, error in pairs])


def bootstrapped_sum(found: Fit, again: Sequence[Fit], mark: int, terms: Sequence[int]) -> tuple[float, float]:
    """The sum of those coefficients of a mark with the bias of the refits taken off, and its standard error: both of
    steps that may fall below zero. Of bounded refits a bootstrap takes the bound for knowledge: where a coefficient is
    held at zero its worlds hold it there too, with little scatter (Andrews 2000, doi 10.1111/1468-0262.00114). The
    error is wider for few refits, as that of one more draw by Student's law, so that 1.645 of it are 90 %."""
    one, summed, n = found.marks[mark], list(terms), len(again)
    drawn = np.array([other.marks[mark].freed[summed].sum() for other in again])
    few = float(stdtrit(n - 1, _UPPER) / ndtri(_UPPER)) * (1 + 1 / n) ** 0.5
    middle = one.freed[summed].sum() - drawn.mean() + one.theta[summed].sum()
    return float(middle), few * float(drawn.std(ddof=1))


def world_of(found: Fit, past: Past, n: int, chance: np.random.Generator) -> Iterator[Floats]:
    """n worlds (days x places x marks) walked from the fit over as many days. A world starts from the shares of the
    last day and the mean level; its first half year is walked and not kept. Who holds places, what is claimed and what
    share is reported are those of the days."""
    now = start_of(past)
    level = past.singles.sum(axis=1).mean(axis=0)
    start = Start(now.shares, now.overall, now.shares * level, level, np.full(3, level.sum()), now.held, now.near)
    walk = Walk(dynamics_of(found, past), start, n, chance)
    days = past.cells.days
    made = np.empty((n, days, *past.cells.counts.shape[1:]), np.uint8)
    cells, told = past.cells, past.told
    for day in range(-_WARM, days):
        walk.told = float(told[max(day, 0)])
        if cells.held is not None:
            walk.held[:] = cells.held[max(day, 0)]
        seen = None if cells.complete is None else np.full((n, *made.shape[2:]), cells.complete[max(day, 0)])
        counts = walk.step(seen)
        if day >= 0:
            made[:, day] = np.minimum(counts, 255)
    yield from (one.astype(np.float64) for one in made)
