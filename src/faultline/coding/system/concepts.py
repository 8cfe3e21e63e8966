"""Turns the words of a phrase into levels of the system ("declining effectiveness of external military backing" is a
fall of external backing). Invariant: concepts are data; the longest match wins, earlier concepts win ties."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from faultline.coding.tokens import fold
from faultline.record.system import Level


@dataclass(frozen=True, slots=True)
class Found:
    """A concept in a phrase: where (code points of the phrase), and the level it speaks of."""

    start: int
    end: int
    level: Level
    name: str


@dataclass(frozen=True, slots=True)
class Concepts:
    """The concepts of one language, compiled, with the words that say rise and fall."""

    patterns: tuple[tuple[str, re.Pattern[str]], ...]
    names: Mapping[str, str]
    low: Mapping[str, tuple[str, ...]]
    rising: frozenset[str]
    falling: frozenset[str]
    pointers: frozenset[str]  # "this", "these", "it": they stand for what was spoken of before
    relatives: frozenset[str]
    hollow: frozenset[str]  # "process", "factor": nouns that name no level of their own
    aims: frozenset[str]  # "attempt", "effort": who acts is whoever makes them

    def find(self, phrase: str) -> tuple[Found, ...]:
        """Concepts in the order of the phrase, none overlapping another."""
        folded = fold(phrase)
        matches = [
            (-(m.end() - m.start()), order, m.start(), m.end(), concept)
            for order, (concept, pattern) in enumerate(self.patterns)
            for m in pattern.finditer(folded)
        ]
        taken: list[Found] = []
        for _, _, start, end, concept in sorted(matches):
            if all(end <= f.start or f.end <= start for f in taken):
                direction = self._concept_direction(concept, folded, start, end)
                taken.append(Found(start, end, Level(concept, direction), self.names[concept]))
        return tuple(sorted(taken, key=lambda f: f.start))

    def direction(self, words: str) -> int:
        """+1 or -1 by the words of rise and fall in it; two falls make a rise; +1 where it says neither."""
        falls = sum(word in self.falling for word in re.findall(r"[^\W\d_]+", fold(words)))
        return -1 if falls % 2 else 1

    def _concept_direction(self, concept: str, folded: str, start: int, end: int) -> int:
        """Directions are read from the words before the concept and inside it, not from the next concept's."""
        before = re.split(r"[,;:]", folded[:start])[-1]
        direction = self.direction(" ".join(before.split()[-4:]))
        inside = folded[start:end]
        if concept in _OWN_FALL:  # "withdrawal of forces" is a level of its own: more of it is more withdrawal
            return direction
        if any(word in inside for word in self.low.get(concept, ())):
            return -direction
        return direction * self.direction(inside)


_OWN_FALL = frozenset({"withdrawal", "external_losses"})


_WORD_SETS = ("rising", "falling", "anaphora", "relatives", "hollow", "intended_nouns")


@cache
def load_concepts(language: str) -> Concepts:
    """The concepts of a language pack ("en", "fr")."""
    table = yaml.safe_load(files("faultline.coding.system").joinpath("concepts.yaml").read_text(encoding="utf-8"))
    words = yaml.safe_load(files("faultline.coding").joinpath(language, "arrows.yaml").read_text(encoding="utf-8"))
    return Concepts(
        tuple((c, re.compile(rf"(?<!\w)(?:{p})(?!\w)")) for c, entry in table.items() for p in entry[language]),
        {concept: entry["name"]["en"] for concept, entry in table.items()},
        {concept: tuple(entry.get("low", ())) for concept, entry in table.items()},
        *(
            frozenset(fold(words[k]).split())
            for k in ("rising", "falling", "anaphora", "relatives", "hollow", "intended_nouns")
        ),
    )
