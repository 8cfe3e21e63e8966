"""Every family of the language packs is exercised by our own sentences; what the coder gets wrong in them is listed."""

from collections import Counter

import pytest
from tests.coding.families import ENOUGH, Sentence, empty, exercised, failing, families, is_read, written

LANGUAGES = ("en", "fr")


@pytest.fixture(scope="module", params=LANGUAGES)
def counted(request: pytest.FixtureRequest) -> tuple[str, Counter[str]]:
    return request.param, exercised(request.param)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_is_read_as_its_family_unless_it_is_listed_as_failing(language: str) -> None:
    """Both ways: a listed sentence that is read by now must leave the list."""
    wrong = {sentence.text for sentence in written(language) if not is_read(sentence, language)}
    assert wrong == failing(language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_sentence_asks_for_is_compared(language: str) -> None:
    asked = next(s for s in written(language) if s.who == "FLR" and s.text not in failing(language))
    assert is_read(asked, language)
    assert not is_read(Sentence(asked.family, asked.text, who="Volk"), language)
    assert not is_read(Sentence("nouns of mourning", asked.text), language)


def test_a_family_without_any_sentence_is_a_failure_unless_it_is_listed(counted: tuple[str, Counter[str]]) -> None:
    language, found = counted
    assert {family for family, number in found.items() if not number} == empty(language)


def test_each_sentence_is_of_a_family_that_is_there(counted: tuple[str, Counter[str]]) -> None:
    language, _ = counted
    assert {sentence.family for sentence in written(language)} <= set(families(language))
    texts = [sentence.text for sentence in written(language)]
    assert len(texts) == len(set(texts))


def test_most_families_have_three_sentences(counted: tuple[str, Counter[str]]) -> None:
    _, found = counted
    assert sum(number >= ENOUGH for number in found.values()) >= 0.6 * len(found)
