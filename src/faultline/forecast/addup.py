"""Scores of sums over the first months of a window. Invariant: months are added along ways that a unit can go, which a
forecaster says how to draw (how far its months go together); each month keeps its own distribution."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from faultline.forecast import score
from faultline.forecast.backtest import Issued
from faultline.forecast.paths import paths
from faultline.measure.chance import Floats, generator

SPANS = (3, 6, 12)
COVERAGE = "coverage_90"
SCORES: Mapping[str, Callable[[Floats, Floats], Floats]] = {
    "crps_log1p": score.crps_log1p,
    "crps": score.crps,
    "interval_90": score.interval_90,
    COVERAGE: lambda draws, actual: score.covered(draws, actual).astype(float),
}


def summed(one: Issued) -> dict[int, dict[str, Floats]]:
    """By number of months the scores of their sum, (units,) each; NaN where a month is not known. Only spans that the
    window holds."""
    spans = [span for span in SPANS if span <= one.actual.shape[1]]
    if not spans:
        return {}
    chance = generator(one.window.issue, "sums", one.forecaster)
    if one.together.any():
        ways = paths(np.sort(one.draws, axis=2), one.together, chance)
    else:
        ways = chance.permuted(one.draws, axis=2)
    return {span: _scored(ways[:, :span].sum(axis=1), one.actual[:, :span].sum(axis=1)) for span in spans}


def _scored(draws: Floats, actual: Floats) -> dict[str, Floats]:
    known = np.isfinite(actual)
    found = {}
    for name, scored in SCORES.items():
        found[name] = np.full(len(actual), np.nan)
        found[name][known] = scored(draws[known], actual[known])
    return found


def joined(parts: Sequence[tuple[tuple[str, ...], dict[int, dict[str, Floats]]]]) -> dict[int, dict[str, Floats]]:
    """The same over several windows, (units, windows) each, of the units of each window and its scores; units in the
    order of their first appearance. Windows that are too short for a span are NaN there."""
    units = list(dict.fromkeys(unit for names, _ in parts for unit in names))
    row = {unit: k for k, unit in enumerate(units)}
    found: dict[int, dict[str, Floats]] = {}
    for column, (names, spans) in enumerate(parts):
        at = [row[unit] for unit in names]
        for span, scores in spans.items():
            for name, values in scores.items():
                empty = np.full((len(units), len(parts)), np.nan)
                found.setdefault(span, {}).setdefault(name, empty)[at, column] = values
    return found
