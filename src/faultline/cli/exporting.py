"""Commands that hand things on."""

from pathlib import Path
from typing import Annotated

import typer

from faultline import desk
from faultline.cli.root import (
    AsOfOption,
    CaseArgument,
    JsonOption,
    RecordedOption,
    StoreOption,
    UndatedOption,
    app,
    sheet_of,
    snapshot_of,
)
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
