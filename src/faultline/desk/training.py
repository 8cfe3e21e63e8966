"""Rebuilds what ships with the forecasts: models, their record and card, and the scoreboard. Invariant: a folder of
models is written whole; the board holds only windows that were declared."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

from faultline.desk.forecasting import Backtest, backtested, outcomes
from faultline.forecast import scoreboard, windows
from faultline.forecast.figured import kinds
from faultline.forecast.goals import load_goals
from faultline.forecast.shipped import PLACE, packed
from faultline.forecast.train import trained
from faultline.record.analysis import Score
from faultline.record.codec import decode, encode
from faultline.record.months import month_number, month_text

BOARD = "scoreboard.json"
_RECORD = ("2018-01", "2025-12")  # windows of the record that ships: calendar years


def declared_windows() -> tuple[str, ...]:
    """The windows of the goals, as FIRST/LAST."""
    return tuple(f"{month_text(first)}/{month_text(last)}" for _, first, last, _ in load_goals().windows)


def shipped_board() -> list[Score]:
    """The scoreboard that ships with the package."""
    text = files("faultline.forecast").joinpath(PLACE, BOARD).read_text(encoding="utf-8")
    return [decode(Score, row) for row in json.loads(text)]


def train_forecast(table: Path | None = None, to: Path | None = None) -> Sequence[Path]:
    """The files that were written: a folder a series (deaths of each type of violence), and the scoreboard.

    Raises UsageError where no table is found, InputError where it lacks a column of deaths.
    """
    folder = to or Path(str(files("faultline.forecast").joinpath(PLACE)))
    found = [path for series in kinds() for path in _train(series, table, folder)]
    rows = [row for window in declared_windows() for row in scoreboard(backtested(Backtest(window, table)))]
    return [*found, _written(folder / BOARD, json.dumps([encode(row) for row in rows], indent=0).encode())]


def _train(series: str, table: Path | None, folder: Path) -> list[Path]:
    known = outcomes(table, kinds()[series]["column"])
    card = {"data": known.frame.source, "trained": f"{datetime.now(UTC):%Y-%m-%d}"}
    record = windows(*(month_number(month) for month in _RECORD))
    one = trained(series, known, record, card)
    (folder / series).mkdir(parents=True, exist_ok=True)
    return [_written(folder / series / name, content) for name, content in packed(one).items()]


def _written(path: Path, content: bytes) -> Path:
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(content)
    part.replace(path)
    return path
