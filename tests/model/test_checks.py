"""A fit is checked on what it was not fitted to."""

import numpy as np

from faultline.model.checks import checks_of, figures
from faultline.model.columns import Past
from faultline.model.fit import fit
from faultline.model.plan import Plan
from tests.model.worlds import LAG, country, dynamics


def test_worlds_of_the_true_fit_hold_most_figures() -> None:
    past = Past(country(900, dynamics(2)), LAG)
    found = checks_of(fit(past, Plan((), LAG)), past, np.random.default_rng(1), 19)
    assert sum(check.inside for check in found) >= len(found) - 2


def test_longest_quiet_and_days_of_many_fronts_are_counted() -> None:
    counts = np.zeros((40, 4, 1))
    counts[[0, 1, 31], 0, 0] = 1
    counts[1, :3, 0] = 1
    found = {name: value for name, _, value in figures(counts)}
    assert found["longest gap between events"] == 30 and found["days with 3 fronts or more"] == 1 / 40


def test_events_near_the_capital_are_counted_by_distance() -> None:
    counts = np.zeros((10, 3, 1))
    counts[0, :, 0] = (1, 8, 1)
    found = {name: value for name, _, value in figures(counts, np.array([300.0, 50.0, np.nan]))}
    assert found["10% of the events lie within"] == 50 and found["50% of the events lie within"] == 50
