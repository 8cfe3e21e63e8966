"""Countries drawn for the benchmark of the coupled model. Run nothing here."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from faultline.model.cells import Cells, neighbours
from faultline.model.walk import Dynamics, Start, Walk

Floats = npt.NDArray[np.float64]
ORIGIN = 735_000
LAG = 7.0


@dataclass(frozen=True)
class Size:
    """How large a country is."""

    days: int
    places: int
    marks: int


MALI = Size(3200, 60, 7)
SMALL = Size(2000, 20, 4)


@dataclass(frozen=True)
class Truth:
    """Own memory at the place and in the country, cross terms in the country, of neighbours, sizes, batches a day."""

    own: tuple[float, float] = (0.2, 0.1)
    cross: Floats | None = None
    near: float = 0.0
    size: float = 1.5
    rate: float = 0.25
    batches: float = 0.0


def ring(marks: int, strength: float) -> Floats:
    """Each of the first three marks brings about the next, the third the first."""
    found = np.zeros((marks, marks))
    found[0, 1] = found[1, 2] = found[2, 0] = strength
    return found


def ground(size: Size, chance: np.random.Generator) -> tuple[Floats, Floats]:
    """Shares of places by mark, and weights of neighbours of places strewn over ten degrees."""
    points = np.stack([12 + 10 * chance.random(size.places), -8 + 10 * chance.random(size.places)], axis=1)
    shares = chance.dirichlet(np.full(size.places, 0.4), size.marks).T + 1e-4
    return shares / shares.sum(axis=0), neighbours(points)


def dynamics(truth: Truth, marks: int) -> Dynamics:
    """The truth as what moves a walk."""
    level, own = np.zeros((1, 7, marks)), np.zeros((1, 2, marks))
    level[0, 0] = truth.rate
    own[0] = np.array(truth.own)[:, None]
    cross = np.zeros((1, marks, marks)) if truth.cross is None else truth.cross[None]
    flat = np.full((1, marks), truth.near), np.zeros((1, marks, marks)), cross, np.zeros((1, 2, marks))
    fronts = (3, 4, 5) if truth.batches else ()
    sizes = np.full((1, marks), truth.size), np.full((1, marks), truth.batches), fronts
    return Dynamics(LAG, level, own, *flat, *sizes)


def country(truth: Truth, size: Size, chance: np.random.Generator) -> Cells:
    """One country drawn from the truth."""
    shares, near = ground(size, chance)
    empty = np.zeros((size.places, size.marks))
    start = Start(shares, shares.mean(axis=1), empty, np.zeros(size.marks), np.zeros(3), np.zeros(size.places), near)
    walk = Walk(dynamics(truth, size.marks), start, 1, chance)
    return cells(np.array([walk.step()[0] for _ in range(size.days)]), near)


def placed(counts: Floats, places: int, chance: np.random.Generator) -> Cells:
    """Daily counts of marks dealt to places by shares that do not change."""
    shares, near = ground(Size(len(counts), places, counts.shape[1]), chance)
    dealt = [chance.multinomial(counts[:, k].astype(np.int64), shares[:, k]) for k in range(counts.shape[1])]
    return cells(np.stack(dealt, axis=-1).astype(np.float64), near)


def cells(counts: Floats, near: Floats) -> Cells:
    """The counts with made-up names."""
    _, places, marks = counts.shape
    names = tuple(f"m{k}" for k in range(marks)), tuple(f"p{p}" for p in range(places))
    regions = tuple(f"r{p % 5}" for p in range(places))
    return Cells(counts, near, *names, regions, ORIGIN)
