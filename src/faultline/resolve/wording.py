"""Turns texts into sets of words that can be compared, in whatever language they were written. Invariant: what says the
same in two languages is one word; a name of an actor or a place is its id, so that spellings and languages share it."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from sys import intern

from faultline.case import Case
from faultline.case.names import Named, name_key
from faultline.record.packaged import packaged

STEM = 6  # letters
_LONGEST_NAME = 5  # words
_SHORTEST_NAME = 2  # letters
_WORD = re.compile(r"[^\W_]+")
_ELISION = re.compile(r"\b(?:[cdjlmnst]|qu)['’]", re.IGNORECASE)


class _Bare(dict[int, int | None]):
    """What becomes of each character of decomposed text: accents go."""

    def __missing__(self, code: int) -> int | None:
        self[code] = None if unicodedata.combining(chr(code)) else code
        return self[code]


_BARE = _Bare()


def stems(text: str) -> tuple[str, ...]:
    """The distinct words of a text, without accents and endings, sorted; numbers whole; words under three letters left
    out."""
    return tuple(intern(word) for word in sorted(set(_stems(text))))


def plain(text: str) -> str:
    """The words of a text in small letters without accents, parted by single spaces."""
    return " ".join(_WORD.findall(_folded(text)))


class Wording:
    """The words of texts about one case."""

    def __init__(self, case: Case) -> None:
        self._names = {**_single(case.place_names), **_single(case.actor_names)}
        self._first = {name.split()[0] for name in self._names}

    def words(self, text: str) -> tuple[str, ...]:
        """The stems of a text, those that say the same in two languages as one (tongues.yaml), and "@" with the id of
        each actor or place that it names, sorted."""
        same = _same()
        found = {same.get(stem, stem) for stem in _stems(text)}
        return tuple(intern(word) for word in sorted({*found, *self.names(text)}))

    def names(self, text: str) -> tuple[str, ...]:
        """ "@" with the id of each actor or place that the text names; a name of several is left out."""
        words = name_key(_ELISION.sub(" ", text).replace("’", "'")).split()
        return tuple(sorted({f"@{id}" for id in self._named([_bare_ends(word) for word in words])}))

    def _named(self, words: list[str]) -> Iterator[str]:
        """The longest name that begins at each word, none inside another."""
        start = 0
        while start < len(words):
            ends = range(min(len(words), start + _LONGEST_NAME), start, -1)
            known = words[start] in self._first
            hit = next((end for end in ends if known and " ".join(words[start:end]) in self._names), None)
            if hit:
                yield self._names[" ".join(words[start:hit])]
            start = hit or start + 1


def _single(names: Mapping[str, tuple[Named, ...]]) -> dict[str, str]:
    """The names that one alone bears, with its id; those of two letters are words too ("un")."""
    owners = {key: {named.id for named in found} for key, found in names.items() if len(key) > _SHORTEST_NAME}
    return {key: next(iter(ids)) for key, ids in owners.items() if len(ids) == 1}


def _bare_ends(word: str) -> str:
    return word.strip(',;:!?()[]«»"“”…')


def _stems(text: str) -> Iterator[str]:
    words = (word[:STEM] if not word[0].isdigit() else word for word in _WORD.findall(_folded(text)))
    return (word for word in words if len(word) > 2 or word[0].isdigit())


def _folded(text: str) -> str:
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFD", text.lower()).translate(_BARE)


@cache
def _same() -> Mapping[str, str]:
    """The word that stands for each stem of tongues.yaml."""
    listed: Mapping[str, str] = packaged("faultline.resolve", "tongues.yaml")
    found: dict[str, str] = {}
    for one, other in listed.items():
        first, *rest = _stems(f"{one} {other}")
        for stem in (first, *rest):
            found.setdefault(stem, f"={first}")
    return found
