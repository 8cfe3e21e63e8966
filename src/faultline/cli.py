"""The command line, thin over the desk: turns options into one call and its answer into a table or JSON.
Invariant: what a person reads as a table, a program reads with --json; errors go to stderr with a documented code."""

import json
import sys
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from faultline import __version__, desk
from faultline.case import CaseProblem, check_case, new_case
from faultline.evaluate.coder import Evaluated, evaluate_coder
from faultline.evaluate.tables import grids
from faultline.evidence import Snapshot
from faultline.publish import terminal
from faultline.publish.expect import check_expectations, demand
from faultline.publish.report import write_report
from faultline.publish.terminal import Answer, Sheet, add_row, table
from faultline.publish.web.query import ClaimQuery, question_of
from faultline.record.analysis import ExpectationForm
from faultline.record.days import parse_days
from faultline.record.errors import CaseError, FaultlineError, UsageError
from faultline.record.text import Filing
from faultline.record.vocabulary import Kind, Modality
from faultline.sandbox.folder import make_sandbox
from faultline.sandbox.options import SandboxOptions, small, with_settings

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


_MALI = Path("cases/mali")
_GOLD = Path("tests/coding/gold")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a case folder, as a row."""

    where: str
    severity: str
    got: str
    expected: str
    way_out: str


def main() -> None:
    """Runs the command line. Exit codes: 0 done; 1 other failure; 2 wrong call; 3 wrong case; 4 unreadable input; 5 the
    store; 6 not found; 7 the store does not verify; 130 interrupted."""
    try:
        app()
    except FaultlineError as error:
        err = Console(stderr=True)
        for problem in error.problems if isinstance(error, CaseError) else ():
            err.print(str(problem), markup=False, highlight=False, soft_wrap=True)
        err.print(f"error: {error}", style="bold red", markup=False, highlight=False, soft_wrap=True)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.exit(130)


@app.callback(invoke_without_command=True)
def _root(version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False) -> None:
    if version:
        typer.echo(f"faultline {__version__}")
        raise typer.Exit


@app.command()
def new(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to write; it must not exist or be empty.")],
    title: Annotated[str, typer.Option("--title", help="What the conflict is called.")] = "",
) -> None:
    """Write a commented case folder that builds as it is."""
    for path in new_case(folder, title or folder.resolve().name):
        typer.echo(path)
    typer.echo(f"Next: edit {folder / 'case.yaml'}, then run: faultline check {folder}")


@app.command()
def sandbox(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to write; it must not exist or be empty.")],
    seed: Annotated[int, typer.Option("--seed", min=0, help="The same seed gives the same country.")] = 1,
    as_small: Annotated[bool, typer.Option("--small", help="Two years, 120 dispatches.")] = False,
    settings: Annotated[list[str] | None, typer.Option("--set", metavar="NAME=VALUE", help="May be repeated.")] = None,
) -> None:
    """Write a case folder about an invented country, with the truth beside it."""
    options = with_settings(small(seed) if as_small else SandboxOptions(seed=seed), settings or ())
    made = make_sandbox(folder, options)
    typer.echo(
        f"{made.country}: {made.dispatches:,} dispatches, {made.claims:,} claims of {made.happenings:,} happenings"
    )
    typer.echo(f"Next: faultline build {folder}; the truth is in {folder / 'truth'}")


@app.command()
def check(folder: CaseArgument, as_json: JsonOption = False) -> None:
    """Validate everything in a case folder and report all problems at once."""
    problems = check_case(folder)
    rows = [Problem(p.where, p.severity, p.got, p.expected, p.way_out) for p in problems]
    made = table(f"{folder}: {_numbered(problems)}", "where", "severity", "got", "expected", "way out")
    for row in rows:
        add_row(made, row.where, row.severity, row.got, row.expected, row.way_out)
    _sheet(as_json).rows(Answer(Problem, folder.resolve().name, rows), made)
    if any(problem.severity == "error" for problem in problems):
        raise typer.Exit(CaseError.exit_code)


@app.command()
def build(
    folder: CaseArgument,
    workers: Annotated[int, typer.Option("--workers", min=1, max=256, help="Processes that code documents.")] = 1,
    store: StoreOption = "",
    no_parser: NoParserOption = False,
    as_json: JsonOption = False,
) -> None:
    """Take in the inputs of a case, code what is new and append it to the store."""
    opened = desk.open_desk(folder, store)
    read, at = TextColumn("{task.completed} read"), TextColumn("{task.description}")
    with Progress(SpinnerColumn(), read, TimeElapsedColumn(), at, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)

        def progress(origin: str, seen: int) -> None:
            bar.update(task, completed=seen, description=origin)

        built = desk.build(opened, desk.BuildOptions(workers, progress, not no_parser))
    made = table(f"{opened.case.title}: built in {built.seconds:.1f} s", "what", "count")
    for what, count in _built_rows(built):
        add_row(made, what, f"{count:,}")
    _sheet(as_json).rows(Answer(desk.Built, opened.case.id, [built]), made)
    terminal.expectation_counts(_sheet(as_json), built.expectations)
    demand(str(folder), built.expectations)


@app.command()
def expect(
    folder: CaseArgument,
    subject: Annotated[str, typer.Option("--subject", metavar="ID", help="Only of that actor, place or source.")] = "",
    form: Annotated[ExpectationForm | None, typer.Option("--form", help="Only of that form.")] = None,
    as_of: AsOfOption = "",
    recorded_by: RecordedOption = "",
    undated: Annotated[bool, typer.Option("--undated/--dated", help="Let in undated documents, or not.")] = True,
    store: StoreOption = "",
    as_json: JsonOption = False,
) -> None:
    """List what the case expects of every build, and what of it was answered by what was known on a day."""
    opened = desk.open_desk(folder, store)
    snapshot = _snapshot(opened, as_of, recorded_by, undated)
    checked = [
        answer
        for answer in check_expectations(opened.case, snapshot)
        if subject in ("", answer.expectation.subject) and form in (None, answer.expectation.form)
    ]
    terminal.expectations(_sheet(as_json), opened.case, snapshot, checked)
    if len(checked) == len(opened.case.expectations):
        terminal.expectation_counts(_sheet(as_json), checked)
    demand(str(folder), checked)


@app.command()
def search(
    folder: CaseArgument,
    words: Annotated[str, typer.Argument(metavar="WORDS", help='Words; "a phrase" in quotes; prefix*.')],
    documents: Annotated[bool, typer.Option("--documents", help="Only documents, by day, source and title.")] = False,
    limit: LimitOption = 20,
    as_of: AsOfOption = "",
    recorded_by: RecordedOption = "",
    undated: UndatedOption = False,
    store: StoreOption = "",
    as_json: JsonOption = False,
) -> None:
    """Search the documents and claims that were known on a day."""
    opened = desk.open_desk(folder, store)
    snapshot = _snapshot(opened, as_of, recorded_by, undated)
    found = snapshot.search(words, limit)
    if documents:
        terminal.titles(_sheet(as_json), opened.case, snapshot, [hit for hit in found if not hit.claim])
    else:
        terminal.hits(_sheet(as_json), opened.case, snapshot, found)


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
    sheet = _sheet(as_json)
    if id.startswith("doc_"):
        terminal.document(sheet, opened.case, _snapshot(opened, as_of, recorded_by, undated), id)
    elif id.startswith("clm_"):
        terminal.claim(sheet, opened.case, _snapshot(opened, as_of, recorded_by, undated), id)
    else:
        terminal.known(sheet, opened.case, id)


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
    terminal.claims(_sheet(as_json), opened.case, _snapshot(opened, as_of, recorded_by, undated), asked)


@app.command()
def code(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Texts, or documents in the JSON form.")],
    case: Annotated[Path, typer.Option("--case", help="The case whose actors and places are known.")],
    published: PublishedOption = "",
    language: Annotated[str, typer.Option("--language", help="en or fr; found out where left out.")] = "",
    format: Annotated[str, typer.Option("--format", help="gold, or record for whole claims.")] = "gold",
    no_parser: NoParserOption = False,
) -> None:
    """Code texts into claims and print them as JSON lines; nothing is stored."""
    if format not in desk.CODE_FORMATS:
        raise UsageError("--format", repr(format), " or ".join(desk.CODE_FORMATS))
    filing = Filing(origin="", document="", language=language, published=parse_days(published, "--published"))
    for row in desk.code_files(case, files, filing, format, not no_parser):
        typer.echo(json.dumps(row, ensure_ascii=False))


@app.command()
def evaluate(
    what: Annotated[Literal["coder"], typer.Argument(metavar="WHAT", help="coder: claims against hand-coded ones.")],
    case: Annotated[Path, typer.Option("--case", help="The case whose actors and places are known.")] = _MALI,
    gold: Annotated[Path, typer.Option("--gold", metavar="DIR", help="claims*.jsonl and reports/*.json.")] = _GOLD,
    reports: Annotated[
        Path | None, typer.Option("--reports", metavar="DIR", help="Where reports are elsewhere.")
    ] = None,
    no_parser: NoParserOption = False,
    as_json: JsonOption = False,
) -> None:
    """Score a part of the desk against work done by hand, beside its goals. The defaults are those of a clone."""
    found = evaluate_coder(case, gold, reports, not no_parser)
    answer = Answer(Evaluated, case.resolve().name, [found])
    for grid in grids(found)[: 1 if as_json else None]:
        made = table(grid.title, *grid.columns)
        for row in grid.rows:
            add_row(made, *row)
        _sheet(as_json).rows(answer, made)
        _sheet(as_json).say(f"{grid.note}\n")


@app.command()
def add(
    folder: CaseArgument,
    url: Annotated[str, typer.Argument(metavar="URL", help="A page to fetch now.")],
) -> None:
    """Fetch one page by its address into the case's reports; build again to code it. Needs the network."""
    typer.echo(desk.add_url(desk.open_desk(folder).case, url))


@app.command()
def serve(
    folder: CaseArgument,
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="0 takes a free one.")] = 8765,
    only_check: Annotated[bool, typer.Option("--check", help="Serve, fetch the first page once, stop.")] = False,
    store: StoreOption = "",
) -> None:
    """Serve the page on 127.0.0.1; nothing outside this machine can reach it."""
    opened = desk.open_desk(folder, store)
    if only_check:
        typer.echo(f"{desk.serve_once(opened)} answers")
    else:
        desk.serve(opened, port, typer.echo)


@app.command()
def report(
    folder: CaseArgument,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE.html", help="The file to write.")],
    as_of: AsOfOption = "",
    recorded_by: RecordedOption = "",
    undated: UndatedOption = False,
    store: StoreOption = "",
) -> None:
    """Write a self-contained report of what was known on a day."""
    opened = desk.open_desk(folder, store)
    typer.echo(write_report(opened.case, _snapshot(opened, as_of, recorded_by, undated), output))


@app.command()
def verify(folder: CaseArgument, store: StoreOption = "", as_json: JsonOption = False) -> None:
    """Recompute every hash and check every span of the store."""
    opened = desk.open_desk(folder, store)
    found = opened.store.verify()
    made = table("the store holds" if found.ok else "the store does not hold", "where", "what is wrong")
    for wrong in found.wrong:
        add_row(made, wrong.where, wrong.what)
    _sheet(as_json).rows(Answer(type(found), opened.case.id, [found]), made)
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


def _snapshot(opened: desk.Desk, as_of: str, recorded_by: str, undated: bool) -> Snapshot:
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


def _sheet(as_json: bool) -> Sheet:
    return Sheet(Console(), as_json)


def _numbered(problems: tuple[CaseProblem, ...]) -> str:
    numbers = Counter(problem.severity for problem in problems)
    return ", ".join(f"{numbers[s]} {s}{'s' * (numbers[s] != 1)}" for s in ("error", "warning"))


def _built_rows(built: desk.Built) -> list[tuple[str, int]]:
    skipped = Counter[str]()
    for item in built.skipped:
        skipped[item.reason] += item.count
    return [
        ("documents read", built.seen),
        ("new or changed", built.added),
        ("unchanged", built.unchanged),
        ("retracted", built.retracted),
        ("undated (not in view unless asked)", built.undated),
        *((f"skipped: {reason}", count) for reason, count in sorted(skipped.items())),
        *((f"not coded, no pack for {language!r}", count) for language, count in built.not_coded),
        *((f"claims: {kind}", count) for kind, count in built.claims),
        ("claims", sum(count for _, count in built.claims)),
    ]
