"""Commands that ask the record, show it, hand it on and keep it sound."""

from typing import Annotated

import typer

from faultline import desk
from faultline.cli.asked import sheet_of, snapshot_of, warn_of_names
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
from faultline.publish import terminal
from faultline.publish.terminal import Answer, add_row, table
from faultline.publish.web.query import ClaimQuery, question_of
from faultline.record.days import parse_days
from faultline.record.errors import UsageError
from faultline.record.vocabulary import Kind, Modality


@app.command()
def search(
    folder: CaseArgument,
    words: Annotated[str, typer.Argument(metavar="WORDS", help='Words; "a phrase" in quotes; prefix*.')],
    documents: Annotated[bool, typer.Option("--documents", help="Only documents, by day, source and title.")] = False,
    limit: Annotated[
        int, typer.Option("--limit", min=1, max=10_000, help="So many claims and documents at most.")
    ] = 20,
    as_of: AsOfOption = "",
    recorded_by: RecordedOption = "",
    undated: UndatedOption = False,
    store: StoreOption = "",
    as_json: JsonOption = False,
) -> None:
    """Search the documents and claims that were known on a day."""
    opened = desk.open_desk(folder, store)
    snapshot = snapshot_of(opened, as_of, recorded_by, undated)
    found = snapshot.search(words, limit)
    if documents:
        terminal.titles(sheet_of(as_json), opened.case, snapshot, [hit for hit in found if not hit.claim])
    else:
        terminal.hits(sheet_of(as_json), opened.case, snapshot, found)
    shown = sum(not hit.claim for hit in found)
    if limit in (shown, len(found) - shown):
        sheet_of(as_json).say("There may be more: raise --limit or narrow the question.")


@app.command()
def show(
    folder: CaseArgument,
    id: Annotated[str, typer.Argument(metavar="ID", help="Id of a document, claim, actor, place or source.")],
    as_of: AsOfOption = "",
    recorded_by: RecordedOption = "",
    undated: Annotated[bool, typer.Option("--undated/--dated", help="Let in undated documents, or not.")] = True,
    store: StoreOption = "",
    as_json: JsonOption = False,
) -> None:
    """Show one thing whole: a document with its claims, a claim with its slots, an actor, a place, a source."""
    opened = desk.open_desk(folder, store)
    sheet = sheet_of(as_json)
    if id.startswith("doc_"):
        terminal.document(sheet, opened.case, snapshot_of(opened, as_of, recorded_by, undated), id)
    elif id.startswith("clm_"):
        terminal.claim(sheet, opened.case, snapshot_of(opened, as_of, recorded_by, undated), id)
    else:
        terminal.known(sheet, opened.case, id)


@app.command()
def explain(
    folder: CaseArgument,
    claim: Annotated[str, typer.Argument(metavar="CLAIM", help="Id of a claim.")],
    as_of: AsOfOption = "",
    recorded_by: RecordedOption = "",
    undated: Annotated[bool, typer.Option("--undated/--dated", help="Let in undated documents, or not.")] = True,
    store: StoreOption = "",
    as_json: JsonOption = False,
) -> None:
    """Say why a claim reads as it does: each slot with its words, its rule, and the readings that were refused."""
    opened = desk.open_desk(folder, store)
    snapshot = snapshot_of(opened, as_of, recorded_by, undated)
    terminal.explained(sheet_of(as_json), opened.case, snapshot, claim)


@app.command()
def claims(
    folder: CaseArgument,
    kind: Annotated[list[Kind] | None, typer.Option("--kind", help="Kind of claim; may be repeated.")] = None,
    actor: Annotated[str, typer.Option("--actor", help="Id or name of an actor.")] = "",
    place: Annotated[str, typer.Option("--place", help="Id or name of a place.")] = "",
    period: Annotated[str, typer.Option("--period", help="Day or FIRST/LAST of what happened, inclusive.")] = "",
    speaker: Annotated[str, typer.Option("--speaker", help="Who says it.")] = "",
    modality: Annotated[list[Modality] | None, typer.Option("--modality", help="May be repeated.")] = None,
    limit: LimitOption = 50,
    as_of: AsOfOption = "",
    recorded_by: RecordedOption = "",
    undated: UndatedOption = False,
    store: StoreOption = "",
    as_json: JsonOption = False,
) -> None:
    """List the claims that were known on a day, filtered."""
    opened = desk.open_desk(folder, store)
    days = parse_days(period, "--period")
    query = ClaimQuery.model_validate(
        {"kind": kind or [], "modality": modality or [], "actor": actor, "place": place, "speaker": speaker}
        | {"first_day": days.first_day or "", "last_day": days.last_day or ""}
    )
    asked = question_of(opened.case, query, limit).chosen
    terminal.claims(sheet_of(as_json), opened.case, snapshot_of(opened, as_of, recorded_by, undated), asked)
    warn_of_names(opened, actor, place)


@app.command()
def serve(
    folder: CaseArgument,
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="0 takes a free one.")] = 8765,
    only_check: Annotated[bool, typer.Option("--check", help="Serve, fetch the first page once, stop.")] = False,
    store: StoreOption = "",
    host: Annotated[str, typer.Option("--host", help="127.0.0.1 and, for now, no other.")] = "127.0.0.1",
) -> None:
    """Serve the page on 127.0.0.1; nothing outside this machine can reach it."""
    if host not in ("127.0.0.1", "localhost"):
        way_out = "There are no users and roles yet: reach this machine through a tunnel, as with ssh -L."
        raise UsageError("--host", host, "127.0.0.1", way_out)
    opened = desk.open_desk(folder, store)
    if only_check:
        typer.echo(f"{desk.serve_once(opened)} answers")
    else:
        desk.serve(opened, port, typer.echo)


@app.command()
def verify(folder: CaseArgument, store: StoreOption = "", as_json: JsonOption = False) -> None:
    """Recompute every hash and check every span of the store."""
    opened = desk.open_desk(folder, store)
    found = opened.store.verify()
    made = table("the store holds" if found.ok else "the store does not hold", "where", "what is wrong")
    for wrong in found.wrong:
        add_row(made, wrong.where, wrong.what)
    sheet_of(as_json).rows(Answer(type(found), opened.case.id, [found]), made)
    if not found.ok:
        raise typer.Exit(7)


@app.command()
def purge(
    folder: CaseArgument,
    what: Annotated[str, typer.Argument(metavar="WHAT", help="A document id, the origin of one, or a name.")],
    why: Annotated[str, typer.Option("--why", help="Kept with the tombstone; do not repeat the name in it.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    store: StoreOption = "",
) -> None:
    """Remove a document or a name from the store for good."""
    opened = desk.open_desk(folder, store)
    if not yes:
        typer.confirm("This cannot be undone. Remove it from the text, the index and every record?", abort=True)
    typer.echo(desk.purge(opened, what, why))
