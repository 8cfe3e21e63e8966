"""Likelihood, gradient, information and top of one mark: against differences, scipy and the truth."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import optimize

from faultline.measure.feedback.basis import roughness, spline_basis
from faultline.measure.feedback.kernel import Design, Theta, climb, gradient, information, objective, start
from faultline.measure.feedback.memory import remember
from faultline.measure.negbin import Floats


def _world(days: int = 600) -> tuple[Design, Floats]:
    chance = np.random.default_rng(4)
    counts = chance.negative_binomial(1.5, 0.6, size=(days, 3)).astype(float)
    splines = spline_basis(days, 150.0)
    lines = np.log1p(remember(counts.sum(axis=1, keepdims=True), 20.0))
    lines -= lines.mean()
    smooth = np.eye(splines.columns + 1)
    smooth[:-1, :-1] = roughness(splines.columns) + 1e-3 * np.eye(splines.columns)
    weight = np.ones(days)
    weight[100:128] = 0
    return Design(splines, lines, remember(counts, 4.0), smooth, np.array([4.0, 36.0, 36.0]), weight), counts[:, 0]


def _packed(x: Floats, size: float) -> Theta:
    return Theta(x[:-3], x[-3:], size)


def test_gradient_agrees_with_differences() -> None:
    design, y = _world()
    x = np.concatenate([np.linspace(-0.5, 0.3, design.splines.columns), [0.2], [0.1, 0.05, 0.2]])
    found = gradient(design, y, _packed(x, 1.7))
    for k in range(len(x)):
        step = np.zeros(len(x))
        step[k] = 1e-5
        up, down = (objective(design, y, _packed(x + sign * step, 1.7)) for sign in (1, -1))
        assert found[k] == pytest.approx((up - down) / 2e-5, rel=1e-5, abs=1e-5)


def test_information_is_the_expected_square_of_the_gradient_with_the_prior() -> None:
    design, _ = _world(300)
    x = np.concatenate([np.full(design.splines.columns, 0.2), [0.1], [0.2, 0.1, 0.1]])
    theta = _packed(x, 2.0)
    flat = replace(design, smooth=design.smooth * 0, shrink=design.shrink * 0)
    base = np.exp(flat.splines.level(theta.level[:-1]) + flat.lines @ theta.level[-1:])
    mean = base + flat.memory @ theta.memory
    chance = np.random.default_rng(8)
    drawn = chance.poisson(chance.gamma(2.0, mean / 2.0, size=(6000, 300))).astype(float)
    slopes = np.array([gradient(flat, y, theta) for y in drawn])
    expected = slopes.T @ slopes / len(slopes)
    scale = np.sqrt(np.outer(np.diag(expected), np.diag(expected)))
    assert np.abs(information(flat, theta) - expected).max() / scale.max() < 0.05
    with_prior = information(design, theta) - information(flat, theta)
    assert np.diag(with_prior)[-3:] == pytest.approx(design.shrink)


def test_top_is_the_top_that_scipy_finds() -> None:
    design, y = _world()
    found = climb(design, y, start(design, y))
    columns = len(found.level)
    bounds = [(None, None)] * columns + [(0, None)] * 3
    again = optimize.minimize(
        lambda x: -objective(design, y, _packed(x, found.size)),
        np.concatenate([found.level * 0.5, np.full(3, 0.1)]),
        jac=lambda x: -gradient(design, y, _packed(x, found.size)),
        method="L-BFGS-B",
        bounds=bounds,
        options={"maxiter": 2000, "ftol": 1e-13},
    )
    assert objective(design, y, found) == pytest.approx(-again.fun, abs=2e-3)
    assert np.concatenate([found.level, found.memory]) == pytest.approx(again.x, abs=0.02)
    assert np.all(found.memory >= 0)


def test_days_of_no_weight_do_not_move_the_fit() -> None:
    design, y = _world()
    spoiled = y.copy()
    spoiled[100:128] = 500
    one, other = (climb(design, counts, start(design, y)) for counts in (y, spoiled))
    assert other.level == pytest.approx(one.level, abs=1e-3)
    assert other.size == pytest.approx(one.size, rel=1e-2)


def test_mark_that_never_happens_has_a_fit() -> None:
    design, y = _world()
    found = climb(design, y * 0, start(design, y * 0))
    assert np.isfinite(found.level).all()
    assert found.memory == pytest.approx(np.zeros(3))
