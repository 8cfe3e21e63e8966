"""How far confidences can be believed."""

from faultline.evaluate.answers import Answer
from faultline.evaluate.calibration import calibrations


def test_a_confidence_that_is_always_right_has_a_brier_of_zero() -> None:
    [found] = calibrations([Answer("claim", 1.0, True), Answer("claim", 0.0, False)])
    assert (found.n, found.right, found.mean, found.brier, found.base) == (2, 0.5, 0.5, 0.0, 0.25)


def test_saying_the_share_each_time_is_the_base() -> None:
    [found] = calibrations([Answer("days", 0.75, right) for right in (True, True, True, False)])
    assert found.brier == found.base == 0.188


def test_each_answer_is_in_one_step_and_empty_steps_are_left_out() -> None:
    confidences = (0.0, 0.19, 0.2, 0.5, 0.99, 1.0)
    [found] = calibrations([Answer("actor", value, True) for value in confidences])
    assert [(step.low, step.n) for step in found.bins] == [(0.0, 2), (0.2, 1), (0.4, 1), (0.8, 2)]


def test_claims_come_first_then_slots_by_name() -> None:
    found = calibrations([Answer(of, 0.5, True) for of in ("place", "actor", "claim")])
    assert [c.of for c in found] == ["claim", "actor", "place"]


def test_nothing_answered_is_nothing_said() -> None:
    assert calibrations([]) == ()
