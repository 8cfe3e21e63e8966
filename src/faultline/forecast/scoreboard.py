"""Turns tallies into the scoreboard: every forecaster, score and stratum of a window beside the same reference.
Invariant: every difference carries its interval from whole units drawn again, and losses stand beside wins."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from faultline.forecast.baselines import BASELINES
from faultline.forecast.goals import judged, load_goals
from faultline.forecast.kernels import Flags
from faultline.forecast.score import block_interval
from faultline.forecast.tally import COVERAGE, LEVELS, PIT, Tally
from faultline.measure.chance import generator
from faultline.record.analysis import Score
from faultline.record.days import Days
from faultline.record.months import month_days

AGAINST = "conflictology-12"
ALL, ACTIVE, ONSETS = "all", "active", "onsets"
DECILES = 10


def scoreboard(tallies: Mapping[str, Tally], against: str = AGAINST) -> list[Score]:
    """Rows by score, stratum and forecaster, those of the declared goals with their verdict.

    Strata: all; active (any death in the last twelve months of input); by the deaths of those months; onsets (none in
    those months and some in the month that is scored). A stratum without a cell has no row. Then sums of months ("crps
    of 12 months"), by unit and window; the share of active units in each tenth of the PIT closes the board.
    """
    rows = [row for name in _names(tallies) for row in _of_score(tallies, name, against)]
    return [*_judged(rows), *_of_sums(tallies, against), *_tenths(tallies)]


def strata(one: Tally) -> dict[str, Flags]:
    """Which cells belong to each stratum, by its name."""
    known = np.isfinite(one.actual)
    found = {ALL: known, ACTIVE: known & (one.recent > 0)}
    for k, (name, least) in enumerate(LEVELS):
        most = LEVELS[k + 1][1] if k + 1 < len(LEVELS) else np.inf
        found[name] = known & (one.recent >= least) & (one.recent < most)
    found[ONSETS] = known & (one.recent == 0) & (one.actual > 0)
    return found


def _names(tallies: Mapping[str, Tally]) -> list[str]:
    first = next(iter(tallies.values()))
    return [name for name in first.scores if name != PIT]


def _of_score(tallies: Mapping[str, Tally], name: str, against: str) -> Iterator[Score]:
    for one in tallies.values():
        window = month_days(one.months[0], one.months[-1])
        other = tallies.get(against)
        for stratum, cells in strata(one).items():
            if cells.any():
                yield _row(one, name, (stratum, cells, window), other if other is not one else None)


def _row(one: Tally, name: str, where: tuple[str, Flags, Days], other: Tally | None) -> Score:
    stratum, cells, window = where
    values = np.where(cells, one.scores[name], np.nan)
    value, n = float(np.nanmean(values)), int(cells.sum())
    if other is None or other.units != one.units or name == COVERAGE:
        return Score(name, one.forecaster, value, window, stratum=stratum, n=n)
    apart = values - np.where(cells, other.scores[name], np.nan)
    low, high = block_interval(apart, generator(1, name, stratum))
    return Score(name, one.forecaster, value, window, low, high, stratum, n, other.forecaster, float(np.nanmean(apart)))


def _of_sums(tallies: Mapping[str, Tally], against: str) -> Iterator[Score]:
    for one in tallies.values():
        window, other = month_days(one.months[0], one.months[-1]), tallies.get(against)
        for span, scores in one.sums.items():
            for name, values in scores.items():
                value, n = float(np.nanmean(values)), int(np.isfinite(values).sum())
                row = Score(f"{name} of {span} months", one.forecaster, value, window, n=n)
                if other is None or other is one or other.units != one.units or name == COVERAGE:
                    yield row
                    continue
                apart = values - other.sums[span][name]
                low, high = block_interval(apart, generator(1, row.name))
                yield replace(row, low=low, high=high, against=other.forecaster, difference=float(np.nanmean(apart)))


def _judged(rows: Sequence[Score]) -> Iterator[Score]:
    goals = load_goals()
    for row in rows:
        name = f"coverage_{row.stratum}" if row.name == COVERAGE else row.name if row.stratum == ALL else ""
        goal = goals.of(row.window, row.forecaster, name)
        others = [r for r in rows if (r.name, r.stratum) == (row.name, row.stratum) and r is not row]
        if not goal or not _rivals(goal, goals.reference) <= {r.forecaster for r in others}:
            yield row  # no verdict where not all ran that it is held against
            continue
        words, met = judged(row.value, goal, others, goals.reference)
        yield replace(row, goal=words, met=met)


def _rivals(goal: Mapping[str, Any], reference: Sequence[str]) -> set[str]:
    """The forecasters that a goal is held against."""
    return {one.name for one in BASELINES} if "below" in goal else set(reference) if "of" in goal else set()


def _tenths(tallies: Mapping[str, Tally]) -> Iterator[Score]:
    for one in tallies.values():
        window, cells = month_days(one.months[0], one.months[-1]), strata(one)[ACTIVE]
        if not cells.any():
            continue
        shares, edges = np.histogram(one.scores[PIT][cells], bins=DECILES, range=(0, 1))
        for share, low in zip(shares / cells.sum(), edges, strict=False):
            name = f"{PIT} {low:.1f}-{low + 1 / DECILES:.1f}"
            yield Score(name, one.forecaster, float(share), window, stratum=ACTIVE, n=int(cells.sum()))
