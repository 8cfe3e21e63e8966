"""Words of a sentence: by the treebanks' rules, nothing left out, offsets exact."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faultline.coding.lexicon import load_pack
from faultline.coding.tokens import tokenize
from faultline.coding.words import plain_word, word_spans
from faultline.record.errors import UsageError

_ODD = st.text(
    alphabet=st.characters() | st.sampled_from("’'-«» \u00a0\u202f\u200f\u00ad.,0123aàéI\u0301"), max_size=60
)
_INVISIBLE = {"Zs", "Zl", "Zp", "Cc", "Cf"}


def words(text: str, language: str) -> list[str]:
    return [text[start:end] for start, end in word_spans(text, language)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The army's men didn't and cannot go.", "The|army|'s|men|did|n't|and|can|not|go|."),
        ("Mali’s U.S.-backed forces", "Mali|’s|U.S.|-|backed|forces"),
        ("Gen. Keita, 1,200 km off, paid $5.", "Gen.|Keita|,|1,200|km|off|,|paid|$|5|."),
        ("Ba'athists with AK-47s? No...", "Ba'athists|with|AK-47s|?|No|..."),
        ("One man sat. No. 5 saw the sun.", "One|man|sat|.|No.|5|saw|the|sun|."),
        ("from 2012-03-22 at 10:30", "from|2012-03-22|at|10:30"),
    ],
)
def test_english_words_are_those_of_the_treebank(text: str, expected: str) -> None:
    assert "|".join(words(text, "en")) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("L’armée n'a-t-elle qu'un camp ?", "L’|armée|n'|a|-t-elle|qu'|un|camp|?"),
        ("Quelque 200\u00a0000 personnes, dit-il.", "Quelque|200\u00a0000|personnes|,|dit|-il|."),
        ("Aujourd'hui, celui-ci se rend au porte-parole", "Aujourd'hui|,|celui-ci|se|rend|au|porte-parole"),
        ("M. Traoré, à Isle-sur-le-Doubs", "M.|Traoré|,|à|Isle-sur-le-Doubs"),
        ("« Le cessez-le-feu »", "«|Le|cessez-le-feu|»"),
    ],
)
def test_french_words_are_those_of_the_treebank(text: str, expected: str) -> None:
    assert "|".join(words(text, "fr")) == expected


@pytest.mark.parametrize("language", ["en", "fr"])
@given(text=_ODD)
def test_words_ascend_and_leave_out_nothing_that_shows(text: str, language: str) -> None:
    spans = word_spans(text, language)
    assert all(start < end for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    covered = {i for start, end in spans for i in range(start, end)}
    left_out = {text[i] for i in range(len(text)) if i not in covered}
    assert all(unicodedata.category(c) in _INVISIBLE for c in left_out)


@given(word=st.text(min_size=1, max_size=20))
def test_plain_word_is_never_empty_and_always_has_a_form_in_utf8(word: str) -> None:
    assert plain_word(word).encode("utf-8")


def test_language_without_word_rules_is_refused_with_those_that_have_them() -> None:
    with pytest.raises(UsageError, match="'en' or 'fr'"):
        word_spans("Habari", "sw")


def test_past_the_last_word_stands_no_phrase() -> None:
    tokens = tokenize("They fled")
    assert load_pack("en").nouns.at(tokens, len(tokens)) is None
