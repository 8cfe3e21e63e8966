"""Behaviour transforms: pairs of texts about an invented country (invented.py, transforms.yaml) that differ in one
thing, and what of the coder's reading has to change with it.

A transform holds where the coder reads the first text at all and reads the second as the first with that one slot
changed, all else the same. A coder that finds nothing holds nothing.
"""

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from faultline.record.claim import Claim
from faultline.record.days import DayPrecision, Days
from faultline.record.protocols import Coder
from faultline.record.text import Document, Filing
from faultline.record.vocabulary import Kind, Modality, SlotName

LANGUAGES = ("en", "fr")
PUBLISHED = date(2020, 6, 17)
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Text:
    """A text, and the day on which it was published."""

    words: str
    language: str
    published: date = PUBLISHED


@dataclass(frozen=True, slots=True)
class Reading:
    """One claim without its spans, so that two can be compared."""

    kind: Kind
    subtype: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    places: tuple[str, ...]
    days: tuple[date | None, date | None]
    tolls: tuple[tuple[str, int | None, int | None, int | None], ...]
    speaker: str
    modality: Modality


Expect = Callable[[Reading], Reading]


@dataclass(frozen=True, slots=True)
class Pair:
    """A text and its transform: `expect` turns a claim of the first into what it has to be in the second; `main` says
    of a claim of the first whether it is the one that the template is about; `blur` makes equal what may differ."""

    transform: str
    template: str
    before: Text
    after: Text
    expect: Expect
    main: Callable[[Reading], bool]
    blur: Expect = lambda reading: reading


@dataclass(frozen=True, slots=True)
class _Fill:
    """What fills the holes of a template."""

    actor: str
    recipient: str
    speaker: str
    place: str
    number: str
    when: str


def pairs(language: str, transform: str, seed: int = 0) -> Iterator[Pair]:
    """Endless pairs of one transform, the same for the same seed."""
    chance = random.Random(f"{language} {transform} {seed}")
    templates = [t for t in _data()["templates"][language] if _fits(t, transform)]
    while True:
        template = chance.choice(templates)
        yield _TRANSFORMS[transform](_Maker(language, template, chance), transform)


def transforms() -> tuple[str, ...]:
    """Names of the transforms."""
    return tuple(_TRANSFORMS)


def outcome(coder: Coder, pair: Pair) -> str:
    """ "held", "broken", or "unread" where the coder has no such claim in the first text."""
    before, after = read(coder, pair.before), read(coder, pair.after)
    if not any(pair.main(reading) for reading in before):
        return "unread"
    return "held" if Counter(map(pair.expect, before)) == Counter(map(pair.blur, after)) else "broken"


def read(coder: Coder, text: Text) -> list[Reading]:
    """The coder's claims of a text."""
    document = Document("doc_t", "t", "text/plain", text.words)
    filing = Filing("t", "doc_t", language=text.language, published=_day(text.published))
    return [_reading(claim) for claim in coder.code(document, filing).claims]


def renumbered(text: str, old: str, new: str) -> str:
    """The text with one number written for another, with a capital where it had one."""
    return re.sub(rf"(?i)\b{old}\b", lambda hit: _capital(new) if hit[0][0].isupper() else new, text)


def recounted(old: tuple[str, int], new: tuple[str, int]) -> Expect:
    """Another number, as it is written and as it counts. A group that names no party is kept as it is written."""

    def expect(reading: Reading) -> Reading:
        tolls = [(harm, *(new[1] if n == old[1] else n for n in numbers)) for harm, *numbers in reading.tolls]
        actors, recipients = (
            tuple(sorted(renumbered(name, old[0], new[0]) for name in names))
            for names in (reading.actors, reading.recipients)
        )
        return replace(reading, tolls=tuple(sorted(tolls, key=str)), actors=actors, recipients=recipients)

    return expect


def claimed_by(speaker: str) -> Expect:
    """The same claim in somebody's mouth."""
    return lambda reading: replace(reading, speaker=speaker, modality=Modality.CLAIMED)


def either(reading: Reading) -> Reading:
    """Reported taken for claimed: "selon X" is the one or the other by who X is, and neither vouches for it."""
    return replace(reading, modality=Modality.CLAIMED) if reading.modality == Modality.REPORTED else reading


def same(reading: Reading) -> Reading:
    """The same claim."""
    return reading


def _reading(claim: Claim) -> Reading:
    # What is no id is kept as written, and a first word has a capital that says nothing.
    slots = (SlotName.ACTOR, SlotName.RECIPIENT, SlotName.PLACE)
    names = (tuple(sorted(value.lower() for value in claim.values(slot))) for slot in slots)
    actors, recipients, places = names
    tolls = tuple(sorted(((c.harm, c.low, c.best, c.high) for c in claim.casualties), key=str))
    days = claim.days.first_day, claim.days.last_day
    speaker = claim.speaker.actor or claim.speaker.innermost
    return Reading(claim.kind, claim.subtype, actors, recipients, places, days, tolls, speaker, claim.modality)


class _Maker:
    """Fills the forms of one template."""

    def __init__(self, language: str, template: Mapping[str, Any], chance: random.Random) -> None:
        self.language, self.template, self.chance = language, template, chance

    def fill(self, days: str = "") -> _Fill:
        data = _data()
        actors = self.chance.sample(sorted({a["id"] for a in data["actors"]}), 3)
        whens = data["days"][self.language]
        when = self.chance.choice(whens[days or self.chance.choice(["absolute", "relative"])])
        number = self.chance.choice(data["numbers"][self.language])
        return _Fill(*actors, self.chance.choice(data["places"]), number, when)

    def text(self, fill: _Fill, form: str = "active") -> str:
        return _capital(self.filled(fill, form))

    def filled(self, fill: _Fill, form: str = "active") -> str:
        a, b = (self.name(actor) for actor in (fill.actor, fill.recipient))
        ending = "e" if _actor(fill.recipient).get("feminine") else ""
        holes = {"A": a, "B": b, "P": fill.place, "N": fill.number, "when": fill.when, "e": ending}
        return _spelled(str(self.template[form]).format(**holes))

    def name(self, actor: str) -> str:
        return str(_actor(actor)[self.language])

    def pair(self, transform: str, fill: _Fill, after: str, expect: Expect, form: str = "active") -> Pair:
        before = Text(self.text(fill, form), self.language)
        kind, roles = self.template["kind"], self.template["roles"]
        actors = {fill.actor} if "A" in roles else set()
        recipients = {fill.recipient} if "B" in roles else set()

        def main(reading: Reading) -> bool:
            held = actors <= set(reading.actors) and recipients <= set(reading.recipients)
            return bool(reading.kind == kind and held)

        return Pair(transform, self.template["id"], before, Text(after, self.language), expect, main)


def _swap(maker: _Maker, name: str) -> Pair:
    fill = maker.fill()
    other = replace(fill, actor=fill.recipient, recipient=fill.actor)
    table = {fill.actor: fill.recipient, fill.recipient: fill.actor}

    def expect(reading: Reading) -> Reading:
        actors, recipients = (
            tuple(sorted(table.get(a, a) for a in names)) for names in (reading.actors, reading.recipients)
        )
        speaker = table.get(reading.speaker, reading.speaker)
        return replace(reading, actors=actors, recipients=recipients, speaker=speaker)

    return maker.pair(name, fill, maker.text(other), expect)


def _passive(maker: _Maker, name: str) -> Pair:
    fill = maker.fill()
    return maker.pair(name, fill, maker.text(fill, "passive"), same)


def _negate(maker: _Maker, name: str) -> Pair:
    fill = maker.fill()
    affirmed = "affirmed" if "affirmed" in maker.template else "active"
    return maker.pair(
        name, fill, maker.text(fill, "negated"), lambda reading: replace(reading, modality=Modality.NEGATED), affirmed
    )


def _wrap(maker: _Maker, name: str) -> Pair:
    fill = maker.fill()
    said = maker.filled(fill)
    wrapped = _data()["wrap"][maker.language].format(C=maker.name(fill.speaker), said=said)
    pair = maker.pair(name, fill, _capital(wrapped), claimed_by(fill.speaker))
    return replace(pair, blur=either if maker.language == "fr" else same)


def _relative(maker: _Maker, name: str) -> Pair:
    pair = maker.pair(name, fill := maker.fill("relative"), maker.text(fill), week_later)
    return replace(pair, after=replace(pair.after, published=PUBLISHED + WEEK))


def week_later(reading: Reading) -> Reading:
    """The same claim a week later."""
    first, last = reading.days
    return replace(reading, days=(first and first + WEEK, last and last + WEEK))


def _dated(maker: _Maker, name: str) -> Pair:
    pair = maker.pair(name, fill := maker.fill("absolute"), maker.text(fill), same)
    return replace(pair, after=replace(pair.after, published=PUBLISHED + WEEK))


def _place(maker: _Maker, name: str) -> Pair:
    fill = maker.fill()
    other = maker.chance.choice([place for place in _data()["places"] if place != fill.place])
    table = {_place_id(fill.place): _place_id(other)}
    return maker.pair(
        name,
        fill,
        maker.text(replace(fill, place=other)),
        lambda reading: replace(reading, places=tuple(sorted(table.get(p, p) for p in reading.places))),
    )


def _number(maker: _Maker, name: str) -> Pair:
    fill = maker.fill()
    other = maker.chance.choice([n for n in _data()["numbers"][maker.language] if n != fill.number])
    old, new = _value(fill.number), _value(other)

    expect = recounted((fill.number, old), (other, new))
    pair = maker.pair(name, fill, maker.text(replace(fill, number=other)), expect)
    counted = lambda reading: any(old in toll for toll in reading.tolls)  # noqa: E731
    return replace(pair, main=counted)


_TRANSFORMS: Mapping[str, Callable[[_Maker, str], Pair]] = {
    "swap": _swap,  # the actors change roles
    "passive": _passive,  # nothing changes
    "negate": _negate,
    "wrap": _wrap,  # somebody claims it
    "shift relative": _relative,  # published a week later: a weekday moves with it
    "shift dated": _dated,  # published a week later: a full date stays
    "place": _place,
    "number": _number,
}
_WORDS = {"four": 4, "quatre": 4, "six": 6, "eleven": 11, "onze": 11}


def _fits(template: Mapping[str, Any], transform: str) -> bool:
    if transform not in template.get("only", _TRANSFORMS):
        return False
    needs = {"passive": "passive", "negate": "negated"}.get(transform, "active")
    if needs not in template or (transform == "swap" and template.get("symmetric")):
        return False
    text = template["active"]
    return {"swap": "{B}" in text and "B" in template["roles"], "number": "{N}" in text}.get(transform, True)


@cache
def _data() -> Any:
    return yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))


def _actor(id: str) -> Mapping[str, Any]:
    return next(actor for actor in _data()["actors"] if actor["id"] == id)


def _spelled(text: str) -> str:
    """With the French contractions."""
    return re.sub(r"(?<!\w)à le\b", "au", re.sub(r"\bde le\b", "du", text))


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def _value(number: str) -> int:
    return _WORDS.get(number) or int(number)


def _place_id(name: str) -> str:
    return name.lower().replace(" ", "-")


def _day(day: date) -> Days:
    return Days(day, day, DayPrecision.DAY)
