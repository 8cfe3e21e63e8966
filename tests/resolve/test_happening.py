"""Which claims speak of a happening, and how they are compared."""

from dataclasses import replace

import pytest

from faultline.record.text import Span
from faultline.record.vocabulary import Kind, SlotName
from faultline.resolve.happening import happenings, sentence_around
from faultline.resolve.wording import stems
from tests.resolve.hand import Say, hand_case, report, toll

TEXT = "Gunmen attacked Tarn. Nine people died. The Front claimed it."
ATTACK = Say("Gunmen attacked Tarn", days="2020-05-12", places=("tarn",))


def test_a_place_brings_its_spot_and_its_words() -> None:
    (found,) = happenings(hand_case(), [report(TEXT, "2020-05-13", ATTACK)])
    assert found.places == ("tarn",)
    assert len(found.spots) == 1
    assert str(found.days) == "2020-05-12"
    assert "=attack" in found.words  # of both languages
    assert "=dead" not in found.words
    assert "=dead" in found.text


@pytest.mark.parametrize("other", ["a week after those of Tarn", "une semaine après celles de Tarn"])
def test_the_place_of_another_happening_that_this_one_is_compared_with_is_not_its_own(other: str) -> None:
    text = f"Gunmen attacked, {other}."
    told = report(text, "2020-05-13", Say("Gunmen attacked", places=("tarn",)))
    (slot,) = (s for s in told.claims[0].slots if s.name == SlotName.PLACE)
    start = text.index("Tarn")
    slots = tuple(replace(s, span=Span(start, start + 4)) if s is slot else s for s in told.claims[0].slots)
    compared = replace(told, claims=(replace(told.claims[0], slots=slots),))
    assert [h.places for h in happenings(hand_case(), [told, compared])] == [("tarn",), ()]


def test_a_toll_is_no_act_of_its_own() -> None:
    found = happenings(hand_case(), [report(TEXT, "2020-05-13", toll("Nine people died", 9))])
    assert [(h.kind, h.actions) for h in found] == [("quantity", ())]
    assert found[0].counts[0].best == 9


def test_what_is_only_intended_is_no_happening() -> None:
    intent = Say("The Front claimed it", Kind.INTENT, "vow", None)
    assert happenings(hand_case(), [report(TEXT, "2020-05-13", intent)]) == ()


def test_another_document_changes_no_happening() -> None:
    one = report(TEXT, "2020-05-13", ATTACK)
    other = report(TEXT + " More.", "2020-05-14", ATTACK)
    alone, both = happenings(hand_case(), [one]), happenings(hand_case(), [other, one])
    assert set(alone) < set(both)


def test_stems_are_without_accents_endings_and_short_words() -> None:
    assert stems("Les attaques à Ménaka : 16 tués") == ("16", "attaqu", "les", "menaka", "tues")


def test_the_sentence_around_a_span_ends_at_its_stops() -> None:
    start = TEXT.index("Nine")
    assert sentence_around(TEXT, Span(start, start + 4)).strip() == "Nine people died"
