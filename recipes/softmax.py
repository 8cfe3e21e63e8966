"""Trains a linear classifier over counted features. Invariant: the loss is convex, so data, weights and penalty decide
the result, and no chance is used."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

Floats = npt.NDArray[np.float64]


def counted(rows: Sequence[Sequence[int]], width: int) -> csr_matrix:
    """Examples x features: how often each feature is met."""
    starts = np.cumsum([0, *map(len, rows)])
    columns = np.concatenate([np.asarray(row, np.int64) for row in rows]) if len(rows) else np.zeros(0, np.int64)
    table = csr_matrix((np.ones(len(columns)), columns, starts), shape=(len(rows), width))
    table.sum_duplicates()
    return table


def fit(table: csr_matrix, labels: npt.NDArray[np.int64], weights: Floats, penalty: float) -> tuple[Floats, Floats]:
    """Weights (features x labels) and bias that minimise weighted log loss plus `penalty` times half the squares."""
    size, many = table.shape[1], int(labels.max()) + 1
    wanted = np.zeros((len(labels), many))
    wanted[np.arange(len(labels)), labels] = 1.0
    total = weights.sum()

    def loss(flat: Floats) -> tuple[float, Floats]:
        matrix, bias = flat[:-many].reshape(size, many), flat[-many:]
        chances = probabilities(table @ matrix + bias)
        wrong = (chances - wanted) * weights[:, None]
        at = chances[np.arange(len(labels)), labels]
        value = -(weights * np.log(at + 1e-12)).sum() / total + penalty / 2 * (matrix**2).sum()
        slope = table.T @ wrong / total + penalty * matrix
        return float(value), np.concatenate([slope.ravel(), wrong.sum(axis=0) / total])

    found = minimize(loss, np.zeros((size + 1) * many), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    return found[:-many].reshape(size, many), found[-many:]


def probabilities(scores: Floats) -> Floats:
    """Rows that sum to one."""
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    result: Floats = powers / powers.sum(axis=1, keepdims=True)
    return result
