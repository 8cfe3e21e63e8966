"""Arrows and mechanisms in the coder's claims."""

from faultline.coding.mechanisms import with_mechanisms
from faultline.record.claim import Claim, Slot
from faultline.record.text import Span
from faultline.record.vocabulary import Kind, SlotName

ARROW = Slot(SlotName.ARROW, "a -> b", Span(0, 20), rule="system:verb")
JUDGED = Claim("", "d", Kind.ASSESSMENT, Span(0, 20), slots=(ARROW,))


def test_opinion_about_the_same_words_carries_the_arrow() -> None:
    own = Claim("", "d", Kind.PREDICTION, Span(5, 30))
    assert with_mechanisms([own], [JUDGED], analysis=True)[0].slots == (ARROW,)


def test_dispatch_gains_no_claim() -> None:
    assert with_mechanisms([], [JUDGED], analysis=False) == []


def test_analysis_gains_what_nothing_else_states_in_the_order_of_the_text() -> None:
    event = Claim("", "d", Kind.EVENT, Span(40, 60))
    assert with_mechanisms([event], [JUDGED], analysis=True) == [JUDGED, event]


def test_same_arrow_is_not_carried_twice() -> None:
    own = Claim("", "d", Kind.ASSESSMENT, Span(0, 20), slots=(ARROW,))
    assert with_mechanisms([own], [JUDGED], analysis=True)[0].slots == (ARROW,)
