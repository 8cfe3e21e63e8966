"""Reads words.yaml. Invariant: words are compared in small letters, and a word of a list counts where one begins so."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from faultline.record.packaged import packaged


@cache
def table() -> Mapping[str, Any]:
    """Every list of words.yaml by its name."""
    found: dict[str, Any] = packaged("faultline.measure.force", "words.yaml")
    return found


@cache
def pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern that finds any of the words where a word begins."""
    return re.compile(r"(?<!\w)(?:" + "|".join(re.escape(word) for word in words) + ")", re.IGNORECASE)


def holds(text: str, name: str) -> bool:
    """Whether the text holds a word of that list."""
    return pattern(tuple(table()[name])).search(text) is not None


def first_of(text: str, name: str) -> str:
    """The first entry of that table of lists of which the text holds a word, "" where there is none."""
    lists: Mapping[str, Iterable[str]] = table()[name]
    return next((entry for entry, words in lists.items() if pattern(tuple(words)).search(text)), "")


def nearest_of(text: str, name: str, position: int) -> str:
    """The entry of that table of lists whose word stands nearest to a position of the text, "" where none stands."""
    lists: Mapping[str, Iterable[str]] = table()[name]
    found = [
        (abs(hit.start() - position), entry)
        for entry, words in lists.items()
        for hit in pattern(tuple(words)).finditer(text)
    ]
    return min(found, default=(0, ""))[1]


def family(kind: str) -> str:
    """What a kind counts as: sieges and blockades are one."""
    families: Mapping[str, Iterable[str]] = table()["families"]
    return next((name for name, kinds in families.items() if kind in kinds), kind)
