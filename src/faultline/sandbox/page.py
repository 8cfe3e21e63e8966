"""Turns sentences with marked clauses into a text and its claims. Invariant: the span of every claim holds exactly the
words that were marked, in code points, and lies inside one sentence."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from faultline.sandbox.daywords import DayWords
from faultline.sandbox.grammar import polished

_FIRST_MARK, _LAST_MARK = 0xE000, 0xF8FF
_ANY_MARK = re.compile(f"[{chr(_FIRST_MARK)}-{chr(_LAST_MARK)}]")


@dataclass(frozen=True, slots=True)
class Draft:
    """What a marked clause claims; ids of parties and places, never names."""

    kind: str
    subtype: str
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    days: DayWords = DayWords("")
    speaker: str = ""
    modality: str = "asserted"
    counts: Mapping[str, Any] = field(default_factory=dict)
    happening: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """A text and its claims with their spans (start, end), end exclusive, in the order of the text."""

    text: str
    claims: tuple[tuple[Draft, int, int], ...]


class Page:
    """A text being written, sentence by sentence."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._drafts: list[Draft] = []
        self._sentences: list[str] = []

    def mark(self, draft: Draft, words: str) -> str:
        """The words with the two marks of that claim around them."""
        number = _FIRST_MARK + 2 * len(self._drafts)
        self._drafts.append(draft)
        return f"{chr(number)}{words}{chr(number + 1)}"

    def add(self, sentence: str) -> None:
        """Appends a sentence, with its capital and full stop."""
        whole = sentence if sentence.endswith((".", ")")) else sentence + "."
        self._sentences.append(polished(whole, self.language))

    def finish(self) -> Written:
        """The text without its marks, and where they stood."""
        at: dict[int, int] = {}
        pieces: list[str] = []
        length = 0
        for part in re.split(f"({_ANY_MARK.pattern})", " ".join(self._sentences)):
            if _ANY_MARK.fullmatch(part):
                at[ord(part) - _FIRST_MARK] = length
            else:
                pieces.append(part)
                length += len(part)
        text = "".join(pieces)
        claims = [(draft, *_tight(text, at[2 * n], at[2 * n + 1])) for n, draft in enumerate(self._drafts)]
        return Written(text, tuple(sorted(claims, key=lambda c: c[1:])))


def shifted(written: Written, dateline: str) -> Written:
    """The same text behind a dateline."""
    moved = tuple((draft, start + len(dateline), end + len(dateline)) for draft, start, end in written.claims)
    return Written(dateline + written.text, moved)


def _tight(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without blanks and commas at its ends."""
    while start < end and text[start] in " ,":
        start += 1
    while end > start and text[end - 1] in " ,":
        end -= 1
    return start, end
