"""What measures share of chance."""

import numpy as np
import pytest

from faultline.measure.chance import between, binomial_interval, block_sample, generator, holm, p_above, p_two_sided


def test_one_seed_and_name_give_one_generator_and_others_another() -> None:
    first, again, other = generator(7, "a", 3), generator(7, "a", 3), generator(7, "b", 3)
    drawn = first.random(5)
    assert np.array_equal(drawn, again.random(5))
    assert not np.array_equal(drawn, other.random(5))


def test_p_value_counts_the_statistic_itself_and_is_never_zero() -> None:
    draws = np.arange(1.0, 100.0)
    assert p_above(1000.0, draws) == 1 / 100
    assert p_above(1.0, draws) == 1.0
    assert p_above(90.0, draws) == pytest.approx(11 / 100)
    assert p_two_sided(50.0, draws) == 1.0
    assert p_two_sided(1000.0, draws) == pytest.approx(2 / 100)


def test_holm_agrees_with_a_table_worked_by_hand() -> None:
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx((0.03, 0.06, 0.06, 0.02))
    assert holm([]) == ()


def test_p_values_of_the_null_itself_are_uniform() -> None:
    chance = generator(1, "uniform")
    p_values = [p_above(chance.random(), chance.random(99)) for _ in range(2000)]
    low, high = binomial_interval(sum(p <= 0.05 for p in p_values), 2000)
    assert low <= 0.05 <= high


def test_middle_of_the_draws() -> None:
    assert between(np.arange(1.0, 20.0)) == pytest.approx((1.0, 19.0))  # a 20th of them lies outside one time in ten


def test_binomial_interval_agrees_with_the_published_value() -> None:
    low, high = binomial_interval(3, 10)  # Clopper-Pearson 95 %, any table: .0667 to .6525
    assert (round(low, 4), round(high, 4)) == (0.0667, 0.6525)
    assert binomial_interval(0, 0) == (0.0, 1.0)


def test_block_sample_keeps_neighbours_together_and_the_length() -> None:
    sample = block_sample(100, 10, generator(2, "blocks"))
    assert len(sample) == 100
    assert set(sample) <= set(range(100))
    steps = np.diff(sample)
    assert np.count_nonzero(steps == 1) >= 90 - 1
    assert len(block_sample(5, 50, generator(2, "long"))) == 5
