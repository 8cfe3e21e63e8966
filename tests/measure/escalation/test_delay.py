"""Reporting delay through the right edge."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from tests.measure.worlds import ORIGIN, table

from faultline.measure.escalation.delay import UNKNOWN_DAYS, delay_curve, settled_until


def test_curve_without_an_edge_is_the_share_reported_within_each_delay() -> None:
    delays = np.array([0, 0, 1, 3, 3, 3, 10])
    curve = delay_curve(delays, np.full(7, 1000))
    assert curve[[0, 1, 2, 3, 9, 10]] == pytest.approx([2 / 7, 3 / 7, 3 / 7, 6 / 7, 6 / 7, 1.0])


def test_curve_is_found_again_where_late_reports_are_not_in_yet() -> None:
    chance = np.random.default_rng(1)
    ages = chance.integers(0, 400, 60_000)
    delays = chance.geometric(1 / 30, 60_000) - 1
    seen = delays <= ages
    curve = delay_curve(delays[seen], ages[seen])
    for day in (5, 20, 60):
        assert curve[day] == pytest.approx(1 - (29 / 30) ** (day + 1), abs=0.02)
    naive = float(np.mean(delays[seen] <= 20))
    assert naive > curve[20] + 0.02  # the edge hides the slow ones


def test_rows_without_a_publication_day_leave_the_last_months_open() -> None:
    day, why = settled_until(table(list(range(100)), [0] * 100), date.fromordinal(ORIGIN + 100))
    assert day == ORIGIN + 100 - UNKNOWN_DAYS
    assert "no row says" in why


def test_release_of_a_whole_table_settles_what_it_holds() -> None:
    events = table(list(range(300)), [0] * 300)
    events = replace(events, published=np.full(300, ORIGIN + 480))
    day, why = settled_until(events, date.fromordinal(ORIGIN + 500))
    assert ORIGIN + 299 <= day <= ORIGIN + 302
    assert "1 releases" in why and "181 days" in why


def test_slow_reports_leave_recent_days_open_until_nine_in_ten_are_in() -> None:
    chance = np.random.default_rng(2)
    days = np.sort(chance.integers(0, 1000, 5000))
    delays = chance.geometric(1 / 20, 5000) - 1
    seen = days + delays <= 1000
    events = table(days[seen].tolist(), [0] * int(seen.sum()))
    events = replace(events, published=events.first + delays[seen])
    day, why = settled_until(events, date.fromordinal(ORIGIN + 1000))
    wait = ORIGIN + 1000 - day
    assert 38 <= wait <= 52  # nine in ten of a geometric delay of mean 20
    assert f"nine in ten within {wait}" in why
