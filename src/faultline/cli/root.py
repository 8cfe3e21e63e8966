"""The root of the command line, and the options that several commands share. Invariant: one option has one name and one
meaning everywhere."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from faultline import __version__, desk
from faultline.evidence import Snapshot
from faultline.publish.terminal import Sheet
from faultline.record.days import parse_days
from faultline.record.errors import UsageError

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


def snapshot_of(opened: desk.Desk, as_of: str, recorded_by: str, undated: bool) -> Snapshot:
    """What was known on a day, by what the store held at a moment. Raises UsageError for a moment that is none."""
    try:
        moment = datetime.fromisoformat(recorded_by) if recorded_by else None
    except ValueError:
        raise UsageError("--recorded-by", repr(recorded_by), "2026-05-01 or 2026-05-01T12:00:00+00:00") from None
    if moment and moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return opened.snapshot(_day(as_of), undated, moment)


def _day(text: str) -> date | None:
    """The last day of what was written, so that "2016-08" means known by the end of that month."""
    return parse_days(text, "--as-of").last_day if text else None


def sheet_of(as_json: bool) -> Sheet:
    """Where rows go: the terminal, or stdout as JSON."""
    return Sheet(Console(), as_json)
