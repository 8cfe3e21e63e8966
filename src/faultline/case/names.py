"""Turns names into keys and keys into candidates. Invariant: case, accents, apostrophes, hyphens and full stops never
tell two names apart; the probabilities of candidates sum to 1."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from faultline.record.actor import Actor
from faultline.record.days import Days
from faultline.record.place import Place
from faultline.record.text import Candidate

_DROPPED = "'’ʼ‘‛ʻʾʿ`´ʹ′.\u0640\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_SPACES = "-‐‑‒–—−_/"
_LETTERS = {"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i"}
_TABLE = str.maketrans({**dict.fromkeys(_DROPPED, ""), **dict.fromkeys(_SPACES, " "), **_LETTERS})


@dataclass(frozen=True, slots=True)
class Named:
    """A name of an actor or place: whose, as it is written, when it is valid, in which language ("" for any)."""

    id: str
    name: str
    days: Days = Days()
    language: str = ""


def name_key(name: str) -> str:
    """The name without case, accents, apostrophes and full stops, hyphens as spaces, spaces single.

    "N’Djamena" and "Ndjamena" are one, "Al-Shabaab" and "al shabaab" too; "Bir Ali" and "Birali" are two. A name made
    of dropped signs alone keeps its case-folded form.
    """
    folded = unicodedata.normalize("NFKD", name.casefold()).translate(_TABLE)
    bare = "".join(c for c in folded if not unicodedata.combining(c)).casefold()
    return " ".join(bare.split()) or name.casefold()


def actor_index(actors: Iterable[Actor]) -> Mapping[str, tuple[Named, ...]]:
    """Every name of every actor by its key. An actor's own name is valid always, unless an alias dates it."""
    found: dict[str, dict[Named, None]] = {}
    for actor in actors:
        aliases = [Named(actor.id, a.name, a.days, a.language) for a in actor.aliases]
        dated = {name_key(a.name) for a in aliases}
        own = [] if name_key(actor.name) in dated else [Named(actor.id, actor.name)]
        for named in (*own, *aliases):
            found.setdefault(name_key(named.name), {})[named] = None
    return {key: tuple(names) for key, names in found.items()}


def place_index(places: Iterable[Place]) -> Mapping[str, tuple[Named, ...]]:
    """Every name and variant of every place by its key, over the days of its row."""
    found: dict[str, dict[Named, None]] = {}
    for place in places:
        for name in (place.name, *place.variants):
            found.setdefault(name_key(name), {})[Named(place.id, name, place.days)] = None
    return {key: tuple(names) for key, names in found.items()}


def candidates(names: tuple[Named, ...], days: Days | None) -> tuple[Candidate, ...]:
    """Whom the names may mean on those days, by id, with equal probabilities that sum to 1.

    A name that is valid on a day of `days` wins over one that was given up before; one that is taken up later never
    counts. None or unknown days: every name counts.
    """
    asked = days or Days()
    valid = {n.id: f"named {n.name!r} ({n.days})" for n in names if n.days.overlaps(asked)}
    if not valid:
        former = [n for n in names if _ended_before(n.days, asked)]
        valid = {n.id: f"named {n.name!r} until {n.days.last_day}" for n in former}
    return tuple(Candidate(key, 1 / len(valid), reason) for key, reason in sorted(valid.items()))


def _ended_before(days: Days, asked: Days) -> bool:
    return days.last_day is not None and asked.first_day is not None and days.last_day < asked.first_day
