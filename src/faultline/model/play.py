"""Plays joint paths of violence, control, blockades and restrictions. Invariant: what comes out is by region and month;
the same setting, seed and number of the chunk give the same paths, whoever plays them."""

from dataclasses import dataclass, fields
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from faultline.model.setting import Held, Setting, Spells, drawn
from faultline.model.turns import siege_column
from faultline.model.walk import Dynamics, Walk
from faultline.record.scenario import Step, StepForm

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
CHUNK = 250  # paths: few enough for the processor's own memory


@dataclass(frozen=True)
class Played:
    """Outcomes of paths: `violence` paths x months x regions x marks, `changed` places that change hands and
    `blockaded` place-days under blockade (paths x months x regions), `longest` blockade in days (paths), `restricted`
    days of restrictions in the capital (paths x months); what is not followed is None."""

    violence: Floats
    changed: Floats | None
    blockaded: Floats | None
    longest: Floats | None
    restricted: Floats | None


def months_of(issue: date, weeks: int) -> tuple[tuple[str, ...], Ints]:
    """The months after the issue, YYYY-MM, and the number of the month of each day."""
    days = [issue + timedelta(days=n + 1) for n in range(7 * weeks)]
    names = tuple(dict.fromkeys(f"{day:%Y-%m}" for day in days))
    return names, np.array([names.index(f"{day:%Y-%m}") for day in days], np.int64)


def play(setting: Setting, seed: int, chunk: int, paths: int) -> Played:
    """The outcomes of one chunk of paths."""
    # The seed is an argument, set by the desk: the same call gives the same paths for ever.
    chance = np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, chunk])))
    rows = (chunk * CHUNK + np.arange(paths)) % setting.draws
    scene = _Scene(setting, rows, paths, chance)
    for day in range(7 * setting.weeks):
        scene.day(day)
        if day % 7 == 6:
            scene.week(day)
    return scene.played()


def joined(parts: list[Played]) -> Played:
    """The paths of several chunks as one."""

    def whole(name: str) -> Floats | None:
        found = [getattr(part, name) for part in parts]
        return None if found[0] is None else np.concatenate(found)

    violence = np.concatenate([part.violence for part in parts])
    return Played(violence, *(whole(field.name) for field in fields(Played)[1:]))


class _Scene:
    """The paths of one chunk on their way."""

    def __init__(self, setting: Setting, rows: Ints, paths: int, chance: np.random.Generator) -> None:
        self.setting, self.rows, self.paths, self.chance = setting, rows, paths, chance
        self.months, self.month = months_of(setting.issue, setting.weeks)
        self.walk = Walk(taken(setting.dynamics, rows), setting.start, paths, chance)
        self.steps = [_Acting(setting, step, paths, chance) for step in _steps(setting)]
        regions = len(setting.region_names)
        self.names = np.eye(regions)
        self.sorting = self.names[setting.regions]  # cells x regions
        self.violence = np.zeros((paths, len(self.months), regions, len(setting.marks)))
        self.hit = np.zeros((paths, len(setting.regions)))
        self.lost = self._begin(setting.held)
        self.changed = np.zeros((paths, len(self.months), regions))
        self.blockades = _Spell(setting.blockades, self)
        self.restrictions = _Spell(setting.restrictions, self)

    def day(self, day: int) -> None:
        """One day of violence, and of what is in force."""
        counts = self.walk.step(self._factor(day))
        self.violence[:, self.month[day]] += np.einsum("npk,pr->nrk", counts, self.sorting, optimize=True)
        self.hit += counts.sum(axis=2)
        self.blockades.day(int(self.month[day]))
        self.restrictions.day(int(self.month[day]))

    def week(self, day: int) -> None:
        """The end of a week: places change hands, and what is in force begins."""
        held = self.setting.held
        if held is not None:
            self._turn(held, day)
        self.blockades.week()
        self.restrictions.week()
        self.hit[:] = 0.0

    def played(self) -> Played:
        """What the paths came to."""
        held = None if self.setting.held is None else self.changed
        longest = None if self.blockades.spells is None else self.blockades.longest
        country = None if self.restrictions.counted is None else self.restrictions.counted.sum(axis=2)
        return Played(self.violence, held, self.blockades.counted, longest, country)

    def _begin(self, held: Held | None) -> Flags:
        """Who holds what on the day of the issue, drawn for each path from the filtered chances."""
        chances = np.zeros(0) if held is None else held.lost
        return np.asarray(self.chance.random((self.paths, len(chances))) < chances, np.bool_)

    def _turn(self, held: Held, day: int) -> None:
        rates = np.where(self.lost, _of(held.regains, self.rows)[:, None], _of(held.loses, self.rows)[:, None])
        known = held.cells >= 0
        hit = np.zeros(self.lost.shape, np.bool_)
        hit[:, known] = self.hit[:, held.cells[known]] > 0
        rates = rates * np.where(hit, _of(held.unrest, self.rows)[:, None], 1.0)
        if held.siege.any() and self.blockades.spells is not None:
            rates = rates * np.exp(_of(held.siege, self.rows)[:, None] * siege_column(self.blockades.whole_age))
        if day < held.talking:
            rates = rates * np.exp(_of(held.talks, self.rows))[:, None]
        for acting in self.steps:
            rates = rates * acting.turning(day, held.regions)
        turned = self.chance.random(rates.shape) < 1 - np.exp(-rates)
        self.lost ^= turned
        self.changed[:, self.month[day]] += turned @ self.names[held.regions]
        self.walk.held[:, held.cells[known]] = self.lost[:, known]

    def _factor(self, day: int) -> Floats | None:
        found: Floats | None = None
        for acting in self.steps:
            factor = acting.violence(day)
            found = factor if found is None or factor is None else found * factor if factor is not None else found
        return found


class _Spell:
    """What is in force at units of each path."""

    def __init__(self, spells: Spells | None, scene: _Scene) -> None:
        self.spells, self.chance = spells, scene.chance
        self.longest = np.zeros(scene.paths)
        self.counted: Floats | None = None
        if spells is not None:
            self.counted = np.zeros((scene.paths, len(scene.months), len(scene.setting.region_names)))
            self.on = np.repeat(spells.now[None], scene.paths, axis=0)
            self.age = np.zeros(self.on.shape)
            aged = np.zeros(len(spells.now)) if spells.aged is None else spells.aged
            self.before = np.where(self.on, aged[None], 0.0)  # days before the issue
            self.names = np.eye(len(scene.setting.region_names))
            self.begins, self.days = _of(spells.begins, scene.rows)[:, None], _of(spells.days, scene.rows)[:, None]

    @property
    def whole_age(self) -> Floats:
        """For how many days each unit has been in force, those before the issue among them; 0 where it is not."""
        return np.where(self.on, self.age + self.before, 0.0)

    def day(self, month: int) -> None:
        """Counts the units in force, and ends those that end."""
        if self.spells is None or self.counted is None:
            return
        self.counted[:, month] += self.on @ self.names[self.spells.regions]
        self.age = np.where(self.on, self.age + 1, 0.0)
        self.longest = np.maximum(self.longest, self.age.max(axis=1))
        self.on &= self.chance.random(self.on.shape) >= 1 / np.maximum(self.days, 1.0)
        self.before = np.where(self.on, self.before, 0.0)

    def week(self) -> None:
        """Lets it begin where it is not in force."""
        if self.spells is not None:
            self.on |= self.chance.random(self.on.shape) < 1 - np.exp(-self.begins)


class _Acting:
    """One step of a scenario with its draws for each path."""

    def __init__(self, setting: Setting, step: Step, paths: int, chance: np.random.Generator) -> None:
        comes = chance.random(paths) < step.holds
        self.factor = np.where(comes, drawn(step.violence, paths, chance), 1.0)
        self.turns = np.where(comes, drawn(step.changes_hands, paths, chance), 1.0)
        first, last = step.days.first_day, step.days.last_day
        self.first = (first - setting.issue).days - 1 if first else 0
        self.last = (last - setting.issue).days - 1 if last else 7 * setting.weeks
        names = np.array(setting.region_names)
        self.regions = np.isin(names, step.regions) if step.regions else np.ones(len(names), np.bool_)
        stops = step.form is StepForm.FIGHTING_STOPS
        meant = [not stops or len(set(step.parties) & parties) > 1 for parties in setting.parties]
        where = self.regions[setting.regions][:, None] & np.array(meant)[None]
        self.mask = np.where(where[None], self.factor[:, None, None], 1.0)

    def violence(self, day: int) -> Floats | None:
        """paths x cells x marks factors of that day; None where the step does not act."""
        return self.mask if self.first <= day <= self.last else None

    def turning(self, day: int, regions: Ints) -> Floats:
        """paths x places factors on the chance of changing hands."""
        if not self.first <= day <= self.last:
            return np.ones((len(self.turns), len(regions)))
        return np.where(self.regions[regions][None], self.turns[:, None], 1.0)


def taken(dynamics: Dynamics, rows: Ints) -> Dynamics:
    """The dynamics of those draws; what all draws share stays shared."""
    d = dynamics
    matrices = _of(d.place, rows), _of(d.country, rows), _of(d.held, rows)
    marks = _of(d.size, rows), _of(d.batches, rows), d.fronts
    told = None if d.told is None else _of(d.told, rows)
    return Dynamics(d.lag, _of(d.level, rows), _of(d.own, rows), _of(d.near, rows), *matrices, *marks, told)


def chunks_of(paths: int) -> list[tuple[int, int]]:
    """Number and size of each chunk."""
    return [(n, min(CHUNK, paths - n * CHUNK)) for n in range(-(-paths // CHUNK))]


def _steps(setting: Setting) -> tuple[Step, ...]:
    return setting.scenario.steps if setting.scenario else ()


def _of(draws: Floats, rows: Ints) -> Floats:
    return draws if len(draws) == 1 else draws[rows % len(draws)]
