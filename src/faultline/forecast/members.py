"""What our forecaster pools: each member's draws at one issue. Invariant: a member knows the table up to the issue and
nothing of the other members; every draw is a whole number of deaths."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from faultline.forecast.boosted import Boosted, fit_boosted
from faultline.forecast.features import Seen, features
from faultline.forecast.form import Asked
from faultline.forecast.learn import Forest, fit_forest, fit_occurrence, inputs, rows, settings
from faultline.forecast.line import LEAST_LEVEL, Line, fit_line
from faultline.forecast.outcomes import Monthly
from faultline.measure.chance import Floats, Ints
from faultline.record import boosting

if TYPE_CHECKING:
    import lightgbm

BOOSTED, LINE = "boosted", "line"
_MOST_LOG = 25.0
_MOST = 1e8  # deaths; beyond, Poisson numbers cannot be drawn


@dataclass(frozen=True)
class Models:
    """What was learnt of all units up to an issue: whether there will be deaths, and how many against the level: a
    forest for each level that settings name (by member), boosted trees, and a line."""

    occurrence: "lightgbm.Booster"
    forests: Mapping[str, Forest]
    boosted: Boosted
    line: Line


@dataclass(frozen=True)
class Said:
    """Draws of every member at one issue, (members, rows, horizons, draws), and the chance of any death, (rows,
    horizons)."""

    draws: Floats
    any_death: Floats


def members() -> tuple[str, ...]:
    """The names of the members, in the order of their draws."""
    return (*settings()["forests"], BOOSTED, LINE, *settings()["histories"])


def fit(table: Monthly, seen: Seen, chance: np.random.Generator) -> Models:
    """The models of a table that ends with the issue."""
    chosen = rows(table, chance)
    given, came = inputs(seen, chosen.unit, chosen.month, chosen.ahead), chosen.come(table)
    occurrence = fit_occurrence(given, came, chosen.weight)
    some = came > 0
    unit, month, ahead, weight = chosen.unit[some], chosen.month[some], chosen.ahead[some], chosen.weight[some]
    against = {name: np.log1p(came[some]) - seen.one(level)[unit, month] for name, level in _levels()}
    forests = {name: fit_forest(given[some], values, weight) for name, values in against.items()}
    year, anchor = (seen.one(name)[unit, month] for name in ("mean 12", settings()["boosted"]))
    boosted = fit_boosted(given[some], np.log1p(came[some]) - anchor, year, weight)
    lately = year >= LEAST_LEVEL
    at = unit[lately], month[lately], ahead[lately]
    return Models(occurrence, forests, boosted, fit_line(seen, at, came[some][lately], weight[lately]))


def _levels() -> list[tuple[str, str]]:
    return list(settings()["forests"].items())


def say(table: Monthly, asked: Asked, chance: np.random.Generator) -> Said:
    """The members' draws from a table that ends with the issue, fitted to it."""
    seen = features(table)
    return spoken(fit(table, seen, chance), table, seen, asked, chance)


def spoken(models: Models, table: Monthly, seen: Seen, asked: Asked, chance: np.random.Generator) -> Said:
    """The members' draws by models that are fitted already."""
    unit, ahead = np.repeat(asked.rows, len(asked.horizons)), np.tile(asked.horizons, len(asked.rows))
    month = np.full(len(unit), table.deaths.shape[1] - 1)
    given = inputs(seen, unit, month, ahead)
    any_death = boosting.predict(models.occurrence, given)
    shape = (len(asked.rows), len(asked.horizons))
    learnt = []
    for name, level in _levels():
        against = models.forests[name].quantiles(given, asked.draws, chance)
        learnt.append(np.sort(np.expm1(against + seen.one(level)[unit, month][:, None]), axis=1))
    year, anchor = (seen.one(name)[unit, month] for name in ("mean 12", settings()["boosted"]))
    against = models.boosted.quantiles(given, year, asked.draws)
    learnt.append(np.expm1(np.minimum(against + anchor[:, None], _MOST_LOG)))
    learnt.append(models.line.quantiles(seen, (unit, month, ahead), asked.draws))
    hurdled = [_hurdled(any_death, ordered).reshape(*shape, -1) for ordered in learnt]
    return Said(np.stack([*hurdled, *histories(table, asked, chance).values()]), any_death.reshape(shape))


def histories(table: Monthly, asked: Asked, chance: np.random.Generator) -> dict[str, Floats]:
    """The members that know nothing but the unit's own past, (rows, horizons, draws) each: its last months, fading, as
    settings say. A month comes back blurred, as a Poisson number around a gamma one; none stays none."""
    past = table.deaths[asked.rows]
    found = {}
    for name, how in settings()["histories"].items():
        recent = past[:, -how["months"] :]
        fading = 0.5 ** (np.arange(recent.shape[1])[::-1] / how["half_life"])
        drawn = _blurred(_drawn(recent, fading, asked.draws), how["blur"], chance)
        found[name] = np.repeat(drawn[:, None], len(asked.horizons), axis=1)
    return found


def _blurred(values: Floats, blur: float, chance: np.random.Generator) -> Floats:
    """`blur` is how far a month that comes back may lie from what it was: spread over mean."""
    rate = values * chance.gamma(blur**-2, blur**2, values.shape)
    return np.asarray(np.sort(chance.poisson(np.minimum(rate, _MOST)), axis=1), float)


def _hurdled(any_death: Floats, ordered: Floats) -> Floats:
    """Zero with the chance of no death, else what is drawn where there are deaths: at least one."""
    draws = ordered.shape[1]
    place = (np.arange(draws) + 0.5) / draws
    within = (place[None, :] - (1 - any_death[:, None])) / np.maximum(any_death[:, None], 1e-9)
    picked = np.clip((within * draws).astype(np.int64), 0, draws - 1)
    drawn = np.take_along_axis(ordered, picked, axis=1)
    return np.where(within < 0, 0.0, np.maximum(np.round(drawn), 1.0))


def _drawn(past: Floats, weight: Floats, draws: int) -> Floats:
    """Weighted quantiles of each row's past, evenly spaced."""
    order = np.argsort(past, axis=1, kind="stable")
    shares = np.cumsum(weight[order], axis=1)
    shares /= shares[:, -1:]
    place = (np.arange(draws) + 0.5) / draws
    picked: Ints = (place[None, :, None] > shares[:, None, :] + 1e-12).sum(axis=2)
    return np.take_along_axis(np.take_along_axis(past, order, axis=1), picked, axis=1)
