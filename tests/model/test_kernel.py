"""Arithmetic of one mark: sums stand for the quiet cells, and slopes are those of the objective."""

import numpy as np
import scipy

from faultline.measure.negbin import log_pmf
from faultline.model.kernel import Sums, bend, climb, gradient, objective

RNG = np.random.default_rng(5)
X = RNG.uniform(0.001, 0.02, (4000, 3))
TRUTH = np.array([1.0, 0.5, 2.0])
Y = RNG.poisson(X @ TRUTH).astype(float)
NONE = np.zeros(3)


def sums(one_by_one: bool, shrink: float = 0.0) -> Sums:
    rows = np.ones(len(Y), bool) if one_by_one else Y > 0
    rest = X[~rows]
    return Sums(X[rows], Y[rows], rest.sum(axis=0), rest.T @ rest, np.full(3, shrink))


def test_gradient_and_bend_are_those_of_the_objective() -> None:
    theta, made = np.array([0.8, 0.7, 1.5]), sums(False, 0.3)
    for k in range(3):
        step = 1e-5 * np.eye(3)[k]
        slope = (objective(made, theta + step, 1.3) - objective(made, theta - step, 1.3)) / 2e-5
        assert np.isclose(gradient(made, theta, 1.3)[k], slope, rtol=1e-5)
        turned = (gradient(made, theta - step, 1.3) - gradient(made, theta + step, 1.3)) / 2e-5
        assert np.allclose(bend(made, theta, 1.3)[k], turned, rtol=1e-4, atol=1e-3)


def test_sums_of_quiet_cells_give_the_likelihood_of_all_cells() -> None:
    size, theta = 1.5, TRUTH
    whole = float(log_pmf(Y, X @ theta, size).sum())
    constant = float(log_pmf(Y[Y > 0], (X @ theta)[Y > 0], size).sum()) - objective(
        Sums(X[Y > 0], Y[Y > 0], NONE, np.zeros((3, 3)), NONE), theta, size
    )
    assert abs(objective(sums(False), theta, size) + constant - whole) < 1e-3 * abs(whole)


def test_climb_reaches_the_top_that_a_library_finds() -> None:
    made = sums(True, 0.1)
    found = climb(made, np.full(3, 0.5), 5.0)

    def loss(theta: np.ndarray) -> float:
        return -objective(made, theta, found.size)

    other = scipy.optimize.minimize(loss, np.full(3, 0.5), bounds=[(0, None)] * 3, method="L-BFGS-B")
    assert found.value >= -other.fun - 1e-3


def test_coefficients_never_fall_below_zero() -> None:
    falling = np.column_stack([X[:, 0], np.linspace(0, 1, len(X))[::-1] * 0.02])
    y = np.linspace(0, 2, len(X)).round()
    made = Sums(falling, y, np.zeros(2), np.zeros((2, 2)), np.full(2, 0.1))
    assert (climb(made, np.full(2, 0.5), 5.0).theta >= 0).all()
