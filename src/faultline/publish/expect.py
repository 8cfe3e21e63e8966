"""Turns the expectations of a case into answers, each by the stage that it names. Invariant: a stage that is not built
answers "pending", never "passed"."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from faultline.case import Case
from faultline.case.expect import check_exists, check_tie
from faultline.evidence import Snapshot
from faultline.publish.in_measure import InMeasure
from faultline.publish.in_world import InWorld
from faultline.publish.on_record import OnRecord
from faultline.record.analysis import Checked, CheckState, Expectation, ExpectationForm
from faultline.record.errors import CaseError, FaultlineError

_Answers = Mapping[tuple[ExpectationForm, str], Callable[[Expectation], Checked]]


def check_expectations(case: Case, snapshot: Snapshot) -> tuple[Checked, ...]:
    """Every expectation of the case, in its order, answered by the snapshot. Those of a day after the snapshot's, and
    those of a stage that is not built, are pending."""
    answers = _answers(case, snapshot)
    return tuple(_check(answers, snapshot, asked) for asked in case.expectations)


def counts(checked: Iterable[Checked]) -> dict[ExpectationForm, dict[CheckState, int]]:
    """How many expectations of each form, in the order of the forms, passed, failed and are pending."""
    found = {form: dict.fromkeys(CheckState, 0) for form in ExpectationForm}
    for answer in checked:
        found[answer.expectation.form][answer.state] += 1
    return {form: numbers for form, numbers in found.items() if any(numbers.values())}


def failures(checked: Iterable[Checked]) -> tuple[FaultlineError, ...]:
    """Each failed expectation as an error: where it stands, what was found, what it demands, the way out."""
    failed = (answer for answer in checked if answer.state is CheckState.FAILED)
    return tuple(FaultlineError(_place(a.expectation), a.got, a.expected, a.way_out) for a in failed)


def demand(where: str, checked: Iterable[Checked]) -> None:
    """Raises CaseError with every expectation that failed; the store that they were asked of is whole all the same."""
    failed = failures(checked)
    if failed:
        raise CaseError(where, failed, "The store can be used; the expectations above do not hold in it.")


def _answers(case: Case, snapshot: Snapshot) -> _Answers:
    """Who answers which form at which stage; what has no entry here is not built."""
    on_record = OnRecord(case, snapshot)
    in_measure = InMeasure(case, snapshot)
    return {
        (ExpectationForm.EXISTS, "case"): lambda asked: check_exists(case, asked),
        (ExpectationForm.TIE, "case"): lambda asked: check_tie(case, asked, snapshot.as_of),
        (ExpectationForm.HOLDS, "measure"): in_measure.holds,
        (ExpectationForm.IN_FORCE, "measure"): in_measure.in_force,
        (ExpectationForm.SAYS, "evidence"): on_record.in_text,
        (ExpectationForm.SAYS, "coding"): on_record.in_claims,
        (ExpectationForm.SAYS, "resolve"): InWorld(on_record).says,
    }


def _check(answers: _Answers, snapshot: Snapshot, asked: Expectation) -> Checked:
    if asked.day > snapshot.as_of:
        return Checked(asked, CheckState.PENDING, f"its day lies after {snapshot.as_of}")
    answer = answers.get((asked.form, asked.stage))
    if answer is None:
        return Checked(asked, CheckState.PENDING, f"not built yet: {asked.stage}")
    checked = answer(asked)
    known = asked.gap and checked.state is CheckState.FAILED
    return replace(checked, state=CheckState.GAP, way_out=asked.gap) if known else checked


def _place(asked: Expectation) -> str:
    return f"{asked.where or 'case.yaml'} ({asked.subject} {asked.form} {asked.value!r} on {asked.day})"
