"""Kaplan-Meier against a table of the textbooks."""

import numpy as np
import pytest

from faultline.measure.lengths import kaplan_meier

# Freireich et al. (1963), weeks of remission under 6-MP as in Kalbfleisch & Prentice, table 1.1; + still in remission.
WEEKS = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
OVER = [True, True, True, False, True, False, True, False, False, True, True, False, False, False, True, True] + [
    False
] * 5


def test_curve_agrees_with_the_published_one() -> None:
    curve = kaplan_meier(WEEKS, OVER)
    assert curve.times.tolist() == [6, 7, 10, 13, 16, 22, 23]
    assert curve.share == pytest.approx([0.8571, 0.8067, 0.7529, 0.6902, 0.6275, 0.5378, 0.4482], abs=5e-5)
    assert (curve.n, curve.ended, curve.median) == (21, 9, 23)


def test_interval_on_the_log_log_scale_agrees_with_the_published_one() -> None:
    curve = kaplan_meier(WEEKS, OVER, level=0.95)
    assert curve.low[0] == pytest.approx(0.6197, abs=5e-4)
    assert curve.high[0] == pytest.approx(0.9516, abs=5e-4)
    assert curve.median_bounds() == (13, None)


def test_without_an_end_there_is_no_curve_and_no_median() -> None:
    curve = kaplan_meier([5, 9], [False, False])
    assert len(curve.times) == 0
    assert curve.median is None


def test_two_ends_are_too_few_for_a_median() -> None:
    assert kaplan_meier([5, 9], [True, True]).median is None
    assert kaplan_meier([5, 7, 9], [True, True, True]).median == 7


def test_curve_without_censoring_is_the_share_that_lasts_longer() -> None:
    lengths = np.array([1.0, 2.0, 2.0, 5.0, 8.0])
    curve = kaplan_meier(lengths, [True] * 5)
    assert curve.share == pytest.approx([(lengths > t).mean() for t in curve.times])
    assert np.all(curve.low <= curve.share)
    assert np.all(curve.share <= curve.high)


def test_flags_must_be_as_many_as_lengths() -> None:
    with pytest.raises(ValueError, match="flags"):
        kaplan_meier([1.0], [])
