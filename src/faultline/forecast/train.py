"""Learns the models that are shipped, with their record and card. Invariant: a month that is provisional teaches
nothing, and the record is of forecasts that were fitted at their own issue, never of the shipped models."""

from collections.abc import Mapping, Sequence
from typing import Any

from faultline.forecast.backtest import Issued, Run, backtest
from faultline.forecast.baselines import BASELINES
from faultline.forecast.features import features, world
from faultline.forecast.form import Window
from faultline.forecast.learn import settings
from faultline.forecast.members import fit
from faultline.forecast.ours import Ours
from faultline.forecast.outcomes import Monthly
from faultline.forecast.shipped import Shipped, Track
from faultline.forecast.track import track_of
from faultline.measure.chance import generator
from faultline.record.months import month_text

BASELINE = "conflictology-12"


def trained(series: str, table: Monthly, windows: Sequence[Window], card: Mapping[str, Any]) -> Shipped:
    """Models learnt from every month of the table that is not provisional, what earlier windows taught, and the record
    of the same forecaster over `windows`, each fitted at its own issue."""
    settled = table.until(table.last - int(table.provisional.sum()))
    ours = Ours()
    record = _record(table, windows, ours)
    chance = generator(settings()["seed"], "shipped", series, settled.last)
    models, last_world = fit(settled, features(settled), chance), float(world(settled)[-1])
    head = {
        "what": f"deaths by state and month ({series}): occurrence, quantiles against the unit's level, pool",
        "months": f"{month_text(settled.first)} to {month_text(settled.last)}",
        "units": len(settled.existing(settled.last)),
        "beside": sorted(settled.beside),
    }
    return Shipped(series, settled.last, models, ours.learn(settled), last_world, record, {**head, **card})


def _record(table: Monthly, windows: Sequence[Window], ours: Ours) -> Track:
    said: dict[str, list[Issued]] = {}
    baseline = next(one for one in BASELINES if one.name == BASELINE)
    for one in backtest(table, windows, [ours, baseline], Run()):
        said.setdefault(one.forecaster, []).append(one)
    return track_of(said[ours.name], said[BASELINE])
