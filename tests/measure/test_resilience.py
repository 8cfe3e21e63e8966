"""How long after a shock events are back inside their band."""

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from tests.measure.worlds import ORIGIN, case_in, sight_of, table

from faultline.case import Case
from faultline.measure.chance import generator
from faultline.measure.resilience import RESILIENCE, Model, band, fit, returned, simulated, waited_for
from faultline.record.declared import Declared, Shock

DAY = 500
SHOCK = Shock("the shock", date.fromordinal(ORIGIN + DAY))


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return case_in(tmp_path / "case")


def world(seed: int, weeks: int, until: int = 1200) -> list[int]:
    """One event a day; after the shock `weeks` weeks of six a day."""
    chance = generator(seed, "resilience")
    days = chance.integers(0, until, until).tolist()
    return days + chance.integers(DAY, DAY + 7 * weeks, 35 * weeks).tolist() if weeks else days


def test_return_is_the_first_of_four_weeks_in_a_row_inside_the_band() -> None:
    assert returned(np.array([9.0, 9, 3, 9, 3, 3, 3, 3, 3]), (0, 5)) == 4
    assert returned(np.array([9.0] * 8), (0, 5)) is None
    assert returned(np.array([3.0, 3]), (0, 5)) is None


def test_fit_recovers_level_and_memory() -> None:
    chance = generator(1, "fit")
    counts = [10.0]
    for _ in range(3000):
        counts.append(float(chance.poisson(10 + 0.6 * (counts[-1] - 10))))
    model = fit(np.array(counts))
    assert model.level == pytest.approx(10, rel=0.1) and model.memory == pytest.approx(0.6, abs=0.07)


def test_band_holds_nine_weeks_in_ten_of_the_model_left_alone() -> None:
    low, high = band(Model(10.0, 0.0, 1e4), 10_000)
    draws = generator(3, "check").poisson(10.0, 20_000)
    assert 0.86 <= np.mean((draws >= low) & (draws <= high)) <= 0.94


def test_band_of_few_weeks_is_wider() -> None:
    low, high = band(Model(40.0, 0.5, 8.0), 26)
    assert low < band(Model(40.0, 0.5, 8.0), 1000)[0] and high > band(Model(40.0, 0.5, 8.0), 1000)[1]


def test_simulated_weeks_share_what_was_seen_up_to_the_peak_and_stay_below_it() -> None:
    model, seen = Model(10.0, 0.3, 5.0), np.array([12.0, 30.0])
    draws = simulated(model, seen, 52, (100, generator(5, "peak")))
    assert np.mean(draws >= 2.0) > 0.9  # the peak is a week inside in few worlds
    assert waited_for(model, np.array([30.0] * 60), 52, (99, generator(6, "never")))[0] is None


def test_slow_return_is_told_from_a_quick_one(case: Case) -> None:
    declared = Declared(shocks=(SHOCK,))
    slow = RESILIENCE.run(sight_of(case, table(world(4, 20), [0] * len(world(4, 20))), declared)).rows[0]
    assert slow.statistic is not None and 18 <= slow.statistic <= 24 and slow.verdict == "slower than before"
    quick = RESILIENCE.run(sight_of(case, table(world(4, 0), [0] * len(world(4, 0))), declared)).rows[0]
    assert quick.statistic is not None and quick.statistic <= 4 and quick.verdict == "indistinguishable from chance"


def test_return_that_has_not_come_is_censored_and_counted(case: Case) -> None:
    days = [day for day in world(5, 100) if day < DAY + 210]
    rows = RESILIENCE.run(sight_of(case, table(days, [0] * len(days)), Declared(shocks=(SHOCK,)))).rows
    assert rows[0].statistic is None and rows[0].verdict == "not returned" and "waited" in rows[0].note
    assert (rows[1].name, rows[1].note) == ("not returned", "1 of 1")


def test_shock_without_a_year_before_it_gives_no_number(case: Case) -> None:
    early = Shock("early", date.fromordinal(ORIGIN) + timedelta(days=60))
    days = world(6, 0)
    row = RESILIENCE.run(sight_of(case, table(days, [0] * len(days)), Declared(shocks=(early,)))).rows[0]
    assert row.verdict == "not enough data" and row.statistic is None


def test_shock_after_the_last_event_of_the_table_gives_no_number(case: Case) -> None:
    late = Shock("late", date.fromordinal(ORIGIN) + timedelta(days=4000))
    days = world(7, 0)
    row = RESILIENCE.run(sight_of(case, table(days, [0] * len(days)), Declared(shocks=(late,)))).rows[0]
    assert row.verdict == "not enough data" and row.statistic is None
