"""Confidences: probabilities, lowered by doubt, and nothing else of a claim."""

import json
from dataclasses import replace

import pytest
from tests.coding.invented import invented_case

from faultline.coding.coder import RuleCoder
from faultline.coding.confidence import CLAIM, MODEL, RATED, SECOND, Judge, load_judge
from faultline.coding.draft import Draft
from faultline.coding.second import load_second
from faultline.record.claim import Claim
from faultline.record.text import Document, Filing
from faultline.record.vocabulary import SlotName

TEXT = "Ansal attacked Hadar on Sunday. Nine people were killed, the army said. The junta fears new attacks."


class Unmoved(Judge):
    """A judge that leaves every claim as the rules made it."""

    def __init__(self) -> None:
        super().__init__(load_second(), {})

    def judged(self, claim: Claim, draft: Draft | None = None) -> Claim:
        return claim


def claims(judge: Judge | None = None) -> tuple[Claim, ...]:
    coder = RuleCoder(invented_case(), judge=judge)
    return coder.code(Document("d", "", "text/plain", TEXT), Filing("o", "d", language="en")).claims


def test_nothing_but_confidence_and_the_reason_of_the_action_changes() -> None:
    def bare(claim: Claim) -> Claim:
        slots = tuple(
            replace(slot, confidence=0.0, reason="" if slot.name == SlotName.ACTION else slot.reason)
            for slot in claim.slots
        )
        return replace(claim, slots=slots, confidence=0.0)

    assert [bare(c) for c in claims()] == [bare(c) for c in claims(Unmoved())]


def test_every_confidence_is_a_probability_short_of_certainty() -> None:
    found = claims()
    assert len(found) >= 2
    for claim in found:
        assert 0.02 <= claim.confidence <= 0.98
        assert all(0.02 <= slot.confidence <= 0.98 for slot in claim.slots if slot.name in RATED)


def test_a_second_reading_that_differs_is_told_in_the_reason_and_lowers_confidence() -> None:
    weights = {**load_judge().weights}
    words = load_second()
    contrary = type(words)(words.labels, words.weights * 0, words.bias * 0)
    contrary.bias[words.labels.index("talk")] = 9.0
    agreeing = type(words)(words.labels, words.weights * 0, words.bias * 0)
    agreeing.bias[words.labels.index("event assault")] = 9.0
    doubted, believed = (claims(Judge(model, weights))[0] for model in (contrary, agreeing))
    action = next(slot for slot in doubted.slots if slot.name == SlotName.ACTION)
    assert f"{SECOND} says talk (1.00)" in action.reason
    assert doubted.confidence < believed.confidence
    assert not any(SECOND in slot.reason for slot in believed.slots)


def test_what_is_inherited_is_no_surer_than_what_stands_there() -> None:
    weights = load_judge().weights
    for name in (SlotName.PLACE, SlotName.DAYS):
        assert weights[name].get("inherited", 0.0) <= weights[name].get("own", 0.0)


@pytest.mark.parametrize("score", [-1000.0, 0.0, 1000.0])
def test_any_score_is_a_probability(score: float) -> None:
    assert 0.02 <= Judge(load_second(), {CLAIM: {"": score}}).probability(CLAIM, ["unknown"]) <= 0.98


def test_every_rated_slot_has_weights_and_the_card_says_how_they_do_on_held_out_reports() -> None:
    card = json.loads((MODEL / "card.json").read_text(encoding="utf-8"))
    assert set(load_judge().weights) == {CLAIM, *RATED} == set(card["rated"])
    held_out = card["halves"]["held out"]
    assert held_out[CLAIM]["answers"] > 150  # forty reports
    assert held_out[CLAIM]["brier"] <= held_out[CLAIM]["base"]


def test_the_version_of_the_coder_changes_with_the_models(monkeypatch: pytest.MonkeyPatch) -> None:
    before = RuleCoder(invented_case()).version
    monkeypatch.setattr("faultline.coding.coder.models_digest", lambda: "another")
    assert RuleCoder(invented_case()).version != before
