"""Commands about the world: its incidents, its disputes, the review of what the machine joined."""

import sys
from typing import Annotated

import typer

from faultline import desk
from faultline.case.decisions import DECISIONS_FILE
from faultline.cli.asked import sheet_of, snapshot_of, warn_of_names
from faultline.cli.deciding import Verb, said
from faultline.cli.reviewing import Session, work_through
from faultline.cli.root import (
    AsOfOption,
    CaseArgument,
    JsonOption,
    LimitOption,
    RecordedOption,
    StoreOption,
    UndatedOption,
    app,
)
from faultline.publish import terminal_incidents
from faultline.publish.incidents import Wanted
from faultline.publish.names import find_actor, find_place
from faultline.publish.terminal import Answer, add_row, table
from faultline.publish.worlds import Seen
from faultline.record.days import parse_days
from faultline.record.decision import Decision
from faultline.resolve.deciding import Reviewer
from faultline.resolve.disputes import About
from faultline.resolve.profiles import Profile

PlaceOption = Annotated[str, typer.Option("--place", help="Id or name of a place.")]
ActorOption = Annotated[str, typer.Option("--actor", help="Id or name of an actor.")]
PeriodOption = Annotated[str, typer.Option("--period", help="Day or FIRST/LAST of what happened, inclusive.")]
ByOption = Annotated[str, typer.Option("--by", envvar="FAULTLINE_REVIEWER", help="Who decides.")]
ProfileOption = Annotated[Profile, typer.Option("--profile", help="How a best estimate is chosen among figures.")]


@app.command()
def incidents(
    folder: CaseArgument,
    id: Annotated[str, typer.Argument(metavar="[ID]", help="An incident or a claim of it: all voices of it.")] = "",
    place: PlaceOption = "",
    actor: ActorOption = "",
    period: PeriodOption = "",
    profile: ProfileOption = Profile.REPRESENTATIVE,
    totals: Annotated[bool, typer.Option("--totals", help="Running totals beside the incidents' sum.")] = False,
    limit: LimitOption = 50,
    as_of: AsOfOption = "",
    recorded_by: RecordedOption = "",
    undated: UndatedOption = False,
    store: StoreOption = "",
    as_json: JsonOption = False,
) -> None:
    """List what happened by all that was said of it, the latest first, or show one incident with all its voices."""
    opened = desk.open_desk(folder, store)
    seen = desk.world(opened, snapshot_of(opened, as_of, recorded_by, undated), profile)
    if id:
        terminal_incidents.incident(sheet_of(as_json), seen, id)
    elif totals:
        terminal_incidents.running_totals(sheet_of(as_json), seen)
    else:
        terminal_incidents.incidents(sheet_of(as_json), seen, _wanted(seen, place, actor, period), limit)
        warn_of_names(opened, actor, place)


@app.command()
def disputes(
    folder: CaseArgument,
    about: Annotated[list[About] | None, typer.Option("--about", help="May be repeated.")] = None,
    place: PlaceOption = "",
    actor: ActorOption = "",
    period: PeriodOption = "",
    limit: LimitOption = 20,
    as_of: AsOfOption = "",
    recorded_by: RecordedOption = "",
    undated: UndatedOption = False,
    store: StoreOption = "",
    as_json: JsonOption = False,
) -> None:
    """List where the sources of an incident disagree: whether, who, where, when, how many, whom; the heaviest first."""
    opened = desk.open_desk(folder, store)
    seen = desk.world(opened, snapshot_of(opened, as_of, recorded_by, undated))
    wanted = _wanted(seen, place, actor, period)
    terminal_incidents.disputed(sheet_of(as_json), seen, wanted, about or (), limit)
    warn_of_names(opened, actor, place)


@app.command()
def review(
    folder: CaseArgument,
    by: ByOption = "",
    limit: LimitOption = 50,
    undated: Annotated[bool, typer.Option("--undated/--dated", help="Let in undated documents, or not.")] = True,
    store: StoreOption = "",
) -> None:
    """Work through what is open, the most doubtful, deadly and new first. Answers come from the keyboard or, line by
    line, from stdin; decisions are kept at once and can be undone."""
    opened = desk.open_desk(folder, store)
    reviewer = Reviewer(by)
    seen = desk.world(opened, opened.snapshot(None, undated))
    session = Session(opened, seen, reviewer, sheet_of(False))
    work_through(session, sys.stdin, limit)


@app.command()
def decide(
    folder: CaseArgument,
    verb: Annotated[Verb, typer.Argument(metavar="VERB", help=", ".join(Verb))],
    words: Annotated[list[str], typer.Argument(metavar="ID...", help="Claims, incidents, a decision; slot and value.")],
    by: ByOption = "",
    why: Annotated[str, typer.Option("--why", help="Kept with the decision.")] = "",
    store: StoreOption = "",
    as_json: JsonOption = False,
) -> None:
    """Decide one thing: same, not or part CLAIM CLAIM; merge INCIDENT INCIDENT; split INCIDENT CLAIM...; accept or
    reject CLAIM; retract CLAIM or DOCUMENT; correct CLAIM SLOT VALUE; withhold DOCUMENT START-END; undo DECISION."""
    opened = desk.open_desk(folder, store)
    seen = desk.world(opened, opened.snapshot(None, True))
    kept = desk.decide(opened, said(opened, seen.world, (verb, tuple(words)), Reviewer(by, why)))
    made = table(f"kept in {DECISIONS_FILE}", "decision", "kind", "subject", "object", "slot", "value")
    for one in kept:
        add_row(made, one.id, one.kind, one.subject, one.object, one.named_slot, one.value)
    sheet_of(as_json).rows(Answer(Decision, opened.case.id, kept), made)


def _wanted(seen: Seen, place: str, actor: str, period: str) -> Wanted:
    places = (find_place(seen.case, place),) if place else ()
    actors = (find_actor(seen.case, actor),) if actor else ()
    return Wanted(places, actors, parse_days(period, "--period"))
