"""Turns a JSON file into documents {id, url, title, language, published, source, text}: one object, an array, or one
object a line. Invariant: the bytes of each document are the very stretch of the file that holds it."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from faultline.intake.taken import RefusedError

_DECODER = json.JSONDecoder()
_BLANK = re.compile(r"[ \t\r\n]*")
_COMMA = re.compile(r"[ \t\r\n]*,[ \t\r\n]*")
_EXPECTED = "an object with a text, an array of such objects, or one a line"


@dataclass(frozen=True, slots=True)
class Piece:
    """One element of a JSON file: what it holds, as written, its place (from 1) and whether it stands alone."""

    value: Any
    written: str
    number: int
    alone: bool


def pieces(text: str) -> Iterator[Piece | RefusedError]:
    """The elements of a JSON text, in order; a RefusedError ends it where the text breaks off or is no JSON."""
    start = _skip(_BLANK, text, 0)
    if text.startswith("[", start):
        yield from _array(text, _skip(_BLANK, text, start + 1))
    else:
        yield from _lines(text, start)


def document_of(piece: Piece) -> tuple[dict[str, Any], str]:
    """The keys of a document other than its text, and its text. Raises RefusedError("json")."""
    value = piece.value
    if not isinstance(value, dict) or not isinstance(value.get("text"), str):
        raise RefusedError("json", f"element {piece.number}", "an object whose `text` is a string")
    return {key: v for key, v in value.items() if key != "text"}, value["text"]


def _array(text: str, at: int) -> Iterator[Piece | RefusedError]:
    number = 0
    while not text.startswith("]", at):
        number += 1
        found = _element(text, at, number, alone=False)
        yield found
        if isinstance(found, RefusedError):
            return
        at = _skip(_BLANK, text, at + len(found.written))
        comma = _COMMA.match(text, at)
        if not comma and not text.startswith("]", at):
            yield RefusedError("truncated", f"after element {number}", "a comma or a bracket")
            return
        at = comma.end() if comma else at


def _lines(text: str, at: int) -> Iterator[Piece | RefusedError]:
    number = 0
    while at < len(text):
        number += 1
        found = _element(text, at, number, alone=False)
        if isinstance(found, RefusedError):
            yield found
            return
        at = _skip(_BLANK, text, at + len(found.written))
        yield Piece(found.value, found.written, number, alone=number == 1 and at >= len(text))


def _element(text: str, at: int, number: int, alone: bool) -> Piece | RefusedError:
    try:
        value, end = _DECODER.raw_decode(text, at)
    except (ValueError, RecursionError) as error:
        return RefusedError("json", f"element {number}: {error}"[:120], _EXPECTED)
    return Piece(value, text[at:end], number, alone)


def _skip(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return match.end() if match else at
