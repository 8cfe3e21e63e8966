from dataclasses import replace

from faultline.publish.export import Leaving
from faultline.publish.export.leaving import HELD, OUTSIDE, YOUNG
from faultline.publish.masking import MASK
from faultline.publish.worlds import Seen
from faultline.record.days import parse_days
from tests.publish.hand import HandDesk


def test_a_secret_meeting_of_last_month_is_no_row_and_is_counted(leaving: Leaving) -> None:
    assert not any(row.kind == "talk" for row in leaving.claims)
    assert leaving.left_out[YOUNG] == 1


def test_every_claim_of_an_incident_row_is_a_claim_row(leaving: Leaving) -> None:
    rows = {row.claim for row in leaving.claims}
    assert leaving.incidents and all(set(row.claims) <= rows for row in leaving.incidents)


def test_an_incident_of_which_nothing_may_leave_is_counted_and_not_written(leaving: Leaving) -> None:
    world = leaving.seen.world
    assert len(leaving.incidents) + leaving.left_out.get(HELD, 0) == len(world.incidents)


def test_control_leaves_without_its_town_and_coordinates(leaving: Leaving) -> None:
    control = [row for row in leaving.claims if row.kind == "control"]
    assert control and all(row.latitude is None and "Belk" not in row.places for row in control)
    assert any(row.places == ("Upper Osk",) for row in control)


def test_an_event_keeps_its_place_with_the_radius_in_which_it_lies(leaving: Leaving) -> None:
    ambush = next(row for row in leaving.claims if row.subtype == "ambush")
    assert (ambush.latitude, ambush.longitude, ambush.radius_km) == (10.0, 1.0, 5.0)
    assert (ambush.killed_low, ambush.killed_best, ambush.killed_high) == (None, 4, None)


def test_a_period_keeps_what_may_lie_in_it_and_counts_the_rest(desk: HandDesk) -> None:
    leaving = Leaving(Seen(desk.case, desk.snapshot()), parse_days("2020-03"))
    days = {(str(row.first_day), str(row.last_day)) for row in leaving.claims}
    assert days == {("2020-03-03", "2020-03-03"), ("2019-02-12", "None")}  # who held Belk may still have held it
    assert len(leaving.claims) + leaving.left_out[OUTSIDE] == len(leaving.seen.world.claims)


def test_a_person_who_is_no_actor_is_in_no_row(desk: HandDesk) -> None:
    hasty = replace(desk.case, policy=replace(desk.case.policy, delay_days=0))
    old = Leaving(Seen(hasty, desk.snapshot()))
    assert "Petrel" not in str(old.claims) and "Petrel" not in str(old.incidents)
    assert MASK in old.gate.masked(next(r.document for r in old.claims if r.kind == "talk"), "Jonas Petrel said")
