"""The fit: sums for quiet cells change nothing, batch days are left out, known matrices are read off."""

from dataclasses import replace

import numpy as np

from faultline.model.columns import Past
from faultline.model.fit import Ground, fit
from faultline.model.kernel import climb
from faultline.model.plan import Block, Plan
from tests.model.worlds import LAG, country, dynamics

PLAN = Plan((Block.CROSS_COUNTRY,), LAG)


def test_quiet_cells_by_their_sums_give_the_fit_of_all_cells_one_by_one() -> None:
    past = Past(country(900, dynamics(2)), LAG)
    ground = Ground(past, 0, PLAN, (0, 900))
    quick = ground.fit(PLAN, 1)
    every = climb(ground._sums(0.0, 1), np.full(len(ground.terms), 0.1), 1.0)
    assert np.allclose(quick.theta, every.theta, atol=0.02) and abs(np.log(quick.size / every.size)) < 0.1


def test_branching_reads_from_row_to_column() -> None:
    found = fit(Past(country(2500, dynamics(3, cross=0.5)), LAG), PLAN).branching
    assert min(found[0, 1], found[1, 2], found[2, 0]) > 2 * max(found[1, 0], found[2, 1], found[0, 2])


def test_interval_is_wider_than_nothing_and_below_the_entry() -> None:
    found = fit(Past(country(900, dynamics(2)), LAG), PLAN)
    assert (found.sure <= found.branching).all() and all((mark.error > 0).all() for mark in found.marks)


def test_day_of_a_batch_is_not_scored() -> None:
    cells = country(400, dynamics(2, rate=0.1))
    counts = cells.counts.copy()
    counts[350, :, 0] = 2
    past = Past(replace(cells, counts=counts), LAG)
    ground = Ground(past, 0, PLAN, (0, 400))
    scores = ground.scores(ground.fit(PLAN, 1), PLAN, (340, 360))
    assert scores[10] == 0 and (scores[:10] < 0).all()
