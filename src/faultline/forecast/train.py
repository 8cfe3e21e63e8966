"""Learns the models that are shipped, with their record and card. Invariant: a month that is provisional teaches
nothing, and the record is of forecasts that were fitted at their own issue, never of the shipped models."""

from collections.abc import Mapping, Sequence
from typing import Any

from faultline.forecast.around import NAMES
from faultline.forecast.backtest import Issued
from faultline.forecast.features import features, world
from faultline.forecast.learn import settings
from faultline.forecast.members import fit
from faultline.forecast.ours import Ours
from faultline.forecast.outcomes import Monthly
from faultline.forecast.shipped import Shipped
from faultline.forecast.track import track_of
from faultline.measure.chance import generator
from faultline.record.months import month_text

BASELINE = "conflictology-12"


def trained(series: str, table: Monthly, ours: Ours, said: Sequence[Issued], card: Mapping[str, Any]) -> Shipped:
    """Models learnt from every month of the table that is not provisional, what earlier windows taught, and the record
    of what `ours` and the simple rule said in a backtest of it, each fitted at its own issue."""
    settled = table.until(table.last - int(table.provisional.sum()))
    record = track_of(
        [one for one in said if one.forecaster == ours.name], [one for one in said if one.forecaster == BASELINE]
    )
    chance = generator(settings()["seed"], "shipped", series, settled.last)
    seen = features(settled)
    models, last_world = fit(settled, seen, chance), float(world(settled)[-1])
    rows = settled.existing(settled.last)
    beside = seen.values[:, -1][:, [seen.names.index(name) for name in NAMES]]
    around = {settled.units[row]: beside[row] for row in rows}
    head = {
        "what": f"deaths by state and month ({series}): occurrence, quantiles against the unit's level, pool",
        "months": f"{month_text(settled.first)} to {month_text(settled.last)}",
        "units": len(settled.existing(settled.last)),
        "beside": sorted(settled.beside),
    }
    return Shipped(series, settled.last, models, ours.learn(settled), last_world, around, record, {**head, **card})
