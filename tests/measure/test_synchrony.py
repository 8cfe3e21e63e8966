"""Synchrony against interval jitter."""

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from tests.measure.worlds import case_in, sight_of, table

from faultline.measure.chance import generator
from faultline.measure.form import NOT_A_SAMPLE, NOT_ENOUGH
from faultline.measure.sight import Sight
from faultline.measure.synchrony import SYNCHRONY, fronts_of
from faultline.measure.synchrony.jitter import Jitter, coincidences, fronts_in_window, hits, null_coincidences, smoothed
from faultline.record.days import Days
from faultline.record.declared import Coalition, Declared, NamedDay

CHANCE = generator(5, "test")


def drawn(seed: int, together: bool) -> tuple[list[int], list[int]]:
    """Two years of hits on six fronts; `together` plants a day in each month on which four of them are hit at once."""
    chance = generator(seed, "world", together)
    days = chance.integers(0, 730, 240).tolist()
    fronts = chance.integers(0, 6, 240).tolist()
    for month in range(24 if together else 0):
        days += [month * 30 + 3] * 4
        fronts += [0, 1, 2, 3]
    return days, fronts


@pytest.mark.parametrize("window", [1, 2, 3, 7])
def test_coincidences_agree_with_counting_all_pairs(window: int) -> None:
    fronts, days = hits(CHANCE.integers(0, 5, 80), CHANCE.integers(0, 60, 80))
    pairs = sum(
        fronts[i] != fronts[j] and abs(int(days[i]) - int(days[j])) < window
        for i in range(len(days))
        for j in range(i + 1, len(days))
    )
    assert coincidences(fronts, days, window) == pairs


def test_several_records_of_one_front_day_are_one_hit() -> None:
    fronts, days = hits(np.array([1, 1, 2, -1]), np.array([4, 4, 4, 4]))
    assert list(zip(fronts.tolist(), days.tolist(), strict=True)) == [(1, 4), (2, 4)]


def test_jitter_keeps_the_hits_of_every_front_and_bin_and_hits_no_front_twice_a_day() -> None:
    fronts, days = hits(CHANCE.integers(0, 3, 300), CHANCE.integers(0, 200, 300))
    moved = Jitter((fronts, days), 14, 200).draw(CHANCE)
    assert np.array_equal(np.sort(fronts * 100 + days // 14), np.sort(fronts * 100 + moved // 14))
    assert len({*zip(fronts.tolist(), moved.tolist(), strict=True)}) == len(days)
    assert moved.max() < 200 and not np.array_equal(days, moved)


def test_days_of_a_bin_are_drawn_by_the_smoothed_rate() -> None:
    fronts, days = np.array([0, 0, 1]), np.array([1, 4, 2])
    jitter = Jitter((fronts, days), 7, 10)
    drawn_days = np.stack([jitter.draw(CHANCE) for _ in range(7000)])
    rate = smoothed(days, 10)[:7]
    assert np.bincount(drawn_days[:, 2], minlength=7) / 7000 == pytest.approx(rate / rate.sum(), abs=0.02)
    both = np.bincount(drawn_days[:, :2].reshape(-1), minlength=7) / 7000
    assert both == pytest.approx([2 / 7] * 7, abs=0.03)  # the rate is nearly flat over a week


def test_last_bin_that_is_cut_short_stays_so() -> None:
    jitter = Jitter((np.array([0]), np.array([8])), 7, 9)
    assert {int(jitter.draw(CHANCE)[0]) for _ in range(50)} == {7, 8}


def test_fronts_in_a_window_are_distinct() -> None:
    within = fronts_in_window(np.array([0, 0, 1]), np.array([2, 3, 3]), 2, 6)
    assert within.tolist() == [0, 1, 2, 2, 0, 0]


def test_fronts_are_units_where_given_and_clusters_no_wider_than_declared_where_not() -> None:
    events = table([0, 1, 2, 3], [0, 0, 1, 2])
    numbers, how = fronts_of(events, 50.0)
    assert how == "second-order units" and len(set(numbers.tolist())) == 3
    clusters, how = fronts_of(events, 50.0, by_unit=False)
    assert "50 km" in how and len(set(clusters.tolist())) == 3  # a degree of latitude is 111 km
    wide, _ = fronts_of(events, 150.0, by_unit=False)
    assert len(set(wide.tolist())) == 2


def test_planted_synchrony_is_found_and_its_absence_is_not(tmp_path: Path) -> None:
    case = case_in(tmp_path / "case")
    declared = Declared((Coalition("group", "The group", ("group",)),), windows=(1, 3), draws=199)
    found = SYNCHRONY.run(sight_of(case, table(*drawn(1, True)), declared))
    assert [row.verdict for row in found.rows] == ["more than chance"] * 2
    assert all(row.p_value is not None and row.null is not None and row.n > 200 for row in found.rows)
    none = SYNCHRONY.run(sight_of(case, table(*drawn(1, False)), declared))
    assert all(row.p_value is not None and row.p_value > 0.05 for row in none.rows)
    assert "no more often than chance" in none.summary


def test_named_day_is_corrected_for_the_search_over_all_days(tmp_path: Path) -> None:
    case = case_in(tmp_path / "case")
    days, fronts = drawn(2, False)
    busy = date(2020, 1, 1) + timedelta(days=400)
    plain = date(2020, 1, 1) + timedelta(days=200)
    events = table([*days, *[400] * 6], [*fronts, *range(6)])
    declared = Declared(
        (Coalition("group", "The group", ("group",)),),
        days=(NamedDay("busy", Days(busy, busy), "group"), NamedDay("plain", Days(plain, plain), "group")),
        draws=199,
    )
    rows = {row.name: row for row in SYNCHRONY.run(sight_of(case, events, declared)).rows}
    assert rows["busy (declared)"].statistic == 6 and rows["busy (declared)"].verdict == "more than chance"
    assert (rows["plain (declared)"].p_value or 0) > 0.05
    assert "on that day alone" in rows["busy (declared)"].note


def test_heap_on_the_first_of_months_is_a_warning(tmp_path: Path) -> None:
    case = case_in(tmp_path / "case")
    days, fronts = drawn(3, False)
    firsts = [(date(2020 + m // 12, m % 12 + 1, 1) - date(2020, 1, 1)).days for m in range(24)]
    found = SYNCHRONY.run(sight_of(case, table([*days, *firsts * 4], [*fronts, *range(96)])))
    assert any("first of a month" in warning for warning in found.warnings)


def test_load_compares_the_fronts_of_a_day_with_the_response_of_the_weeks_before(tmp_path: Path) -> None:
    case = case_in(tmp_path / "case")
    day = date(2020, 1, 1) + timedelta(days=60)
    days = [*range(0, 60, 2), *[60] * 4]
    fronts = [*[0] * 30, 0, 1, 2, 3]
    actors = [*["army"] * 30, *["group"] * 4]
    events = table(days, fronts, actors, ["rest"] * len(days))
    declared = Declared(
        (Coalition("group", "The group", ("group",)), Coalition("army", "The army", ("army",))),
        defender="army",
        days=(NamedDay("busy", Days(day, day), "group"),),
        draws=99,
    )
    load = next(row for row in SYNCHRONY.run(sight_of(case, events, declared)).rows if row.name.startswith("load"))
    assert load.statistic == pytest.approx(4 / 0.5)


def test_no_rate_comes_from_a_record_that_is_no_sample(tmp_path: Path) -> None:
    case = case_in(tmp_path / "case")
    refused = SYNCHRONY.run(Sight(case, date(2026, 1, 1)))
    assert [row.verdict for row in refused.rows] == [NOT_A_SAMPLE]
    assert refused.rows[0].statistic is None
    few = SYNCHRONY.run(sight_of(case, table([1, 2], [0, 1])))
    assert [row.verdict for row in few.rows] == [NOT_ENOUGH]


def test_two_runs_give_the_same_finding(tmp_path: Path) -> None:
    sight = sight_of(case_in(tmp_path / "case"), table(*drawn(4, True)))
    assert SYNCHRONY.run(sight) == SYNCHRONY.run(sight)


def test_draws_stop_early_only_where_the_first_show_nothing_beyond_them() -> None:
    chance = np.random.default_rng(3)
    table = chance.random((6, 400)) < 0.08
    fronts, days = np.nonzero(table)
    one = hits(fronts.astype(np.int64), days.astype(np.int64))
    jitter = Jitter(one, 14, 400)
    assert len(null_coincidences(jitter, 1, 999, np.random.default_rng(1), 0)) == 199
    assert len(null_coincidences(jitter, 1, 999, np.random.default_rng(1), 10**6)) == 999
    assert len(null_coincidences(jitter, 1, 300, np.random.default_rng(1))) == 300
