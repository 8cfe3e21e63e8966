"""Rebuilds what ships with the forecasts: models, their record and card, and the scoreboard. Invariant: a folder of
models is written whole; the board holds only windows that were declared."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

from faultline.case.whole import write_whole
from faultline.desk.forecasting import outcomes
from faultline.forecast import FORECASTERS, Issued, Monthly, Run, backtest, scoreboard, tally, windows
from faultline.forecast.figured import kinds
from faultline.forecast.goals import load_goals
from faultline.forecast.ours import Ours
from faultline.forecast.score import SCORES
from faultline.forecast.shipped import PLACE, packed
from faultline.forecast.train import BASELINE, trained
from faultline.record.analysis import Score
from faultline.record.codec import decode, encode
from faultline.record.months import month_days, month_text

BOARD = "scoreboard.json"
SERIES = "state_based"


def declared_windows() -> tuple[str, ...]:
    """The windows of the goals that may be run again, as FIRST/LAST."""
    return tuple(f"{month_text(first)}/{month_text(last)}" for first, last in _declared() if _again((first, last)))


def shipped_board() -> list[Score]:
    """The scoreboard that ships with the package."""
    text = files("faultline.forecast").joinpath(PLACE, BOARD).read_text(encoding="utf-8")
    return [decode(Score, row) for row in json.loads(text)]


def train_forecast(table: Path | None = None, to: Path | None = None) -> Sequence[Path]:
    """The files that were written: models of each type of violence with their record, and the scoreboard, which is that
    of state-based deaths.

    Raises UsageError where no table is found, InputError where it lacks a column of deaths.
    """
    folder = to or Path(str(files("faultline.forecast").joinpath(PLACE)))
    found: list[Path] = []
    for series, words in kinds().items():
        known = outcomes(table, words["column"])
        ours = Ours()
        said: list[Issued] = []
        spans = _declared() if series == SERIES else _declared()[:1]
        rows = [row for span in spans for row in (_board(known, span, ours, said) if _again(span) else _kept(span))]
        found += _written(folder / series, packed(trained(series, known, ours, said, _card(known, rows))))
        if series == SERIES:
            board = json.dumps([encode(row) for row in rows], indent=0)
    return [*found, write_whole(folder / BOARD, board)]


def _written(folder: Path, contents: Mapping[str, bytes]) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        if old.name not in contents and old.suffix in (".gz", ".npz"):  # of members that are no more
            old.unlink()
    return [write_whole(folder / name, content) for name, content in contents.items()]


def _card(table: Monthly, rows: Sequence[Score]) -> dict[str, Any]:
    figures = {f"{row.name} {row.forecaster}": row.value for row in rows if _on_card(row)}
    return {"data": table.frame.source, "trained": f"{datetime.now(UTC):%Y-%m-%d}", "scores 2018-2025": figures}


def _again(span: tuple[int, int]) -> bool:
    return span not in load_goals().once


def _kept(span: tuple[int, int]) -> list[Score]:
    """The rows of the shipped board for a window that is scored once."""
    return [row for row in shipped_board() if row.window == month_days(*span)]


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
    whole = row.stratum == "all" and row.name in SCORES
    return row.window == month_days(*_declared()[0]) and (whole or (row.name, row.stratum) == ("coverage_90", "active"))
