"""Turns the dated aliases and places of a case, and the countries of the world, into names found in a text. Invariant:
a name is found only between word boundaries, the longest wins, and an acronym only in capitals; who or where it is
stays open where two records share it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

import ahocorasick

from faultline.coding.lexicon import load_countries
from faultline.coding.tokens import fold
from faultline.record.actor import Actor
from faultline.record.days import Days
from faultline.record.place import Place
from faultline.record.text import Source

MAX_ACRONYM = 6


class CaseNames(Protocol):
    """What the coder reads of a case."""

    @property
    def id(self) -> str:
        """Id of the case."""
        ...

    @property
    def countries(self) -> tuple[str, ...]:
        """ISO codes, the first is home."""
        ...

    @property
    def capital(self) -> str:
        """Place id or ""."""
        ...

    @property
    def actors(self) -> tuple[Actor, ...]:
        """Every actor."""
        ...

    @property
    def places(self) -> tuple[Place, ...]:
        """Every place."""
        ...

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every source."""
        ...

    @property
    def fingerprint(self) -> str:
        """Hash of what coding reads."""
        ...


@dataclass(frozen=True, slots=True)
class Entry:
    """One name of one thing: `kind` is actor, place, country or capital; `days` when the name was valid."""

    name: str
    kind: str
    id: str
    days: Days = Days()


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a text: code points [start, end), and what it may be."""

    start: int
    end: int
    entries: tuple[Entry, ...]


class NameIndex:
    """Finds the names of a case and of countries in texts."""

    def __init__(self, case: CaseNames) -> None:
        self._table: dict[str, list[Entry]] = defaultdict(list)
        for entry in (*_actor_entries(case.actors), *_place_entries(case.places), *_country_entries()):
            self._table[fold(entry.name)].append(entry)
        self._automaton = ahocorasick.Automaton()
        for key in self._table:
            self._automaton.add_word(key, key)
        if self._table:
            self._automaton.make_automaton()

    def find(self, text: str, day: date | None = None) -> list[Name]:
        """Names in the order of the text, none inside another; `day` (of publication) rules out aliases of other
        times where an alias of that time exists."""
        if not self._table:
            return []
        folded = fold(text)
        hits = []
        for end, key in self._automaton.iter(folded):
            start = end + 1 - len(key)
            if _whole_word(folded, start, end + 1):
                entries = _fitting(self._table[key], text[start : end + 1], day)
                if entries:
                    hits.append(Name(start, end + 1, entries))
        return _longest(hits)


def _actor_entries(actors: Iterable[Actor]) -> Iterable[Entry]:
    for actor in actors:
        for name in {actor.name, *_without_bracket(actor.name)}:
            yield Entry(name, "actor", actor.id)
        for name in actor.metonyms:
            yield Entry(name, "metonym", actor.id)
        for alias in actor.aliases:
            if len(alias.name) > 1:
                yield Entry(alias.name, "actor", actor.id, alias.days)


def _without_bracket(name: str) -> tuple[str, ...]:
    head, _, rest = name.partition(" (")
    return (head, *rest.rstrip(")").split("/")) if rest else ()


def _place_entries(places: Iterable[Place]) -> Iterable[Entry]:
    for place in places:
        for name in {place.name, *place.variants}:
            if len(name) > 1:
                yield Entry(name, "place", place.id)


def _country_entries() -> Iterable[Entry]:
    for code, entry in load_countries().items():
        for name in {entry["name"], *entry.get("en", ()), *entry.get("fr", ())}:
            yield Entry(name, "country", code)
        for name in entry.get("capital", ()):
            yield Entry(name, "capital", code)


def _whole_word(text: str, start: int, end: int) -> bool:
    before = start == 0 or not (text[start - 1].isalnum() or text[start - 1] == "_")
    return before and (end == len(text) or not (text[end].isalnum() or text[end] == "_"))


def _fitting(entries: Sequence[Entry], written: str, day: date | None) -> tuple[Entry, ...]:
    fitting = [entry for entry in entries if _case_fits(entry.name, written)]
    valid = [entry for entry in fitting if day is None or entry.days.covers(day)]
    unique = {(entry.kind, entry.id): entry for entry in (valid or fitting)}
    return tuple(unique.values())


def _case_fits(name: str, written: str) -> bool:
    """Acronyms keep their capitals ("MIA", "Mia" only where the case lists it); other names begin with a capital
    unless they are listed in small letters."""
    if name.isupper() and len(name) <= MAX_ACRONYM:
        return written == name or (len(name) >= 4 and written == name.capitalize())
    if name[:1].isupper():
        return any(c.isupper() for c in written)
    return True


def _longest(hits: list[Name]) -> list[Name]:
    kept: list[Name] = []
    last = -1
    for hit in sorted(hits, key=lambda h: (h.start, -h.end)):
        if hit.start >= last:
            kept.append(hit)
            last = hit.end
    return kept
