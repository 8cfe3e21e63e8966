"""Whom a claim means in its whole text: what the weights may do, and what they may not."""

import json

import pytest
from tests.coding.invented import invented_case

from faultline.coding.cast import ACTOR
from faultline.coding.coder import RuleCoder
from faultline.coding.weighing import MODEL, RULE, Chooser, load_chooser
from faultline.record.claim import Claim
from faultline.record.text import Document, Filing
from faultline.record.vocabulary import SlotName

CASE = invented_case()
STORY = (
    "The FLR attacked Tolma on Monday. Ansal shelled Sikko the same day. Four soldiers were killed. The mayor of Hadar "
    "called for help."
)
EVERYBODY = Chooser({ACTOR: {"": 3.0}})
NOBODY = Chooser({ACTOR: {"": -3.0}})


def claims(text: str, chooser: Chooser | None = None) -> tuple[Claim, ...]:
    """The claims of an English text."""
    document, filing = Document("d", "", "text/plain", text), Filing("o", "d", language="en")
    return RuleCoder(CASE, chooser=chooser).code(document, filing).claims


def filled(found: tuple[Claim, ...]) -> list[tuple[SlotName, str]]:
    """Actors of all claims."""
    return [(s.name, s.value) for c in found for s in c.slots if s.name == SlotName.ACTOR]


def test_weights_take_and_leave_everybody() -> None:
    assert not filled(claims(STORY, NOBODY))
    found = [{s.value for s in c.slots if s.name == SlotName.ACTOR} for c in claims(STORY, EVERYBODY)]
    assert any({"The FLR", "Ansal"} <= actors for actors in found)  # of the dead the words do not say who killed them
    assert {"The FLR"} == found[0]  # of the attack they do


def test_what_is_brought_stands_in_the_text_and_says_so() -> None:
    brought = [s for c in claims(STORY, EVERYBODY) for s in c.slots if s.rule == RULE]
    assert brought
    for slot in brought:
        assert slot.span is not None
        assert slot.span.of(STORY).split() == slot.value.replace("' ", "'").split()
    assert any(slot.inherited_from for slot in brought)


@pytest.mark.parametrize("chooser", [EVERYBODY, NOBODY])
def test_fewer_sentences_stay_with_the_rules(chooser: Chooser) -> None:
    text = "The FLR attacked Tolma on Monday. Ansal shelled Sikko the same day."
    assert filled(claims(text, chooser)) == filled(claims(text))


def test_no_trait_of_the_shipped_weights_is_a_name() -> None:
    """What is learnt holds for any conflict: no actor or place of the case, no country by name."""
    weights = load_chooser().weights
    card = json.loads((MODEL / "card.json").read_text(encoding="utf-8"))
    assert set(weights) == set(card["slots"]) == {ACTOR}
    said = " ".join(trait for of in weights.values() for trait in of).lower()
    assert not {"mali", "fama", "jnim", "kidal", "bamako"} & set(said.split())
