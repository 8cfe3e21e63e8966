"""Commands that hand things on."""

from pathlib import Path
from typing import Annotated

import typer

from faultline import desk
from faultline.cli.asked import sheet_of, snapshot_of
from faultline.cli.root import AsOfOption, CaseArgument, JsonOption, RecordedOption, StoreOption, UndatedOption, app
from faultline.publish.export import EXPORTERS, Exported, Leaving, write_export
from faultline.publish.terminal import Answer, add_row, table
from faultline.record.days import parse_days
from faultline.resolve.profiles import Profile


@app.command()
def export(
    folder: CaseArgument,
    form: Annotated[str, typer.Option("--as", metavar="FORMAT", help=", ".join(EXPORTERS))],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="The folder to write.")],
    period: Annotated[str, typer.Option("--period", help="Day or FIRST/LAST of what happened, inclusive.")] = "",
    profile: Annotated[Profile, typer.Option("--profile", help="How a best estimate is chosen among figures.")] = (
        Profile.REPRESENTATIVE
    ),
    as_of: AsOfOption = "",
    recorded_by: RecordedOption = "",
    undated: UndatedOption = False,
    store: StoreOption = "",
    as_json: JsonOption = False,
) -> None:
    """Write what may leave the desk as files of exchange, with a manifest of their hashes."""
    opened = desk.open_desk(folder, store)
    seen = desk.world(opened, snapshot_of(opened, as_of, recorded_by, undated), profile)
    done = write_export(Leaving(seen, parse_days(period, "--period")), form, output)
    made = table(f"{done.folder}: as of {seen.snapshot.as_of}", "file", "rows", "bytes", "sha256")
    for one in done.files:
        add_row(made, one.name, one.rows, one.bytes, one.sha256[:16])
    for reason, count in done.left_out:
        add_row(made, f"left out: {reason}", count, "", "")
    sheet_of(as_json).rows(Answer(Exported, opened.case.id, [done], seen.snapshot), made)


@app.command()
def report(
    folder: CaseArgument,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="FILE.html, FILE.pdf or FILE.docx.")],
    period: Annotated[str, typer.Option("--period", help="Day or FIRST/LAST of what happened; else 90 days.")] = "",
    mechanisms: Annotated[bool, typer.Option("--mechanisms/--no-mechanisms", help="Run the measures, or not.")] = True,
    as_of: AsOfOption = "",
    recorded_by: RecordedOption = "",
    undated: UndatedOption = False,
    store: StoreOption = "",
) -> None:
    """Write an analyst's briefing on a period by what was known on a day: what happened, what changed, what is
    disputed, mechanisms, outlook, sources, limits; each statement with its references."""
    opened = desk.open_desk(folder, store)
    snapshot = snapshot_of(opened, as_of, recorded_by, undated)
    typer.echo(desk.reported(opened, snapshot, output, parse_days(period, "--period"), mechanisms))
