"""Commands that read texts without storing anything."""

import json
from functools import partial
from pathlib import Path
from typing import Annotated, Literal

import typer

from faultline import desk
from faultline.case import load_case
from faultline.cli.asked import sheet_of
from faultline.cli.root import JsonOption, NoParserOption, PublishedOption, app
from faultline.evaluate.coder import Evaluated, evaluate_coder
from faultline.evaluate.tables import grids
from faultline.publish.figure.articles import map_files
from faultline.publish.figure.write import FigureOptions, write_map
from faultline.publish.terminal import Answer, add_row, table
from faultline.publish.terminal_map import system_map
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
    options = desk.CodeOptions(format, not no_parser, partial(typer.echo, err=True))
    for row in desk.code_files(case, files, filing, options):
        typer.echo(json.dumps(row, ensure_ascii=False))


@app.command("map")
def map_system(
    files: Annotated[list[Path], typer.Argument(metavar="ARTICLE...", help="Texts, web pages, PDF, DOCX.")],
    case: Annotated[Path | None, typer.Option("--case", help="A case whose concepts are known too.")] = None,
    published: PublishedOption = "",
    language: Annotated[str, typer.Option("--language", help="en or fr; found out where left out.")] = "",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="A figure: .svg, .html, .json or .graphml.")
    ] = None,
    title: Annotated[str, typer.Option("--title", help="Title of the figure; else that of the articles.")] = "",
    sentences: Annotated[
        bool, typer.Option("--sentences/--no-sentences", help="Whether the articles' words stand in the figure.")
    ] = True,
    as_json: JsonOption = False,
) -> None:
    """Draw the system that articles assert: what they say acts on what, with which sign, how surely; the loops."""
    filing = Filing(origin="", document="", language=language, published=parse_days(published, "--published"))
    mapped = map_files(files, filing, load_case(case) if case else None)
    sheet = sheet_of(as_json)
    if output:
        sheet.say(str(write_map(mapped, output, FigureOptions(title, sentences))))
    if as_json or not output:
        system_map(sheet, mapped)


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
