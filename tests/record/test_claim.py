"""Claims: ordinals, ids, speakers, slots."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faultline.record.claim import Claim, Slot, Speaker, content_of, identified
from faultline.record.errors import UsageError
from faultline.record.text import Candidate, Span
from faultline.record.vocabulary import Kind, SlotName

# Few spans and kinds, so that most lists hold several claims of one kind at one span.
CLAIMS = st.lists(
    st.builds(
        Claim,
        id=st.just(""),
        document=st.just("doc_0"),
        kind=st.sampled_from([Kind.EVENT, Kind.TALK]),
        span=st.builds(Span, st.integers(0, 1), st.integers(2, 3)),
        subtype=st.text(max_size=3),
    ),
    max_size=8,
)


@given(CLAIMS)
def test_no_two_claims_of_a_document_share_an_id(claims: list[Claim]) -> None:
    found = identified(claims)
    assert len({claim.id for claim in found}) == len(claims)


@given(CLAIMS)
def test_ordinals_count_from_zero_without_gaps_in_the_given_order(claims: list[Claim]) -> None:
    found = identified(claims)
    for kind, span in {(claim.kind, claim.span) for claim in found}:
        same = [claim for claim in found if (claim.kind, claim.span) == (kind, span)]
        assert [claim.ordinal for claim in same] == list(range(len(same)))
        assert [c.subtype for c in same] == [c.subtype for c in claims if (c.kind, c.span) == (kind, span)]


@given(CLAIMS)
def test_identifying_again_changes_nothing(claims: list[Claim]) -> None:
    once = identified(claims)
    assert identified(once) == once


@given(CLAIMS, st.randoms(use_true_random=False))
def test_the_ids_of_a_document_do_not_depend_on_the_order_of_its_claims(claims: list[Claim], chance: object) -> None:
    shuffled = list(claims)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert {c.id for c in identified(shuffled)} == {c.id for c in identified(claims)}


@given(CLAIMS)
def test_a_better_reading_of_a_span_keeps_its_id(claims: list[Claim]) -> None:
    reread = [replace(claim, slots=(Slot(SlotName.ACTOR, "x"),), confidence=0.5) for claim in claims]
    assert [c.id for c in identified(reread)] == [c.id for c in identified(claims)]


@given(CLAIMS)
def test_claims_come_in_the_order_of_the_text(claims: list[Claim]) -> None:
    places = [(claim.span.start, claim.span.end) for claim in identified(claims)]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("chain", "voice"),
    [(("reporter",), "voice"), (("the army",), "named"), (("the army", "unnamed source"), "unnamed")],
)
def test_the_innermost_speaker_gives_the_class_of_the_voice(chain: tuple[str, ...], voice: str) -> None:
    assert Speaker(chain).voice == voice


def test_a_claim_without_any_speaker_does_not_exist() -> None:
    with pytest.raises(UsageError):
        Speaker(())


def test_a_slot_stays_open_where_two_candidates_are_equally_likely() -> None:
    even = Slot(SlotName.PLACE, "Ber", candidates=(Candidate("a", 0.5), Candidate("b", 0.5)))
    uneven = replace(even, candidates=(Candidate("a", 0.4), Candidate("b", 0.6)))
    assert (even.leading, uneven.leading) == ("", "b")


def test_the_content_of_a_claim_has_candidates_where_they_lead_and_words_elsewhere() -> None:
    known = Slot(SlotName.ACTOR, "the rebels", candidates=(Candidate("group-1"),))
    claim = Claim("c", "d", Kind.EVENT, Span(0, 9), slots=(known, Slot(SlotName.RECIPIENT, "a convoy")))
    event = content_of(claim)
    assert (event.actors, event.recipients, event.places) == (("group-1",), ("a convoy",), ())
