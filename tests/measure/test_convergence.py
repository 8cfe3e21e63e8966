"""Whether armed parties draw together: rungs with their evidence, fighting, hits together, common enemies."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from tests.measure.claims import claim, sight_with
from tests.measure.worlds import case_in, sight_of, table

from faultline.case import Case
from faultline.measure.chance import generator
from faultline.measure.convergence import CONVERGENCE, together, together_by_chance
from faultline.record.actor import Actor, Tie
from faultline.record.claim import Claim
from faultline.record.days import parse_days
from faultline.record.declared import Coalition, Declared
from faultline.record.finding import Told
from faultline.record.vocabulary import Action, ActorKind, TieKind

DECLARED = Declared(
    (
        Coalition("reds", "Reds", ("red",)),
        Coalition("blues", "Blues", ("blue",)),
        Coalition("state", "State", ("army",)),
    ),
    defender="state",
    draws=199,
)


@pytest.fixture
def case(tmp_path: Path) -> Case:
    tie = Tie("red", TieKind.ALLIANCE, "blue", parse_days("2026-04-25/.."), ("s",), parse_days("2026-04-26"))
    actors = (Actor("red", "Red", ActorKind.ARMED_GROUP, ties=(tie,)), Actor("blue", "Blue", ActorKind.ARMED_GROUP))
    return replace(case_in(tmp_path / "case"), actors=actors)


def told(case: Case, claims: list[tuple[Claim, str]], as_of: date = date(2026, 11, 22)) -> tuple[Told, ...]:
    return CONVERGENCE.run(replace(sight_with(case, claims, DECLARED), as_of=as_of)).told


def attack(words: str, said: dict[str, str]) -> tuple[Claim, str]:
    made, text = claim(words, "event", said.pop("subtype", "attack"), said)
    return replace(made, action=Action.ASSAULT), text


def test_tie_is_a_rung_from_the_publication_of_its_source_on(case: Case) -> None:
    assert [one.form for one in told(case, [])] == ["alliance"]
    assert told(case, [], date(2026, 4, 25)) == ()


def test_each_rung_names_the_claim_that_stands_behind_it(case: Case) -> None:
    pact = claim("Red and Blue agreed not to fight", "talk", "ceasefire", {"actor": "red blue", "days": "2025-01-01"})
    found = told(case, [pact], date(2026, 1, 1))
    assert [(one.form, one.claims) for one in found] == [("non-aggression", (pact[0].id,))]


@pytest.mark.parametrize(
    ("words", "said", "forms"),
    [
        ("Red and Blue attacked the army", {"actor": "red blue", "recipient": "army"}, ["joint operation"]),
        (
            "Les Rouges et les Bleus ont attaqué l'armée",
            {"actor": "red blue", "recipient": "army"},
            ["joint operation"],
        ),
        ("Red and Blue clashed", {"actor": "red blue", "subtype": "clash"}, []),
        ("Red attacked Blue", {"actor": "red", "recipient": "blue"}, []),
        ("Red attacked the army", {"actor": "red", "recipient": "army"}, []),
        ("Red and Blue plan to attack", {"actor": "red blue", "recipient": "army", "modality": "planned"}, []),
    ],
)
def test_joint_operation_is_side_by_side_on_somebody_else(
    case: Case, words: str, said: dict[str, str], forms: list[str]
) -> None:
    assert [one.form for one in told(case, [attack(words, dict(said))], date(2026, 1, 1))] == forms


def test_curated_record_gives_rungs_and_no_rate(case: Case) -> None:
    finding = CONVERGENCE.run(sight_with(case, [], DECLARED))
    assert [row.verdict for row in finding.rows] == ["not a sample"]
    assert "Reds and Blues: alliance" in finding.summary


def test_hits_together_agree_with_counting_by_hand() -> None:
    one = (np.array([0, 0, 1]), np.array([5, 20, 5]))
    other = (np.array([0, 1]), np.array([8, 9]))
    assert together(one, other, 30) == 1.0  # front 0: day 5 and 8; front 1: four days apart
    ends = (np.array([0, 0, 1]), np.array([0, 29, 0]))
    assert together(ends, ends, 30) == 3.0  # nothing reaches over the end of a front into the next
    assert together(one, (np.array([0, 0]), np.array([2, 8])), 30) == 2.0  # each of two near ones is a pair


def test_hits_of_a_front_move_together_within_their_bin() -> None:
    one = (np.zeros(10, np.int64), np.arange(10))
    clump = (np.zeros(3, np.int64), np.array([2, 3, 4]))
    draws = together_by_chance([one, clump], 10, 10, (200, generator(1, "moved")))
    by_hand = [sum(abs(d - (c + by) % 10) <= 3 for d in range(10) for c in (2, 3, 4)) for by in range(10)]
    assert set(draws) == set(map(float, by_hand))


def world(seed: int, shared: bool) -> list[tuple[int, int, str]]:
    """Two years of two parties on eight fronts; where shared, half of the second's hits follow the first's by a day."""
    chance = generator(seed, "convergence")
    red = [
        (int(d), int(f), "red") for d, f in zip(chance.integers(0, 700, 150), chance.integers(0, 8, 150), strict=True)
    ]
    blue = [
        (int(d), int(f), "blue") for d, f in zip(chance.integers(0, 700, 75), chance.integers(0, 8, 75), strict=True)
    ]
    follow = [(d + 1, f, "blue") for d, f, _ in red[::2]]
    alone = zip(chance.integers(0, 700, 75), chance.integers(0, 8, 75), strict=True)
    return [*red, *blue, *(follow if shared else [(int(d), int(f), "blue") for d, f in alone])]


@pytest.mark.parametrize(("shared", "verdict"), [(True, "beyond chance"), (False, "indistinguishable from chance")])
def test_hits_that_follow_each_other_are_found_and_others_are_not(case: Case, shared: bool, verdict: str) -> None:
    rows = world(4, shared)
    events = table([d for d, _, _ in rows], [f for _, f, _ in rows], [a for _, _, a in rows], ["army"] * len(rows))
    found = {row.name: row for row in CONVERGENCE.run(sight_of(case, events, DECLARED)).rows}
    assert found["hits on one front within 3 days"].verdict == verdict
    assert found["common enemies"].statistic == pytest.approx(1.0)
    assert found["mutual fighting, last year over before"].verdict == "not enough data"


def test_end_of_mutual_fighting_is_a_rate_ratio_with_its_interval(case: Case) -> None:
    days = [*range(0, 700, 10)]
    events = table([*days, 1090], [0] * 71, ["red"] * 71, ["blue"] * 70 + ["army"])
    fighting = CONVERGENCE.run(sight_of(case, events, DECLARED)).rows[0]
    assert fighting.statistic == 0.0 and fighting.high is not None and fighting.high < 0.2
    assert fighting.verdict == "beyond chance"
