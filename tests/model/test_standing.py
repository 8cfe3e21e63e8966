"""A loop of the coupled model has to stand beside a level of each mark's own."""

from dataclasses import replace

import numpy as np

from faultline.model.standing import stands
from tests.model.worlds import country, dynamics


def test_strong_loop_stands() -> None:
    assert stands(country(2000, dynamics(3, cross=0.5)), np.random.default_rng(1))


def test_marks_without_cross_terms_under_rates_of_their_own_do_not_stand() -> None:
    made = country(2000, dynamics(3))
    swing = 1 + np.sin(2 * np.pi * (np.arange(2000)[:, None] / [300, 450, 700]))
    counts = np.random.default_rng(2).poisson(made.counts.mean(axis=0)[None] * swing[:, None, :])
    assert not stands(replace(made, counts=counts.astype(np.float64)), np.random.default_rng(1))


def test_table_too_short_for_the_measure_stands_for_nothing() -> None:
    assert not stands(country(700, dynamics(3, cross=0.5)), np.random.default_rng(1))
