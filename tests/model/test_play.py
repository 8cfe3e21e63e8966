"""Joint paths and their outcomes: no finer than region and month, scenarios beside paths without them."""

from datetime import date

import numpy as np

from faultline.model.outlook import BLOCKADED, CHANGED, RESTRICTED, VIOLENCE, outlooks
from faultline.model.play import CHUNK, chunks_of, joined, months_of, play
from faultline.record.days import Days
from faultline.record.scenario import Range, Scenario, Step, StepForm
from tests.model.worlds import setting


def suppose(**step: object) -> Scenario:
    return Scenario("if", ("so",), (Step(days=Days(date(2020, 1, 11)), **step),))  # type: ignore[arg-type]


def violence(scenario: Scenario | None) -> np.ndarray:
    return play(setting().under(scenario) if scenario else setting(), 1, 0, 200).violence.sum(axis=1)


def test_same_seed_and_chunk_give_the_same_paths() -> None:
    one, other = (play(setting(), 1, 0, 20) for _ in range(2))
    assert np.array_equal(one.violence, other.violence) and np.array_equal(one.changed, other.changed)
    assert not np.array_equal(one.violence, play(setting(), 1, 1, 20).violence)


def test_chunks_add_up_to_the_paths() -> None:
    assert sum(size for _, size in chunks_of(2 * CHUNK + 7)) == 2 * CHUNK + 7
    assert len(joined([play(setting(), 1, n, 5) for n in range(2)]).violence) == 10


def test_months_follow_the_issue() -> None:
    months, number = months_of(date(2020, 1, 10), 8)
    assert months == ("2020-01", "2020-02", "2020-03") and len(number) == 56 and number[0] == 0


def test_ceasefire_acts_in_its_region_alone() -> None:
    held = suppose(form=StepForm.CEASEFIRE, regions=("east",), violence=Range(0, 0))
    found = violence(held)
    assert found[:, 0].sum() == 0 and found[:, 1].sum() > 0


def test_fighting_stops_between_the_two_parties_alone() -> None:
    found = violence(suppose(form=StepForm.FIGHTING_STOPS, parties=("a", "b"), violence=Range(0, 0)))
    assert found[:, :, 0].sum() == 0 and found[:, :, 1].sum() > 0


def test_step_that_may_not_come_about_acts_in_some_paths_only() -> None:
    found = violence(suppose(form=StepForm.CEASEFIRE, violence=Range(0, 0), holds=0.5)).sum(axis=(1, 2))
    assert 0.3 < (found == 0).mean() < 0.7


def test_backer_that_leaves_makes_places_turn() -> None:
    gone = suppose(form=StepForm.BACKER_LEAVES, regions=("east",), changes_hands=Range(5, 5))
    base, under = (play(one, 1, 0, 200).changed for one in (setting(), setting().under(gone)))
    assert base is not None and under is not None
    assert under[:, :, 0].mean() > 2 * base[:, :, 0].mean()


def test_outcomes_are_by_region_and_month_and_nothing_finer() -> None:
    played = play(setting(), 1, 0, 50)
    rows = outlooks(setting(), played)
    assert {row.outcome for row in rows} >= {VIOLENCE, CHANGED, BLOCKADED, RESTRICTED}
    assert {row.region for row in rows} == {"the country", "east", "west"}
    assert {row.month for row in rows} == {"", "2020-01", "2020-02", "2020-03"}
    whole = next(r for r in rows if r.outcome == VIOLENCE and r.subject == "m0" and not r.month)
    assert np.isclose(whole.mean, played.violence[:, :, :, 0].sum(axis=(1, 2)).mean())


def test_every_outcome_of_a_scenario_stands_beside_the_one_without_it() -> None:
    same = play(setting(), 1, 0, 50)
    for row in outlooks(setting(), same, same):
        assert row.base_mean == row.mean and row.more == 0.5
