"""Our forecaster: members fitted at the issue, pooled and recalibrated as earlier windows taught, tails capped.
Invariant: what is learnt about members at an issue comes from windows whose months lie before that issue."""

from collections.abc import Iterable
from concurrent.futures import Executor
from dataclasses import dataclass, field

import numpy as np

from faultline.forecast import grid
from faultline.forecast.conformal import learn_levels, recalibrated
from faultline.forecast.form import LAG, LONGEST, Asked
from faultline.forecast.learn import settings
from faultline.forecast.members import Said, say
from faultline.forecast.outcomes import LEAST_MONTHS, Monthly
from faultline.forecast.paths import learn_together
from faultline.forecast.pool import learn_weights, pooled, stratum
from faultline.measure.chance import Floats, Ints, generator
from faultline.record.errors import UsageError
from faultline.record.months import month_text

NAME = "faultline"


@dataclass(frozen=True)
class Learnt:
    """What earlier windows taught, by stratum: weights (strata, members), levels (strata, 21), how far months of a year
    go together (strata,); `most` deaths any unit ever saw in a month, and the issues of those `windows`."""

    weights: Floats
    levels: Floats
    together: Floats
    most: float
    windows: tuple[int, ...]


@dataclass(frozen=True)
class Ours:
    """The forecaster that we issue. `known` keeps what members said at an issue of one table: the same table up to the
    same month says the same, whichever later issue asks; `taught` what was learnt at an issue."""

    name: str = NAME
    what: str = "occurrence, quantiles and history, pooled and recalibrated on earlier windows, tails capped"
    known: dict[tuple[int, int], Said] = field(default_factory=dict, compare=False, repr=False)
    taught: dict[tuple[int, int], Learnt] = field(default_factory=dict, compare=False, repr=False)

    def issue(self, table: Monthly, asked: Asked, chance: np.random.Generator) -> Floats:
        """Sorted draws: no way from month to month."""
        return blended(self._said(table, asked), self.learn(table), table, asked)

    def prepare(self, table: Monthly, issues: Iterable[int], executor: Executor) -> None:
        """Has the executor's workers fit what these issues and the earlier ones that they learn from will ask for; not
        for an issue that has too few of those. What is issued afterwards is the same as without: every issue has a
        generator of its own."""
        learnt_from = {issue: _earlier_issues(table.first, issue) for issue in issues}
        able = [{issue, *past} for issue, past in learnt_from.items() if len(past) >= settings()["least_earlier"]]
        tables = [table.until(issue) for issue in sorted(set().union(*able))]
        new = [then for then in tables if _key(then) not in self.known]
        self.known.update(zip(map(_key, new), executor.map(_whole, new), strict=True))

    def together(self, table: Monthly, rows: Ints) -> Floats:
        """As earlier windows taught, by stratum."""
        return self.learn(table).together[stratum_of(table, rows)]

    def learn(self, table: Monthly) -> Learnt:
        """What the earlier yearly issues that the table has teach. Raises UsageError where it has too few."""
        key = _key(table)
        if key not in self.taught:
            self.taught[key] = self._learn(table)
        return self.taught[key]

    def _learn(self, table: Monthly) -> Learnt:
        usable = _earlier_issues(table.first, table.last)
        if len(usable) < settings()["least_earlier"]:
            got = f"{len(usable)} earlier windows before {month_text(table.last)}"
            raise UsageError("issue", got, f"at least {settings()['least_earlier']}", "Give a longer table.")
        cells = _joined([self._earlier(table, issue) for issue in usable])
        weights = learn_weights(cells.shares, cells.came, cells.of)
        chance = generator(settings()["seed"], "pit", table.last)
        transforms = _transforms(cells, weights[cells.of], chance)
        together = learn_together(transforms, cells.year, cells.of)
        levels = learn_levels(transforms, cells.of)
        return Learnt(weights, levels, together, float(table.deaths.max()), tuple(usable))

    def _earlier(self, table: Monthly, issue: int) -> "_Cells":
        then = table.until(issue)
        rows, horizons = then.existing(issue), np.arange(LAG, LONGEST + 1)
        said = self._said(then, Asked(rows, horizons))
        actual = table.actual(rows, issue + horizons)
        known = np.isfinite(actual)
        count = known.sum(axis=1)
        year = np.repeat(issue * len(table.units) + rows, count)
        of = np.repeat(stratum_of(then, rows), count)
        return _Cells(grid.below(said.draws[:, known]), actual[known], of, year)

    def _said(self, table: Monthly, asked: Asked) -> Said:
        """What the members say of every unit and horizon, worked out once an issue, and of it what is asked."""
        key = _key(table)
        if key not in self.known:
            self.known[key] = _whole(table)
        said = self.known[key]
        at, month = np.searchsorted(table.existing(table.last), asked.rows), asked.horizons - 1
        return Said(said.draws[:, at][:, :, month], said.any_death[at][:, month])


def _whole(table: Monthly) -> Said:
    """What the members say at a table's end of every unit and horizon."""
    asked = Asked(table.existing(table.last), np.arange(1, LONGEST + 1), settings()["member_draws"])
    return say(table, asked, generator(settings()["seed"], "members", table.last))


def _earlier_issues(first: int, last: int) -> list[int]:
    """The yearly issues before `last`, newest first, that lie months enough after the `first` of a table."""
    issues = [last - 12 * k for k in range(1, settings()["earlier"] + 1)]
    return [issue for issue in issues if issue - first + 1 >= LEAST_MONTHS + settings()["first_month"]]


def _key(table: Monthly) -> tuple[int, int]:
    return table.last, hash(table.deaths.tobytes())


def blended(said: Said, learnt: Learnt, table: Monthly, asked: Asked) -> Floats:
    """What members said as one distribution a cell: sorted draws (rows, horizons, draws)."""
    draws = said.draws.reshape(len(said.draws), -1, said.draws.shape[-1])
    of = np.repeat(stratum_of(table, asked.rows), len(asked.horizons))
    mixed = pooled(draws, learnt.weights[of], asked.draws)
    even = recalibrated(mixed, learnt.levels[of])
    return _capped(even.reshape(len(asked.rows), len(asked.horizons), -1), table.deaths[asked.rows], learnt.most)


def stratum_of(table: Monthly, rows: Ints) -> Ints:
    """The stratum of each row at the end of the table."""
    past = table.deaths[rows]
    return stratum(past[:, -12:].sum(axis=1), past[:, -60:].sum(axis=1))


@dataclass(frozen=True)
class _Cells:
    """Cells of earlier windows: members' shares below the grid, what came, stratum, and which unit and window."""

    shares: Floats
    came: Floats
    of: Ints
    year: Ints


def _joined(parts: list[_Cells]) -> _Cells:
    shares = np.concatenate([part.shares for part in parts], axis=1)
    came, of = np.concatenate([part.came for part in parts]), np.concatenate([part.of for part in parts])
    return _Cells(shares, came, of, np.concatenate([part.year for part in parts]))


def _transforms(cells: _Cells, weights: Floats, chance: np.random.Generator) -> Floats:
    """Randomised PIT of the pool in each cell; `weights` is (cells, members)."""
    pool = np.einsum("cm,mcp->cp", weights, cells.shares)
    above = np.minimum(np.searchsorted(grid.POINTS, cells.came, side="right"), len(grid.POINTS) - 1)
    every = np.arange(len(cells.came))
    high = pool[every, above]
    low = np.where(above > 0, pool[every, above - 1], 0.0)
    return np.asarray(low + chance.random(len(every)) * (high - low))


def _capped(draws: Floats, past: Floats, ever: float) -> Floats:
    """No draw above what the unit ever came near, or any unit ever saw."""
    cap = settings()["cap"]
    own = cap["times"] * past[:, -cap["months"] :].max(axis=1) + cap["plus"]
    return np.asarray(np.minimum(draws, np.minimum(own, max(ever, cap["plus"]))[:, None, None]))
