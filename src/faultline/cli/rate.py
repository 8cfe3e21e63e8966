"""The command that rates claims on the Admiralty scale, and keeps what a person says instead."""

from typing import Annotated

import typer

from faultline import desk
from faultline.cli.asked import sheet_of, snapshot_of
from faultline.cli.root import AsOfOption, CaseArgument, JsonOption, LimitOption, StoreOption, UndatedOption, app
from faultline.publish.terminal import Answer, add_row, table
from faultline.record.errors import NotFoundError
from faultline.record.text import Lineage
from faultline.resolve.deciding import Reviewer
from faultline.resolve.rating import RatedClaim, override, ratings


@app.command()
def rate(
    folder: CaseArgument,
    claim: Annotated[
        str, typer.Argument(metavar="[CLAIM]", help="A claim; all that feed an incident without it.")
    ] = "",
    reliability: Annotated[str, typer.Option("--reliability", metavar="A-F", help="Overrides the letter.")] = "",
    credibility: Annotated[str, typer.Option("--credibility", metavar="1-6", help="Overrides the number.")] = "",
    by: Annotated[str, typer.Option("--by", envvar="FAULTLINE_REVIEWER", help="Who decides.")] = "",
    why: Annotated[str, typer.Option("--why", help="Kept with the decision.")] = "",
    limit: LimitOption = 50,
    as_of: AsOfOption = "",
    undated: UndatedOption = False,
    store: StoreOption = "",
    as_json: JsonOption = False,
) -> None:
    """Rate claims on the Admiralty scale with the counts behind each code, or override the code of one."""
    opened = desk.open_desk(folder, store)
    said = [pair for pair in (("reliability", reliability), ("credibility", credibility)) if pair[1]]
    if said:
        held = desk.world(opened, opened.snapshot(include_undated=True)).world
        desk.decide(opened, [override(held, claim, pair, Reviewer(by, why)) for pair in said])
    seen = desk.world(opened, snapshot_of(opened, as_of, "", undated or bool(said)))
    rated = ratings(seen.world, seen.lineages, seen.counting)
    if claim and claim not in rated:
        raise NotFoundError(claim, "feeds no incident in view", "a claim of an incident")
    chosen = [claim] if claim else sorted(rated)[:limit]
    rows = [
        RatedClaim(c, seen.world.home[c], r.code, r.confirmed, r.contradicted, r.reason, seen.lineages.of(c), r.by)
        for c, r in ((c, rated[c]) for c in chosen)
    ]
    made = table(f"{len(rows)} of {len(rated)} claims", "claim", "incident", "code", "taken from", "why")
    for row in rows:
        add_row(made, row.claim, row.incident, row.code, _way(row.way), row.reason)
    sheet_of(as_json).rows(Answer(RatedClaim, opened.case.id, rows, seen.snapshot), made)


def _way(steps: tuple[Lineage, ...]) -> str:
    """From the page to whoever vouches for the content, a line a step, each with how it is known."""
    return "\n".join(f"{step.via}: {step.source}" for step in steps)
