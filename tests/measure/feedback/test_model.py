"""The model of several marks: truth found again, the baseline's price, lags, reversed time."""

from dataclasses import replace

import numpy as np
import pytest

from faultline.measure.chance import generator
from faultline.measure.feedback.model import (
    BASELINES,
    CONSTANT,
    LAGS,
    Plan,
    fit,
    prior_gain,
    prior_sd,
    profile_lag,
    spectral_radius,
    unbounded,
)
from faultline.measure.feedback.worlds import Truth, worlds
from faultline.measure.negbin import Floats

BRANCHING = np.array([[0.3, 0.25], [0.0, 0.4]])


def _drawn(branching: Floats, days: int = 6000, seed: int = 1, swing: float = 0.0) -> Floats:
    level = 0.5 * np.exp(swing * np.sin(np.arange(days) / 60))
    base = np.stack([level, level], axis=1) @ (np.eye(2) - branching)
    return worlds(Truth(base, branching, 4.0, np.full(2, 2.0)), 1, generator(seed, "model"))[0]


def test_branching_and_size_are_found_again_where_the_level_is_constant() -> None:
    found = fit(_drawn(BRANCHING), Plan(spacing=CONSTANT, lag=4.0))
    assert found.branching == pytest.approx(BRANCHING, abs=0.09)
    assert found.sizes == pytest.approx([2.0, 2.0], rel=0.25)
    assert found.gain == pytest.approx(spectral_radius(found.branching))


def test_constant_baseline_makes_a_loop_of_a_changing_rate_and_a_flexible_one_does_not() -> None:
    counts = _drawn(np.zeros((2, 2)), swing=0.9)
    gains = [fit(counts, Plan(spacing=spacing)).gain for _, spacing in BASELINES]
    assert gains[0] > 0.7
    assert gains[-1] < 0.15


def test_entries_left_out_of_the_plan_are_zero() -> None:
    found = fit(_drawn(BRANCHING, 1500), Plan(cross=False))
    assert found.branching[0, 1] == found.branching[1, 0] == 0
    nothing = fit(_drawn(BRANCHING, 1500), Plan(own=False, cross=False))
    assert nothing.gain == 0
    assert nothing.mean == pytest.approx(nothing.base)


def test_warm_start_reaches_the_same_top() -> None:
    counts = _drawn(BRANCHING, 1500)
    for plan in (Plan(), Plan(swell=True), Plan(averages=True)):
        cold = fit(counts, plan)
        warm = fit(counts, plan, warm=fit(counts, plan, np.where(np.arange(1500) < 700, 0.0, 1.0)))
        assert warm.value == pytest.approx(cold.value, abs=0.05)


def test_step_that_may_fall_below_zero_leaves_the_inside_alone() -> None:
    counts = _drawn(BRANCHING)
    found = fit(counts, Plan(spacing=CONSTANT, lag=4.0))
    free = unbounded(counts, found)
    inside = found.branching > 0.05
    assert free[inside] == pytest.approx(found.branching[inside], abs=0.01)
    assert np.all(free[found.branching == 0] <= 0.01)


def test_lag_that_was_drawn_is_the_likeliest() -> None:
    lag, values = profile_lag(_drawn(np.array([[0.5, 0.0], [0.0, 0.5]])), Plan(), LAGS)
    assert lag == 4.0
    assert len(values) == len(LAGS)


def test_prior_of_the_gain_is_the_same_whatever_the_number_of_cross_terms() -> None:
    assert prior_sd(5)[0, 0] == 0.5
    assert prior_sd(5)[0, 1] == pytest.approx(0.5 / 4)
    medians = [float(np.median(prior_gain(marks, generator(1, "prior")))) for marks in (2, 4, 8)]
    assert max(medians) < 1.0
    assert max(medians) - min(medians) < 0.2


def test_worlds_settle_at_the_mean_that_the_matrix_gives() -> None:
    truth = Truth(np.full((3000, 2), 0.3), BRANCHING, 4.0, np.full(2, 2.0))
    made = worlds(truth, 20, generator(3, "worlds"))
    assert made.shape == (20, 3000, 2)
    expected = np.linalg.solve(np.eye(2) - BRANCHING.T, [0.3, 0.3])
    assert made.mean(axis=(0, 1)) == pytest.approx(expected, rel=0.06)
    explosive = replace(truth, branching=np.full((2, 2), 0.9))
    assert np.isfinite(worlds(explosive, 1, generator(4, "worlds"))).all()
