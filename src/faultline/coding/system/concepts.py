"""Turns words into the levels of the system that they speak of ("declining effectiveness of external backing" is a
fall of external backing). Invariant: concepts are data; the longest match wins, earlier concepts win ties."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from faultline.coding.system.lexicon import ArrowWords, load_arrow_words
from faultline.coding.tokens import fold
from faultline.record.packaged import packaged
from faultline.record.system import Concept, Level

_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Found:
    """A concept in a phrase: where (code points of the phrase), and the level it speaks of."""

    start: int
    end: int
    level: Level


@dataclass(frozen=True, slots=True, eq=False)
class Concepts:
    """The concepts of one language, compiled, with the words that say rise and fall."""

    patterns: tuple[tuple[str, re.Pattern[str]], ...]
    any: re.Pattern[str]  # whether a text holds one at all
    begins: re.Pattern[str]  # wherever one begins
    low: Mapping[str, frozenset[str]]
    own_fall: frozenset[str]
    words: ArrowWords

    @property
    def ids(self) -> frozenset[str]:
        """Every concept."""
        return frozenset(concept for concept, _ in self.patterns)

    def speak(self, text: str) -> bool:
        """Whether any concept stands in the text."""
        return self.any.search(fold(text)) is not None

    @lru_cache(maxsize=512)  # noqa: B019  # a sentence is asked for word after word; there is one such object a language
    def find(self, phrase: str) -> tuple[Found, ...]:
        """Concepts in the order of the phrase, none overlapping another."""
        folded = fold(phrase)
        starts = [m.start() for m in self.begins.finditer(folded)]
        if not starts:
            return ()
        matches = [
            (start - end, order, start, end, concept)
            for order, (concept, pattern) in enumerate(self.patterns)
            for start, end in _spans(pattern, folded, starts)
        ]
        taken: list[Found] = []
        for _, _, start, end, concept in sorted(matches):
            if all(end <= f.start or f.end <= start for f in taken):
                taken.append(Found(start, end, Level(concept, self._direction(concept, folded, start, end))))
        return tuple(sorted(taken, key=lambda f: f.start))

    def direction(self, words: str) -> int:
        """+1 or -1 by the words of rise and fall in it; two falls make a rise; +1 where it says neither."""
        falls = sum(word in self.words.falling for word in _WORD.findall(fold(words)))
        return -1 if falls % 2 else 1

    def _direction(self, concept: str, folded: str, start: int, end: int) -> int:
        """Directions are read from the words before the concept and inside it, not from the next concept's."""
        before = re.split(r"[,;:]", folded[:start])[-1]
        direction = self.direction(" ".join(before.split()[-4:]))
        inside = folded[start:end]
        if concept in self.own_fall:
            return direction
        if any(word in self.low[concept] for word in _WORD.findall(inside)):
            return -direction
        return direction * self.direction(inside)


def _spans(pattern: re.Pattern[str], text: str, starts: list[int]) -> Iterator[tuple[int, int]]:
    """Start and end of what the pattern matches at those starts, none overlapping another: cheaper than to look through
    the whole text for each of a hundred patterns."""
    last = 0
    for start in starts:
        if start >= last and (match := pattern.match(text, start)):
            last = match.end()
            yield start, last


@cache
def built_in() -> tuple[Concept, ...]:
    """The concepts of concepts.yaml, in its order."""
    table = packaged("faultline.coding.system", "concepts.yaml")
    return tuple(_concept(concept, entry) for concept, entry in table.items())


@cache
def load_concepts(language: str, more: tuple[Concept, ...] = ()) -> Concepts:
    """The concepts of a language pack ("en", "fr"), those of a case before Faultline's own: on a tie a case wins, and
    one of the same id takes the place of ours."""
    ids = {concept.id for concept in more}
    concepts = (*more, *(concept for concept in built_in() if concept.id not in ids))
    said = [(c.id, pattern) for c in concepts for spoken, pattern in c.patterns if spoken == language]
    return Concepts(
        tuple((concept, _compiled(pattern)) for concept, pattern in said),
        _compiled(union := "|".join(pattern for _, pattern in said)),
        re.compile(rf"(?<!\w)(?=(?:{union})(?!\w))"),
        {c.id: frozenset(fold(word) for word in c.low) for c in concepts},
        frozenset(c.id for c in concepts if c.own_fall),
        load_arrow_words(language),
    )


def node_names(language: str, more: tuple[Concept, ...] = ()) -> dict[str, str]:
    """What each concept is called in that language; in English where it has no name there."""
    return {c.id: dict(c.names).get(language) or dict(c.names).get("en", c.id) for c in (*built_in(), *more)}


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)")


def _concept(concept: str, entry: Mapping[str, object]) -> Concept:
    names, low = entry["name"], entry.get("low", ())
    assert isinstance(names, dict) and isinstance(low, list | tuple)
    patterns = [(spoken, str(p)) for spoken in names for p in _list(entry.get(spoken, ()))]
    return Concept(concept, tuple(names.items()), tuple(patterns), tuple(low), bool(entry.get("own_fall", False)))


def _list(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else []
