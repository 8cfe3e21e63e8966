"""The command that draws the coupled system of a case."""

from pathlib import Path
from typing import Annotated

import typer

from faultline import desk
from faultline.case.whole import write_whole
from faultline.cli.asked import sheet_of, snapshot_of
from faultline.cli.measure import EventsOption, ReaderOption, events_file
from faultline.cli.root import AsOfOption, CaseArgument, JsonOption, PublishedOption, RecordedOption, StoreOption, app
from faultline.publish.coupling.files import draw_coupled, write_graphml
from faultline.publish.coupling.terminal import print_coupled
from faultline.record.days import parse_days
from faultline.record.errors import UsageError
from faultline.record.text import Filing


@app.command("system")
def system(
    folder: CaseArgument,
    articles: Annotated[
        list[Path] | None, typer.Argument(metavar="[ARTICLE]...", help="Analyses; else those of CASE/examine.")
    ] = None,
    as_of: AsOfOption = "",
    published: PublishedOption = "",
    events: EventsOption = None,
    reader: ReaderOption = "",
    country: Annotated[list[str] | None, typer.Option("--country", help="Countries of it to keep.")] = None,
    scenario: Annotated[
        Path | None, typer.Option("--scenario", metavar="FILE", help="A scenario, whose assumptions are arrows too.")
    ] = None,
    graphml: Annotated[Path | None, typer.Option("--graphml", metavar="FILE", help="Write it as GraphML.")] = None,
    figure: Annotated[Path | None, typer.Option("--figure", metavar="FILE.svg", help="Draw it.")] = None,
    title: Annotated[str, typer.Option("--title", help="Title of the figure.")] = "",
    sentences: Annotated[
        bool, typer.Option("--sentences/--no-sentences", help="Whether the articles' words stand in the files.")
    ] = True,
    undated: Annotated[bool, typer.Option("--undated/--dated", help="Let in undated documents, or not.")] = False,
    recorded_by: RecordedOption = "",
    store: StoreOption = "",
    as_json: JsonOption = False,
) -> None:
    """Map a conflict as one system: which arrows are measured, which asserted and by whom, which assumed; its loops."""
    if figure and figure.suffix != ".svg":
        raise UsageError("--figure", f"the ending {figure.suffix!r}", ".svg")
    opened = desk.open_desk(folder, store)
    snapshot = snapshot_of(opened, as_of, recorded_by, undated)
    filing = Filing(origin="", document="", published=parse_days(published, "--published"))
    sources = desk.Sources(tuple(articles or ()), filing, events_file(events, reader, country), scenario)
    found = desk.coupled(opened, snapshot, sources)
    sheet = sheet_of(as_json)
    if graphml:
        sheet.say(str(write_graphml(found, graphml, sentences)))
    if figure:
        write_whole(figure, draw_coupled(found, title or f"The system: {opened.case.title}", sentences))
        sheet.say(str(figure))
    print_coupled(sheet, found, snapshot)
