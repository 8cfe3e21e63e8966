"""Negative-binomial arithmetic against scipy and against what was drawn."""

import numpy as np
import pytest
from scipy import stats

from faultline.measure.chance import generator
from faultline.measure.negbin import SIZE_HIGH, draw, log_pmf, size_of, sizes_of


def test_log_probability_agrees_with_scipy() -> None:
    y = np.array([0.0, 1.0, 7.0, 40.0])
    mean = np.array([0.2, 1.5, 9.0, 3.0])
    for size in (0.3, 2.0, 500.0):
        expected = stats.nbinom.logpmf(y, size, size / (size + mean))
        assert log_pmf(y, mean, size) == pytest.approx(expected, rel=1e-9)


def test_draws_have_the_mean_and_the_variance_of_their_size() -> None:
    drawn = draw(np.full(200_000, 3.0), 1.5, generator(1, "draw"))
    assert drawn.mean() == pytest.approx(3.0, abs=0.03)
    assert drawn.var() == pytest.approx(3.0 + 9.0 / 1.5, rel=0.03)


def test_size_is_found_again_and_is_the_likeliest() -> None:
    mean = np.linspace(0.3, 4.0, 20_000)
    y = draw(mean, 0.8, generator(2, "size"))
    weight = np.ones(len(y))
    found = size_of(y, mean, weight)
    assert found == pytest.approx(0.8, rel=0.05)
    values = [float(log_pmf(y, mean, found * factor).sum()) for factor in (0.97, 1.0, 1.03)]
    assert max(values) == values[1]


def test_counts_of_poisson_have_a_large_size_and_days_held_out_do_not_count() -> None:
    chance = generator(3, "poisson")
    mean = np.full(5000, 2.0)
    y = chance.poisson(mean).astype(float)
    assert size_of(y, mean, np.ones(len(y))) > 30
    spoiled, weight = y.copy(), np.ones(len(y))
    spoiled[:500], weight[:500] = 90, 0
    assert size_of(spoiled, mean, weight) > 30
    assert size_of(y * 0, mean * 0 + 1e-6, np.ones(len(y))) <= SIZE_HIGH


def test_sizes_of_rows_are_those_of_each_row() -> None:
    counts = np.random.default_rng(3).negative_binomial(4, 0.3, (5, 60)).astype(np.float64)
    means = np.repeat(counts.mean(axis=1, keepdims=True), 60, axis=1)
    each = [size_of(row, mean, np.ones(60)) for row, mean in zip(counts, means, strict=True)]
    assert sizes_of(counts, means) == pytest.approx(each, rel=1e-3)
