"""The command that simulates a case forward."""

from pathlib import Path
from typing import Annotated

import typer

from faultline import desk
from faultline.cli.asked import sheet_of
from faultline.cli.measure import EventsOption, ReaderOption, events_file
from faultline.cli.root import CaseArgument, JsonOption, StoreOption, app
from faultline.publish.coupling.outlook import print_simulated
from faultline.publish.coupling.simulated import write_simulated
from faultline.record.days import parse_days
from faultline.record.errors import UsageError


@app.command()
def simulate(
    folder: CaseArgument,
    issue: Annotated[str, typer.Option("--issue", metavar="DAY", help="The last day of input.")],
    weeks: Annotated[int, typer.Option("--weeks", min=1, max=104, help="How many weeks.")] = 26,
    scenario: Annotated[
        Path | None, typer.Option("--scenario", metavar="FILE", help="A scenario (YAML), compared with none.")
    ] = None,
    paths: Annotated[int, typer.Option("--paths", min=10, max=100_000, help="How many joint paths.")] = 2000,
    seed: Annotated[int, typer.Option("--seed", min=0, help="What every draw starts from.")] = 1,
    events: EventsOption = None,
    reader: ReaderOption = "",
    country: Annotated[list[str] | None, typer.Option("--country", help="Countries of it to keep.")] = None,
    bootstrap: Annotated[
        int, typer.Option("--bootstrap", min=0, max=10_000, help="Refits that take the bias off what was fitted.")
    ] = 0,
    workers: Annotated[int, typer.Option("--workers", min=1, help="Processes of this machine.")] = 1,
    cluster: Annotated[str, typer.Option("--cluster", metavar="ADDRESS", help="A Dask scheduler in their place.")] = "",
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write it: .svg, .html or .json.")
    ] = None,
    region: Annotated[str, typer.Option("--region", help="The region that the figure shows.")] = "",
    store: StoreOption = "",
    as_json: JsonOption = False,
) -> None:
    """Simulate a conflict forward by region and month, with and without a scenario. A scenario is never scored."""
    day = parse_days(issue, "--issue").last_day
    if day is None:
        raise UsageError("--issue", repr(issue), "a day, as in 2026-04-20")
    table = events_file(events, reader, country)
    asked = desk.SimulationAsked(day, weeks, scenario, paths, seed, table, workers, cluster, bootstrap)
    found = desk.simulated(desk.open_desk(folder, store), asked)
    sheet = sheet_of(as_json)
    if output:
        sheet.say(str(write_simulated(found, output, region)))
    print_simulated(sheet, found)
