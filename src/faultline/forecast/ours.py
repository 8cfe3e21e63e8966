"""Our forecaster: members fitted at the issue, pooled and recalibrated as earlier windows taught, tails capped.
Invariant: what is learnt about members at an issue comes from windows whose months lie before that issue."""

from dataclasses import dataclass, field

import numpy as np

from faultline.forecast import grid
from faultline.forecast.conformal import learn_levels, recalibrated
from faultline.forecast.form import LAG, LONGEST, Asked
from faultline.forecast.learn import settings
from faultline.forecast.members import Said, say
from faultline.forecast.outcomes import LEAST_MONTHS, Monthly
from faultline.forecast.pool import learn_weights, pooled, stratum
from faultline.measure.chance import Floats, Ints, generator
from faultline.record.errors import UsageError
from faultline.record.months import month_text

NAME = "faultline"


@dataclass(frozen=True)
class Learnt:
    """What earlier windows taught: weights (strata, members), levels (strata, 21); `windows` are their issues."""

    weights: Floats
    levels: Floats
    windows: tuple[int, ...]


@dataclass(frozen=True)
class Ours:
    """The forecaster that we issue. `known` keeps what members said at an issue of one table: the same table up to the
    same month says the same, whichever later issue asks."""

    name: str = NAME
    what: str = "occurrence, quantiles and history, pooled and recalibrated on earlier windows, tails capped"
    known: dict[tuple[int, int], Said] = field(default_factory=dict, compare=False, repr=False)

    def issue(self, table: Monthly, asked: Asked, chance: np.random.Generator) -> Floats:
        """Sorted draws: no way from month to month."""
        learnt = self.learn(table)
        said = self._said(table, asked)
        draws = said.draws.reshape(len(said.draws), -1, said.draws.shape[-1])
        of = np.repeat(_stratum(table, asked.rows), len(asked.horizons))
        mixed = pooled(draws, learnt.weights[of], asked.draws)
        even = recalibrated(mixed, learnt.levels[of])
        return _capped(even.reshape(len(asked.rows), len(asked.horizons), -1), table, asked.rows)

    def learn(self, table: Monthly) -> Learnt:
        """Weights and levels from the earlier yearly issues that the table has. Raises UsageError where it has too
        few."""
        issues = [table.last - 12 * k for k in range(1, settings()["earlier"] + 1)]
        usable = [issue for issue in issues if issue - table.first + 1 >= LEAST_MONTHS + settings()["first_month"]]
        if len(usable) < settings()["least_earlier"]:
            got = f"{len(usable)} earlier windows before {month_text(table.last)}"
            raise UsageError("issue", got, f"at least {settings()['least_earlier']}", "Give a longer table.")
        parts = [self._earlier(table, issue) for issue in usable]
        shares = np.concatenate([part[0] for part in parts], axis=1)
        came, of = (np.concatenate([part[k] for part in parts]) for k in (1, 2))
        weights = learn_weights(shares, came, of)
        chance = generator(settings()["seed"], "pit", table.last)
        return Learnt(weights, learn_levels(_transforms(shares, came, weights[of], chance), of), tuple(usable))

    def _earlier(self, table: Monthly, issue: int) -> tuple[Floats, Floats, Ints]:
        then = table.until(issue)
        rows, horizons = then.existing(issue), np.arange(LAG, LONGEST + 1)
        said = self._said(then, Asked(rows, horizons))
        actual = table.actual(rows, issue + horizons)
        known = np.isfinite(actual)
        shares = grid.below(said.draws[:, known])
        return shares, actual[known], np.repeat(_stratum(then, rows), known.sum(axis=1))

    def _said(self, table: Monthly, asked: Asked) -> Said:
        """What the members say of every unit and horizon, worked out once an issue, and of it what is asked."""
        rows, ahead = table.existing(table.last), np.arange(1, LONGEST + 1)
        key = (table.last, hash(table.deaths.tobytes()))
        if key not in self.known:
            chance = generator(settings()["seed"], "members", table.last)
            whole = Asked(rows, ahead, settings()["member_draws"])
            self.known[key] = say(table, whole, chance)
        said = self.known[key]
        at, month = np.searchsorted(rows, asked.rows), asked.horizons - 1
        return Said(said.draws[:, at][:, :, month], said.any_death[at][:, month])


def _stratum(table: Monthly, rows: Ints) -> Ints:
    past = table.deaths[rows]
    return stratum(past[:, -12:].sum(axis=1), past[:, -60:].sum(axis=1))


def _transforms(shares: Floats, came: Floats, weights: Floats, chance: np.random.Generator) -> Floats:
    """Randomised PIT of the pool in each cell."""
    pool = np.einsum("cm,mcp->cp", weights, shares)
    above = np.minimum(np.searchsorted(grid.POINTS, came, side="right"), len(grid.POINTS) - 1)
    cells = np.arange(len(came))
    high = pool[cells, above]
    low = np.where(above > 0, pool[cells, above - 1], 0.0)
    return np.asarray(low + chance.random(len(came)) * (high - low))


def _capped(draws: Floats, table: Monthly, rows: Ints) -> Floats:
    """No draw above what the unit ever came near, or any unit ever saw."""
    cap = settings()["cap"]
    own = cap["times"] * table.deaths[rows, -cap["months"] :].max(axis=1) + cap["plus"]
    most = np.minimum(own, max(float(table.deaths.max()), cap["plus"]))
    return np.asarray(np.minimum(draws, most[:, None, None]))
