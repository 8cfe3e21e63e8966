import codecs

import pytest

from faultline.intake.encoding import check_text, decode
from faultline.intake.taken import RefusedError

FRENCH = (
    "Les forces armées ont été attaquées près de Ménaka, selon l'état-major ; des élèves ont été blessés à l'école. "
    * 4
)
RUSSIAN = "Вооружённые силы были атакованы у города, сообщил штаб; жители покинули село этой ночью. " * 4


def test_utf8_is_taken_as_it_is_and_has_no_mark() -> None:
    found = decode("é e\u0301 \r\n".encode())
    assert (found.text, found.mark) == ("é e\u0301 \r\n", "")


@pytest.mark.parametrize(
    ("mark", "name"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_byte_order_mark_names_the_encoding_and_is_no_part_of_the_text(mark: bytes, name: str) -> None:
    assert decode(mark + RUSSIAN.encode(name)).text == RUSSIAN


@pytest.mark.parametrize(("text", "name"), [(FRENCH, "cp1252"), (RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r")])
def test_declared_encoding_is_used_where_the_bytes_are_no_utf8(text: str, name: str) -> None:
    found = decode(text.encode(name), name)
    assert (found.text, found.mark) == (text, f"{name} (declared)")


@pytest.mark.parametrize(("text", "name"), [(FRENCH, "cp1252"), (RUSSIAN, "cp1251")])
def test_guessed_encoding_is_marked_as_a_guess(text: str, name: str) -> None:
    found = decode(text.encode(name))
    assert found.text == text
    assert found.mark.endswith("(guessed)")


@pytest.mark.parametrize(
    ("content", "reason"),
    [(RUSSIAN.encode()[:-3], "truncated"), (RUSSIAN.encode() + b"\xff" + RUSSIAN.encode(), "encoding")],
)
def test_broken_utf8_is_refused_and_not_guessed_into_nonsense(content: bytes, reason: str) -> None:
    with pytest.raises(RefusedError) as caught:
        decode(content)
    assert caught.value.reason == reason


def test_old_encoding_whose_last_byte_looks_like_an_open_character_is_no_cut_utf8() -> None:
    assert decode((FRENCH + "é").encode("cp1252")).text == FRENCH + "é"


def test_utf8_wins_over_a_wrong_declaration_and_a_senseless_one_is_no_error() -> None:
    assert decode(RUSSIAN.encode(), "cp1252").text == RUSSIAN
    assert decode(FRENCH.encode("cp1252"), "no such encoding").text == FRENCH


@pytest.mark.parametrize("content", [b"a\0b", codecs.BOM_UTF16_LE + "a\0".encode("utf-16-le"), b"\x01\x02\x03 x\x04"])
def test_control_characters_are_no_text(content: bytes) -> None:
    with pytest.raises(RefusedError) as caught:
        decode(content)
    assert caught.value.reason == "binary"


def test_half_of_a_surrogate_pair_is_no_text() -> None:
    with pytest.raises(RefusedError) as caught:
        check_text("words \ud800 words")
    assert caught.value.reason == "encoding"
