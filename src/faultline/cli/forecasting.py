"""Commands that forecast and that show how forecasts fared."""

from pathlib import Path
from typing import Annotated

import typer

from faultline import desk
from faultline.cli.root import JsonOption, app, sheet_of
from faultline.forecast import Run, scoreboard
from faultline.publish.forecasts.board import print_scoreboard
from faultline.publish.terminal import Answer
from faultline.record.analysis import Score

TableOption = Annotated[Path | None, typer.Option("--table", metavar="FILE", help="A table of units and months.")]
DrawsOption = Annotated[int, typer.Option("--draws", min=10, max=100_000, help="Draws of each unit and month.")]


@app.command()
def backtest(
    window: Annotated[str, typer.Option("--window", metavar="FIRST/LAST", help="Months to forecast, inclusive.")],
    draws: DrawsOption = 1000,
    out: Annotated[Path | None, typer.Option("-o", "--out", metavar="FILE", help="Parquet file of all draws.")] = None,
    table: TableOption = None,
    deaths: Annotated[str, typer.Option("--deaths", metavar="COLUMN", help="The column that counts.")] = "",
    forecaster: Annotated[list[str] | None, typer.Option("--forecaster", help="Only these; may be repeated.")] = None,
    unit: Annotated[list[str] | None, typer.Option("--unit", help="Only these units; may be repeated.")] = None,
    absent_is_zero: Annotated[
        bool, typer.Option("--absent-is-zero", help="Months without a row had no deaths.")
    ] = False,
    seed: Annotated[int, typer.Option("--seed", help="Of all draws.")] = 1,
    as_json: JsonOption = False,
) -> None:
    """Forecast months of the past from what came before, and score it: windows of twelve months, each issued three
    months before it begins."""
    run = Run(draws, seed, tuple(unit or ()))
    asked = desk.Backtest(window, table, deaths, absent_is_zero, tuple(forecaster or ()), run)
    rows = scoreboard(desk.backtested(asked, out))
    print_scoreboard(sheet_of(as_json), Answer(Score, "", rows), rows)
