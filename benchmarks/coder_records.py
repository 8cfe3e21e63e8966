"""Turns the gold records of PLOVER and the unit records of PETRARCH2 into sentences with dyads, and our claims into
the same, so that root and roles can be compared. Invariant: nothing of the records is kept; they are read where they
lie."""

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import permutations
from pathlib import Path
from typing import Any

import yaml

from faultline.record.actor import Actor, Alias
from faultline.record.claim import Claim
from faultline.record.days import DayPrecision, Days
from faultline.record.place import Place
from faultline.record.protocols import Coder
from faultline.record.text import Document, Filing, Source
from faultline.record.vocabulary import ActorKind, SlotName

Dyad = tuple[str, str, str]  # root, source, recipient; "" where there is none
_NOBODY = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A record: its dyads, none where nothing is to be coded; `known` is False where a code has no root in PLOVER."""

    id: str
    text: str
    day: date
    dyads: frozenset[Dyad]
    known: bool = True


@dataclass(frozen=True, slots=True)
class Countries:
    """A generic case: an actor for every code of the records, under the names that the records use."""

    actors: tuple[Actor, ...]
    id: str = "records"
    countries: tuple[str, ...] = ()
    capital: str = ""
    places: tuple[Place, ...] = ()
    sources: tuple[Source, ...] = ()
    fingerprint: str = "records"


@dataclass(frozen=True, slots=True)
class Agreement:
    """Counts over `n` records. `some_root`: a claim has a root of the record; `roots`: the roots are exactly those;
    `some_dyad`: a claim has a root with its source and recipient; `exact`: the dyads are exactly those."""

    n: int
    some_root: int
    roots: int
    some_dyad: int
    exact: int
    coded: int  # records in which the coder finds any root


@cache
def _table() -> Any:
    return yaml.safe_load(Path(__file__).with_name("plover.yaml").read_text(encoding="utf-8"))


def root_of(name: str) -> str:
    """Today's root of an older or today's one."""
    return str(_table()["older"].get(name, name))


def older_of(root: str) -> tuple[str, ...]:
    """The older roots that became this one."""
    return tuple(old for old, new in _table()["older"].items() if new == root)


def read_plover(path: Path) -> list[Sentence]:
    """The gold records that have a text."""
    return [
        Sentence(
            row["id"],
            row["text"].strip(),
            date.fromisoformat(row["date"]),
            frozenset(_pairs(root_of(row["event"]), _codes(row, "source"), _codes(row, "target"))),
        )
        for row in json.loads(path.read_text(encoding="utf-8"))
        if row.get("text")
    ]


def plover_names(path: Path) -> dict[str, list[str]]:
    """The names that the records give to each code, those in small letters left out."""
    names: dict[str, list[str]] = {}
    for row in json.loads(path.read_text(encoding="utf-8")):
        for agent in (*(row.get("source") or ()), *(row.get("target") or ())):
            name = agent["actorText"].strip() if isinstance(agent, dict) else ""
            if name[:1].isupper() and "..." not in name:
                names.setdefault(agent["code"], []).append(name)
    return names


def read_petrarch(path: Path) -> list[Sentence]:
    """The unit records, without those that test a message of an error."""
    found = []
    for node in ET.parse(path).iter("Sentence"):
        codings = node.findall("EventCoding")
        if any("error" in coding.attrib for coding in codings):
            continue
        dyads = [c.attrib for c in codings if "eventcode" in c.attrib]
        known = all(_weis_root(c["eventcode"]) for c in dyads)
        text = " ".join((node.findtext("Text") or "").split())
        day = date.fromisoformat(node.attrib["date"])
        coded = {(_weis_root(c["eventcode"]), _state(c["sourcecode"]), _state(c["targetcode"])) for c in dyads}
        found.append(Sentence(node.attrib["id"], text, day, frozenset(coded), known))
    return found


def petrarch_names(sentences: Iterable[Sentence]) -> dict[str, list[str]]:
    """Names of the codes: capitalised words that begin as the code does (GON: Gondor)."""
    names: dict[str, list[str]] = {}
    for sentence in sentences:
        codes = {code for dyad in sentence.dyads for code in dyad[1:] if code}
        for word in re.findall(r"\b[A-Z][a-z]{2,}\b", sentence.text):
            if word[:3].upper() in codes:
                names.setdefault(word[:3].upper(), []).append(word)
    return names


def countries(*tables: dict[str, list[str]]) -> Countries:
    """The generic case of these names; a name that two codes share is the first one's."""
    seen: set[str] = set()
    actors = []
    for code, names in sorted((code, names) for table in tables for code, names in table.items()):
        own = [name for name in dict.fromkeys(names) if name.lower() not in seen]
        seen |= {name.lower() for name in own}
        if own:
            actors.append(Actor(code, max(own, key=names.count), ActorKind.GOVERNMENT, tuple(map(Alias, own))))
    return Countries(tuple(actors))


def agreement(coder: Coder, sentences: Sequence[Sentence]) -> Agreement:
    """How far the coder agrees, each sentence read by itself."""
    counts = [0] * 5
    for sentence in sentences:
        found = {dyad for claim in _claims(coder, sentence) for dyad in dyads_of(claim)}
        roots, wanted = {dyad[0] for dyad in found}, {dyad[0] for dyad in sentence.dyads}
        held = (roots & wanted, roots == wanted, found & sentence.dyads, found == sentence.dyads, roots)
        counts = [n + bool(one) for n, one in zip(counts, held, strict=True)]
    some_root, roots_, some_dyad, exact, coded = counts
    return Agreement(len(sentences), some_root, roots_, some_dyad, exact, coded)


def dyads_of(claim: Claim) -> Iterator[Dyad]:
    """The dyads of a claim; none where PLOVER has no root for its action."""
    root = _table()["actions"].get(claim.action.value, "") if claim.action else ""
    if root:
        ids = (tuple(map(_id, (s for s in claim.slots if s.name == n))) for n in (SlotName.ACTOR, SlotName.RECIPIENT))
        yield from _pairs(root, *ids)


def _claims(coder: Coder, sentence: Sentence) -> tuple[Claim, ...]:
    document = Document("doc_r", "r", "text/plain", sentence.text)
    published = Days(sentence.day, sentence.day, DayPrecision.DAY)
    return coder.code(document, Filing("r", "doc_r", language="en", published=published)).claims


def _id(slot: Any) -> str:
    return slot.candidates[0].id if slot.candidates else slot.value


def _pairs(root: str, sources: Sequence[str], recipients: Sequence[str]) -> Iterator[Dyad]:
    """Every source with every recipient; several sources without a recipient act on one another."""
    if not recipients and len(set(sources)) > 1:
        yield from ((root, a, b) for a, b in permutations(dict.fromkeys(sources), 2))
        return
    yield from ((root, a, b) for a in sources or (_NOBODY,) for b in recipients or (_NOBODY,))


def _codes(row: dict[str, Any], role: str) -> list[str]:
    agents = row.get(role)
    return [agent["code"] for agent in agents if isinstance(agent, dict)] if isinstance(agents, list) else []


def _state(code: str) -> str:
    """The state of a code: its first three letters; none where the records write none."""
    return _NOBODY if code.startswith("---") else code[:3]


def _weis_root(code: str) -> str:
    """The root of a code of three digits; "" for one that no scheme has, and for a mere comment."""
    roots = _table()["weis"]
    return str(roots.get(code) or roots.get(code[:2], "")) if len(code) == 3 else ""
