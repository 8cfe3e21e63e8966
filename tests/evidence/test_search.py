"""Search: what people type, on both databases."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faultline.evidence import ClaimFilter, Store
from faultline.evidence.words import fold, parse_query
from faultline.record.errors import UsageError
from tests.evidence.making import entry, moment

TEXT = "L'armée a repris Ménaka. An army convoy was hit near Tin-Zaouatène. المدينة محاصرة. Бой у Кидаля."


@pytest.fixture
def searched(store: Store) -> Store:
    store.append(
        [entry(TEXT), entry("The convoy of the army left. " + "Filler text. " * 3000 + "Zebra.", "b.txt")], moment(0)
    )
    return store


def claims_found(store: Store, words: str) -> list[str]:
    return [hit.words.strip() for hit in store.snapshot(date(2016, 1, 1)).search(words) if hit.claim]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("menaka", ["L'armée a repris Ménaka"]),
        ("ARMÉE", ["L'armée a repris Ménaka"]),
        ('"army convoy"', ["An army convoy was hit near Tin-Zaouatène"]),
        ("convoy army near", ["An army convoy was hit near Tin-Zaouatène"]),
        ("zaouat*", ["An army convoy was hit near Tin-Zaouatène"]),
        ('"convoy was h"*', ["An army convoy was hit near Tin-Zaouatène"]),
        ('"army co*"', []),
        ("tin-zaouatene", ["An army convoy was hit near Tin-Zaouatène"]),
        ("кидаля", ["Бой у Кидаля"]),
        ("المدينة", ["المدينة محاصرة"]),
        ('"army convoy', ["An army convoy was hit near Tin-Zaouatène"]),
    ],
)
def test_words_phrases_and_beginnings_are_found(searched: Store, words: str, expected: list[str]) -> None:
    assert claims_found(searched, words) == expected


@pytest.mark.parametrize("words", ["AND", "NOT army", "NEAR(army convoy)", "body:x", "a OR b)", "x' OR '1'='1"])
def test_no_query_language_leaks(searched: Store, words: str) -> None:
    assert claims_found(searched, words) == []


@settings(max_examples=100)
@given(st.text(max_size=30))
def test_whatever_is_typed_is_a_query_or_a_clear_error(words: str) -> None:
    try:
        query = parse_query(words)
    except UsageError:
        return
    assert all(fold(term.text) and '"' not in term.text for term in query.terms)


def test_nothing_to_look_for_is_said_so(searched: Store) -> None:
    for words in ("", "   ", '"', "-- * ()"):
        with pytest.raises(UsageError, match="at least one letter"):
            searched.snapshot().search(words)


def test_a_document_is_found_by_words_in_distant_parts(searched: Store) -> None:
    hits = searched.snapshot(date(2016, 1, 1)).search("convoy zebra")
    [hit] = hits
    assert hit.claim == "" and "Zebra" in hit.words
    assert [hit.words[mark.start - hit.span.start : mark.end - hit.span.start] for mark in hit.marks] == ["Zebra"]


def test_marks_lie_on_the_words(searched: Store) -> None:
    snapshot = searched.snapshot(date(2016, 1, 1))
    for hit in snapshot.search("convoy army"):
        text = snapshot.document(hit.document)[0].text
        assert hit.span.of(text) == hit.words
        assert {fold(mark.of(text)) for mark in hit.marks} <= {"convoy", "army"} and hit.marks


def test_what_is_not_in_view_is_not_found(searched: Store) -> None:
    assert searched.snapshot(date(2014, 1, 1)).search("convoy") == ()
    assert searched.snapshot(date(2014, 1, 1)).count(ClaimFilter(words="convoy")) == 0
    assert searched.snapshot(date(2016, 1, 1)).count(ClaimFilter(words="convoy")) == 2


def test_a_word_that_very_many_claims_hold_is_answered_in_the_order_of_the_store(searched: Store) -> None:
    found = claims_found(searched, "filler")
    assert len(found) == 20 and set(found) == {"Filler text"}


def test_what_is_shown_of_a_text_breaks_no_word(store: Store) -> None:
    words = "Unbreakable syllables surround everything remarkable. "
    store.append([entry(words * 20 + "Zebra. " + words * 20)], moment(0))
    (hit,) = (hit for hit in store.snapshot(date(2016, 1, 1)).search("zebra") if not hit.claim)
    known = {*words.split(), "Zebra."}
    assert len(hit.words) > 150 and set(hit.words.split()) <= known
