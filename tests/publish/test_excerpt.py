from hypothesis import given
from hypothesis import strategies as st

from faultline.publish.excerpt import excerpt
from faultline.record.text import Span

TEXT = "It began early. Fighters entered Tarn at dawn, he said. Nobody was hurt! The road stayed open."


def test_the_sentence_around_a_span_is_shown() -> None:
    start = TEXT.index("entered")
    found = excerpt(TEXT, Span(start, start + len("entered Tarn")))
    assert (found.before, found.words, found.after) == ("Fighters ", "entered Tarn", " at dawn, he said.")
    assert not found.cut_before and not found.cut_after


def test_a_whole_sentence_takes_nothing_of_the_next() -> None:
    sentence = "Fighters entered Tarn at dawn, he said."
    found = excerpt(TEXT, Span(TEXT.index(sentence), TEXT.index(sentence) + len(sentence)))
    assert found.text == sentence


def test_context_without_an_end_is_cut_and_says_so() -> None:
    found = excerpt("x" * 2000, Span(1000, 1010), reach=100)
    assert (len(found.before), len(found.after)) == (100, 100)
    assert found.cut_before and found.cut_after


def test_a_span_that_is_too_long_says_how_much_is_missing() -> None:
    found = excerpt("a" * 5000, Span(0, 5000))
    assert len(found.words) + found.cut_words == 5000


@given(st.text(alphabet="ab .!\n«é\u0301", max_size=200), st.integers(0, 200), st.integers(0, 200))
def test_an_excerpt_is_a_stretch_of_the_text(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    found = excerpt(text, Span(start, end), reach=20)
    assert found.text in text
    assert found.words == text[start:end]
