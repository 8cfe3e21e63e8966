"""Commands that make, check and build a case."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from faultline import desk
from faultline.case import CaseProblem, check_case, load_case, new_case
from faultline.case.decisions import check_decisions
from faultline.case.scenario import check_assumed
from faultline.cli.asked import sheet_of, snapshot_of
from faultline.cli.progress import building_bar
from faultline.cli.root import AsOfOption, CaseArgument, JsonOption, NoParserOption, RecordedOption, StoreOption, app
from faultline.publish.expect import check_expectations, demand
from faultline.publish.terminal import Answer, add_row, table
from faultline.publish.terminal_expectations import expectation_counts, expectations
from faultline.record.analysis import ExpectationForm
from faultline.record.errors import CaseError
from faultline.sandbox.folder import make_sandbox
from faultline.sandbox.options import SandboxOptions, small, with_settings


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a case folder, as a row."""

    where: str
    severity: str
    got: str
    expected: str
    way_out: str


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
    problems = (*check_case(folder), *check_decisions(folder))
    if not any(problem.severity == "error" for problem in problems):
        problems += check_assumed(load_case(folder))
    rows = [Problem(p.where, p.severity, p.got, p.expected, p.way_out) for p in problems]
    made = table(f"{folder}: {_numbered(problems)}", "where", "severity", "got", "expected", "way out")
    for row in rows:
        add_row(made, row.where, row.severity, row.got, row.expected, row.way_out)
    sheet_of(as_json).rows(Answer(Problem, folder.resolve().name, rows), made)
    if any(problem.severity == "error" for problem in problems):
        raise typer.Exit(CaseError.exit_code)


@app.command()
def build(
    folder: CaseArgument,
    workers: Annotated[int, typer.Option("--workers", min=1, max=256, help="Processes that code documents.")] = 1,
    cluster: Annotated[
        str, typer.Option("--cluster", metavar="URL", help="A Dask scheduler (tcp://host:port) instead.")
    ] = "",
    store: StoreOption = "",
    no_parser: NoParserOption = False,
    as_json: JsonOption = False,
) -> None:
    """Take in the inputs of a case, code what is new and append it to the store. What was stored is not coded again."""
    opened = desk.open_desk(folder, store)
    with building_bar() as progress:
        built = desk.build(opened, desk.BuildOptions(workers, progress, not no_parser, cluster))
    made = table(f"{opened.case.title}: built in {built.seconds:.1f} s", "what", "count")
    for what, count in _built_rows(built):
        add_row(made, what, f"{count:,}")
    sheet_of(as_json).rows(Answer(desk.Built, opened.case.id, [built]), made)
    expectation_counts(sheet_of(as_json), built.expectations)
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
    snapshot = snapshot_of(opened, as_of, recorded_by, undated)
    checked = [
        answer
        for answer in check_expectations(opened.case, snapshot)
        if subject in ("", answer.expectation.subject) and form in (None, answer.expectation.form)
    ]
    expectations(sheet_of(as_json), opened.case, snapshot, checked)
    if len(checked) == len(opened.case.expectations):
        expectation_counts(sheet_of(as_json), checked)
    demand(str(folder), checked)


@app.command()
def add(
    folder: CaseArgument,
    url: Annotated[str, typer.Argument(metavar="URL", help="A page to fetch now.")],
) -> None:
    """Fetch one page by its address into the case's reports; build again to code it. Needs the network."""
    typer.echo(desk.add_url(desk.open_desk(folder).case, url))


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
