"""How often places change hands: known causes are read off and admitted, causes that do nothing are refused."""

import numpy as np

from faultline.model.checks import control_checks, runs
from faultline.model.hazard import Cause, Weeks, admit, fit, scores

PLACES = 30


def weeks(effect: float, seed: int = 1, length: int = 500) -> Weeks:
    """Places that turn with a chance of one in a hundred a week, times the exponential of the effect after violence."""
    chance = np.random.default_rng(seed)
    busy = (chance.random((length, PLACES)) < 0.2).astype(float)
    talks = np.outer(chance.random(length) < 0.3, np.ones(PLACES)).astype(float)
    side = np.zeros((length, PLACES), np.int64)
    for week in range(1, length):
        turned = chance.random(PLACES) < -np.expm1(-0.01 * np.exp(effect * busy[week - 1]))
        side[week] = np.where(turned, 1 - side[week - 1], side[week - 1])
    side[chance.random(side.shape) < 0.3] = -1
    return Weeks(side, {Cause.VIOLENCE: busy, Cause.TALKS: talks})


def test_cause_that_moves_turns_is_read_off_and_admitted() -> None:
    found, tried = admit(weeks(2.5), np.random.default_rng(1))
    assert found.causes == (Cause.VIOLENCE,) and [one.admitted for one in tried] == [True, False]
    assert abs(found.theta[0] - 2.5) < 3 * found.error[0]


def test_cause_that_does_nothing_is_refused_with_its_figure() -> None:
    found, tried = admit(weeks(0.0), np.random.default_rng(1))
    assert found.causes == () and all(one.gain is not None and one.gain.low <= 0 for one in tried)


def test_too_few_turns_are_not_tried() -> None:
    quiet = weeks(0.0)
    none = Weeks(np.zeros_like(quiet.side), quiet.causes)
    found, tried = admit(none, np.random.default_rng(1))
    assert found.causes == () and all(one.gain is None for one in tried)
    assert (found.rates() < 0.5 / 10_000).all() or found.rates()[1] == 0.005


def test_draws_lie_about_the_fit() -> None:
    found = fit(weeks(2.5), (Cause.VIOLENCE,))
    rates, theta = found.draws(4000, np.random.default_rng(1))
    assert np.allclose(theta.mean(axis=0), found.theta, atol=0.05)
    assert np.allclose(rates.mean(axis=0), found.rates(), rtol=0.1)


def test_week_is_scored_by_what_came_before_it() -> None:
    seen = weeks(2.5)
    changed = Weeks(seen.side.copy(), seen.causes)
    changed.side[400:] = -1
    found = fit(seen.until(300), (Cause.VIOLENCE,))
    assert np.allclose(scores(found, seen)[:390], scores(found, changed)[:390])


def test_runs_of_control_are_checked_and_a_world_that_turns_back_at_once_is_missed() -> None:
    seen = weeks(0.0)
    held = control_checks(fit(seen, ()), seen, np.random.default_rng(1))
    assert sum(check.inside for check in held) >= 3
    back = np.zeros((500, PLACES), np.int64)
    back[100:480:60] = 1  # every turn is undone a week later
    missed = control_checks(fit(Weeks(back, {}), ()), Weeks(back, {}), np.random.default_rng(1))
    assert not next(check for check in missed if "undone" in check.name).inside


def test_unknown_weeks_are_no_turn() -> None:
    side = np.array([[0], [-1], [1], [1]])
    assert not Weeks(side, {}).turned.any() and runs(side)[0][2] == 2
