"""Small countries for the tests of the coupled model."""

from datetime import date

import numpy as np

from faultline.model.cells import Cells, neighbours
from faultline.model.setting import Held, Setting, Spells
from faultline.model.walk import Dynamics, Start, Walk

ORIGIN = date(2018, 1, 1).toordinal()
LAG = 7.0


def start(places: int, marks: int, seed: int = 1) -> Start:
    """Uneven shares, nothing remembered."""
    chance = np.random.default_rng(seed)
    shares = chance.dirichlet(np.ones(places), marks).T
    points = np.stack([12 + 3 * chance.random(places), 3 * chance.random(places)], axis=1)
    none = np.zeros((places, marks))
    return Start(shares, shares.mean(axis=1), none, none[0], np.zeros(3), none[:, 0], neighbours(points))


def dynamics(marks: int, rate: float = 0.5, cross: float = 0.0, batches: float = 0.0, size: float = 1.5) -> Dynamics:
    """Own memory of 0.2 at the place; each mark brings about `cross` of the next in the country."""
    level, own, country = np.zeros((1, 7, marks)), np.zeros((1, 2, marks)), np.zeros((1, marks, marks))
    level[0, 0], own[0, 0] = rate, 0.2
    for k in range(marks):
        country[0, k, (k + 1) % marks] = cross
    none = np.zeros((1, marks))
    flat = none, np.zeros((1, marks, marks)), country, np.zeros((1, 2, marks))
    return Dynamics(LAG, level, own, *flat, none + size, none + batches, (3, 4) if batches else ())


def country(days: int, moving: Dynamics, places: int = 6, seed: int = 1) -> Cells:
    """A country walked for so many days."""
    marks = moving.size.shape[1]
    begun = start(places, marks, seed)
    walk = Walk(moving, begun, 1, np.random.default_rng(seed))
    counts = np.array([walk.step()[0] for _ in range(days)])
    names = tuple(f"m{k}" for k in range(marks)), tuple(f"p{p}" for p in range(places))
    return Cells(counts, begun.near, *names, tuple(f"r{p % 2}" for p in range(places)), ORIGIN)


def setting(places: int = 4, draws: int = 3) -> Setting:
    """Two regions, two marks, four followed places, blockades, restrictions."""
    regions = np.arange(places) % 2
    ones = np.ones(draws)
    held = Held(regions, np.arange(places), np.full(places, 0.3), 0.05 * ones, 0.05 * ones, 3 * ones)
    blockades = Spells(regions, np.zeros(places, np.bool_), 0.02 * ones, 30 * ones)
    restrictions = Spells(np.zeros(1, np.int64), np.ones(1, np.bool_), 0.1 * ones, 10 * ones)
    parties = frozenset({"a", "b"}), frozenset({"b", "c"})
    made = dynamics(2), start(places, 2), ("m0", "m1"), parties, regions, ("east", "west"), draws
    return Setting(date(2020, 1, 10), 8, *made, held, blockades, restrictions)
