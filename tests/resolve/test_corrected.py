"""Corrections of slots: what they change and what they refuse."""

import pytest

from faultline.record.claim import Casualties, Claim
from faultline.record.decision import Decision
from faultline.record.errors import UsageError
from faultline.record.vocabulary import DecisionKind, Modality, SlotName
from faultline.resolve.corrected import correct
from tests.resolve.hand import Say, report

TOLLS = (Casualties("killed", 3, 3, 3, "soldiers"), Casualties("wounded", 5, 5, 5, "soldiers"))


@pytest.fixture
def claim() -> Claim:
    said = Say("Gunmen attacked Tarn", days="2020-05-12", places=("tarn",), actors=("front",), tolls=TOLLS)
    return report("Gunmen attacked Tarn.", "2020-05-13", said).claims[0]


def corrected(claim: Claim, slot: str, value: str) -> Claim:
    return correct(claim, Decision("dec_1", DecisionKind.CORRECT, claim.id, slot=slot, value=value, by="Ana"))


def test_place_and_party_take_an_id_and_may_be_emptied(claim: Claim) -> None:
    assert corrected(claim, "place", "belk").values(SlotName.PLACE) == ("belk",)
    assert corrected(claim, "actor", "").values(SlotName.ACTOR) == ()
    assert corrected(claim, "recipient", "army").values(SlotName.RECIPIENT) == ("army",)


def test_slot_keeps_its_span_and_says_who_corrected_it(claim: Claim) -> None:
    (slot,) = (s for s in corrected(claim, "place", "belk").slots if s.name == SlotName.PLACE)
    assert (slot.span, slot.rule, slot.reason) == (claim.slots[0].span, "corrected", "Ana")


def test_days_and_modality(claim: Claim) -> None:
    assert str(corrected(claim, "days", "2020-05-11/2020-05-12").days) == "2020-05-11/2020-05-12"
    assert corrected(claim, "modality", "denied").modality is Modality.DENIED


def test_speaker_is_named_after_the_text(claim: Claim) -> None:
    assert corrected(claim, "speaker", "army").speaker.chain == ("reporter", "army")


@pytest.mark.parametrize(
    ("value", "toll"),
    [
        ("killed 7", Casualties("killed", 7, 7, 7, "soldiers")),
        ("killed 3-5-8", Casualties("killed", 3, 5, 8, "soldiers")),
        ("killed 10-10- civilians", Casualties("killed", 10, 10, None, "civilians")),
        ("missing -4-", Casualties("missing", None, 4, None, "")),
    ],
)
def test_count_takes_a_harm_with_its_triple_and_whose(claim: Claim, value: str, toll: Casualties) -> None:
    found = corrected(claim, "count", value)
    assert found.casualties[0] == toll
    assert TOLLS[1] in found.casualties


@pytest.mark.parametrize(
    ("slot", "value"),
    [
        ("days", "2020-02-30"),
        ("modality", "sure"),
        ("count", "many"),
        ("count", "killed x-y-z"),
        ("count", "killed --"),
        ("sign", "more"),
        ("colour", "red"),
    ],
)
def test_value_that_does_not_fit_is_refused(claim: Claim, slot: str, value: str) -> None:
    with pytest.raises(UsageError):
        corrected(claim, slot, value)
