"""Turns what forecasters said and what came into one number a cell: score by unit and month. Invariant: draws are
looked at once and let go; a cell whose outcome is not known is NaN in every score."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from faultline.forecast import kernels, score
from faultline.forecast.addup import joined, summed
from faultline.forecast.backtest import Issued
from faultline.measure.chance import Floats, generator

ACTIVE_MONTHS = 12
COVERAGE, PIT = "coverage_90", "pit"
# Strata by the deaths of a unit's last twelve months of input: at least so many.
LEVELS = (("none", 0), ("1-24", 1), ("25-999", 25), ("1,000 and more", 1000))


@dataclass(frozen=True)
class Tally:
    """Scores of one forecaster: each of shape (units, months), rows by `units`, columns by `months` (numbers).

    `recent` is the deaths of the twelve months before the issue, `actual` what came; NaN where nothing was said. `sums`
    holds by number of months the scores of the sum over the first months of each window, (units, windows).
    """

    forecaster: str
    units: tuple[str, ...]
    months: tuple[int, ...]
    scores: dict[str, Floats]
    recent: Floats
    actual: Floats
    sums: dict[int, dict[str, Floats]]


def tally(issued: Iterable[Issued]) -> dict[str, Tally]:
    """One tally a forecaster, in the order of their first appearance."""
    parts: dict[str, list[_Part]] = {}
    for one in issued:
        parts.setdefault(one.forecaster, []).append(_part(one))
    return {name: _joined(name, found) for name, found in parts.items()}


@dataclass(frozen=True)
class _Part:
    units: tuple[str, ...]
    months: tuple[int, ...]
    grids: dict[str, Floats]
    sums: dict[int, dict[str, Floats]]


def _part(one: Issued) -> _Part:
    known = np.isfinite(one.actual)
    draws, actual = np.sort(one.draws[known], axis=-1), one.actual[known]  # in order once, so that each score need not
    found = {name: scored(draws, actual) for name, scored in score.SCORES.items()}
    found[COVERAGE] = score.covered(draws, actual).astype(float)
    chance = generator(one.window.issue, PIT, one.forecaster)
    found[PIT] = kernels.pit(draws, actual, chance.random(actual.shape))
    grids = {name: _grid(known, values) for name, values in found.items()}
    recent = one.past[:, -ACTIVE_MONTHS:].sum(axis=1)
    grids["recent"] = np.where(known, recent[:, None], np.nan)
    grids["actual"] = one.actual
    return _Part(one.units, tuple(int(m) for m in one.window.months), grids, summed(one))


def _grid(known: kernels.Flags, values: Floats) -> Floats:
    found = np.full(known.shape, np.nan)
    found[known] = values
    return found


def _joined(name: str, parts: list[_Part]) -> Tally:
    units = tuple(dict.fromkeys(unit for part in parts for unit in part.units))
    months = tuple(month for part in parts for month in part.months)
    rows = {unit: k for k, unit in enumerate(units)}
    grids = {key: np.full((len(units), len(months)), np.nan) for key in parts[0].grids}
    column = 0
    for part in parts:
        at = np.array([rows[unit] for unit in part.units], dtype=int)
        for key, grid in part.grids.items():
            grids[key][at, column : column + len(part.months)] = grid
        column += len(part.months)
    recent, actual = grids.pop("recent"), grids.pop("actual")
    return Tally(name, units, months, grids, recent, actual, joined([(part.units, part.sums) for part in parts]))
