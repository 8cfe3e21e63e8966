"""Tables that hold some months and not others."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from tests.measure.worlds import ORIGIN, case_in, sight_of, table

from faultline.case import Case
from faultline.measure.backing import BACKING
from faultline.measure.escalation import ESCALATION
from faultline.measure.form import NOT_ENOUGH, holes, nameless, read_from
from faultline.measure.synchrony import SYNCHRONY
from faultline.record.days import Days
from faultline.record.declared import Coalition, Declared, Departure, NamedDay


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return case_in(tmp_path / "case")


def two_months() -> list[int]:
    """Two events a day in the first month and in one two years later, nothing between."""
    return [day for first in (0, 730) for day in range(first, first + 30) for _ in range(2)]


def test_months_without_a_row_beside_full_ones_are_told() -> None:
    days = two_months()
    assert "months have no row" in holes(table(days, [0] * len(days)))
    even = list(range(0, 760, 2))
    assert holes(table(even, [0] * len(even))) == ""
    few = [0, 400, 800]  # a quiet war: nothing says that a month is missing
    assert holes(table(few, [0] * 3)) == ""


def test_departure_before_a_hole_gives_no_ratio(case: Case) -> None:
    days = [day for day in range(200) for _ in range(2)] + list(range(700, 760))
    day = date.fromordinal(ORIGIN + 200)
    left = Departure("backer", "army", Days(day, day), "it leaves", ())
    rows = BACKING.run(sight_of(case, table(days, [0] * len(days)), Declared(departures=(left,)))).rows
    assert rows[0].verdict == "not enough data" and "no row in the 90 days after" in rows[0].note


def test_named_day_in_a_hole_gets_no_number(case: Case) -> None:
    days = two_months()
    day = date.fromordinal(ORIGIN) + timedelta(days=365)
    red = Coalition("red", "Red", ("group",))
    declared = Declared(coalitions=(red,), days=(NamedDay("the day", Days(day, day), "red"),), draws=99)
    found = SYNCHRONY.run(sight_of(case, table(days, [k % 2 for k in range(len(days))]), declared))
    row = next(row for row in found.rows if row.name.startswith("the day"))
    assert row.statistic is None and "no row within 90 days" in row.note
    assert any("months have no row" in warning for warning in found.warnings)


def test_table_from_outside_says_which_files_it_was_read_from(case: Case) -> None:
    made = table([0, 1], [0, 0])
    made = replace(made, frame=replace(made.frame, note="read from a.csv, b.csv"))
    assert read_from(sight_of(case, made), made) == "Events read from a.csv, b.csv."
    own = replace(case, frames=(made.frame,))
    assert read_from(sight_of(own, made), made) == ""


def test_rows_that_name_nobody_are_told_where_they_are_not_few() -> None:
    made = table([0, 1, 2], [0, 0, 0])
    assert nameless(made) == ""
    bare = replace(made, acted=made.acted & (np.arange(3) > 0)[:, None])
    assert nameless(bare).startswith("1 of 3 rows name nobody")


def test_months_without_a_row_are_no_quiet_months_of_a_series(case: Case) -> None:
    days = [day for first in (0, 1500) for day in range(first, first + 60) for _ in range(3)]
    found = ESCALATION.run(sight_of(case, table(days, [0] * len(days)), Declared()))
    assert [row.verdict for row in found.rows] == [NOT_ENOUGH] and "months have no row" in found.summary
