"""Whether events move towards the capital."""

from pathlib import Path

import numpy as np
import pytest
from tests.measure.worlds import case_in, sight_of, table

from faultline.case import Case
from faultline.measure.centre import CENTRE, distance_km
from faultline.measure.chance import generator
from faultline.measure.form import NOT_ENOUGH
from faultline.record.declared import Coalition, Declared

DECLARED = Declared((Coalition("group", "The group", ("group",)),), draws=499)


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return case_in(tmp_path / "case")


def world(seed: int, near_after: float) -> tuple[list[int], list[int]]:
    """Three years; in the last one a share of events lies at the nearest front, the others anywhere."""
    chance = generator(seed, "centre")
    days = sorted(chance.integers(0, 1095, 500).tolist())
    return days, [0 if day > 730 and chance.random() < near_after else int(chance.integers(0, 8)) for day in days]


def near(case: Case) -> tuple[float, float]:
    capital = case.place(case.capital)
    return capital.latitude, capital.longitude


def test_distance_agrees_with_a_known_one() -> None:
    bamako, kidal = (12.6392, -8.0029), (18.4411, 1.4078)
    found = distance_km(np.array([kidal[0]]), np.array([kidal[1]]), *bamako)
    assert found[0] == pytest.approx(1191, rel=0.01)


def test_events_that_move_to_the_capital_are_found_in_the_shares(case: Case) -> None:
    north, east = near(case)
    events = table(*world(1, 0.6))
    moved = events.only(np.arange(len(events)))
    object.__setattr__(moved, "latitude", events.latitude - 10 + north)
    object.__setattr__(moved, "longitude", events.longitude + east)
    found = CENTRE.run(sight_of(case, moved, DECLARED))
    changed = {row.name: row for row in found.rows if row.verdict == "changed"}
    assert any(name.startswith("share within 50 km") for name in changed)
    assert "near the capital" in found.summary


def test_nothing_is_found_where_nothing_moved(case: Case) -> None:
    found = CENTRE.run(sight_of(case, table(*world(2, 0.0)), DECLARED))
    assert [row.name for row in found.rows if row.verdict == "changed"] == []
    assert found.summary.startswith("Neither")


def test_few_events_give_no_number(case: Case) -> None:
    days, fronts = world(3, 0.0)
    found = CENTRE.run(sight_of(case, table(days[:60], fronts[:60]), DECLARED))
    assert {row.verdict for row in found.rows} <= {NOT_ENOUGH, ""}


def test_rows_of_a_region_are_left_out_and_said_so(case: Case) -> None:
    events = table(*world(4, 0.0))
    object.__setattr__(events, "radius", np.where(np.arange(len(events)) < 50, 200.0, 5.0))
    assert CENTRE.run(sight_of(case, events, DECLARED)).warnings[0].startswith("50 rows")
