"""What was in force, in words and rows."""

from datetime import date

from tests.measure.control.saying import said, sight

from faultline.measure.form import NOT_ENOUGH
from faultline.measure.in_force import IN_FORCE, restrictions

HEALTH = said("for the epidemic a curfew was declared", "curfew", "restriction", days="2020-03-26")
LIFTED = said("the curfew was lifted", "lifted", "restriction", days="2020-05-08")
EMERGENCY = said("after the attack a state of emergency", "state_of_emergency", "restriction", days="2020-06-01")


def test_curfew_of_an_epidemic_is_marked_as_no_sign_of_pressure() -> None:
    health, emergency = IN_FORCE.run(sight(HEALTH, LIFTED, EMERGENCY)).told
    assert "no sign of pressure" in health.text
    assert "no sign of pressure" not in emergency.text
    assert set(health.claims) == {HEALTH[0].id, LIFTED[0].id}


def test_what_has_no_known_end_says_so_and_is_an_open_interval() -> None:
    found = IN_FORCE.run(sight(EMERGENCY, as_of="2020-06-20"))
    assert "no end known" in found.told[0].text
    assert restrictions(sight(EMERGENCY))[0].days.last_day is None
    assert "state of emergency at Varda" in found.summary
    assert "none" in IN_FORCE.run(sight(EMERGENCY, as_of="2030-01-01")).summary


def test_too_few_ends_give_no_median_and_no_claims_no_finding() -> None:
    (curfew, *_) = IN_FORCE.run(sight(HEALTH, LIFTED)).rows
    assert (curfew.statistic, curfew.verdict, curfew.n) == (None, NOT_ENOUGH, 1)
    assert IN_FORCE.run(sight()).rows[0].verdict == NOT_ENOUGH


def test_curve_counts_places_with_it_in_force() -> None:
    (curve,) = IN_FORCE.run(sight(HEALTH, LIFTED, as_of="2020-07-30")).curves
    assert curve.x[0] == "2020-03-26"
    assert (curve.y[0], curve.y[-1]) == (1.0, 0.0)
    assert date.fromisoformat(curve.x[-1]) <= date(2020, 7, 30)
