"""A scenario file, or the model.yaml of a case, in; a checked record, or every problem at once with file and line.
Invariant: every place, region and party in it is known to the case."""

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TypeVar

from faultline.case.case import Case
from faultline.case.files import read_text
from faultline.case.marked import read_yaml
from faultline.case.problem import CaseProblem, Problems, nearest, shown
from faultline.case.rows import Row
from faultline.case.scenario_rows import MarkRateRow, ModelRow, ScenarioRow, StepRow, TurnsRow
from faultline.case.validate import read_row
from faultline.record.errors import CaseError, FaultlineError
from faultline.record.scenario import AssumedMark, AssumedModel, Scenario, Step, Turns

R = TypeVar("R", bound=Row)
MODEL, SCENARIOS = "model.yaml", "scenarios"


def load_scenario(path: Path, case: Case) -> Scenario:
    """The scenario in a file. Raises CaseError with every problem."""
    problems = Problems()
    row = _read(path, ScenarioRow, problems)
    for step in row.steps if row else ():
        _check_step(step, case, problems)
    _stop(path, problems)
    assert row is not None
    return Scenario(row.name, row.assumptions, tuple(_step(step, case) for step in row.steps))


def load_model(case: Case) -> AssumedModel | None:
    """What the case assumes where nothing is fitted; None where it has no model.yaml. Raises CaseError with every
    problem."""
    path = case.folder / MODEL
    if not path.exists():
        return None
    problems = Problems()
    row = _read(path, ModelRow, problems)
    for mark in row.event_marks if row else ():
        for region in mark.shares:
            _check(mark, "shares", region, regions_of(case), problems)
        for party in mark.parties:
            _check(mark, "parties", party, _parties(case), problems)
    _stop(path, problems)
    assert row is not None
    ranges = row.own, row.lag, row.size, _turns(row.lost), _turns(row.regained), row.unrest, row.at_place
    return AssumedModel(
        tuple(map(_mark, row.event_marks)), *ranges, _turns(row.blockade), _turns(row.restriction), row.reporting
    )


def check_assumed(case: Case) -> tuple[CaseProblem, ...]:
    """Everything that is wrong with model.yaml and with the files in scenarios/; () where nothing is."""
    found: list[FaultlineError] = []
    scenarios = sorted((case.folder / SCENARIOS).glob("*.yaml"))
    reading: list[Callable[[], object]] = [partial(load_model, case)]
    reading += [partial(load_scenario, path, case) for path in scenarios]
    for read in reading:
        try:
            read()
        except CaseError as error:
            found.extend(error.problems)
    return tuple(problem for problem in found if isinstance(problem, CaseProblem))


def regions_of(case: Case) -> tuple[str, ...]:
    """The names of the first-order units of the case's places."""
    return tuple(dict.fromkeys(place.admin1 for place in case.places if place.admin1))


def _read(path: Path, kind: type[R], problems: Problems) -> R | None:
    text = read_text(path.parent, path.name, problems, "Name the file with its folder, as in CASE/scenarios/NAME.yaml.")
    raw = read_yaml(text, path.name, problems) if text is not None else None
    return read_row(kind, raw, f"{path.name}:1", problems) if raw is not None else None


def _stop(path: Path, problems: Problems) -> None:
    if len(problems):
        raise CaseError(str(path), problems.sorted(), "Correct the file.")


def _check_step(step: StepRow, case: Case, problems: Problems) -> None:
    if step.region:
        _check(step, "region", step.region, regions_of(case), problems)
    if step.place:
        _check(step, "place", step.place, (place.id for place in case.places), problems)
    for key in ("supporter", "one", "other"):
        if getattr(step, key):
            _check(step, key, getattr(step, key), _parties(case), problems)


def _check(row: Row, key: str, value: str, known: Iterable[str], problems: Problems) -> None:
    known = tuple(known)
    if value not in known:
        problems.add(row.where(key), f"{key} {shown(value)}", "one that the case knows", nearest(value, known))


def _parties(case: Case) -> tuple[str, ...]:
    return (*(c.id for c in case.declared.coalitions), *(actor.id for actor in case.actors))


def _step(row: StepRow, case: Case) -> Step:
    region = row.region or (case.place(row.place).admin1 if row.place else "")
    parties = tuple(filter(None, (row.supporter, row.one, row.other)))
    ranges = row.violence, row.changes_hands, row.holds, row.reason
    return Step(row.form, row.days, (region,) if region else (), parties, *ranges)


def _mark(row: MarkRateRow) -> AssumedMark:
    return AssumedMark(row.name, row.a_month, tuple(row.shares.items()), row.parties, row.reason)


def _turns(row: TurnsRow | None) -> Turns | None:
    return Turns(row.a_week, row.days, row.reason) if row else None
