"""Columns of the baseline."""

import numpy as np
import pytest

from faultline.measure.feedback.basis import roughness, spline_basis


@pytest.mark.parametrize("spacing", [float("inf"), 40.0, 91.3, 1000.0])
def test_columns_add_up_to_one_on_every_day_and_are_never_negative(spacing: float) -> None:
    table = spline_basis(400, spacing).table
    assert table.sum(axis=1) == pytest.approx(np.ones(400))
    assert table.min() >= 0


def test_banded_arithmetic_agrees_with_the_whole_table() -> None:
    bands = spline_basis(300, 50.0)
    table = bands.table
    chance = np.random.default_rng(1)
    coefficients, rows, weight = chance.normal(size=bands.columns), chance.normal(size=(300, 3)), chance.random(300)
    assert table.shape == (300, 6 + 3)
    assert bands.level(coefficients) == pytest.approx(table @ coefficients)
    assert bands.turned(rows) == pytest.approx(table.T @ rows)
    assert bands.gram(weight) == pytest.approx(table.T @ (table * weight[:, None]))


def test_straight_lines_have_no_roughness() -> None:
    assert roughness(2).sum() == 0
    line = np.arange(8.0)
    assert line @ roughness(8) @ line == pytest.approx(0)
    assert line**2 @ roughness(8) @ line**2 > 0
