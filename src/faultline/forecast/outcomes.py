"""Turns monthly rows into a table of units and months that forecasters learn from. Invariant: a month without a row is
zero where the unit exists by a rule that is stated, an error otherwise, and never a guess; `until` is the only way in
which a forecaster gets a table, and holds nothing after the issue."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

import numpy as np

from faultline.forecast.around import bordering
from faultline.forecast.kernels import Flags
from faultline.measure.chance import Floats, Ints
from faultline.record.analysis import Frame
from faultline.record.errors import InputError, NotFoundError, UsageError
from faultline.record.monthly import MonthlyRows
from faultline.record.months import month_days, month_number, month_text
from faultline.record.packaged import packaged

DYAD_MONTHS = 120  # after its last event a pair of actors counts as over
EVENTS = "events"  # the name beside deaths of how many events they were counted in
LEAST_MONTHS = 36  # of history: less, and neither a level nor its spread can be told


@dataclass(frozen=True)
class Monthly:
    """Deaths by unit and month: `deaths` and `exists` have shape (units, months), months run from `first` (a number).

    `world` is the log of all deaths of the twelve months to each month, (months,), where the table does not hold the
    world itself (None: it does). `near` says which units share a border, (units, units) (None: not known); `around` is
    what goes on there (features of around.py) where the table does not hold the neighbours. `beside` holds other series
    of the same shape by name (EVENTS: how many events the deaths were counted in), `provisional` (months,) says which
    months will still change.
    """

    frame: Frame
    units: tuple[str, ...]
    first: int
    deaths: Floats
    exists: Flags
    provisional: Flags
    beside: Mapping[str, Floats] = field(default_factory=dict)
    world: Floats | None = None
    near: Flags | None = None
    around: Floats | None = None

    @property
    def last(self) -> int:
        """The number of the last month, inclusive."""
        return self.first + len(self.provisional) - 1

    def until(self, issue: int) -> "Monthly":
        """The same up to a month, inclusive. Raises UsageError where that leaves too little history or lies outside."""
        if issue > self.last:
            known = f"the table ends in {month_text(self.last)}"
            raise UsageError("issue", month_text(issue), f"a month that is known; {known}")
        if issue - self.first + 1 < LEAST_MONTHS:
            got = f"{max(0, issue - self.first + 1)} months of history up to {month_text(issue)}"
            raise UsageError("issue", got, f"at least {LEAST_MONTHS}", "Ask for a later issue or give a longer table.")
        cut = slice(0, issue - self.first + 1)
        return replace(
            self,
            deaths=self.deaths[:, cut],
            exists=self.exists[:, cut],
            provisional=self.provisional[cut],
            beside={name: values[:, cut] for name, values in self.beside.items()},
            world=None if self.world is None else self.world[cut],
        )

    def existing(self, month: int) -> Ints:
        """Rows of the units that exist in a month of the table."""
        return np.flatnonzero(self.exists[:, month - self.first])

    def row(self, unit: str, month: int) -> int:
        """The row of a unit that exists in a month. Raises NotFoundError where it is not known or ceased to exist."""
        if unit not in self.units:
            known = f"one of {len(self.units)} units, as {', '.join(self.units[:3])}"
            raise NotFoundError("unit", repr(unit), known)
        row = self.units.index(unit)
        if not self.exists[row, month - self.first]:
            lived = np.flatnonzero(self.exists[row]) + self.first
            spell = f"{month_text(lived[0])} to {month_text(lived[-1])}" if len(lived) else "no month of the table"
            raise NotFoundError("unit", f"{unit} in {month_text(month)}", f"a month in which it exists: {spell}")
        return row

    def actual(self, rows: Ints, months: Ints) -> Floats:
        """Deaths of those rows in those months (numbers), (rows, months); NaN where not known or not existing."""
        found = np.full((len(rows), len(months)), np.nan)
        known = (months >= self.first) & (months <= self.last)
        columns = months[known] - self.first
        found[:, known] = np.where(self.exists[np.ix_(rows, columns)], self.deaths[np.ix_(rows, columns)], np.nan)
        return found


@cache
def states() -> Mapping[str, tuple[str, int, int | None]]:
    """Name, first and last month (numbers, inclusive; None: still) of each state since 1989 by its number."""
    rows: dict[int, list[object]] = packaged("faultline.forecast", "states.yaml")
    return {
        str(number): (
            str(row[0]),
            month_number(f"{row[1]}-01"),
            month_number(f"{row[2]}-12") if len(row) > 2 else None,
        )
        for number, row in rows.items()
    }


def monthly(rows: MonthlyRows, absent_is_zero: bool = False) -> Monthly:
    """The table of those rows, by the rule of existence of its kind of unit.

    A table whose units have a row for every month, zeros included, has those units, each from its first to its last
    row. Otherwise months without a row are zero: for states ("gwno") while the list of states has them, whether the
    table names them or not; for pairs of actors ("dyad") from their first row until ten years after their last one.
    Any other unit with a gap is an error unless `absent_is_zero`, which lets it live from its first row to the end.

    Raises InputError with the line: no row, a negative or fractional number, months out of order or twice, a gap, a
    state that is not in the list, deaths in a month in which the unit did not exist.
    """
    if not len(rows.units):
        raise InputError(rows.origin, "no rows", "at least one unit and month")
    _check(rows)
    first, last = min(rows.months), max(rows.months)
    gap = _gap(rows)
    by_list = rows.kind == "gwno" and gap is not None
    units = _listed(rows, last) if by_list else tuple(dict.fromkeys(rows.units))
    if gap and rows.kind == "table" and not absent_is_zero:
        raise gap
    at = {unit: k for k, unit in enumerate(units)}
    shape = (len(units), last - first + 1)
    cells = (np.array([at[unit] for unit in rows.units]), np.array(rows.months) - first)
    filled = np.zeros(shape, bool)
    filled[cells] = True
    exists = _listed_spells(units, first, shape[1]) if by_list else _spells(filled, rows.kind, gap is not None)
    _check_existing(rows, exists[cells])
    frame = Frame(rows.origin, rows.origin, f"{rows.series} by {rows.kind} and month", month_days(first, last), True)
    provisional = np.zeros(shape[1], bool)
    provisional[cells[1][np.array(rows.provisional, bool)]] = True
    beside = {name: _laid(shape, cells, values) for name, values in rows.beside}
    near = bordering(units) if rows.kind == "gwno" else None
    deaths = _laid(shape, cells, rows.deaths)
    return Monthly(frame, units, first, deaths, exists, provisional, beside, near=near)


def _laid(shape: tuple[int, int], cells: tuple[Ints, Ints], values: Sequence[float]) -> Floats:
    found = np.zeros(shape)
    found[cells] = values
    return found


def _check(rows: MonthlyRows) -> None:
    before: dict[str, int] = {}
    for unit, month, deaths, line in zip(rows.units, rows.months, rows.deaths, rows.lines, strict=True):
        where = f"{rows.origin}, line {line}"
        if deaths < 0 or deaths != int(deaths):
            raise InputError(where, f"{deaths:g} deaths in {unit}", "a whole number, 0 or more")
        if unit in before and month <= before[unit]:
            got = f"{unit} {month_text(month)} after {month_text(before[unit])}"
            raise InputError(where, got, "each month of a unit once, in order", "Sort the table by unit and month.")
        before[unit] = month


def _gap(rows: MonthlyRows) -> InputError | None:
    """The first month without a row between two rows of a unit, as the error that it is for some kinds of units."""
    before: dict[str, int] = {}
    for unit, month, line in zip(rows.units, rows.months, rows.lines, strict=True):
        if unit in before and month != before[unit] + 1:
            got = f"{unit} has no row from {month_text(before[unit] + 1)} to {month_text(month - 1)}"
            way_out = "Where absent months are months without deaths, say so: --absent-is-zero."
            return InputError(f"{rows.origin}, line {line}", got, "a row for every month", way_out)
        before[unit] = month
    return None


def _listed(rows: MonthlyRows, last: int) -> tuple[str, ...]:
    for unit, line in zip(rows.units, rows.lines, strict=True):
        if unit not in states():
            got = f"the state {unit!r}"
            raise InputError(f"{rows.origin}, line {line}", got, "a number of Gleditsch & Ward's list since 1989")
    return tuple(unit for unit, (_, first, _) in states().items() if first <= last)


def _listed_spells(units: Sequence[str], first: int, months: int) -> Flags:
    found = np.zeros((len(units), months), bool)
    for k, unit in enumerate(units):
        _, begins, ends = states()[unit]
        found[k, max(0, begins - first) : months if ends is None else max(0, ends - first + 1)] = True
    return found


def _spells(filled: Flags, kind: str, has_gaps: bool) -> Flags:
    """When units live by their rows: to the last one, ten years longer (pairs of actors), or to the end."""
    found = np.zeros(filled.shape, bool)
    longer = {"dyad": DYAD_MONTHS, "table": filled.shape[1]}[kind] if has_gaps else 0
    for k, row in enumerate(filled):
        lived = np.flatnonzero(row)
        if longer == DYAD_MONTHS:  # by what is known in each month, so that a later row cannot bring it back before
            for month in lived:
                found[k, month : month + longer + 1] = True
        elif len(lived):
            found[k, lived[0] : lived[-1] + longer + 1] = True
    return found


def _check_existing(rows: MonthlyRows, lives: Flags) -> None:
    for k in np.flatnonzero(~lives & (np.array(rows.deaths) > 0))[:1]:
        name = states()[rows.units[k]][0] if rows.kind == "gwno" else rows.units[k]
        got = f"{rows.deaths[k]:g} deaths in {name} in {month_text(rows.months[k])}"
        raise InputError(f"{rows.origin}, line {rows.lines[k]}", got, "deaths only in months in which the unit exists")
