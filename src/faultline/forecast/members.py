"""What our forecaster pools: each member's draws at one issue. Invariant: a member knows the table up to the issue and
nothing of the other members; every draw is a whole number of deaths."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from faultline.forecast.features import Seen, features
from faultline.forecast.form import Asked
from faultline.forecast.learn import Forest, fit_forest, fit_occurrence, inputs, rows, settings
from faultline.forecast.outcomes import Monthly
from faultline.measure.chance import Floats, Ints

if TYPE_CHECKING:
    import lightgbm

QUANTILES, LOGNORMAL, YEAR, LONG = "quantiles", "lognormal", "history 12", "history 60"
MEMBERS = (QUANTILES, LOGNORMAL, YEAR, LONG)
HALF_LIFE = 18.0  # months, of the longer history
BLUR = 0.4  # how far a month that comes back may lie from what it was: spread over mean
_MOST = 1e8  # deaths; beyond, Poisson numbers cannot be drawn
YEAR_MONTHS, LONG_MONTHS = 12, 60


@dataclass(frozen=True)
class Models:
    """What was learnt of all units up to an issue: whether there will be deaths, and how many against the level."""

    occurrence: "lightgbm.Booster"
    forest: Forest


@dataclass(frozen=True)
class Said:
    """Draws of every member at one issue, (members, rows, horizons, draws), and the chance of any death, (rows,
    horizons)."""

    draws: Floats
    any_death: Floats


def fit(table: Monthly, seen: Seen, chance: np.random.Generator) -> Models:
    """The models of a table that ends with the issue."""
    chosen = rows(table, chance)
    given, came = inputs(seen, chosen.unit, chosen.month, chosen.ahead), chosen.come(table)
    some = came > 0
    level = seen.one(settings()["anchor"])[chosen.unit, chosen.month]
    against = (np.log1p(came) - level)[some]
    return Models(fit_occurrence(given, came, chosen.weight), fit_forest(given[some], against, chosen.weight[some]))


def say(table: Monthly, asked: Asked, chance: np.random.Generator) -> Said:
    """The members' draws from a table that ends with the issue, fitted to it."""
    seen = features(table)
    return spoken(fit(table, seen, chance), table, seen, asked, chance)


def spoken(models: Models, table: Monthly, seen: Seen, asked: Asked, chance: np.random.Generator) -> Said:
    """The members' draws by models that are fitted already."""
    unit, ahead = np.repeat(asked.rows, len(asked.horizons)), np.tile(asked.horizons, len(asked.rows))
    month = np.full(len(unit), table.deaths.shape[1] - 1)
    given = inputs(seen, unit, month, ahead)
    any_death = np.asarray(models.occurrence.predict(given))
    level = seen.one(settings()["anchor"])[unit, month]
    against = models.forest.quantiles(given, asked.draws, chance)
    shape = (len(asked.rows), len(asked.horizons))
    learnt = [np.sort(np.expm1(against + level[:, None]), axis=1), _lognormal(against, level, chance)]
    hurdled = [_hurdled(any_death, ordered).reshape(*shape, -1) for ordered in learnt]
    return Said(np.stack([*hurdled, *histories(table, asked, chance).values()]), any_death.reshape(shape))


def histories(table: Monthly, asked: Asked, chance: np.random.Generator) -> dict[str, Floats]:
    """The members that know nothing but the unit's own past, (rows, horizons, draws) each: its last twelve months, and
    its last sixty, fading. A month comes back blurred, as a Poisson number around a gamma one; none stays none."""
    past = table.deaths[asked.rows]
    year, recent = past[:, -YEAR_MONTHS:], past[:, -LONG_MONTHS:]
    fading = 0.5 ** (np.arange(recent.shape[1])[::-1] / HALF_LIFE)
    drawn = {YEAR: _drawn(year, np.ones(year.shape[1]), asked.draws), LONG: _drawn(recent, fading, asked.draws)}
    return {
        name: np.repeat(_blurred(values, chance)[:, None], len(asked.horizons), axis=1)
        for name, values in drawn.items()
    }


def _blurred(values: Floats, chance: np.random.Generator) -> Floats:
    rate = values * chance.gamma(BLUR**-2, BLUR**2, values.shape)
    return np.asarray(np.sort(chance.poisson(np.minimum(rate, _MOST)), axis=1), float)


def _hurdled(any_death: Floats, ordered: Floats) -> Floats:
    """Zero with the chance of no death, else what is drawn where there are deaths: at least one."""
    draws = ordered.shape[1]
    place = (np.arange(draws) + 0.5) / draws
    within = (place[None, :] - (1 - any_death[:, None])) / np.maximum(any_death[:, None], 1e-9)
    picked = np.clip((within * draws).astype(np.int64), 0, draws - 1)
    drawn = np.take_along_axis(ordered, picked, axis=1)
    return np.where(within < 0, 0.0, np.maximum(np.round(drawn), 1.0))


def _lognormal(against: Floats, level: Floats, chance: np.random.Generator) -> Floats:
    mean, spread = against.mean(axis=1, keepdims=True), against.std(axis=1, keepdims=True)
    drawn = np.sort(chance.standard_normal(against.shape), axis=1)
    return np.asarray(np.expm1(level[:, None] + mean + spread * drawn))


def _drawn(past: Floats, weight: Floats, draws: int) -> Floats:
    """Weighted quantiles of each row's past, evenly spaced."""
    order = np.argsort(past, axis=1, kind="stable")
    shares = np.cumsum(weight[order], axis=1)
    shares /= shares[:, -1:]
    place = (np.arange(draws) + 0.5) / draws
    picked: Ints = (place[None, :, None] > shares[:, None, :] + 1e-12).sum(axis=2)
    return np.take_along_axis(np.take_along_axis(past, order, axis=1), picked, axis=1)
