"""Turns a backtest into the record that ships with the models, and the record into how earlier forecasts for a unit
fared. Invariant: a forecast for a month that lies after the question's issue is not in the answer."""

from collections.abc import Sequence

import numpy as np

from faultline.forecast.backtest import Issued
from faultline.forecast.score import crps
from faultline.forecast.shipped import Track
from faultline.measure.chance import Floats
from faultline.record.forecasting import Fared, Spread
from faultline.record.months import last_day_of, month_days

_QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)


def track_of(ours: Sequence[Issued], baseline: Sequence[Issued]) -> Track:
    """The record of one forecaster beside a simple rule over the same windows, whose units must be the same.

    Units without a death in any window are left out: nothing is learnt from a row of zeros.
    """
    units = ours[0].units
    came = np.concatenate([one.actual for one in ours], axis=1)
    kept = np.flatnonzero(np.nansum(came, axis=1) > 0)
    spreads = np.concatenate([_spreads(one.draws) for one in ours], axis=1)
    scores = [np.concatenate([_crps(one) for one in said], axis=1)[kept] for said in (ours, baseline)]
    months = tuple(int(month) for one in ours for month in one.window.months)
    issues = tuple(one.window.issue for one in ours for _ in one.window.months)
    return Track(tuple(units[k] for k in kept), months, issues, spreads[kept], came[kept], *scores)


def fared(track: Track, unit: str, issue: int) -> tuple[Fared, ...]:
    """Earlier forecasts for the unit whose months had all come by `issue` (a month, inclusive), oldest first."""
    if unit not in track.units:
        return ()
    row = track.units.index(unit)
    found = []
    for earlier in dict.fromkeys(track.issues):
        at = [k for k, own in enumerate(track.issues) if own == earlier]
        if track.months[at[-1]] <= issue and np.isfinite(track.came[row, at]).all():
            found.append(_one(track, row, at))
    return tuple(found)


def _one(track: Track, row: int, at: Sequence[int]) -> Fared:
    came, spreads = track.came[row, at], track.spreads[row, at]
    inside = (came >= spreads[:, 0]) & (came <= spreads[:, 4])
    return Fared(
        last_day_of(track.issues[at[0]]),
        month_days(track.months[at[0]], track.months[at[-1]]),
        len(at),
        int(inside.sum()),
        float(track.crps[row, at].mean()),
        float(track.baseline[row, at].mean()),
        tuple(Spread(float(s[5]), *(float(q) for q in s[:5])) for s in spreads),
        tuple(came.tolist()),
    )


def _spreads(draws: Floats) -> Floats:
    quantiles = np.moveaxis(np.quantile(draws, _QUANTILES, axis=2), 0, 2)
    return np.concatenate([quantiles, draws.mean(axis=2, keepdims=True)], axis=2)


def _crps(one: Issued) -> Floats:
    known = np.isfinite(one.actual)
    found = np.full(one.actual.shape, np.nan)
    found[known] = crps(one.draws[known], one.actual[known])
    return found
