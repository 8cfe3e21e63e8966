"""Paths of the coupled model: reproducible, of the right mean, batches once."""

import numpy as np

from faultline.model.columns import Past
from faultline.model.doubt import bootstrapped, draws_of, refits
from faultline.model.fit import fit
from faultline.model.plan import Block, Plan
from faultline.model.walk import Walk, dynamics_of, start_of
from tests.model.worlds import LAG, country, dynamics, start


def walked(seed: int, days: int = 300, **settings: float) -> np.ndarray:
    walk = Walk(dynamics(2, **settings), start(6, 2), 40, np.random.default_rng(seed))
    return np.array([walk.step() for _ in range(days)])


def test_same_generator_gives_the_same_paths() -> None:
    assert np.array_equal(walked(3, 20), walked(3, 20)) and not np.array_equal(walked(3, 20), walked(4, 20))


def test_mean_is_the_rate_over_one_less_its_memory() -> None:
    whole = walked(1)[100:].sum(axis=2).mean(axis=(0, 1))
    assert np.allclose(whole, 0.5 / 0.8, rtol=0.08)


def test_counts_spread_wider_than_poisson() -> None:
    one = walked(2, size=0.05)[100:, :, 0, 0]
    assert one.var() > 1.5 * one.mean()


def test_factor_of_nought_silences_a_place_and_its_batches() -> None:
    walk = Walk(dynamics(2, batches=0.2), start(6, 2), 10, np.random.default_rng(1))
    factor = np.ones((10, 6, 2))
    factor[:, 0] = 0.0
    assert sum(walk.step(factor)[:, 0].sum() for _ in range(50)) == 0


def test_batch_hits_several_places_and_is_remembered_once() -> None:
    walk = Walk(dynamics(2, rate=0.0, batches=5.0), start(6, 2), 1, np.random.default_rng(1))
    counts = walk.step()
    assert counts.sum() >= 3 and walk.local.sum() * LAG <= 2.0 + 1e-9


def test_fit_moves_paths_on_from_its_last_day() -> None:
    past = Past(country(800, dynamics(2)), LAG)
    found = fit(past, Plan((), LAG))
    chance = np.random.default_rng(1)
    walk = Walk(dynamics_of(found, past, draws_of(found, 30, chance)), start_of(past), 30, chance)
    ahead = np.array([walk.step() for _ in range(100)]).sum(axis=(2, 3)).mean()
    assert 0.5 < ahead / past.cells.counts.sum(axis=(1, 2)).mean() < 1.6


def test_refits_stand_around_the_fit_that_their_worlds_come_from() -> None:
    past = Past(country(1200, dynamics(2)), LAG)
    found = fit(past, Plan((), LAG))
    others = refits(found, past, 4, np.random.default_rng(1))
    own = np.mean([np.diag(one.branching) for one in others], axis=0)
    assert np.allclose(own, np.diag(found.branching), atol=0.2)


def test_bootstrap_of_a_coefficient_held_at_zero_may_fall_below_it() -> None:
    past = Past(country(1200, dynamics(2)), LAG)
    found = fit(past, Plan((Block.CROSS_COUNTRY,), LAG))
    others = refits(found, past, 6, np.random.default_rng(1))
    held = [(k, n) for k, mark in enumerate(found.marks) for n in np.flatnonzero(mark.theta == 0)]
    pairs = list(bootstrapped(found, others))
    assert held
    for k, n in held:
        bounded = np.std([one.marks[k].theta[n] for one in others])
        assert found.marks[k].freed[n] < 0 and pairs[k][1][n] >= bounded
