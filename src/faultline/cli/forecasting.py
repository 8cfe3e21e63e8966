"""Commands that forecast and that show how forecasts fared."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from faultline import desk
from faultline.case.whole import write_whole
from faultline.cli.asked import sheet_of, snapshot_of
from faultline.cli.root import AsOfOption, CaseArgument, JsonOption, RecordedOption, StoreOption, app
from faultline.forecast import Run, scoreboard
from faultline.forecast.of_case import Forecasting, forecasts
from faultline.publish.forecasts.board import print_scoreboard
from faultline.publish.forecasts.case import print_forecasts
from faultline.publish.forecasts.page import board_page
from faultline.publish.terminal import Answer
from faultline.record.analysis import Score
from faultline.record.forecasting import CaseForecast

TableOption = Annotated[Path | None, typer.Option("--table", metavar="FILE", help="A table of units and months.")]
WorkersOption = Annotated[
    int, typer.Option("--workers", min=0, max=256, help="Processes that fit; 0: one a processor.")
]
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
    workers: WorkersOption = 0,
    as_json: JsonOption = False,
) -> None:
    """Forecast months of the past from what came before, and score it: windows of twelve months, each issued three
    months before it begins."""
    run = Run(draws, seed, tuple(unit or ()))
    asked = desk.Backtest(window, table, deaths, absent_is_zero, tuple(forecaster or ()), run, workers)
    rows = scoreboard(desk.backtested(asked, out))
    print_scoreboard(sheet_of(as_json), Answer(Score, "", rows), rows)


@app.command()
def forecast(
    folder: CaseArgument,
    issue: Annotated[str, typer.Option("--issue", metavar="MONTH", help="Last month of input.")] = "",
    series: Annotated[list[str] | None, typer.Option("--series", help="Only these; may be repeated.")] = None,
    unit: Annotated[list[str] | None, typer.Option("--unit", help="These units; else the largest.")] = None,
    draws: DrawsOption = 1000,
    as_of: AsOfOption = "",
    recorded_by: RecordedOption = "",
    store: StoreOption = "",
    as_json: JsonOption = False,
) -> None:
    """Forecast deaths for a case from its own figures: distributions, chances, what drives them, the simple rule beside
    them and how earlier forecasts fared."""
    opened = desk.open_desk(folder, store)
    snapshot = snapshot_of(opened, as_of, recorded_by, undated=False)
    asked = Forecasting(issue, tuple(series or ()), tuple(unit or ()), draws)
    found = forecasts(opened.case, snapshot, asked)
    print_forecasts(sheet_of(as_json), Answer(CaseForecast, opened.case.id, found, snapshot), found)


@app.command(name="scoreboard")
def scoreboard_command(
    window: Annotated[list[str] | None, typer.Option("--window", metavar="FIRST/LAST", help="Run these anew.")] = None,
    table: TableOption = None,
    draws: DrawsOption = 1000,
    page: Annotated[Path | None, typer.Option("--page", metavar="FILE", help="Write it as HTML.")] = None,
    workers: WorkersOption = 0,
    anew: Annotated[bool, typer.Option("--anew", help="Run all declared windows anew; takes minutes.")] = False,
    as_json: JsonOption = False,
) -> None:
    """How every forecaster fared, wins and losses: the shipped board, or one that is run anew."""
    windows = tuple(window or ()) or (desk.declared_windows() if anew or table else ())
    asked = [desk.Backtest(one, table, run=Run(draws), workers=workers) for one in windows]
    rows = [row for one in asked for row in scoreboard(desk.backtested(one))]
    rows = rows or desk.shipped_board()
    if page:
        write_whole(page, board_page(rows))
    print_scoreboard(sheet_of(as_json), Answer(Score, "", rows), rows)


@app.command()
def train(
    what: Annotated[Literal["forecast"], typer.Argument(metavar="WHAT", help="forecast: the models of `forecast`.")],
    table: TableOption = None,
    to: Annotated[Path | None, typer.Option("--to", metavar="FOLDER", help="Else into the package.")] = None,
) -> None:
    """Learn the models that ship with the package anew, with their record, their card and the scoreboard."""
    for path in desk.train_forecast(table, to):
        typer.echo(path)
