"""Scores against numbers worked by hand and against an independent package."""

import itertools
import math

import numpy as np
import pytest
import scoringrules

from faultline.forecast import score
from faultline.measure.chance import generator
from faultline.record.errors import UsageError

DRAWS = np.array([[0.0, 2.0, 4.0, 10.0], [0.0, 0.0, 0.0, 0.0]])
ACTUAL = np.array([3.0, 0.0])


@pytest.fixture(scope="module")
def cells() -> tuple[np.ndarray, np.ndarray]:
    chance = generator(3, "cells")
    draws = np.round(np.exp(chance.normal(2, 1.5, size=(60, 200))) * (chance.random((60, 200)) < 0.7))
    return draws, np.round(np.exp(chance.normal(2, 1.5, size=60)))


def test_crps_by_hand() -> None:
    # mean |x - 3| = (3 + 1 + 1 + 7) / 4 = 3; half the mean distance of pairs = (2+4+10+2+8+6) * 2 / 16 / 2 = 2
    assert score.crps(DRAWS, ACTUAL).tolist() == pytest.approx([1.0, 0.0])


@pytest.mark.parametrize(
    ("name", "shaped"),
    [("crps", lambda x: x), ("crps_log1p", np.log1p), ("crps_cut", lambda x: np.minimum(x, 1000))],
)
def test_crps_agrees_with_scoringrules(cells: tuple[np.ndarray, np.ndarray], name: str, shaped) -> None:
    draws, actual = cells
    theirs = scoringrules.crps_ensemble(shaped(actual), shaped(draws), estimator="nrg")
    assert np.allclose(score.SCORES[name](draws, actual), theirs)


def test_interval_score_agrees_with_scoringrules(cells: tuple[np.ndarray, np.ndarray]) -> None:
    draws, actual = cells
    low, high = np.quantile(draws, [0.05, 0.95], axis=-1)
    assert np.allclose(score.interval_90(draws, actual), scoringrules.interval_score(actual, low, high, 0.1))


def test_brier_agrees_with_scoringrules(cells: tuple[np.ndarray, np.ndarray]) -> None:
    draws, actual = cells
    theirs = scoringrules.brier_score((actual >= 25).astype(float), (draws >= 25).mean(axis=-1))
    assert np.allclose(score.brier_25(draws, actual), theirs)


def test_ranked_probability_score_agrees_with_scoringrules(cells: tuple[np.ndarray, np.ndarray]) -> None:
    draws, actual = cells
    edges = [-np.inf, *score.CLASS_EDGES, np.inf]
    shares = np.stack([((draws >= a) & (draws < b)).mean(axis=-1) for a, b in itertools.pairwise(edges)], axis=-1)
    happened = np.searchsorted(score.CLASS_EDGES, actual, side="right") + 1
    assert np.allclose(score.rps(draws, actual) * 4, scoringrules.rps_score(happened, shares))


def test_ignorance_by_hand() -> None:
    # 3 lies in the bin 2.5 to 5.5, which holds one draw of four; 0 in the first bin with all four of them
    assert score.ignorance(DRAWS, ACTUAL).tolist() == pytest.approx([-math.log2(2 / 15), -math.log2(5 / 15)])


def test_ignorance_of_a_thousand_draws_lies_between_its_two_ends() -> None:
    sure, wrong = np.zeros((1, 1000)), np.full((1, 1000), 5000.0)
    assert score.ignorance(sure, np.zeros(1))[0] == pytest.approx(math.log2(1011 / 1001))
    assert score.ignorance(wrong, np.zeros(1))[0] == pytest.approx(math.log2(1011))


BINS = [(0, 0), (1, 1), (2, 1), (3, 2), (25, 4), (26, 5), (1000, 9), (1001, 10)]


@pytest.mark.parametrize(("deaths", "bin_of"), BINS)
def test_whole_deaths_fall_into_the_eleven_bins_of_the_challenge(deaths: float, bin_of: int) -> None:
    values = np.array([0.0, 2.0, 5.0, 10.0, 25.0, 50.0, 100.0, 250.0, 500.0, 1000.0, 9999.0])  # one of each bin
    found = score.ignorance(values[None], np.array([deaths]))[0]
    assert found == pytest.approx(math.log2(22 / 2))
    without = np.delete(values, bin_of)
    assert score.ignorance(without[None], np.array([deaths]))[0] == pytest.approx(math.log2(21))


def test_interval_score_by_hand() -> None:
    draws = np.arange(101.0)[None]  # the interval is 5 to 95
    assert score.interval_90(draws, np.array([50.0]))[0] == pytest.approx(90)
    assert score.interval_90(draws, np.array([100.0]))[0] == pytest.approx(90 + 20 * 5)
    assert score.interval_90(draws, np.array([1.0]))[0] == pytest.approx(90 + 20 * 4)
    assert score.covered(draws, np.array([95.0]))[0] and not score.covered(draws, np.array([96.0]))[0]


def test_pit_of_a_calibrated_forecast_is_uniform() -> None:
    chance = generator(5, "pit")
    draws, actual = chance.poisson(3, size=(2000, 400)), chance.poisson(3, size=2000)
    found = np.histogram(score.pit(draws.astype(float), actual.astype(float), chance), bins=10, range=(0, 1))[0]
    assert found.min() > 150 and found.max() < 250


def test_bootstrap_draws_whole_countries() -> None:
    chance = generator(7, "blocks")
    rows = np.repeat(np.array([-1.0, 1.0] * 20)[:, None], 500, axis=1)  # months of a country are all alike
    low, high = score.block_interval(rows, chance)
    assert low < -0.15 and high > 0.15  # 20,000 independent cells would give about 0.01


def test_months_before_a_state_existed_do_not_count() -> None:
    rows = np.array([[1.0, np.nan], [1.0, 1.0]])
    assert score.block_interval(rows, generator(1, "nan")) == (1.0, 1.0)
    with pytest.raises(UsageError, match="no number"):
        score.block_interval(rows * np.nan, generator(1, "nan"))


@pytest.mark.parametrize(
    ("draws", "actual"),
    [(DRAWS, ACTUAL[:1]), (DRAWS * np.nan, ACTUAL), (-DRAWS, ACTUAL), (DRAWS, np.array([np.inf, 0.0]))],
)
def test_what_is_no_count_cannot_be_scored(draws: np.ndarray, actual: np.ndarray) -> None:
    for one in score.SCORES.values():
        with pytest.raises(UsageError, match="score"):
            one(draws, actual)
