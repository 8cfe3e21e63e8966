"""Change points against the whole search, scipy and known truth."""

from itertools import combinations, pairwise

import numpy as np
import pytest
from scipy import stats

from faultline.measure.chance import generator
from faultline.measure.escalation.segments import LEAST, change_counts, changes, cost, span, split_gains
from faultline.measure.negbin import Floats, draw


def _step(seed: int, levels: tuple[float, ...] = (5.0, 15.0), months: int = 40, size: float = 4.0) -> Floats:
    return draw(np.repeat(levels, months), size, generator(seed, "segments"))


def test_difference_of_costs_is_the_log_likelihood_ratio_of_scipy() -> None:
    counts, size = _step(1), 3.0

    def scipy_value(part: Floats) -> float:
        return float(stats.nbinom.logpmf(part, size, size / (size + part.mean())).sum())

    whole = cost(np.array(counts.sum()), 80.0, size)
    parts = cost(np.array(counts[:40].sum()), 40.0, size) + cost(np.array(counts[40:].sum()), 40.0, size)
    expected = scipy_value(counts[:40]) + scipy_value(counts[40:]) - scipy_value(counts)
    assert float(whole - parts) == pytest.approx(expected)


def _whole_search(counts: Floats, size: float, penalty: float) -> tuple[int, ...]:
    n = len(counts)

    def price(bounds: tuple[int, ...]) -> float:
        ends = (0, *bounds, n)
        parts = [float(cost(np.array(counts[a:b].sum()), float(b - a), size)) for a, b in pairwise(ends)]
        return sum(parts) + penalty * len(bounds)

    tried = [
        bounds
        for k in range(4)
        for bounds in combinations(range(LEAST, n - LEAST + 1), k)
        if all(b - a >= LEAST for a, b in pairwise(bounds))
    ]
    return min(tried, key=price)


@pytest.mark.parametrize("seed", range(8))
def test_pruned_search_finds_what_the_whole_search_finds(seed: int) -> None:
    counts = _step(seed, (4.0, 12.0, 3.0), 6)
    for penalty in (1.5, 3.0, 8.0):
        found = changes(counts, 4.0, penalty)
        if len(found) <= 3:
            assert found == _whole_search(counts, 4.0, penalty)
        assert change_counts(counts[None], 4.0, penalty)[0] == len(found)


def test_steps_are_found_where_they_are_and_none_where_there_is_none() -> None:
    found = changes(_step(2, (5.0, 20.0, 5.0), 60), 4.0, 6.0)
    assert [round(at / 10) for at in found] == [6, 12]
    assert changes(_step(3, (8.0, 8.0)), 4.0, 8.0) == ()
    assert changes(np.zeros(30), 4.0, 1.0) == ()


def test_higher_penalty_never_gives_more_changes() -> None:
    drawn = np.stack([_step(seed, (5.0, 9.0, 6.0), 30) for seed in range(10)])
    numbers = [change_counts(drawn, 4.0, penalty).sum() for penalty in (0.5, 1.0, 2.0, 4.0, 8.0)]
    assert numbers == sorted(numbers, reverse=True)


def test_best_single_split_gains_most_where_there_is_a_step() -> None:
    gains = split_gains(np.stack([_step(4), _step(5, (8.0, 8.0))]), 4.0)
    assert gains[0] > 10 > gains[1] > 0


def test_span_holds_the_step_and_is_short_where_it_is_clear() -> None:
    low, high = span(_step(6, (3.0, 40.0)), 4.0)
    assert low <= 40 <= high
    assert high - low <= 3
    low, high = span(_step(7, (8.0, 9.0)), 4.0)
    assert high - low > 10
