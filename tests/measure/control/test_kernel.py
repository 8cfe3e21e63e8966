"""The chain against sums over every path, and its smoother against its own single-day form."""

from itertools import product

import numpy as np
import pytest

from faultline.measure.chance import generator
from faultline.measure.control import kernel
from faultline.measure.control.kernel import Floats, Reports
from faultline.measure.control.settings import long_run, standard, transitions


def reports(seed: int, days: list[int], units: list[int], states: int) -> Reports:
    chance = generator(seed, "control", "kernel")
    n = len(days)
    return Reports(
        np.array(units),
        np.array(days),
        0.05 + chance.random((n, states)),
        np.where(chance.random(n) < 0.5, 0.4, 0.0),
        chance.random((n, states)),
        chance.dirichlet(np.ones(states), n),
    )


def by_every_path(matrix: Floats, start: Floats, told: Reports, days: int) -> Floats:
    """(days, states) smoothed probabilities by brute force."""
    states = len(start)
    steps = [np.eye(states)] + [matrix] * (days - 1)
    for k, day in enumerate(told.day):
        leaves = (told.jump[k] * (1 - told.fits[k]))[:, None]
        jump = (1 - leaves) * np.eye(states) + leaves * told.goes[k]
        steps[day] = steps[day] @ jump
    found = np.zeros((days, states))
    for path in product(range(states), repeat=days):
        weight = (start @ steps[0])[path[0]]
        for day in range(1, days):
            weight *= steps[day][path[day - 1], path[day]]
        for k, day in enumerate(told.day):
            weight *= told.likelihood[k][path[day]]
        for day in range(days):
            found[day, path[day]] += weight
    return np.asarray(found / found.sum(axis=1, keepdims=True))


@pytest.mark.parametrize("seed", range(5))
def test_smoother_agrees_with_the_sum_over_every_path(seed: int) -> None:
    chance = generator(seed, "control", "paths")
    matrix, start = chance.dirichlet(np.ones(3) * 2, 3), chance.dirichlet(np.ones(3))
    told = reports(seed, [0, 2, 2, 4], [0, 0, 0, 0], 3)
    emitted = kernel.emissions((1, 6, 3), told)
    smoothed = kernel.smooth(matrix, kernel.forward(matrix, start, emitted, told), emitted, told)
    assert np.allclose(smoothed[0], by_every_path(matrix, start, told, 6))


@pytest.mark.parametrize("seed", range(5))
def test_one_day_asked_alone_is_the_smoother_of_that_day(seed: int) -> None:
    matrix = transitions(standard(), 3)
    start = long_run(matrix)
    told = reports(seed, [1, 5, 5, 9, 30], [0] * 5, len(start))
    emitted = kernel.emissions((1, 40, len(start)), told)
    smoothed = kernel.smooth(matrix, kernel.forward(matrix, start, emitted, told), emitted, told)
    chain = kernel.powers(matrix, 40), start
    for day in (0, 1, 4, 5, 20, 30, 39):
        assert np.allclose(kernel.at(chain, told, day), smoothed[0, day])


def test_filter_of_a_day_owes_nothing_to_later_reports() -> None:
    matrix = transitions(standard(), 2)
    start = long_run(matrix)
    told = reports(1, [3, 10], [0, 0], len(start))
    early = Reports(*(part[:1] for part in told))
    both = [kernel.forward(matrix, start, kernel.emissions((1, 20, len(start)), r), r) for r in (told, early)]
    assert np.allclose(both[0][0, :10], both[1][0, :10])
    assert not np.allclose(both[0][0, 10], both[1][0, 10])


def test_places_do_not_touch_each_other() -> None:
    matrix = transitions(standard(), 2)
    start = long_run(matrix)
    told = reports(2, [3, 4, 8], [1, 0, 1], len(start))
    emitted = kernel.emissions((2, 12, len(start)), told)
    together = kernel.smooth(matrix, kernel.forward(matrix, start, emitted, told), emitted, told)
    alone = Reports(*(part[told.unit == 1] for part in told))._replace(unit=np.zeros(2, np.int64))
    emitted = kernel.emissions((1, 12, len(start)), alone)
    single = kernel.smooth(matrix, kernel.forward(matrix, start, emitted, alone), emitted, alone)
    assert np.allclose(together[1], single[0])


def test_silence_tends_to_the_long_run_mix() -> None:
    matrix = transitions(standard(), 4)
    start = long_run(matrix)
    sure = np.zeros(len(start))
    sure[2] = 1.0
    after = [np.abs(sure @ kernel.powers(matrix, days)[days] - start).sum() for days in (10, 300, 3000)]
    assert after == sorted(after, reverse=True)
    assert after[-1] < 0.1


def test_rows_of_the_transition_matrix_are_distributions_for_any_number_of_holders() -> None:
    for armed in (0, 1, 2, 9):
        matrix = transitions(standard(), armed)
        assert np.allclose(matrix.sum(axis=1), 1.0)
        assert np.all(matrix >= 0)
        assert np.allclose(long_run(matrix) @ matrix, long_run(matrix))
