"""Turns what a person types into a search into a safe query. Invariant: no sign of a query language passes; case and
accents do not count."""

import re
import unicodedata
from dataclasses import dataclass

from faultline.record.errors import UsageError

_PART = re.compile(r'"[^"]*"?\*?|[^\s"]+')
_WORD = re.compile(r"[^\W_]+")
_MARKS = frozenset({"Mn", "Mc", "Me"})


@dataclass(frozen=True, slots=True)
class Term:
    """Words that follow one another, as typed; the last is the beginning of a word where `prefix` is set."""

    text: str
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """Terms that must all be found, in any order."""

    terms: tuple[Term, ...]


def fold(text: str) -> str:
    """Lower case without accents; letters and digits stay, everything else becomes a space."""
    if text.isascii():
        return " ".join(_WORD.findall(text.lower()))
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(c for c in decomposed if unicodedata.category(c) not in _MARKS)
    return " ".join(_WORD.findall(kept))


def parse_query(text: str) -> Query:
    """The query in what a person typed: words, "phrases in quotes", and beginnings* of words.

    Signs without letters or digits are left out. Raises UsageError where nothing is left to look for.
    """
    terms = []
    for part in _PART.findall(text):
        if fold(part):
            terms.append(Term(part.replace("\0", " ").replace('"', ""), prefix=part.endswith("*")))
    if not terms:
        raise UsageError("search", repr(text[:80]), "at least one letter or digit", "Type a word to look for.")
    return Query(tuple(terms))
