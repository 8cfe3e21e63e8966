"""The root of the command line, and the options that several commands share. Invariant: one option has one name and one
meaning everywhere."""

from pathlib import Path
from typing import Annotated

import typer

from faultline import __version__

app = typer.Typer(
    name="faultline",
    help="Reads reporting on an armed conflict and keeps who says what, where, when and how surely.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

CaseArgument = Annotated[Path, typer.Argument(metavar="CASE", help="The case folder.")]
StoreOption = Annotated[str, typer.Option("--store", metavar="URL", help="Another store: sqlite:/// or postgresql://")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON: {schema, case, as_of, recorded_by, rows}.")]
AsOfOption = Annotated[str, typer.Option("--as-of", metavar="DAY", help="What was known on that day; else today.")]
UndatedOption = Annotated[bool, typer.Option("--undated", help="Let in documents of unknown publication.")]
RecordedOption = Annotated[str, typer.Option("--recorded-by", metavar="MOMENT", help="As the store stood then.")]
NoParserOption = Annotated[bool, typer.Option("--no-parser", help="Word forms and neighbours alone: faster, worse.")]
LimitOption = Annotated[int, typer.Option("--limit", min=1, max=10_000, help="How many rows at most.")]
PublishedOption = Annotated[str, typer.Option("--published", metavar="DAYS", help="Day or FIRST/LAST of publication.")]


@app.callback(invoke_without_command=True)
def _root(version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False) -> None:
    if version:
        typer.echo(f"faultline {__version__}")
        raise typer.Exit
