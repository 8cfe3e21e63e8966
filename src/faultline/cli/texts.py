"""Commands that read texts without storing anything."""

import json
from pathlib import Path
from typing import Annotated, Literal

import typer

from faultline import desk
from faultline.cli.root import JsonOption, NoParserOption, PublishedOption, app, sheet_of
from faultline.evaluate.coder import Evaluated, evaluate_coder
from faultline.evaluate.tables import grids
from faultline.publish.terminal import Answer, add_row, table
from faultline.record.days import parse_days
from faultline.record.errors import UsageError
from faultline.record.text import Filing

_MALI = Path("cases/mali")
_GOLD = Path("tests/coding/gold")


@app.command()
def code(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Texts, or documents in the JSON form.")],
    case: Annotated[Path, typer.Option("--case", help="The case whose actors and places are known.")],
    published: PublishedOption = "",
    language: Annotated[str, typer.Option("--language", help="en or fr; found out where left out.")] = "",
    format: Annotated[str, typer.Option("--format", help="gold, or record for whole claims.")] = "gold",
    no_parser: NoParserOption = False,
) -> None:
    """Code texts into claims and print them as JSON lines; nothing is stored."""
    if format not in desk.CODE_FORMATS:
        raise UsageError("--format", repr(format), " or ".join(desk.CODE_FORMATS))
    filing = Filing(origin="", document="", language=language, published=parse_days(published, "--published"))
    for row in desk.code_files(case, files, filing, format, not no_parser):
        typer.echo(json.dumps(row, ensure_ascii=False))


@app.command()
def evaluate(
    what: Annotated[Literal["coder"], typer.Argument(metavar="WHAT", help="coder: claims against hand-coded ones.")],
    case: Annotated[Path, typer.Option("--case", help="The case whose actors and places are known.")] = _MALI,
    gold: Annotated[Path, typer.Option("--gold", metavar="DIR", help="claims*.jsonl and reports/*.json.")] = _GOLD,
    reports: Annotated[
        Path | None, typer.Option("--reports", metavar="DIR", help="Where reports are elsewhere.")
    ] = None,
    no_parser: NoParserOption = False,
    as_json: JsonOption = False,
) -> None:
    """Score a part of the desk against work done by hand, beside its goals. The defaults are those of a clone."""
    found = evaluate_coder(case, gold, reports, not no_parser)
    answer = Answer(Evaluated, case.resolve().name, [found])
    for grid in grids(found)[: 1 if as_json else None]:
        made = table(grid.title, *grid.columns)
        for row in grid.rows:
            add_row(made, *row)
        sheet_of(as_json).rows(answer, made)
        sheet_of(as_json).say(f"{grid.note}\n")
