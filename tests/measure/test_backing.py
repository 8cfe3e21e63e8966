"""Who backs whom, departures by stage, losses of support assets, events around a departure."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from tests.measure.claims import claim, sight_with
from tests.measure.worlds import ORIGIN, case_in, sight_of, table

from faultline.case import Case
from faultline.measure.backing import BACKING, log_ratio, losses, stage_of
from faultline.measure.chance import generator
from faultline.measure.form import NOT_A_SAMPLE
from faultline.record.actor import Actor, Tie
from faultline.record.days import Days, parse_days
from faultline.record.declared import Coalition, Declared, Departure
from faultline.record.vocabulary import ActorKind, TieKind

DECLARED = Declared((Coalition("state", "The state", ("army", "government")),), defender="state")


@pytest.fixture
def case(tmp_path: Path) -> Case:
    ties = {
        "first": Tie(
            "first", TieKind.BACKING, "army", parse_days("2013-01-01/2020-06-30"), (), parse_days("2013-01-02")
        ),
        "second": Tie(
            "second", TieKind.ALLIANCE, "army", parse_days("2020-09-01/2022-01-01"), (), parse_days("2020-10")
        ),
        "third": Tie("third", TieKind.BACKING, "government", parse_days("2023-01-01/.."), (), parse_days("2023-02")),
    }
    actors = [Actor(name, name, ActorKind.FOREIGN_FORCE, ties=(tie,)) for name, tie in ties.items()]
    return replace(case_in(tmp_path / "case"), actors=(*actors, Actor("army", "Army", ActorKind.STATE_FORCE)))


def forms(case: Case, as_of: date) -> list[tuple[str, str]]:
    sight = replace(sight_with(case, [], DECLARED), as_of=as_of)
    return [(told.form, told.text) for told in BACKING.run(sight).told]


def test_gaps_and_substitutions_follow_from_dated_ties_of_the_whole_defender(case: Case) -> None:
    found = forms(case, date(2026, 1, 1))
    assert ("substitution", "first leaves and second comes beside state") in found
    assert [form for form, _ in found].count("gap") == 2
    assert ("backing", "second backs state") in found  # an alliance of the defender with a force from abroad


def test_tie_is_not_seen_before_its_source_was_published(case: Case) -> None:
    assert [text for form, text in forms(case, date(2020, 9, 15)) if form == "backing"] == ["first backs state"]


@pytest.mark.parametrize(
    ("words", "said", "stage"),
    [
        ("The last soldiers of the force left on Monday", {}, "complete"),
        ("Les derniers soldats de la force ont quitté le pays", {}, "complete"),
        ("La force a achevé son retrait", {}, "complete"),
        ("The force withdrew from the northern camp", {}, "under way"),
        ("La force a quitté la base", {}, "under way"),
        ("The force announced that it leaves", {}, "announced"),
        ("The force leaves in June", {"modality": "planned"}, "announced"),
        ("La force quittera le pays d'ici à juin", {}, "announced"),
    ],
)
def test_stage_of_a_departure_is_what_its_words_show(case: Case, words: str, said: dict[str, str], stage: str) -> None:
    made, text = claim(words, "event", "withdrawal", {"actor": "first", **said})
    assert stage_of(sight_with(case, [(made, text)]), made) == stage


def test_withdrawal_of_a_force_that_backs_nobody_is_no_departure(case: Case) -> None:
    told = [claim("The rebels withdrew", "event", "withdrawal", {"actor": "rebels", "days": "2021-01-01"})]
    assert [one for one in BACKING.run(sight_with(case, told, DECLARED)).told if one.claims] == []


def test_lost_asset_is_what_fell_or_was_taken_and_not_what_filmed_it(case: Case) -> None:
    told = [
        claim("A helicopter of the army was shot down", "event", "shoot_down", {"modality": "claimed"}),
        claim("Un hélicoptère s'est écrasé à l'atterrissage", "event", "accident", {}),
        claim("The town was captured, as a drone filmed", "event", "capture", {"recipient": "the_town"}),
        claim("No drone was shot down", "event", "shoot_down", {"modality": "denied"}),
    ]
    found = losses(sight_with(case, told))
    assert sorted((loss.asset, loss.confirmed) for loss in found) == [("aircraft", False), ("aircraft", True)]


def test_change_after_a_departure_is_compared_with_every_other_week(tmp_path: Path) -> None:
    chance = generator(3, "backing")
    day = 1000
    days = [*chance.integers(0, 2000, 800).tolist(), *chance.integers(day, day + 80, 300).tolist()]
    left = date.fromordinal(ORIGIN + day)
    placebo = left + timedelta(days=500)
    departure = Departure("first", "army", Days(left, left), "the departure", (placebo,))
    sight = sight_of(case_in(tmp_path / "case"), table(days, [0] * len(days)), Declared(departures=(departure,)))
    rows = {row.name: row for row in BACKING.run(sight).rows}
    assert rows["the departure"].verdict == "beyond other days" and (rows["the departure"].statistic or 0) > 3
    assert rows["the departure: placebo"].verdict == "indistinguishable from chance"


def test_curated_record_gives_no_rate_around_a_departure(case: Case) -> None:
    declared = replace(DECLARED, departures=(Departure("first", "army", parse_days("2020-06-30")),))
    assert [row.verdict for row in BACKING.run(sight_with(case, [], declared)).rows] == [NOT_A_SAMPLE]


def test_ratio_needs_both_spans() -> None:
    assert np.isnan(log_ratio(np.ones(100), 50))
    assert log_ratio(np.ones(400), 200) == pytest.approx(0.0)
