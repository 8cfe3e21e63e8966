"""Knows the names under which texts credit those they have something from: the case's sources, agencies, a few
papers. Invariant: one house is one key, however its pages came, and a key of the case wins over the built-in one."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import ahocorasick

from faultline.case import Case
from faultline.case.names import name_key
from faultline.record.packaged import packaged
from faultline.record.text import Source
from faultline.record.vocabulary import SourceKind

_NEVER = frozenset({SourceKind.GOVERNMENT, SourceKind.PARTY})  # who speaks for a party is a voice, not a credit
_BODIES = frozenset({SourceKind.UN, SourceKind.NGO, SourceKind.MONITOR, SourceKind.RESEARCH, SourceKind.DATASET})
_SHORTEST, _LONGEST_ACRONYM = 2, 6
_SPOKEN = 4  # letters from which on a French text writes an acronym as a word: "Amap"


@dataclass(frozen=True, slots=True)
class Outlet:
    """Somebody whom a text may credit. `key` is the lineage (a family of sources, or the built-in key), `name` how it
    is shown. `body`: an organisation that is also a party of the case (the UN, a monitor), not a publisher alone."""

    key: str
    name: str
    body: bool = False


class Outlets:
    """Names of outlets, found in texts as they are written."""

    def __init__(self, names: Iterable[tuple[str, Outlet]]) -> None:
        self._by_name: dict[str, Outlet] = {}
        for name, outlet in names:
            self._by_name.setdefault(name, outlet)
        self._folded = {name_key(name): outlet for name, outlet in self._by_name.items()}
        self._finder = ahocorasick.Automaton()
        for name in self._by_name:
            self._finder.add_word(name, name)
        self._finder.make_automaton()

    def named(self, name: str) -> Outlet | None:
        """The outlet of exactly that name, or of that name in other capitals and accents."""
        return self._by_name.get(name) or self._folded.get(name_key(name))

    def find(self, text: str) -> Iterator[tuple[int, int, Outlet]]:
        """Where names stand as whole words: start, end, outlet; the longest of overlapping ones, in order."""
        last = 0
        found = [(end + 1 - len(name), end + 1, name) for end, name in self._finder.iter(text)]
        for start, end, name in sorted(found, key=lambda f: (f[0], -f[1])):
            if start >= last and _whole(text, start, end):
                last = end
                yield start, end, self._by_name[name]


def unlisted(name: str) -> Outlet:
    """An outlet that no list has, by its name alone."""
    return Outlet(name_key(name).replace(" ", "-"), name)


def outlets_of(case: Case) -> Outlets:
    """Everybody whom the texts of a case may credit."""
    families = _families(case)
    return Outlets([*_of_sources(case, families), *_of_agencies(families), *_of_actors(case)])


def house_of(source: Source) -> str:
    """The key of the house that publishes a source: its family, else the source itself."""
    return source.family or source.id


@cache
def listed() -> dict[str, Any]:
    """The built-in list: agencies, papers, and what is cut from the names of sources."""
    found: dict[str, Any] = packaged("faultline.resolve", "lineage_agencies.yaml")
    return found


def names_of(source: Source) -> tuple[str, ...]:
    """The names by which a text may call a source: without the road by which its pages came, and with its initials
    where its id is made of them ("rfi", "Radio France Internationale")."""
    bare = re.split("|".join(listed()["cut"]), source.name, maxsplit=1)[0].strip()
    names = [part.strip() for part in re.split(listed()["parts"], bare)] if bare else []
    initials = "".join(word[0] for word in re.findall(r"[^\W\d_]+", bare)).lower()
    if len(source.id) <= _LONGEST_ACRONYM and source.id == initials and len(initials) > 1:
        names.append(source.id.upper())
    names.extend([name.capitalize() for name in names if name.isupper() and name.isalpha() and len(name) >= _SPOKEN])
    return tuple(name for name in names if len(name) >= _SHORTEST and not name.islower())


def _of_sources(case: Case, families: dict[str, str]) -> Iterator[tuple[str, Outlet]]:
    for source in sorted(case.sources, key=lambda s: s.id):
        if source.kind in _NEVER:
            continue
        names = names_of(source)
        shown = names[0] if names else source.name
        for name in names:
            yield name, Outlet(families.get(name_key(name), house_of(source)), shown, source.kind in _BODIES)


def _of_agencies(families: dict[str, str]) -> Iterator[tuple[str, Outlet]]:
    for entry in (*listed()["agencies"], *listed()["papers"]):
        key = next((families[name_key(n)] for n in entry["names"] if name_key(n) in families), entry["key"])
        for name in entry["names"]:
            yield name, Outlet(key, entry["names"][0])


def _of_actors(case: Case) -> Iterator[tuple[str, Outlet]]:
    """Bodies that are parties of the case too go by the names that actors.yaml gives them."""
    bodies = {source.id: source for source in case.sources if source.kind in _BODIES and names_of(source)}
    bare = {name_key(name): source for source in bodies.values() for name in names_of(source)}
    for actor in case.actors:
        names = [name for name in actor.names_on() if name[:1].isupper()]
        source = bodies.get(actor.id) or next((bare[name_key(n)] for n in names if name_key(n) in bare), None)
        if source is None:
            continue
        for name in names:
            yield name, Outlet(house_of(source), names_of(source)[0], body=True)


def _families(case: Case) -> dict[str, str]:
    """The house behind each name of a source; where two claim a name, the one that bears it as a wire or whose id is
    the shortest: "AFP" is the agency and not the portal that relays it."""
    found: dict[str, tuple[bool, int, str]] = {}
    for source in case.sources:
        for name in names_of(source):
            rank = (source.kind is not SourceKind.WIRE, len(source.id), house_of(source))
            key = name_key(name)
            found[key] = min(rank, found.get(key, rank))
    return {key: rank[2] for key, rank in found.items()}


def _whole(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (before.isalnum() or before == "_" or after.isalnum() or after == "_" or before == "-")
