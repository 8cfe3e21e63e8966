"""Forecasts one unit of a case from its own figures: months and sums, chances, what drives them, the simple rule beside
it. Invariant: models that learnt from months after the issue are not used; then the unit's own past speaks alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from faultline.forecast.features import GROUPS, Seen, features
from faultline.forecast.form import Asked
from faultline.forecast.learn import groups, inputs, settings
from faultline.forecast.members import histories, spoken
from faultline.forecast.ours import NAME, blended, stratum_of
from faultline.forecast.outcomes import Monthly
from faultline.forecast.paths import paths
from faultline.forecast.shipped import Shipped
from faultline.forecast.track import fared
from faultline.measure.chance import Floats, generator
from faultline.record import boosting
from faultline.record.analysis import Outcome
from faultline.record.forecasting import CaseForecast, Chance, Driver, Spread, Step, likelihood
from faultline.record.months import last_day_of, month_days, month_text

if TYPE_CHECKING:
    import lightgbm

AHEAD = 12
SUMS = (3, 6, 12)
LEAST = (1, 25, 100, 500, 1000)
PAST = 36
HISTORY = "history"
BASELINE = "conflictology-12"
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)


@dataclass(frozen=True)
class Question:
    """What is asked: the series' words, the unit, draws, seed; `state` is the unit's name in the models' record."""

    series: str
    unit: str
    state: str = ""
    draws: int = 1000
    seed: int = 1


def cast(table: Monthly, asked: Question, models: Shipped | None = None) -> CaseForecast:
    """The forecast of a unit for the twelve months after the table ends, and for sums of three, six and twelve.

    Raises NotFoundError for a unit that does not exist then.
    """
    row = np.array([table.row(asked.unit, table.last)])
    wanted = Asked(row, np.arange(1, AHEAD + 1), asked.draws)
    usable = models if models and models.until <= table.last else None
    draws, drivers = _by_models(table, wanted, usable, asked) if usable else (_by_history(table, wanted, asked), ())
    chance = generator(asked.seed, BASELINE, table.last)
    past = table.deaths[row[0]]
    simple = past[-AHEAD:][chance.integers(0, AHEAD, (AHEAD, asked.draws))]
    return CaseForecast(
        asked.series,
        asked.unit,
        last_day_of(table.last),
        NAME if usable else HISTORY,
        _why(models, usable),
        BASELINE,
        tuple(_steps(table.last, asked, draws, simple)),
        drivers,
        fared(models.track, asked.state, table.last) if models and models.track else (),
        tuple(past[-PAST:].tolist()),
        int(table.provisional[-PAST:].sum()),
        table.frame.id,
    )


def _by_models(table: Monthly, wanted: Asked, models: Shipped, asked: Question) -> tuple[Floats, tuple[Driver, ...]]:
    # A case does not hold the world and the neighbours: what the models saw last stands for them.
    world = np.full(table.deaths.shape[1], models.world)
    beside = {name: table.beside[name] for name in table.beside if name in models.card["beside"]}
    seen = features(replace(table, beside=beside, world=world, around=models.around.get(asked.state)))
    chance = generator(asked.seed, NAME, table.last)
    each = Asked(wanted.rows, wanted.horizons, settings()["member_draws"])
    said = spoken(models.models, table, seen, each, chance)
    ordered = blended(said, models.learnt, table, wanted)
    together = models.learnt.together[stratum_of(table, wanted.rows)]
    return np.asarray(paths(ordered, together, chance)[0]), _drivers(models, seen, wanted)


def _by_history(table: Monthly, wanted: Asked, asked: Question) -> Floats:
    """Equal shares of the unit's last twelve months and its fading last sixty; months drawn each for itself."""
    chance = generator(asked.seed, HISTORY, table.last)
    drawn = histories(table, wanted, chance)
    ordered = np.sort(np.concatenate(list(drawn.values()), axis=2), axis=2)[..., :: len(drawn)]
    return np.asarray(paths(ordered, np.zeros(1), chance)[0])


def _why(models: Shipped | None, usable: Shipped | None) -> str:
    if usable:
        return f"models of the package, learnt from all states up to {month_text(usable.until)}"
    if models:
        return f"the models of the package learnt from months up to {month_text(models.until)}, after this issue"
    return "the package has no models for this series"


def _steps(issue: int, asked: Question, draws: Floats, simple: Floats) -> Sequence[Step]:
    """Each month, then the sums from the first month on."""
    found = [_step((issue, month + 1, month + 1), asked, draws[month], simple[month]) for month in range(AHEAD)]
    sums = [_step((issue, 1, n), asked, draws[:n].sum(axis=0), simple[:n].sum(axis=0)) for n in SUMS]
    return [*found, *sums]


def _step(when: tuple[int, int, int], asked: Question, draws: Floats, simple: Floats) -> Step:
    issue, first, last = when
    chances = tuple(
        Chance(
            least,
            float((draws >= least).mean()),
            likelihood(float((draws >= least).mean())),
            float((simple >= least).mean()),
        )
        for least in LEAST
    )
    outcome = Outcome(asked.series, asked.unit, last - first + 1)
    days = month_days(issue + first, issue + last)
    return Step(outcome, days, last, spread(draws), chances, spread(simple))


def spread(draws: Floats) -> Spread:
    """A distribution in short."""
    low, lower, middle, upper, high = (float(q) for q in np.quantile(draws, QUANTILES))
    return Spread(float(draws.mean()), low, lower, middle, upper, high)


def _drivers(models: Shipped, seen: Seen, wanted: Asked) -> tuple[Driver, ...]:
    """Contributions (TreeSHAP) added up by group, mean over every third of the twelve months, strongest first: they
    cost more than the forecast, and hardly differ from month to month.

    Lundberg et al. (2020), doi 10.1038/s42256-019-0138-9.
    """
    some = wanted.horizons[1::3]
    unit, ahead = np.repeat(wanted.rows, len(some)), np.tile(some, len(wanted.rows))
    given = inputs(seen, unit, np.full(len(unit), seen.values.shape[1] - 1), ahead)
    of = groups(seen)
    # Boosted trees add up, a forest is the mean of its trees, and the forests are averaged.
    boosters = [(models.models.occurrence, 1)]
    boosters += [(forest.booster, forest.booster.num_trees()) for forest in models.models.forests.values()]
    shares = [_contributions(booster, given) / trees for booster, trees in boosters]
    moved = shares[0], np.mean(shares[1:], axis=0)
    found = [
        Driver(group, words, *(float(part[[g == group for g in of]].sum()) for part in moved))
        for group, words in GROUPS.items()
        if group in of
    ]
    return tuple(sorted(found, key=lambda one: -abs(one.any_death) - abs(one.how_many)))


def _contributions(booster: "lightgbm.Booster", given: Floats) -> Floats:
    found: Floats = boosting.contributions(booster, given)[:, :-1].mean(axis=0)
    return found
