"""Memory of past counts."""

import numpy as np
import pytest

from faultline.measure.feedback.memory import average, remember


def test_memory_is_the_recursion_and_knows_earlier_days_only() -> None:
    counts = np.random.default_rng(1).poisson(2.0, size=(60, 2)).astype(float)
    found = remember(counts, 4.0)
    level = counts[:8].mean(axis=0)
    for day in range(60):
        level = 0.75 * level + 0.25 * (counts[day - 1] if day else counts[:8].mean(axis=0))
        assert found[day] == pytest.approx(level)
    changed = counts.copy()
    changed[30:] += 100
    assert np.array_equal(remember(changed, 4.0)[:31], found[:31])


def test_weights_of_the_memory_add_up_to_one_with_the_mean_lag_asked_for() -> None:
    pulse = np.zeros((400, 1))
    pulse[50] = 1.0
    found = remember(pulse, 6.0)[:, 0]
    lags = np.arange(400) - 50
    assert found.sum() == pytest.approx(1.0)
    assert found @ lags == pytest.approx(6.0, rel=1e-6)
    assert found[50] == 0


def test_moving_average_leaves_today_out() -> None:
    counts = np.arange(20.0)[:, None]
    found = average(counts, 3)[:, 0]
    assert found[10] == pytest.approx((7 + 8 + 9) / 3)
    assert found[0] == 0.0
    assert len(found) == 20
