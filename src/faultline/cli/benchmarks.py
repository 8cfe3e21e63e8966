"""Commands that measure the desk against public work done by hand."""

from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.console import Console

from faultline.cli.asked import sheet_of
from faultline.cli.root import JsonOption, app
from faultline.evaluate.maverick import MaverickFound, MaverickOptions, run
from faultline.evaluate.maverick_tables import maverick_grids
from faultline.publish.terminal import Answer, add_row, table


@app.command()
def benchmark(
    what: Annotated[Literal["maverick"], typer.Argument(metavar="WHAT", help="maverick: which reports are one event.")],
    path: Annotated[Path, typer.Argument(metavar="PATH", help="The file of coded reports, or its folder.")],
    seed: Annotated[int, typer.Option("--seed", help="Of the trees; the blocks are cut without chance.")] = 1,
    answers: Annotated[
        list[int] | None, typer.Option("--answers", help="Answered questions a country; may be repeated.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Measure a part of the desk on a public benchmark, beside simple rules and the goals. Takes some minutes."""
    err = Console(stderr=True)
    options = MaverickOptions(seed, tuple(answers) if answers else MaverickOptions().answers, err.print)
    found = run(path, options)
    answer = Answer(MaverickFound, path.resolve().name, [found])
    for grid in maverick_grids(found)[: 1 if as_json else None]:
        made = table(grid.title, *grid.columns)
        for row in grid.rows:
            add_row(made, *row)
        sheet_of(as_json).rows(answer, made)
        sheet_of(as_json).say(f"{grid.note}\n")
