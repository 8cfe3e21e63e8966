"""Held-out reports and known states, beside the last report."""

import math
from datetime import date

import pytest
from tests.measure.control.saying import said, sight

from faultline.measure.control import follow
from faultline.measure.control.proof import Foretold, against_states, compare, held_out

FIRST = said("the Front took Tarn", "capture", actor="front", place="tarn", days="2021-06-01")
LATER = said("the Front holds Tarn", "holds", "control", actor="front", place="tarn", days="2021-07-01")
OTHER = said("the army holds Tarn", "holds", "control", actor="army", place="tarn", days="2021-08-01")


def test_report_is_foretold_from_what_was_published_before_it_elsewhere() -> None:
    assert held_out(follow(sight(FIRST))) == ()
    found = held_out(follow(sight(FIRST, LATER, OTHER)))
    assert len(found) == 2
    assert found[0].right
    assert found[0].last == found[0].came
    assert not found[1].right
    same_day = {"the Front holds Tarn": "2021-06-01"}
    assert held_out(follow(sight(FIRST, LATER, published=same_day))) == ()


def test_known_states_are_asked_as_of_the_day_or_in_hindsight() -> None:
    followed = follow(sight(FIRST, published={"the Front took Tarn": "2021-09-01"}))
    hills = followed.states.index("held by hills")
    asked = [("tarn", date(2021, 6, 10))]
    (then,) = against_states(followed, asked, lambda unit, day: hills, known=True)
    (now,) = against_states(followed, asked, lambda unit, day: hills, known=False)
    assert then.chance < now.chance
    assert then.last == -1
    assert then.silent == pytest.approx(then.chance)
    assert against_states(followed, asked, lambda unit, day: -1, known=True) == ()


def test_last_report_gets_the_sureness_that_suits_it_best() -> None:
    cases = [Foretold(0.5, 0.6, True, 0, 0 if k < 8 else 1, 3, 0.3) for k in range(10)]
    scored = compare(cases)
    assert scored.sureness == pytest.approx(0.8, abs=0.02)
    assert scored.last_report == pytest.approx(0.8 * math.log(0.8) + 0.2 * math.log(0.1), abs=0.002)
    assert scored.model == pytest.approx(math.log(0.5))
    assert scored.gain == pytest.approx(scored.model - scored.last_report)


def test_bins_hold_every_case_once_in_the_order_of_sureness() -> None:
    cases = [Foretold(0.5, k / 100, k % 2 == 0, 0, 0, 3, 0.3) for k in range(40, 93)]
    bins = compare(cases).bins
    assert sum(n for *_, n in bins) == len(cases)
    assert [said for said, *_ in bins] == sorted(said for said, *_ in bins)
    assert all(low <= right <= high for _, right, low, high, _ in bins)


def test_nothing_to_compare_is_an_error() -> None:
    with pytest.raises(ValueError, match="no case"):
        compare([])
