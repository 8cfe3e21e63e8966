"""The self-exciting null and what it asks for; online alarms; ranks."""

from dataclasses import replace

import numpy as np
import pytest

from faultline.measure.chance import binomial_interval, generator
from faultline.measure.escalation.largest import largest, peak_of_year
from faultline.measure.escalation.null import TEN_YEARS, Null, any_change_p, bound, draw, fit_null, penalty
from faultline.measure.escalation.online import QUIET, alarms, rises
from faultline.measure.escalation.segments import change_counts

NULL = Null(12.0, 0.5, 3.0)


def test_worlds_of_the_null_keep_its_mean_and_are_more_uneven_with_memory() -> None:
    chance = generator(1, "null")
    drawn = draw(NULL, 120, 400, chance)
    assert drawn.shape == (400, 120)
    assert drawn.mean() == pytest.approx(12.0, rel=0.05)
    without = draw(replace(NULL, gain=0.0), 120, 400, chance)
    assert drawn.mean(axis=1).std() > 1.5 * without.mean(axis=1).std()


def test_memory_is_estimated_without_the_bias_of_a_smooth_level() -> None:
    chance = generator(2, "fit")
    found = [fit_null(world, chance) for world in draw(NULL, 168, 12, chance)]
    assert np.mean([null.gain for null in found]) == pytest.approx(0.5, abs=0.15)
    assert np.mean([null.size for null in found]) == pytest.approx(3.0, rel=0.25)


def test_penalty_gives_one_false_change_in_ten_years_and_grows_with_memory() -> None:
    chance = generator(3, "penalty")
    price = penalty(NULL, chance)
    fresh = change_counts(draw(NULL, TEN_YEARS, 400, chance), NULL.size, price)
    assert fresh.mean() == pytest.approx(1.0, abs=0.35)
    assert penalty(replace(NULL, gain=0.8), chance) > price > penalty(replace(NULL, gain=0.0), chance)


def test_bound_gives_one_false_alarm_in_ten_years() -> None:
    chance = generator(4, "bound")
    limit = bound(NULL, chance)
    fresh = alarms(rises(draw(NULL, TEN_YEARS, 400, chance), NULL.size), limit)
    assert fresh.sum(axis=1).mean() == pytest.approx(1.0, abs=0.3)


def test_p_value_of_any_change_is_small_for_a_step_and_not_for_the_null() -> None:
    chance = generator(5, "any")
    counts = draw(NULL, 168, 1, chance)[0]
    step = counts + np.where(np.arange(168) >= 84, 60, 0)
    assert any_change_p(step, replace(NULL, mean=40.0), 199, chance) < 0.02
    p_values = [any_change_p(world, NULL, 99, chance) for world in draw(NULL, 120, 60, chance)]
    low, high = binomial_interval(sum(p <= 0.05 for p in p_values), 60)
    assert low <= 0.05 <= high


def test_alarm_of_a_month_uses_no_later_month() -> None:
    counts = draw(NULL, 120, 3, generator(6, "online"))
    changed = counts.copy()
    changed[:, 80:] *= 5
    assert np.array_equal(rises(counts, 3.0)[:, :80], rises(changed, 3.0)[:, :80])
    assert np.all(rises(changed, 3.0)[:, 85] > rises(counts, 3.0)[:, 85])


def test_fall_raises_no_alarm_and_an_alarm_is_followed_by_a_quiet_year() -> None:
    falling = np.repeat([40.0, 4.0], 40)[None]
    assert rises(falling, 5.0)[0, 40:60].max() == 0
    assert np.flatnonzero(alarms(np.ones((1, 40)), 0.5)[0]).tolist() == [0, QUIET + 1, 2 * QUIET + 2, 3 * QUIET + 3]


def test_rank_and_since_when_and_their_chance() -> None:
    counts = np.array([5.0] * 30 + [50.0] + [5.0] * 20 + [50.0, 4.0])
    found = largest(counts, 51, NULL, generator(7, "largest"))
    assert (found.value, found.rank, found.since) == (50.0, 1, 30)
    assert found.chance <= found.chance_of_year < 0.05
    usual = largest(counts, 50, NULL, generator(7, "largest"))
    assert usual.rank == 3
    assert usual.chance > 0.3


def test_peak_is_looked_for_in_twelve_calendar_months_only() -> None:
    counts = np.array([90.0, *[1.0] * 11, 3.0, 7.0, 7.0])
    months = np.arange(15)
    assert peak_of_year(counts, months) == 14
    assert peak_of_year(counts[:13], months[:13]) == 12
    assert peak_of_year(counts, np.array([*range(12), 40, 41, 42])) == 14
