"""What of a claim is right, by the line that a person wrote."""

from typing import Any

import pytest
from tests.coding.invented import invented_case
from tests.coding.test_coder import CODER

from faultline.coding.gold import Labels, to_gold
from faultline.evaluate.answers import Answer, Marked, actions, answers
from faultline.record.days import parse_days
from faultline.record.text import Document, Filing

CASE = invented_case()
TEXT = "Ansal killed 12 villagers in Hadar on Sunday, the army said."
RIGHT = {
    "doc": "d",
    "kind": "event",
    "subtype": "killing",
    "actors": ["Ansal al-Din"],
    "recipients": ["civilians"],
    "places": ["Hadar"],
    "date": {"start": "2024-05-12", "end": "2024-05-12"},
    "fatalities": {"low": 12, "best": 12, "high": 12},
    "attribution": "Sandovan Armed Forces",
    "modality": "claimed",
    "evidence": {"start": 0, "end": 44},
}


def asked(**changes: Any) -> dict[str, bool]:
    """What is right of the only claim, against a hand-coded line."""
    document = Document("d", "", "text/plain", TEXT)
    filing = Filing("o", "d", language="en", published=parse_days("2024-05-15"))
    coded = CODER.code(document, filing)
    report = Marked(coded.claims, to_gold(CASE, document, coded), [{**RIGHT, **changes}])
    found: list[Answer] = answers(report, {}, Labels(CASE))
    assert all(0 < answer.confidence < 1 for answer in found)
    return {answer.of: answer.right for answer in found}


def test_a_claim_read_as_a_person_did_is_right_in_everything() -> None:
    assert asked() == dict.fromkeys(
        ("claim", "action", "actor", "recipient", "place", "days", "count", "speaker", "modality"), True
    )


@pytest.mark.parametrize(
    ("wrong", "changes"),
    [
        ("actor", {"actors": ["Sandovan Armed Forces"]}),
        ("recipient", {"recipients": []}),
        ("place", {"places": ["Tolma"]}),
        ("days", {"date": {"start": None, "end": None}}),
        ("days", {"date": {"start": "2024-05-13", "end": "2024-05-13"}}),
        ("count", {"fatalities": {"low": 3, "best": 3, "high": 3}}),
        ("speaker", {"attribution": "residents"}),
        ("modality", {"modality": "asserted"}),
        ("action", {"subtype": "release"}),
    ],
)
def test_what_a_person_read_otherwise_is_wrong_and_the_rest_right(wrong: str, changes: dict[str, Any]) -> None:
    assert [of for of, right in asked(**changes).items() if not right] == [wrong]


def test_a_claim_that_nobody_made_is_wrong_and_asks_nothing_more() -> None:
    assert asked(evidence={"start": 50, "end": 59}) == {"claim": False}


def test_an_action_that_no_table_knows_is_not_asked_about() -> None:
    assert "action" not in asked(subtype="a word of no table")


def test_no_word_for_a_happening_has_two_actions_unknowingly() -> None:
    assert actions()["killing"] == actions()["massacre"] == "assault"
