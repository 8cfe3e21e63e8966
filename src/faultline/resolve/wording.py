"""Turns texts into sets of words that can be compared, in whatever language they were written. Invariant: what says the
same in two languages is one word; a name of an actor or a place is its id, so that spellings and languages share it."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from sys import intern

from faultline.case import Case
from faultline.case.names import Named, name_key
from faultline.record.packaged import packaged

STEM = 6  # letters
_WHOLE = "="  # before a word of tongues.yaml that is not known by its stem
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
        found = {_one_word(word) for word in _kept(text)}
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
    return map(_stem, _kept(text))


def _kept(text: str) -> Iterator[str]:
    """The words of a text that are compared: those of three letters or more, and numbers."""
    return (word for word in _WORD.findall(_folded(text)) if len(word) > 2 or word[0].isdigit())


def _stem(word: str) -> str:
    return word if word[0].isdigit() else word[:STEM]


def _folded(text: str) -> str:
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFD", text.lower()).translate(_BARE)


@lru_cache(maxsize=50_000)
def _one_word(word: str) -> str:
    """What stands for a word of either language: that of its line in tongues.yaml, else its stem."""
    stem, (whole, same) = _stem(word), _same()
    return whole.get(word) or same.get(stem, stem)


@cache
def _same() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """The word that stands for each whole word of tongues.yaml that is marked there, and for each stem."""
    listed: Mapping[str, str] = packaged("faultline.resolve", "tongues.yaml")
    whole: dict[str, str] = {}
    same: dict[str, str] = {}
    for one, other in listed.items():
        first = next(_stems(one))
        for word in f"{one},{other}".split(","):
            if word.strip().startswith(_WHOLE):
                whole.update(dict.fromkeys(_kept(word), f"={first}"))
            else:
                for stem in _stems(word):
                    same.setdefault(stem, f"={first}")
    return whole, same
