"""Behaviour transforms of our unit records (records_en.yaml, records_fr.yaml): each sentence that lends itself to one
is changed in one thing. Invariant: what a change has to do follows from the change, never from the coder."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from tests.coding.invented import invented_case
from tests.coding.transforms import (
    WEEK,
    Expect,
    Pair,
    Reading,
    Text,
    claimed_by,
    either,
    recounted,
    renumbered,
    same,
    week_later,
)

from faultline.coding.lexicon import load_countries

PUBLISHED = date(2024, 5, 15)
_PLACES = ("Tolma", "Bassira", "Hadar", "Sikko", "Dornu")
_CLAIMANTS = {"UNMS": "unms", "MUR": "mur", "FLR": "flr"}
_WRAP = {"en": "The {who} claimed that {said}", "fr": "Selon {article}{who}, {said}"}
_NUMBERS = {
    "en": {
        2: "two",
        3: "three",
        4: "four",
        5: "five",
        6: "six",
        7: "seven",
        8: "eight",
        9: "nine",
        10: "ten",
        12: "twelve",
    },
    "fr": {
        2: "deux",
        3: "trois",
        4: "quatre",
        5: "cinq",
        6: "six",
        7: "sept",
        8: "huit",
        9: "neuf",
        10: "dix",
        12: "douze",
    },
}
_RELATIVE = {
    "en": r"(?i)\b(mon|tues|wednes|thurs|fri|satur|sun)day\b|\byesterday\b",
    "fr": r"(?i)\b(lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|hier)\b",
}
_MONTH = {
    "en": r"\b(January|February|March|April|May|June|July|August|September|October|November|December)\b",
    "fr": r"\b(janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)\b",
}
_OTHER_TIME = {
    "en": r"(?i)\b(ago|last|this|next|earlier|since|until|week|month|year|today|tomorrow|previous|day before|days?)\b",
    "fr": r"(?i)\b(il y a|dernière?|prochaine?|depuis|jusqu|semaine|mois|an|ans|année|aujourd|demain|veille|jours?)\b",
}


@dataclass(frozen=True, slots=True)
class Record:
    """A sentence of ours and the claims that it makes."""

    text: str
    language: str
    claims: tuple[Mapping[str, Any], ...]


def record_transforms() -> tuple[str, ...]:
    """Names of the transforms that sentences can be put through."""
    return tuple(_TRANSFORMS)


@cache
def record_pairs(language: str, transform: str) -> tuple[Pair, ...]:
    """Every sentence of the language that lends itself to the transform, with its changed one."""
    return tuple(pair for record in _records(language) for pair in _TRANSFORMS[transform](record))


def _records(language: str) -> list[Record]:
    path = Path(__file__).with_name(f"records_{language}.yaml")
    rows = yaml.safe_load(path.read_text(encoding="utf-8"))
    return [Record(row["text"], language, tuple(row.get("claims") or ())) for row in rows]


def _pair(record: Record, transform: str, after: Text, expect: Expect, main: Callable[[Reading], bool]) -> Pair:
    return Pair(transform, record.text, Text(record.text, record.language, PUBLISHED), after, expect, main)


def _of_a_kind(record: Record) -> Callable[[Reading], bool]:
    kinds = {claim["kind"] for claim in record.claims}
    return lambda reading: reading.kind in kinds


def _place(record: Record) -> Iterator[Pair]:
    said = [place for place in _PLACES if re.search(rf"\b{place}\b", record.text)]
    other = next((place for place in _PLACES if place not in said), "")
    listed = {place for claim in record.claims for place in claim.get("places", ())}
    if len(said) != 1 or not other or said[0] not in listed or record.text.count(said[0]) != 1:
        return
    old, new = said[0].lower(), other.lower()
    after = Text(record.text.replace(said[0], other), record.language, PUBLISHED)
    yield _pair(
        record,
        "place",
        after,
        lambda reading: replace(reading, places=tuple(sorted(new if p == old else p for p in reading.places))),
        lambda reading: old in reading.places,
    )


def _number(record: Record) -> Iterator[Pair]:
    killed = {n for claim in record.claims for n in claim.get("killed", ()) if n is not None}
    if len(killed) != 1 or (old := killed.pop()) < 2:
        return
    words, new = _NUMBERS[record.language], 8 if old != 8 else 6
    spelled = [word for word in (str(old), words.get(old, str(old))) if re.search(rf"(?i)\b{word}\b", record.text)]
    if len(spelled) != 1 or len(re.findall(rf"(?i)\b{spelled[0]}\b", record.text)) != 1:
        return
    written = str(new) if spelled[0].isdigit() else words[new]
    changed = renumbered(record.text, spelled[0], written)
    after = Text(changed, record.language, PUBLISHED)
    expect = recounted((spelled[0], old), (written, new))
    yield _pair(record, "number", after, expect, lambda reading: any(old in toll for toll in reading.tolls))


def _shift(record: Record, relative: bool) -> Iterator[Pair]:
    weekday, month = (re.search(table[record.language], record.text) for table in (_RELATIVE, _MONTH))
    if bool(weekday) is not relative or bool(month) is relative or re.search(_OTHER_TIME[record.language], record.text):
        return
    after = Text(record.text, record.language, PUBLISHED + WEEK)
    name, expect = ("shift relative", week_later) if relative else ("shift dated", same)
    kinds = _of_a_kind(record)
    yield _pair(record, name, after, expect, lambda reading: kinds(reading) and reading.days != (None, None))


def _wrap(record: Record) -> Iterator[Pair]:
    plain = all((c["speaker"], c["modality"]) == ("reporter", "asserted") for c in record.claims)
    plain = plain and all(claim["kind"] in ("event", "control", "restriction", "relation") for claim in record.claims)
    who = next((name for name in _CLAIMANTS if name not in record.text), "")
    one = ". " not in record.text  # what is claimed ends with its sentence
    if (
        not record.claims
        or not plain
        or not one
        or not who
        or "," in record.text
        or '"' in record.text
        or "«" in record.text
    ):
        return
    first = record.text.split()[0]
    # A name keeps its capital: only what is a word of the language loses it.
    said = (
        record.text
        if (len(first) > 1 and first.isupper()) or first in _names()
        else record.text[0].lower() + record.text[1:]
    )
    article = "l'" if who == "UNMS" else "le "
    wrapped = _WRAP[record.language].format(who=who, said=said, article=article)
    after = Text(wrapped, record.language, PUBLISHED)
    pair = _pair(record, "wrap", after, claimed_by(_CLAIMANTS[who]), _of_a_kind(record))
    yield replace(pair, blur=either if record.language == "fr" else same)


@cache
def _names() -> frozenset[str]:
    case = invented_case()
    names = [name for actor in case.actors for name in actor.names_on()] + [place.name for place in case.places]
    lands = [word for entry in load_countries().values() for word in (entry["name"], *entry["adjectives"])]
    own = [word for actor in case.actors for word in (*actor.metonyms, *actor.demonyms)]
    return frozenset({name.split()[0] for name in (*names, *lands, *own)} - {"Government", "League"})


_TRANSFORMS: Mapping[str, Callable[[Record], Iterator[Pair]]] = {
    "wrap": _wrap,
    "shift relative": lambda record: _shift(record, True),
    "shift dated": lambda record: _shift(record, False),
    "place": _place,
    "number": _number,
}
