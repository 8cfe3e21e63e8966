"""Turns a case folder into a Case, or into every problem at once. Invariant: a folder without errors always loads, one
with an error never does."""

from dataclasses import replace
from pathlib import Path

from faultline.case.case import Case
from faultline.case.check_actors import check_actors
from faultline.case.check_inputs import check_case_file
from faultline.case.check_places import check_places, check_unique
from faultline.case.check_succession import check_succession
from faultline.case.convert import to_case
from faultline.case.declare import check_declared
from faultline.case.folder import ACTORS, CASE, PLACES, SOURCES, Rows, Sheet, read_rows
from faultline.case.problem import CaseProblem, Problems
from faultline.case.references import References
from faultline.case.sensitive import check_sensitive
from faultline.record.errors import CaseError


def load_case(folder: Path) -> Case:
    """The case in that folder. Raises CaseError whose `problems` are all of them, errors and warnings, by file and
    line."""
    rows, problems = _read(folder)
    if rows.case is None or any(problem.severity == "error" for problem in problems):
        raise CaseError(str(folder), problems, "Correct the files; `faultline check DIR` lists every problem.")
    return to_case(replace(rows, folder=folder.resolve()), rows.case)


def check_case(folder: Path) -> tuple[CaseProblem, ...]:
    """Everything that is wrong with a case folder, by file and line; () where nothing is. Never raises for what stands
    in the files."""
    return _read(folder)[1]


def _read(folder: Path) -> tuple[Rows, tuple[CaseProblem, ...]]:
    problems = Problems()
    if not folder.is_dir():
        got = "a file" if folder.exists() else "no such folder"
        way_out = "Correct the path; `faultline new DIR` writes a case folder."
        problems.add(f"{CASE}:1", got, f"the case folder {folder}", way_out)
        return Rows(folder, None, (), Sheet(ACTORS), Sheet(SOURCES), Sheet(PLACES)), problems.sorted()
    rows = read_rows(folder, problems)
    references = References(folder, rows.sources.ids, problems)
    check_unique(rows.actors.rows, problems)
    check_unique(rows.sources.rows, problems)
    check_actors(rows, references, problems)
    check_succession(rows.actors.rows, problems)
    check_places(rows.places, problems)
    for source in rows.sources.rows:
        if not source.reason:
            way_out = "Add reason: one line that defends the letter."
            problems.warn(source.where("reliability"), "a reliability without reason", "a reason", way_out)
    check_declared(rows, references)
    check_sensitive(rows.sensitive, references, problems)
    if rows.case is not None:
        check_case_file(rows.case, rows, references, problems)
    return rows, problems.sorted()
