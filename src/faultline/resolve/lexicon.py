"""The word lists of the ledger as patterns. Invariant: words are compared whole, without case, accents and
apostrophes, in either language."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any

from faultline.case.names import name_key
from faultline.record.packaged import packaged

_LABEL = 60  # characters: what is shorter comes again and again


@cache
def words() -> dict[str, Any]:
    """Every list of ledger.yaml by its name."""
    found: dict[str, Any] = packaged("faultline.resolve", "ledger.yaml")
    return found


@cache
def pattern(name: str) -> re.Pattern[str]:
    """What finds a word of that list in a folded text."""
    return any_of(words()[name])


def any_of(listed: Iterable[str]) -> re.Pattern[str]:
    """What finds one of the words, whole."""
    keys = sorted({folded(word) for word in listed}, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, keys))})\b")


def folded(text: str) -> str:
    """The text without case, accents and punctuation inside words; an apostrophe parts words."""
    return _of_label(text) if len(text) < _LABEL else _folded(text)


@lru_cache(maxsize=20_000)
def _of_label(text: str) -> str:
    return _folded(text)


def _folded(text: str) -> str:
    return name_key(text.replace("'", " ").replace("’", " ")) if text else ""


def holds(name: str, text: str) -> bool:
    """Whether a word of that list stands in the text."""
    return bool(pattern(name).search(folded(text)))
