"""Tokens: what shows nothing and what a page left behind are no words, and offsets hold."""

import pytest

from faultline.coding.tokens import tokenize


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("\u202eThe Front\u202c took \u200fTarn\u200e", ["The", "Front", "took", "Tarn"]),
        ("\ufeffThe Front", ["The", "Front"]),
        ("<p>The&nbsp;Front</p> <a href='x y'>took</a><br/>", ["The", "Front", "took"]),
        ("5 < 6 & 7 > 2", ["5", "<", "6", "&", "7", ">", "2"]),
        ("AT&T <3", ["AT", "&", "T", "<", "3"]),
    ],
)
def test_marks_of_direction_and_markup_are_no_tokens(text: str, words: list[str]) -> None:
    found = tokenize(text)
    assert [token.text for token in found] == words
    assert all(text[token.start : token.end] == token.text for token in found)
