"""What paths are played from: the dynamics with their uncertainty, the state, who holds which place, what is in force.
Invariant: a setting is plain arrays, so that any executor may carry it."""

from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
import numpy.typing as npt

from faultline.model.walk import Dynamics, Start
from faultline.record.scenario import AssumedModel, Range, Scenario, Turns

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
_MONTH = 30.44  # days


@dataclass(frozen=True)
class Held:
    """The places whose control is followed: their `regions` (numbers), the cell of each (-1: none), the chance `lost`
    now that no state force holds it; per draw the chance a week that a place is lost or regained, how many times
    likelier after a week with violence in it (`unrest`), and the coefficients of the age of a siege and of a talk in
    the four weeks before, which counts for `talking` days more. One draw stands for all."""

    regions: Ints
    cells: Ints
    lost: Floats
    loses: Floats
    regains: Floats
    unrest: Floats
    siege: Floats = field(default_factory=lambda: np.zeros(1))
    talks: Floats = field(default_factory=lambda: np.zeros(1))
    talking: int = 0


@dataclass(frozen=True)
class Spells:
    """Something that begins and ends, at `units` of which each is now in force or not: per draw the chance a week that
    it begins, and its mean length in days. `regions` are the numbers of the units' regions, `aged` for how many days
    it has been in force at each."""

    regions: Ints
    now: npt.NDArray[np.bool_]
    begins: Floats
    days: Floats
    aged: Floats | None = None


@dataclass(frozen=True)
class Setting:
    """Everything that a path needs. `regions` of the cells are numbers into `region_names`; `parties` by mark; every
    array of draws has the length `draws` or one."""

    issue: date
    weeks: int
    dynamics: Dynamics
    start: Start
    marks: tuple[str, ...]
    parties: tuple[frozenset[str], ...]
    regions: Ints
    region_names: tuple[str, ...]
    draws: int
    held: Held | None = None
    blockades: Spells | None = None
    restrictions: Spells | None = None
    scenario: Scenario | None = None

    def under(self, scenario: Scenario) -> "Setting":
        """The same under a scenario."""
        return replace(self, scenario=scenario)


def drawn(believed: Range, n: int, chance: np.random.Generator) -> Floats:
    """n draws from a range, on a logarithmic scale where both ends are above zero."""
    if believed.low <= 0:
        return chance.uniform(believed.low, believed.high, n)
    return np.asarray(np.exp(chance.uniform(np.log(believed.low), np.log(believed.high), n)), np.float64)


def assumed_dynamics(
    model: AssumedModel, shares: Floats, n: int, chance: np.random.Generator
) -> tuple[Dynamics, Start]:
    """n draws of the dynamics that a case assumes, its marks spread over cells by `shares` (cells x marks); nothing in
    it is fitted."""
    places, marks = shares.shape
    lag = float(np.sqrt(model.lag.low * model.lag.high))
    own = np.stack([drawn(model.own, n, chance) for _ in range(marks)], axis=-1)
    rate = np.stack([drawn(mark.a_month, n, chance) for mark in model.marks], axis=-1) / _MONTH
    level = np.zeros((n, 7, marks))
    level[:, 0] = rate * (1 - own)  # so that the mean over time is the rate whatever the memory
    size = np.stack([drawn(model.size, n, chance) for _ in range(marks)], axis=-1)
    none = np.zeros((1, marks, marks))
    memory = np.stack([own, np.zeros_like(own)], axis=1)
    made = Dynamics(
        lag, level, memory, np.zeros((1, marks)), none, none, np.zeros((1, 2, marks)), size, np.zeros((1, marks))
    )
    local = shares * rate.mean(axis=0)
    swells, flat = np.full(3, rate.mean(axis=0).sum()), np.zeros(places)
    return made, Start(shares, shares.mean(axis=1), local, rate.mean(axis=0), swells, flat, np.zeros((places, places)))


def assumed_held(
    model: AssumedModel, followed: tuple[Ints, Ints, Floats], n: int, chance: np.random.Generator
) -> Held | None:
    """The followed places (regions, cells, chance that they are lost) under the turns that a case assumes; None where
    it assumes none."""
    if model.lost is None or model.regained is None or not len(followed[0]):
        return None
    loses, regains = (drawn(turn.a_week, n, chance) for turn in (model.lost, model.regained))
    return Held(*followed, loses, regains, drawn(model.unrest, n, chance))


def assumed_spells(
    turns: Turns | None, units: tuple[Ints, Floats], n: int, chance: np.random.Generator
) -> Spells | None:
    """Units (regions, for how many days in force by now) under assumed turns; None where a case assumes none."""
    if turns is None or not len(units[0]):
        return None
    regions, aged = units
    return Spells(regions, aged > 0, drawn(turns.a_week, n, chance), drawn(turns.days, n, chance), aged)
