"""Outcomes from a table of events: what counts where and when, and that they can be forecast and scored."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from faultline.forecast.backtest import Run, backtest
from faultline.forecast.baselines import BASELINES
from faultline.forecast.cast import HISTORY, Question, cast
from faultline.forecast.eventful import BY_REGION, NEAR_CAPITAL, UNITS_HIT, outcomes_of
from faultline.forecast.form import windows
from faultline.forecast.outcomes import Monthly
from faultline.forecast.scoreboard import scoreboard
from faultline.forecast.tally import tally
from faultline.measure.events import Events
from faultline.record.analysis import Frame
from faultline.record.days import Days
from faultline.record.months import month_days, month_number
from faultline.record.place import Place

CAPITAL = Place("capital", "Capital", 10.0, 0.0)
NEAR, FAR = (10.5, 0.0), (11.5, 0.0)  # 56 and 167 km away
Row = tuple[str, str, str, tuple[float, float], float, str]
ROWS: list[Row] = [
    # day, region, second-order unit, point, deaths, action
    ("2020-01-02", "North", "n1", FAR, 3, "assault"),
    ("2020-01-09", "North", "n1", FAR, 4, "assault"),
    ("2020-01-30", "South", "s1", NEAR, float("nan"), "assault"),
    ("2020-02-10", "North", "n1", FAR, 5, "assault"),
    ("2020-02-11", "North", "n2", NEAR, 6, "assault"),
    ("2020-02-12", "South", "s1", NEAR, 90, "protest"),
    ("2020-03-03", "", "", NEAR, 7, "assault"),
    ("2020-03-30", "South", "s2", NEAR, 8, "assault"),
    ("2020-04-02", "South", "s2", NEAR, 9, "assault"),
]


def events(rows: list[Row], radius: float = 5.0, days: Days | None = None) -> Events:
    column = [np.array(values) for values in zip(*[(*row[:3], *row[3], *row[4:]) for row in rows], strict=True)]
    day = np.array([date.fromisoformat(str(text)).toordinal() for text in column[0]])
    none, nobody = np.array([""] * len(rows)), np.zeros((len(rows), 0), bool)
    points = {"latitude": column[3], "longitude": column[4], "radius": np.full(len(rows), radius)}
    words = {"place": none, "admin1": column[1], "admin2": column[2], "country": none, "subtype": none, "claim": none}
    other = {"root": column[6], "deaths": column[5], "published": day}
    frame = Frame("events", "office", "event", days or Days(), systematic=True)
    return Events(
        frame=frame, first=day, last=day, parties=(), acted=nobody, suffered=nobody, **points, **words, **other
    )


def found(table: Events, capital: Place | None = CAPITAL) -> dict[str, Monthly]:
    return dict(outcomes_of(table, capital))


def test_deaths_stand_in_their_region_and_month() -> None:
    table = found(events(ROWS))[BY_REGION]
    assert table.units == ("North", "South")
    assert table.deaths.tolist() == [[7, 11, 0], [0, 0, 8]]  # unknown deaths are none; no region, no row


def test_second_order_unit_attacked_twice_in_a_month_counts_once() -> None:
    assert found(events(ROWS))[UNITS_HIT].deaths.tolist() == [[2, 2, 1]]


def test_attacks_within_a_hundred_kilometres_of_the_capital_are_counted() -> None:
    assert found(events(ROWS))[NEAR_CAPITAL].deaths.tolist() == [[1, 1, 2]]


def test_event_known_only_to_a_region_is_not_near_the_capital() -> None:
    assert found(events(ROWS, radius=300.0))[NEAR_CAPITAL].deaths.sum() == 0


def test_case_without_a_capital_has_no_outcome_near_it() -> None:
    assert set(found(events(ROWS), None)) == {BY_REGION, UNITS_HIT}


def test_what_is_no_attack_does_not_count_and_without_attacks_there_is_no_outcome() -> None:
    assert found(events([row for row in ROWS if row[5] == "protest"])) == {}


def test_month_that_the_table_does_not_hold_whole_is_left_out() -> None:
    cut = found(events(ROWS))
    assert {month_number("2020-03")} == {table.last for table in cut.values()}


def test_table_that_says_its_days_has_the_quiet_months_before_its_first_attack() -> None:
    said = Days(first_day=date(2019, 11, 15), last_day=date(2020, 4, 30))
    table = found(events(ROWS, days=said))[BY_REGION]
    assert (table.first, table.last) == (month_number("2019-12"), month_number("2020-04"))
    assert table.deaths.tolist() == [[0, 7, 11, 0, 0], [0, 0, 0, 8, 9]]


def test_what_a_table_will_cover_is_not_taken_for_quiet_before_it_is_known() -> None:
    said = Days(last_day=date(2024, 12, 31))
    assert found(events(ROWS, days=said))[BY_REGION].last == month_number("2020-04")


@pytest.fixture(scope="module")
def long() -> dict[str, Monthly]:
    """Ten years of events: on average four deaths a month in the north, one in the south."""
    chance = np.random.default_rng(1)
    rows: list[Row] = []
    for month in range(month_number("2010-01"), month_number("2019-12") + 1):
        day = month_days(month, month).first_day
        rows += [(str(day), "North", f"n{k}", FAR, 1, "assault") for k in range(chance.poisson(4))]
        rows += [(str(day), "South", "s", NEAR, 1, "assault") for _ in range(chance.poisson(1))]
    return found(events([*rows, ("2019-12-31", "South", "s", NEAR, 0, "assault")]))


def test_each_outcome_is_forecast_by_its_own_history(long: dict[str, Monthly]) -> None:
    means = {name: cast(table, Question(name, table.units[0])).steps[0].spread.mean for name, table in long.items()}
    assert means[BY_REGION] == pytest.approx(4, abs=1) and means[NEAR_CAPITAL] == pytest.approx(1, abs=0.6)
    assert means[UNITS_HIT] == pytest.approx(4.6, abs=1)
    assert cast(long[UNITS_HIT], Question(UNITS_HIT, "all")).forecaster == HISTORY


def test_each_outcome_is_scored_like_any_other(long: dict[str, Monthly]) -> None:
    for table in long.values():
        spans = windows(month_number("2018-01"), month_number("2019-12"))
        board = scoreboard(tally(backtest(table, spans, BASELINES, Run(200))))
        best = {row.forecaster: row.value for row in board if row.name == "crps" and row.stratum == "all"}
        assert best["conflictology-12"] < best["zero"] and all(row.n for row in board)


def test_later_events_do_not_change_what_was_known(long: dict[str, Monthly]) -> None:
    table = long[BY_REGION]
    cut = table.until(month_number("2018-01"))
    changed = replace(table, deaths=np.where(np.arange(table.deaths.shape[1]) < cut.deaths.shape[1], table.deaths, 99))
    assert np.array_equal(changed.until(cut.last).deaths, cut.deaths)
