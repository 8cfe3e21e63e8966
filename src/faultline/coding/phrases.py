"""Turns lists of words and multi-word phrases into an index over tokens. Invariant: the longest phrase at a token wins;
every word of a phrase may be inflected on its own."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from faultline.coding.tokens import Token

T = TypeVar("T")
Inflect = Callable[[str], frozenset[str]]


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """Tokens [first, last) hold the phrase that carries `value`."""

    first: int
    last: int
    value: T


@dataclass(slots=True)
class Phrases(Generic[T]):
    """Phrases by the forms of their first word."""

    index: dict[str, list[tuple[tuple[frozenset[str], ...], T]]] = field(default_factory=dict)

    def add(self, phrase: str, value: T, inflect: Inflect) -> None:
        """Adds a phrase; `inflect` gives the forms of each of its words."""
        words = tuple(inflect(word) for word in split_words(phrase))
        for form in words[0]:
            self.index.setdefault(form, []).append((words[1:], value))

    def first(self, tokens: Sequence[Token]) -> Found[T] | None:
        """The first phrase of a sentence, the longest there."""
        begins = (n for n, token in enumerate(tokens) if token.low in self.index)
        return next((found for n in begins if (found := self.at(tokens, n))), None)

    def at(self, tokens: Sequence[Token], i: int) -> Found[T] | None:
        """The longest phrase that begins at token i; none past the last token, where rules that look ahead may ask."""
        best: Found[T] | None = None
        if i >= len(tokens):
            return None
        for rest, value in self.index.get(tokens[i].low, ()):
            last = i + 1 + len(rest)
            longer = best is None or last > best.last
            if longer and last <= len(tokens) and all(tokens[i + 1 + n].low in forms for n, forms in enumerate(rest)):
                best = Found(i, last, value)
        return best


def split_words(phrase: str) -> list[str]:
    """Words of a phrase as tokens are made: "d'otages" is "d'" and "otages", "cease-fire" is two words."""
    return phrase.replace("'", "' ").replace("-", " ").lower().split()


def build(entries: Iterable[tuple[str, T]], inflect: Inflect) -> Phrases[T]:
    """An index of (phrase, value) pairs."""
    phrases: Phrases[T] = Phrases()
    for phrase, value in entries:
        phrases.add(phrase, value, inflect)
    return phrases
