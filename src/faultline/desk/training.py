"""Rebuilds what ships with the forecasts: models, their record and card, and the scoreboard. Invariant: a folder of
models is written whole; the board holds only windows that were declared."""

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

from faultline.case.whole import write_whole
from faultline.desk.forecasting import outcomes
from faultline.forecast import FORECASTERS, Issued, Monthly, Run, backtest, scoreboard, tally, windows
from faultline.forecast.figured import kinds
from faultline.forecast.goals import load_goals
from faultline.forecast.ours import NAME, Ours
from faultline.forecast.score import SCORES
from faultline.forecast.shipped import PLACE, packed
from faultline.forecast.train import BASELINE, trained
from faultline.record.analysis import Score
from faultline.record.codec import decode, encode
from faultline.record.months import month_days, month_text

BOARD = "scoreboard.json"
SERIES = "state_based"


def declared_windows() -> tuple[str, ...]:
    """The windows of the goals, as FIRST/LAST."""
    return tuple(f"{month_text(first)}/{month_text(last)}" for first, last in _declared())


def shipped_board() -> list[Score]:
    """The scoreboard that ships with the package."""
    text = files("faultline.forecast").joinpath(PLACE, BOARD).read_text(encoding="utf-8")
    return [decode(Score, row) for row in json.loads(text)]


def train_forecast(table: Path | None = None, to: Path | None = None) -> Sequence[Path]:
    """The files that were written: models of state-based deaths with their record, and the scoreboard.

    Raises UsageError where no table is found, InputError where it lacks a column of deaths.
    """
    folder = to or Path(str(files("faultline.forecast").joinpath(PLACE)))
    known = outcomes(table, kinds()[SERIES]["column"])
    ours = Ours()
    said: list[Issued] = []
    rows = [row for first, last in _declared() for row in _board(known, (first, last), ours, said)]
    figures = {f"{row.name} {row.forecaster}": row.value for row in rows if _on_card(row)}
    card = {"data": known.frame.source, "trained": f"{datetime.now(UTC):%Y-%m-%d}", "scores 2018-2025": figures}
    (folder / SERIES).mkdir(parents=True, exist_ok=True)
    files_of = packed(trained(SERIES, known, ours, said, card))
    found = [write_whole(folder / SERIES / name, content) for name, content in files_of.items()]
    return [*found, write_whole(folder / BOARD, json.dumps([encode(row) for row in rows], indent=0))]


def _declared() -> list[tuple[int, int]]:
    return [(first, last) for _, first, last, _ in load_goals().windows]


def _board(table: Monthly, window: tuple[int, int], ours: Ours, said: list[Issued]) -> list[Score]:
    """The rows of a window; what ours and the simple rule said in the window of the record is kept in `said`."""

    def kept(issued: Iterator[Issued]) -> Iterator[Issued]:
        for one in issued:
            if window == _declared()[0] and one.forecaster in (ours.name, BASELINE):
                said.append(one)
            yield one

    others = [make() for name, make in FORECASTERS.items() if name != ours.name]
    return scoreboard(tally(kept(backtest(table, windows(*window), [ours, *others], Run()))))


def _on_card(row: Score) -> bool:
    chosen = row.forecaster in (NAME, BASELINE) and row.window == month_days(*_declared()[0])
    return chosen and (row.stratum == "all" and row.name in SCORES)
