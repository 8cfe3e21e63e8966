"""The command that measures mechanisms."""

from pathlib import Path
from typing import Annotated

import typer

from faultline import desk
from faultline.case.whole import write_whole
from faultline.cli.asked import sheet_of, snapshot_of
from faultline.cli.root import AsOfOption, CaseArgument, JsonOption, RecordedOption, StoreOption, app
from faultline.measure import MEASURES, Measure
from faultline.publish.findings.draw import draw
from faultline.publish.findings.terminal import print_findings
from faultline.publish.terminal import Answer
from faultline.record.errors import UsageError
from faultline.record.finding import Finding

EventsOption = Annotated[
    list[Path] | None,
    typer.Option("--events", help="An event table in place of the case's, or a folder of them; again for each more."),
]
ReaderOption = Annotated[str, typer.Option("--reader", help="How to read it: ged or acled; else told by its columns.")]


@app.command()
def measure(
    folder: CaseArgument,
    names: Annotated[list[str] | None, typer.Argument(metavar="[NAME]...", help="Only these measures.")] = None,
    as_of: AsOfOption = "",
    events: EventsOption = None,
    reader: ReaderOption = "",
    country: Annotated[list[str] | None, typer.Option("--country", help="Countries of it to keep.")] = None,
    figures: Annotated[Path | None, typer.Option("--figures", help="A folder for one figure a measure.")] = None,
    undated: Annotated[bool, typer.Option("--undated/--dated", help="Let in undated documents, or not.")] = False,
    recorded_by: RecordedOption = "",
    store: StoreOption = "",
    as_json: JsonOption = False,
) -> None:
    """Measure the mechanisms of a conflict, each against its null model, by what was known on a day."""
    chosen = [_named(name) for name in names or ()] or list(MEASURES)
    opened = desk.open_desk(folder, store)
    snapshot = snapshot_of(opened, as_of, recorded_by, undated)
    found = desk.measured(opened, snapshot, chosen, events_file(events, reader, country))
    print_findings(sheet_of(as_json), Answer(Finding, opened.case.id, found, snapshot), found)
    if figures:
        _write(figures, found)


def events_file(paths: list[Path] | None, reader: str, country: list[str] | None) -> desk.EventsFile | None:
    """The event tables that the options name; None where they name none."""
    return desk.EventsFile(tuple(paths), reader, tuple(country or ())) if paths else None


def _named(name: str) -> Measure:
    for one in MEASURES:
        if one.name == name:
            return one
    raise UsageError("NAME", repr(name), f"one of {', '.join(one.name for one in MEASURES)}")


def _write(folder: Path, found: list[Finding]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for finding in found:
        drawn = draw(finding)
        if drawn:
            write_whole(folder / f"{finding.measure}.svg", drawn)
