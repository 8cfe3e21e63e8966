"""Runs forecasters over windows of the past. Invariant: what a forecaster is handed at an issue ends with the issue;
one seed, forecaster and issue give the same draws whatever else ran."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from faultline.forecast.form import LONGEST, Asked, Forecaster, Window
from faultline.forecast.outcomes import Monthly
from faultline.measure.chance import Floats, Ints, generator
from faultline.record.errors import UsageError
from faultline.record.months import month_text


@dataclass(frozen=True)
class Issued:
    """Draws of one forecaster at one issue: (rows, months, draws), with what came where it is known (NaN: not known).

    `past` are the units' months up to the issue: it says which of them were active, and how much; `together` how far
    the months of a unit go together (0: each for itself), (rows,).
    """

    forecaster: str
    window: Window
    units: tuple[str, ...]
    draws: Floats
    actual: Floats
    past: Floats
    together: Floats


@dataclass(frozen=True)
class Run:
    """How a backtest runs: draws a cell, seed, and the units (rows of the table) that it is held to, all where ()."""

    draws: int = 1000
    seed: int = 1
    units: tuple[str, ...] = ()


def backtest(
    table: Monthly, windows: Sequence[Window], forecasters: Sequence[Forecaster], run: Run = Run()
) -> Iterator[Issued]:
    """What each forecaster said at the issue of each window, window by window.

    Units are those that exist both at the issue and in the window's last known month. Raises UsageError where an issue
    lies outside the table or leaves too little history, or a window reaches too far ahead.
    """
    for window in windows:
        _check(window)
        known = table.until(window.issue)
        rows = _rows(table, window, run.units)
        units = tuple(table.units[row] for row in rows)
        actual, past = table.actual(rows, window.months), known.deaths[rows]
        for forecaster in forecasters:
            chance = generator(run.seed, forecaster.name, window.issue)
            drawn = forecaster.issue(known, Asked(rows, window.horizons, run.draws), chance)
            yield Issued(forecaster.name, window, units, drawn, actual, past, forecaster.together(known, rows))


def _rows(table: Monthly, window: Window, units: Sequence[str]) -> Ints:
    if units:
        return np.array([table.row(unit, window.issue) for unit in units])
    found = table.existing(window.issue)
    lasting = table.exists[found, min(window.last, table.last) - table.first]
    return np.asarray(found[lasting])


def _check(window: Window) -> None:
    if window.horizons[-1] > LONGEST:
        got = f"{month_text(window.last)} at the issue {month_text(window.issue)}"
        raise UsageError("window", got, f"at most {LONGEST} months ahead")
