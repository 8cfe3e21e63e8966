"""Every measure says what its numbers are sensitive to."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from tests.measure.worlds import ORIGIN, case_in, sight_of, table

from faultline.case import Case
from faultline.measure import MEASURES
from faultline.measure.backing import log_ratio
from faultline.measure.chance import generator
from faultline.measure.convergence import together
from faultline.measure.cycles import Bout, follows
from faultline.measure.resilience import returned
from faultline.record.days import Days
from faultline.record.declared import Coalition, Declared, Departure, Shock

LEFT = date.fromordinal(ORIGIN + 1000)
DECLARED = Declared(
    (Coalition("group", "The group", ("group",)), Coalition("band", "The band", ("band",))),
    departures=(Departure("first", "group", Days(LEFT, LEFT)),),
    shocks=(Shock("the shock", LEFT),),
    draws=99,
)


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return case_in(tmp_path / "case")


@pytest.mark.parametrize("name", ["centre", "recipients", "backing", "convergence", "resilience", "escalation"])
def test_measure_of_a_table_repeats_its_rows_under_other_settings(case: Case, name: str) -> None:
    chance = generator(1, "other settings")
    days = sorted(chance.integers(0, 2000, 900).tolist())
    who = ["group" if k % 2 else "band" for k in range(900)]
    whom = ["army" if k % 3 else "civilians" for k in range(900)]
    events = table(days, [int(chance.integers(0, 8)) for _ in days], who, whom)
    found = next(one for one in MEASURES if one.name == name).run(sight_of(case, events, DECLARED))
    assert found.sensitivity
    assert all(row.statistic is not None or row.verdict for row in found.sensitivity)
    told = {(row.subject, row.name, row.settings) for row in found.rows}
    assert not told & {(row.subject, row.name, row.settings) for row in found.sensitivity}


def test_longer_span_counts_more_days() -> None:
    daily = np.zeros(400)
    daily[150:190], daily[201:] = 1.0, 1.0
    assert log_ratio(daily, 200, 180) > log_ratio(daily, 200, 45) > 0
    assert np.isnan(log_ratio(daily, 100, 180))


def test_wider_window_finds_hits_further_apart() -> None:
    one = (np.array([0]), np.array([10]))
    other = (np.array([0]), np.array([16]))
    assert [together(one, other, 30, window) for window in (1, 3, 7)] == [0, 0, 1]


def test_longer_wait_lets_more_steps_follow() -> None:
    bouts = (Bout("fight", 0, 5, 0, ()), Bout("talk", 60, 60, 60, ()))
    assert [follows(bouts, ("fight", "talk"), soon) for soon in (30, 60, 90)] == [(0, 1), (1, 1), (1, 1)]


def test_more_weeks_in_a_row_are_a_later_return() -> None:
    weeks = np.array([9.0, 3, 3, 9, 3, 3, 3, 3])
    assert [returned(weeks, (0, 5), quiet) for quiet in (2, 4, 8)] == [1, 4, None]
