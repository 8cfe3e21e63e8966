"""Forecasts of deaths by unit and month, scored in public beside simple rules. Public: FORECASTERS, Forecaster,
Monthly, monthly, Window, windows, Run, Issued, backtest, Tally, tally, scoreboard.

Invariant: nothing that happened or was published after the issue can change a forecast.
"""

from collections.abc import Callable, Mapping

from faultline.forecast.backtest import Issued, Run, backtest
from faultline.forecast.baselines import BASELINES
from faultline.forecast.form import Asked, Forecaster, Window, windows
from faultline.forecast.ours import NAME, Ours
from faultline.forecast.outcomes import Monthly, monthly
from faultline.forecast.scoreboard import scoreboard
from faultline.forecast.tally import Tally, tally


def _same(one: Forecaster) -> Callable[[], Forecaster]:
    return lambda: one


# Each is made anew for a run: ours remembers what its members said of one table.
FORECASTERS: Mapping[str, Callable[[], Forecaster]] = {NAME: Ours, **{one.name: _same(one) for one in BASELINES}}

__all__ = [
    "FORECASTERS",
    "Asked",
    "Forecaster",
    "Issued",
    "Monthly",
    "Run",
    "Tally",
    "Window",
    "backtest",
    "monthly",
    "scoreboard",
    "tally",
    "windows",
]
