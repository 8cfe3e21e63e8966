"""Commands for what keeps arriving: watched folders, and feeds that are fetched when asked."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from faultline import desk
from faultline.cli.asked import sheet_of
from faultline.cli.root import CaseArgument, JsonOption, NoParserOption, StoreOption, app
from faultline.publish.terminal import Answer, add_row, table
from faultline.record.errors import UsageError


@app.command()
def watch(
    folder: CaseArgument,
    once: Annotated[bool, typer.Option("--once", help="Build what has arrived, then stop.")] = False,
    every: Annotated[float, typer.Option("--every", min=0.1, help="Seconds between two looks.")] = 2.0,
    store: StoreOption = "",
    no_parser: NoParserOption = False,
) -> None:
    """Build whenever texts arrive in the folders that case.yaml lists under watch, so that the page fills by itself."""
    how = desk.Watching(once, every, desk.BuildOptions(parser=not no_parser))
    desk.watch(folder, typer.echo, how, store)


@app.command()
def fetch(
    what: Annotated[Literal["feeds", "ucdp"], typer.Argument(metavar="WHAT", help="feeds of a case, or ucdp events.")],
    folder: Annotated[Path | None, typer.Argument(metavar="[CASE]", help="For feeds: the case folder.")] = None,
    to: Annotated[Path, typer.Option("--to", metavar="FOLDER", help="For ucdp: where the tables go.")] = Path("ucdp"),
    source: Annotated[list[str] | None, typer.Option("--from", metavar="FILE|URL", help="Else the publisher.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Bring what somebody asks for by name, and nothing else does: pages that the case's feeds list and that were not
    fetched before (build again, or watch, to code them), or UCDP's current events as monthly tables."""
    if what == "ucdp":
        for path in desk.fetch_ucdp(to, tuple(source or ())):
            typer.echo(path)
    elif folder is None:
        raise UsageError("fetch feeds", "no case", "a case folder", "Write: faultline fetch feeds CASE")
    else:
        _feeds(folder, as_json)


def _feeds(folder: Path, as_json: bool) -> None:
    case = desk.open_desk(folder).case
    done = desk.fetch_feeds(case)
    made = table(f"{sum(bool(one.file) for one in done)} pages fetched", "page", "file", "why not")
    for one in done:
        add_row(made, one.url, one.file, one.reason)
    sheet_of(as_json).rows(Answer(desk.Fetched, case.id, done), made)
