"""Finds purged names in any text and blacks them out. Invariant: the length of a text stays, so that every offset
holds; a name is known only by a salted hash of its words, so that the list of purged names tells nobody's name.

Case, accents and what stands between the words do not count: "Moïse  Ag-Test" is "moise ag test".
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import Enum
from typing import TypeVar

import orjson

from faultline.evidence.words import fold
from faultline.record.errors import UsageError

BLANK = "\u2588"
_WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")
_HINT = 4  # hexadecimal digits: enough to pass over nearly every word, too few to tell which one it was
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Name:
    """A purged name: salted hash of its folded words, how many they are, a short hash of the first."""

    hash: str
    salt: str
    hint: str
    words: int


def seal(name: str, salt: str) -> Name:
    """The name as a tombstone keeps it."""
    words = [word for _, _, word in _words(name)]
    if not words:
        raise UsageError("name to purge", repr(name), "at least one word")
    return Name(_hash(salt, " ".join(words)), salt, _hash(salt, words[0])[:_HINT], len(words))


class Blanker:
    """Blacks out the names it was made with."""

    def __init__(self, names: Iterable[Name]) -> None:
        self.names = tuple(names)
        self._hints: dict[str, tuple[Name, ...]] = {}

    def text(self, text: str) -> str:
        """The text with every name in it blacked out, at its old length."""
        if not self.names or not text:
            return text
        if "\\u" in text:
            text = _plain(text)
        words = list(_words(text))
        for start, stop in self._found(words):
            text = text[:start] + BLANK * (stop - start) + text[stop:]
        return text

    def holds(self, content: bytes) -> bool:
        """Whether a name stands readable in the bytes, as UTF-8."""
        if not self.names:
            return False
        text = content.decode("utf-8", "replace")
        return self.text(text) != text

    def record(self, value: T) -> T:
        """A record with the names blacked out in every text inside it; the same object where there is none."""
        if not self.names:
            return value
        if isinstance(value, str) and not isinstance(value, Enum):
            return self.text(value)  # type: ignore[return-value]
        if isinstance(value, tuple):
            made = tuple(self.record(each) for each in value)
            return value if made == value else made  # type: ignore[return-value]
        if is_dataclass(value) and not isinstance(value, type):
            new = {field.name: self.record(getattr(value, field.name)) for field in fields(value)}
            changed = {name: part for name, part in new.items() if part is not getattr(value, name)}
            changed = {name: part for name, part in changed.items() if part != getattr(value, name)}
            return replace(value, **changed) if changed else value
        return value

    def _found(self, words: Sequence[tuple[int, int, str]]) -> Iterator[tuple[int, int]]:
        for n, (start, _, word) in enumerate(words):
            for name in self._starting(word):
                run = words[n : n + name.words]
                if len(run) == name.words and _hash(name.salt, " ".join(part[2] for part in run)) == name.hash:
                    yield start, run[-1][1]

    def _starting(self, word: str) -> tuple[Name, ...]:
        """Names that may begin with the word."""
        if word not in self._hints:
            found = tuple(name for name in self.names if _hash(name.salt, word)[:_HINT] == name.hint)
            self._hints[word] = found
        return self._hints[word]


def _plain(text: str) -> str:
    """JSON with its letters written out, where the text is JSON that hides them behind numbers."""
    try:
        return orjson.dumps(orjson.loads(text)).decode()
    except orjson.JSONDecodeError:
        return text


def _words(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, stop, folded) of each word."""
    for match in _WORD.finditer(text):
        yield match.start(), match.end(), fold(match.group())


def _hash(salt: str, words: str) -> str:
    return hashlib.sha256(f"{salt}\x1f{unicodedata.normalize('NFC', words)}".encode()).hexdigest()
