"""Turns published figures of a case into a table of one unit. Invariant: of several figures for a month the one that
was published last counts, and the table ends before the first month that has none: a gap is never filled."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np

from faultline.forecast.outcomes import EVENTS, Monthly, states
from faultline.record.analysis import Figure, Frame
from faultline.record.errors import InputError, NotFoundError, UsageError
from faultline.record.months import month_days, month_of, month_text
from faultline.record.packaged import packaged

DEATHS = " deaths"


@dataclass(frozen=True)
class Figured:
    """A table of one unit from figures; `later` months are known after a gap that begins in `gap` (None: no gap)."""

    table: Monthly
    gap: int | None
    later: int


@cache
def kinds() -> Mapping[str, Mapping[str, str]]:
    """The series that models know, by name: how figures call them, and the column of a country-month table."""
    found: dict[str, dict[str, str]] = packaged("faultline.forecast", "series.yaml")
    return found


def kind_of(series: str) -> str:
    """The name of a series that models know, "" for any other."""
    return next((name for name, words in kinds().items() if words["figures"] == series), "")


def state_of(unit: str) -> str:
    """The number of the state of that name, "" where none has it."""
    return next((number for number, (name, _, _) in states().items() if name.casefold() == unit.casefold()), "")


def series_of(figures: Iterable[Figure]) -> dict[str, list[str]]:
    """Every series of deaths with its units, the largest total first."""
    total: dict[tuple[str, str], float] = {}
    for figure in figures:
        if figure.series.endswith(DEATHS):
            total[figure.series, figure.unit] = total.get((figure.series, figure.unit), 0.0) + figure.value
    found: dict[str, list[str]] = {}
    for series, unit in sorted(total, key=lambda key: -total[key]):
        found.setdefault(series, []).append(unit)
    return found


def figured(figures: Sequence[Figure], series: str, unit: str, frame: Frame) -> Figured:
    """The table of a series and unit, with the other series of deaths of that unit and the number of its events
    beside it where they reach as far.

    Raises NotFoundError where there is no such series or unit, InputError for a negative or fractional number.
    """
    known = series_of(figures)
    if series not in known:
        raise NotFoundError("series", repr(series), f"one of {', '.join(known) or 'none: the case has no figures'}")
    if unit not in known[series]:
        raise NotFoundError("unit", repr(unit), f"one of {', '.join(known[series])}")
    months = _months(figures, series, unit)
    first = min(months)
    last = next(month for month in range(first, max(months) + 2) if month + 1 not in months)
    span = range(first, last + 1)
    other = {name: _months(figures, words, unit) for name, words in _beside(series).items()}
    beside = {
        name: np.array([[found[month].value for month in span]])
        for name, found in other.items()
        if all(month in found for month in span)
    }
    deaths = np.array([[months[month].value for month in span]])
    provisional = np.array([months[month].provisional for month in span])
    days = Frame(frame.id, frame.source, series, month_days(first, last), frame.systematic, frame.note)
    table = Monthly(days, (unit,), first, deaths, np.ones_like(deaths, bool), provisional, beside)
    later = sum(month > last for month in months)
    return Figured(table, last + 1 if later else None, later)


def lacking(table: Monthly, series: str, needed: Iterable[str]) -> list[str]:
    """Which figures of those that a model of the series `needed` (names beside the deaths) the table does not hold."""
    return [words for name, words in _beside(series).items() if name in needed and name not in table.beside]


def _beside(series: str) -> dict[str, str]:
    """What stands beside a series of deaths, by name: how figures call the other types of violence, and its events."""
    found = {name: words["figures"] for name, words in kinds().items() if words["figures"] != series}
    own = kinds().get(kind_of(series))
    return {**found, EVENTS: own["events"]} if own else found


def until(found: Figured, issue: int, as_of: date) -> Monthly:
    """The table up to an issue. Raises UsageError where the issue lies in or after a gap, or leaves too little."""
    if found.gap is not None and issue >= found.gap:
        got = f"{month_text(issue)}: {month_text(found.gap)} was not public on {as_of}"
        raise UsageError("issue", got, f"at most {month_text(found.table.last)}", "A gap in the input is not filled.")
    return found.table.until(issue)


def _months(figures: Iterable[Figure], series: str, unit: str) -> dict[int, Figure]:
    found: dict[int, Figure] = {}
    chosen = [f for f in figures if f.series == series and f.unit == unit and f.days.first_day]
    for figure in sorted(chosen, key=lambda f: f.published.last_day or date.min):
        if figure.value < 0 or figure.value != int(figure.value):
            where = f"{figure.source}, {unit}, {figure.days}"
            raise InputError(where, f"{figure.value:g} deaths", "a whole number, 0 or more")
        if figure.days.first_day:
            found[month_of(figure.days.first_day)] = figure
    return found
