"""The model starts from level and own memory; a block has to earn its place on unseen days."""

import numpy as np
import pytest

from faultline.model.admit import admit, cuts_of, rolling
from faultline.model.columns import Past
from faultline.model.fit import Ground, fit
from faultline.model.plan import Block, Plan
from tests.model.worlds import LAG, country, dynamics


def test_own_memory_is_recovered() -> None:
    found = fit(Past(country(2500, dynamics(2)), LAG), Plan((), LAG))
    own = np.diag(found.branching)
    assert (np.abs(own - 0.2) < 0.12).all()


def test_strong_loop_is_admitted_and_named() -> None:
    found = admit(Past(country(2500, dynamics(3, cross=0.5)), LAG), np.random.default_rng(1), [Block.CROSS_COUNTRY])
    assert found.cross and set(found.circle) == {0, 1, 2} and found.trials[0].gain.low > 0
    assert found.loop


def test_circle_that_does_not_stand_is_no_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("faultline.model.admit.stands", lambda cells, chance: False)
    found = admit(Past(country(2500, dynamics(3, cross=0.5)), LAG), np.random.default_rng(1), [Block.CROSS_COUNTRY])
    assert found.cross and found.circle and not found.loop


def test_refused_block_keeps_its_figure_and_is_not_in_the_fit() -> None:
    found = admit(Past(country(1500, dynamics(2)), LAG), np.random.default_rng(1))
    assert {t.block for t in found.trials} == {Block.SPACE, Block.CROSS_PLACE, Block.CROSS_COUNTRY}
    assert not found.cross and not found.loop and np.isfinite([t.gain.mean for t in found.trials]).all()
    assert found.plan.blocks == ()
    off = ~np.eye(2, dtype=bool)
    assert (found.fit.branching[off] == 0).all()


def test_day_is_scored_by_a_fit_to_earlier_days_alone() -> None:
    cells = country(600, dynamics(2))
    cuts = cuts_of(600, 3)
    later = cells.counts.copy()
    later[cuts[2] :] *= 5
    plan = Plan((), LAG)

    def scores(counts: np.ndarray) -> np.ndarray:
        past = Past(type(cells)(counts, cells.near, cells.marks, cells.places, cells.regions, cells.first_day), LAG)
        return rolling([Ground(past, k, plan, cuts) for k in range(2)], plan)

    stretch = cuts[2] - cuts[1]
    assert np.allclose(scores(cells.counts)[:stretch], scores(later)[:stretch])
