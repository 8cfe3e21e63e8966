"""The fits of all drawn tables under one plan, and how their terms are told."""

from dataclasses import replace

from faultline.measure.feedback.heldout import Gain
from faultline.model.admit import Admitted, Trial
from faultline.model.columns import OWN_COUNTRY, Past
from faultline.model.fit import fit
from faultline.model.fitted import Fitted, _of_all
from faultline.model.plan import Block, Plan
from tests.model.worlds import LAG, country, dynamics


def of(*pasts: Past) -> Fitted:
    plan = Plan((Block.CROSS_COUNTRY,), LAG)
    fits = tuple(fit(past, plan) for past in pasts)
    return Fitted(pasts, fits, Admitted(plan, (), fits[0]))


def test_one_table_that_refuses_a_block_refuses_it_for_all() -> None:
    trials = [Trial("space", Gain(mean, mean - 1, mean + 1), mean > 1) for mean in (2.0, 0.5, 3.0)]
    assert _of_all(trials) == replace(trials[1], admitted=False, tables=(2, 3))
    assert _of_all([trials[0], trials[2]]).admitted


def test_interval_holds_how_tables_differ() -> None:
    one, other = (Past(country(700, dynamics(2, cross=0.4), seed=seed), LAG) for seed in (1, 2))
    width = [_ends(next(iter(made.lines()))) for made in (of(one), of(one, one), of(one, other))]
    assert width[0] == width[1] and width[2][1] - width[2][0] > width[0][1] - width[0][0]


def test_place_that_is_the_country_has_one_own_memory() -> None:
    names = [line.split(":")[0] for line in of(Past(country(700, dynamics(2), places=1), LAG)).lines()]
    assert sum("own memory" in name for name in names) == 2 and f"m0, {OWN_COUNTRY}" in names
    assert "m0 after m1, in the country" in names


def _ends(line: str) -> tuple[float, float]:
    low, high = line.split("[")[1].rstrip("]").split(" to ")
    return float(low), float(high)
