"""What explains a day is known before it; a batch is one event."""

from dataclasses import replace

import numpy as np

from faultline.model.columns import Past, columns_of, terms_of
from faultline.model.plan import Block, Plan
from tests.model.worlds import LAG, country, dynamics

WIDEST = Plan(tuple(b for b in Block if b not in (Block.CONTROL, Block.TOLD)), LAG)


def test_no_column_of_a_day_knows_that_day() -> None:
    cells = country(260, dynamics(2))  # memories begin at the mean of their first days, the slowest of 180
    changed = cells.counts.copy()
    changed[200:] += 3
    one, other = (columns_of(Past(c, LAG), 0, WIDEST) for c in (cells, replace(cells, counts=changed)))
    assert np.array_equal(one[:201], other[:201]) and not np.array_equal(one[201], other[201])


def test_each_column_has_its_term() -> None:
    past = Past(country(60, dynamics(3)), LAG)
    assert columns_of(past, 1, WIDEST).shape[-1] == len(terms_of(past.cells, 1, WIDEST))
    assert {t.source for t in terms_of(past.cells, 1, WIDEST) if t.block is Block.CROSS_COUNTRY} == {"m0", "m2"}


def test_shares_of_places_add_up_to_one() -> None:
    past = Past(country(200, dynamics(2)), LAG)
    assert np.allclose(past.shares.sum(axis=1), 1.0)
    assert np.allclose(past.overall.sum(axis=1), 1.0)


def test_operation_of_many_fronts_counts_as_one_event_in_every_memory() -> None:
    cells = country(200, dynamics(2, rate=0.1))
    counts = cells.counts.copy()
    counts[150, :, 0] = 1
    past = Past(replace(cells, counts=counts), LAG)
    assert past.batches[150, 0] and not past.batches[150, 1]
    assert np.isclose(past.singles[150, :, 0].sum(), 1.0)


def test_reporting_that_is_not_complete_scales_every_mean() -> None:
    cells = country(60, dynamics(2))
    whole = columns_of(Past(cells, LAG), 0, WIDEST)
    half = columns_of(Past(replace(cells, complete=np.full(60, 0.5)), LAG), 0, WIDEST)
    assert np.allclose(half, whole / 2)
