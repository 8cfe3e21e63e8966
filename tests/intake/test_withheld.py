"""Covering marked words in one document."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.evidence.making import sentences

from faultline.intake.taken import Taken
from faultline.intake.withheld import occurrences, withhold
from faultline.record.claim import Coded
from faultline.record.errors import CaseError
from faultline.record.ids import bytes_hash, document_id
from faultline.record.text import Document, Filing, Sensitive, Span

TEXT = "Moïse Ag Test met no one. The army left. moise  ag-test stayed."


def taken(text: str = TEXT, coded: bool = False, **said: str) -> Taken:
    content = text.encode()
    made = Document(document_id(content), bytes_hash(content), "text/plain", text)
    filing = Filing("a.txt", made.id, **said)
    return Taken(content, made, filing, sentences(made) if coded else None, reader="text", reader_version="1")


def words(given: str) -> Sensitive:
    return Sensitive("sensitive.yaml:1", "doc", words=given)


def test_every_telling_of_a_name_is_covered_at_its_length() -> None:
    made = withhold(taken(title="Moise Ag Test", url="https://x.org/moise-ag-test-1"), [words("Moïse Ag Test")])
    assert made.document.text == "[withheld███] met no one. The army left. [withheld████] stayed."
    assert (made.filing.title, made.filing.url) == ("[withheld███]", "https://x.org/[withheld███]-1")
    assert made.withheld == ("Moïse Ag Test", "moise  ag-test") and made.reader_version != "1"


def test_a_short_stretch_is_blacked_out_and_lines_stay() -> None:
    made = withhold(taken("one\ntwo three"), [Sensitive("d", "doc", span=Span(1, 5), length=13)])
    assert made.document.text == "o██\n█wo three"


def test_no_mark_changes_nothing() -> None:
    made = taken()
    assert withhold(made, []) is made


@pytest.mark.parametrize(
    "mark", [words("nobody"), Sensitive("d", "doc", span=Span(5, 99)), Sensitive("d", "doc", span=Span(0, 4), length=9)]
)
def test_a_mark_that_does_not_fit_the_text_stops(mark: Sensitive) -> None:
    with pytest.raises(CaseError) as error:
        withhold(taken(), [mark])
    assert "nobody" not in str(error.value)


def test_rows_of_a_table_that_hold_the_words_give_no_claim_and_are_counted() -> None:
    made = withhold(taken(coded=True), [words("The army")])
    assert isinstance(made.coded, Coded) and len(made.coded.claims) == 2 and len(made.coded.mentions) == 2
    assert [(one.reason, one.count) for one in made.skipped] == [("sensitive", 1)]


@given(st.text(max_size=40), st.text(alphabet="abÉß ı-İ\u0301", min_size=1, max_size=8))
def test_the_length_of_any_text_stays(before: str, marked: str) -> None:
    text = f"{before} {marked} {before}"
    found = list(occurrences(text, marked)) if any(letter.isalnum() for letter in marked) else []
    if found:
        assert len(withhold(taken(text), [words(marked)]).document.text) == len(text)


def test_part_of_a_word_is_no_occurrence() -> None:
    assert list(occurrences("Testament of test", "Test")) == [Span(13, 17)]
