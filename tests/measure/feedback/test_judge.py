"""What it takes to be called a loop."""

import numpy as np
import pytest

from faultline.measure.chance import generator
from faultline.measure.feedback.heldout import gain, heldout
from faultline.measure.feedback.interval import Lagged, intervals, lagged, raised
from faultline.measure.feedback.judge import Draws, circle, crossless_p, judge, memoryless_gains
from faultline.measure.feedback.model import CONSTANT, LAGS, Plan, fit, profile_lag
from faultline.measure.feedback.worlds import Truth, worlds
from faultline.measure.negbin import Floats

DAYS = 1300
FEW = Draws(crossless=19, memoryless=5, intervals=12)
LOOP = np.array([[0.2, 0.45, 0.0], [0.45, 0.2, 0.0], [0.0, 0.0, 0.2]])


def _drawn(branching: Floats, level: Floats | None = None) -> Floats:
    mean = np.full((DAYS, 3), 0.8) * (np.ones(DAYS) if level is None else level)[:, None]
    base = np.maximum(mean @ (np.eye(3) - branching), 0.05)
    return worlds(Truth(base, branching, 4.0, np.full(3, 3.0)), 1, generator(5, "judge"))[0]


def test_two_marks_that_answer_each_other_are_a_loop() -> None:
    judged = judge(_drawn(LOOP), Plan(lag=4.0), FEW, generator(1, "loop"))
    assert judged.loop
    assert judged.circle == (0, 1)
    assert judged.p_value == pytest.approx(1 / 20)


def test_marks_that_feed_on_themselves_are_no_loop() -> None:
    judged = judge(_drawn(0.5 * np.eye(3)), Plan(lag=4.0), FEW, generator(1, "own"))
    assert not judged.loop
    assert judged.circle == ()


def test_rate_that_all_marks_share_is_no_loop() -> None:
    level = np.exp(0.8 * np.sin(np.arange(DAYS) / 9)) * np.where(np.arange(DAYS) % 500 < 60, 2.5, 0.8)
    counts = _drawn(np.zeros((3, 3)), level)
    judged = judge(counts, Plan(lag=4.0), FEW, generator(1, "shared"))
    assert not judged.loop
    # Without the swell of all marks the same counts would gain from cross terms: it is what the control is for.
    naive = gain(heldout(counts, Plan()), heldout(counts, Plan(cross=False)), generator(1, "naive"))
    assert naive.low > 0


def test_circle_needs_an_arrow_back_from_another_mark() -> None:
    own = np.eye(4) * 0.3
    assert circle(own) == ()
    there = own.copy()
    there[0, 1] = 0.1
    assert circle(there) == ()
    there[1, 2], there[2, 0] = 0.1, 0.1
    assert circle(there) == (0, 1, 2)


def test_held_out_score_is_worse_than_that_of_the_days_fitted_to() -> None:
    counts = _drawn(0.3 * np.eye(3))
    found = heldout(counts, Plan())
    assert found.shape == (DAYS,)
    assert np.isfinite(found).all()
    assert found.sum() < fit(counts, Plan()).value + 0.5 * 3 * 3 / 0.05  # the prior is part of the value


def test_gain_of_a_score_over_itself_is_nothing_and_of_noise_is_not_sure() -> None:
    chance = generator(2, "gain")
    score = chance.normal(size=1000)
    same = gain(score, score, chance)
    assert (same.mean, same.low, same.high) == (0, 0, 0)
    noise = gain(score + chance.normal(size=1000), score, chance)
    assert noise.low < 0 < noise.high
    better = gain(score + 0.5, score, chance)
    assert better.low == pytest.approx(0.5)


def test_p_value_against_worlds_without_cross_terms_is_small_only_where_they_are() -> None:
    chance = generator(3, "p")
    assert crossless_p(_drawn(LOOP), Plan(lag=4.0, swell=True), 19, chance) == pytest.approx(0.05)
    assert crossless_p(_drawn(0.4 * np.eye(3)), Plan(lag=4.0, swell=True), 19, chance) > 0.05


def test_worlds_without_memory_show_what_a_baseline_alone_gives() -> None:
    chance = generator(4, "flat")
    assert memoryless_gains(_drawn(LOOP), Plan(spacing=CONSTANT, lag=4.0), 5, chance).max() < 0.25


def test_intervals_hold_the_truth_about_as_often_as_they_say() -> None:
    branching = LOOP[:2, :2]
    inside = []
    for seed in range(6):
        chance = generator(seed, "interval")
        truth = Truth(np.full((900, 2), 0.3), branching, 4.0, np.full(2, 3.0))
        counts = worlds(truth, 1, chance)[0]
        found = intervals(counts, lagged(counts, Plan(spacing=CONSTANT), (4.0,)), 20, chance)
        assert np.all(found.low <= found.middle)
        assert np.all(found.middle <= found.high)
        assert found.gain_low <= found.gain <= found.gain_high
        inside.append((found.low <= branching) & (branching <= found.high))
    assert 0.7 <= np.mean(inside) < 1.0


def test_weights_of_lags_add_up_and_do_not_lean_to_the_short_ones_that_a_flexible_baseline_likes() -> None:
    truth = Truth(np.full((1300, 2), 0.4), np.diag([0.5, 0.5]), 6.0, np.full(2, 3.0))
    found, likeliest = [], []
    for seed in range(5):
        counts = worlds(truth, 1, generator(seed, "lag"))[0]
        each = lagged(counts, Plan())
        assert each.weights.sum() == pytest.approx(1.0)
        found.append(each.lag)
        likeliest.append(profile_lag(counts, Plan(), LAGS)[0])
    assert np.exp(np.mean(np.log(found))) == pytest.approx(6.0, rel=0.35)
    assert np.mean(np.log(likeliest)) < np.mean(np.log(found))


def test_doubt_about_the_lag_widens_the_intervals() -> None:
    counts = _drawn(LOOP)
    one = Lagged((fit(counts, Plan(lag=4.0)),), np.ones(1))
    other = Lagged((fit(counts, Plan(lag=12.0)),), np.ones(1))
    both = Lagged((*one.fits, *other.fits), np.full(2, 0.5))
    wide, *narrow = (intervals(counts, each, 12, generator(1, "lags")) for each in (both, one, other))
    assert min(n.gain for n in narrow) < wide.gain < max(n.gain for n in narrow)
    assert wide.gain_high - wide.gain_low > min(n.gain_high - n.gain_low for n in narrow)


def test_world_with_other_entries_keeps_the_mean_and_never_explodes() -> None:
    found = fit(_drawn(LOOP), Plan(lag=4.0))
    truth = raised(found, found.branching + 0.1)
    drawn = worlds(truth, 8, generator(8, "raised"))
    assert drawn.mean(axis=(0, 1)) == pytest.approx(found.mean.mean(axis=0), rel=0.15)
    assert np.abs(np.linalg.eigvals(raised(found, found.branching + 5).branching)).max() <= 0.951
