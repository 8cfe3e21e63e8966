"""What bears on the legitimacy of a regime, as sourced series."""

from dataclasses import replace
from pathlib import Path

import pytest
from tests.measure.claims import claim, sight_with
from tests.measure.worlds import case_in

from faultline.case import Case
from faultline.measure.legitimacy import LEGITIMACY
from faultline.record.actor import Actor
from faultline.record.vocabulary import ActorKind


@pytest.fixture
def case(tmp_path: Path) -> Case:
    minister = Actor("minister", "The minister", ActorKind.PERSON)
    return replace(case_in(tmp_path / "case"), actors=(minister, Actor("army", "Army", ActorKind.STATE_FORCE)))


@pytest.mark.parametrize(
    ("words", "kind", "subtype", "said", "strands"),
    [
        ("Soldiers seized power", "event", "coup", {}, ["coups and attempts"]),
        ("Des militaires ont pris le pouvoir", "event", "coup", {}, ["coups and attempts"]),
        ("The minister was killed", "event", "killing", {"recipient": "minister"}, ["deaths of officials"]),
        ("Two soldiers were killed", "event", "killing", {"recipient": "army"}, []),
        ("Thousands marched", "event", "protest", {}, ["protests"]),
        ("There was no coup", "event", "coup", {"modality": "denied"}, []),
        ("The minister met the mediators", "talk", "meeting", {"actor": "minister"}, ["dialogue"]),
        ("Two armed groups met", "talk", "meeting", {"actor": "reds blues"}, []),
    ],
)
def test_claim_belongs_to_the_strands_that_it_speaks_of(
    case: Case, words: str, kind: str, subtype: str, said: dict[str, str], strands: list[str]
) -> None:
    found = LEGITIMACY.run(sight_with(case, [claim(words, kind, subtype, said)]))
    assert [one.form for one in found.told] == strands


def test_each_strand_keeps_its_claims_and_no_score_is_given(case: Case) -> None:
    told = [claim(f"Thousands marched in {year}", "event", "protest", {"days": str(year)}) for year in (2019, 2021)]
    found = LEGITIMACY.run(sight_with(case, told))
    assert found.rows[0].claims == tuple(made.id for made, _ in told)
    assert [row.unit for row in found.rows] == ["claims"] and found.rows[0].p_value is None
    assert found.curves[0].y == (1.0, 0.0, 1.0)


def test_nothing_on_record_is_said_so(case: Case) -> None:
    found = LEGITIMACY.run(sight_with(case, []))
    assert [row.verdict for row in found.rows] == ["not enough data"] and found.summary.startswith("Nothing on record")
