"""Of an event table only the days that it covers are fitted."""

from datetime import date, timedelta

import pytest

from faultline.model.stretch import unbroken
from tests.measure.worlds import ORIGIN, table

FIRST = date.fromordinal(ORIGIN)


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


def test_files_of_single_months_make_a_hole_and_what_is_before_it_is_left_out() -> None:
    events = table([*range(30), *range(400, 800)], [0] * 430)
    found = unbroken(events, day(799))
    assert found is not None and len(found.events) == 400 and found.last_day == day(799)
    assert len(found.left_out) == 1 and "30 events" in found.left_out[0]
    assert f"{day(30)} to {day(399)}" in found.left_out[0] and "expect 370" in found.left_out[0]


def test_long_silence_of_a_calm_country_is_no_hole() -> None:
    found = unbroken(table(range(0, 4000, 100), [0] * 40), day(3999))
    assert found is not None and len(found.events) == 40 and found.left_out == ()


def test_events_after_the_issue_are_not_seen() -> None:
    found = unbroken(table(range(600), [0] * 600), day(499))
    assert found is not None and len(found.events) == 500 and found.last_day == day(499)
    assert unbroken(table(range(600), [0] * 600), day(-1)) is None


@pytest.mark.parametrize(("late", "ends"), [(5, 504), (50, 499)])
def test_table_that_ends_long_before_the_issue_has_no_quiet_days_behind_it(late: int, ends: int) -> None:
    found = unbroken(table(range(500), [0] * 500), day(499 + late))
    assert found is not None and found.last_day == day(ends)
    assert bool(found.left_out) == (ends == 499)
    assert not found.left_out or f"the table ends on {day(499)}" in found.left_out[0]
