"""Kernels of the cheap tests: what they give back and where they stay silent."""

import numpy as np
import pytest

from faultline.measure.backing import SPAN, log_ratio, other_weeks
from faultline.measure.centre import dealt
from faultline.measure.centre import tested as centre_tested
from faultline.measure.convergence import LATE, WINDOW, rate_change, together, together_by_chance
from faultline.measure.cycles import Bout, against_orders
from faultline.measure.information import quiet_draws
from faultline.measure.resilience import Model, paths, simulated


def test_rate_change_gives_the_ratio_and_uneven_blocks_widen_its_interval() -> None:
    even = np.array([4.0, 5, 6, 5] * 20)
    ratio, (low, high), p = rate_change(even, LATE)
    assert ratio == pytest.approx(1.0, abs=0.1) and low < 1 < high and p > 0.3
    clumped = np.array([0.0, 0, 20, 0] * 20)
    _, (lower, higher), _ = rate_change(clumped, LATE)
    assert higher / lower > high / low
    assert rate_change(np.concatenate([even, np.full(LATE, 25.0)]), LATE)[2] < 0.001


def test_rate_change_without_an_event_before_has_no_ratio_but_an_interval() -> None:
    ratio, (low, high), p = rate_change(np.concatenate([np.zeros(40), np.full(LATE, 3.0)]), LATE)
    assert np.isnan(ratio) and 0 < low < high and p < 0.05


def test_pairs_of_hits_near_one_another_are_counted_and_moving_a_front_parts_them() -> None:
    chance = np.random.default_rng(1)
    days = np.sort(chance.choice(200, 30, replace=False)).astype(np.int64)
    one = (np.zeros(30, np.int64), days)
    near = int((np.abs(days[:, None] - days[None]) <= WINDOW).sum())
    draws = together_by_chance((one, one), 14, 200, (50, chance))
    assert together(one, one, 200) == near > 30 and draws.mean() < near


def test_hits_of_a_front_in_one_bin_move_as_one() -> None:
    clump = (np.zeros(3, np.int64), np.array([16, 17, 18]))
    alone = (np.zeros(1, np.int64), np.array([17]))
    draws = together_by_chance((alone, clump), 14, 42, (200, np.random.default_rng(1)))
    assert {0.0, 3.0} <= set(draws.tolist()) <= {0.0, 1.0, 2.0, 3.0} and (draws == 3).mean() > 0.2


def test_spans_that_touch_the_day_are_no_comparison() -> None:
    daily = np.ones(800)
    daily[400:490] = 9
    assert np.isnan(log_ratio(daily, SPAN - 1))
    assert len(other_weeks(daily, 400)) < len(range(SPAN, 800 - SPAN, 7))


def test_bouts_that_never_come_together_have_no_triples_in_any_order() -> None:
    bouts = [Bout(form, 200 * k, 200 * k, 0, ()) for k, form in enumerate(("fight", "talk", "withdrawal"))]
    seen, draws, p, least = against_orders(bouts, 20, np.random.default_rng(1))
    assert seen == draws.max() == 0 and p == least == 1.0


def test_threat_without_a_quiet_window_counts_as_not_followed() -> None:
    draws = quiet_draws([np.ones(3), np.empty(0), np.zeros(2)], 10, np.random.default_rng(1))
    assert draws.tolist() == [1.0] * 10


def test_blocks_are_dealt_whole_and_as_many_to_each_period_as_there_are() -> None:
    days = np.arange(0, 700, 2)
    for late in dealt(days, 560, (5, np.random.default_rng(1))):
        assert late.sum() == 70  # ten blocks of 14 days, seven events each
        assert all(len(set(late[days // 14 == block])) == 1 for block in range(50))


def test_interval_of_a_change_holds_none_where_it_is_like_those_of_chance() -> None:
    drawn = np.random.default_rng(2).normal(0, 1, 999)
    low, high, p = centre_tested(0.1, drawn)
    assert low < 0 < high and p > 0.5
    low, high, p = centre_tested(4.0, drawn)
    assert 0 < low < 4 < high and p < 0.01


def test_paths_forget_a_shock_by_their_memory() -> None:
    chance = np.random.default_rng(2)
    quick, slow = (simulated(Model(20, memory, 20), np.array([60.0]), 52, (200, chance)) for memory in (0.1, 0.8))
    assert np.median(quick) < np.median(slow)
    assert paths(Model(20, 0.1, 20), np.full(500, 60.0), 30, chance)[:, -1].mean() == pytest.approx(20, rel=0.1)
