"""Draws of a fit within its doubt. Invariant: a draw is a model of the same plan, no coefficient below zero."""

from dataclasses import replace

import numpy as np

from faultline.model.columns import Past
from faultline.model.fit import Fit, fit
from faultline.model.walk import Start, Walk, dynamics_of, start_of


def draws_of(found: Fit, n: int, chance: np.random.Generator) -> tuple[Fit, ...]:
    """n draws about the fit by its standard errors, term by term."""
    made = []
    for _ in range(n):
        marks = [replace(mark, theta=np.maximum(chance.normal(mark.theta, mark.error), 0.0)) for mark in found.marks]
        made.append(replace(found, marks=tuple(marks)))
    return tuple(made)


def refits(found: Fit, past: Past, n: int, chance: np.random.Generator) -> tuple[Fit, ...]:
    """The parametric bootstrap: n worlds walked from the fit over as many days, each fitted under the same plan. A
    world starts from the shares of the last day and the mean level; its first half year is walked and not fitted."""
    now = start_of(past)
    level = past.singles.sum(axis=1).mean(axis=0)
    start = Start(now.shares, now.overall, now.shares * level, level, np.full(3, level.sum()), now.held, now.near)
    walk = Walk(dynamics_of(found, past), start, n, chance)
    days = past.cells.days
    made = np.empty((n, days, *past.cells.counts.shape[1:]), np.uint8)
    for day in range(-_WARM, days):
        counts = walk.step()
        if day >= 0:
            made[:, day] = np.minimum(counts, 255)
    worlds = (replace(past.cells, counts=one.astype(np.float64), told=None, held=None) for one in made)
    return tuple(fit(Past(world, past.lag), found.plan, found) for world in worlds)


_WARM = 180  # days
