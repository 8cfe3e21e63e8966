"""Expectations of stage measure: the leading state answers, and what is in force."""

from dataclasses import dataclass
from datetime import date

import pytest

from faultline.measure.sight import Sight
from faultline.publish import in_measure
from faultline.publish.in_measure import InMeasure
from faultline.record.analysis import Checked, CheckState, Expectation, ExpectationForm
from tests.measure.control.saying import said, sight

TAKEN = said("the Front took Tarn", "capture", actor="front", recipient="army", place="tarn", days="2021-06-01")
CURFEW = said("a curfew of ten days in Belk", "curfew", "restriction", place="belk", days="2021-06-01")


@dataclass(frozen=True)
class Seen:
    """Stands in for a snapshot: the sight is what is asked."""

    sight: Sight


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> InMeasure:
    seen = sight(TAKEN, CURFEW, published={"the Front took Tarn": "2021-07-01"})
    monkeypatch.setattr(in_measure, "see", lambda case, snapshot: snapshot.sight)
    return InMeasure(seen.case, Seen(seen))  # type: ignore[arg-type]


def ask(answers: InMeasure, form: ExpectationForm, day: str, subject: str, value: str) -> Checked:
    asked = Expectation(form, date.fromisoformat(day), subject, value, "measure", "good")
    return answers.holds(asked) if form is ExpectationForm.HOLDS else answers.in_force(asked)


def holds(answers: InMeasure, day: str, value: str) -> Checked:
    return ask(answers, ExpectationForm.HOLDS, day, "tarn", value)


def test_only_the_leading_state_passes_and_shows_its_probability(answers: InMeasure) -> None:
    right, wrong = holds(answers, "2021-07-02", "front"), holds(answers, "2021-07-02", "legion")
    assert right.state is CheckState.PASSED
    assert wrong.state is CheckState.FAILED
    assert "held by hills 0." in right.got
    assert "the Front took Tarn" in wrong.got
    assert wrong.expected == "tarn held by legion on 2021-07-02"
    assert holds(answers, "2021-07-02", "contested").state is CheckState.FAILED


def test_what_was_published_later_is_hindsight(answers: InMeasure) -> None:
    assert holds(answers, "2021-06-10", "front").hindsight
    late = holds(answers, "2021-07-02", "front")
    assert not late.hindsight
    assert late.known_from == date(2021, 7, 1)


def test_any_force_of_the_defender_answers_for_the_state(answers: InMeasure) -> None:
    for value in ("army", "government"):
        assert holds(answers, "2021-05-01", value).state is CheckState.PASSED


def test_coalition_answers_only_for_the_member_that_reports_name(answers: InMeasure) -> None:
    assert holds(answers, "2021-07-02", "chief").state is CheckState.PASSED  # leads the Front
    assert holds(answers, "2021-07-02", "splinter").state is CheckState.FAILED


@pytest.mark.parametrize(
    ("day", "value", "state"),
    [
        ("2021-06-05", "curfew", CheckState.PASSED),
        ("2021-06-05", "not curfew", CheckState.FAILED),
        ("2021-06-11", "curfew", CheckState.FAILED),
        ("2021-06-11", "not curfew", CheckState.PASSED),
        ("2021-06-05", "state_of_emergency", CheckState.FAILED),
    ],
)
def test_restriction_is_in_force_within_its_term_only(
    answers: InMeasure, day: str, value: str, state: CheckState
) -> None:
    found = ask(answers, ExpectationForm.IN_FORCE, day, "belk", value)
    assert found.state is state
    assert found.got
