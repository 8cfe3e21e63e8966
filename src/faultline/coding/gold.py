"""Turns coded documents into the lines of the development gold. Invariant: names are the case's display names; a group
that names no party keeps its general label."""

from collections.abc import Sequence
from typing import Any

from faultline.coding.known import Known
from faultline.coding.lexicon import Group, Pack, load_countries, load_pack
from faultline.coding.names import CaseNames
from faultline.coding.phrases import Found
from faultline.coding.regions import region_name
from faultline.coding.tokens import Token, tokenize
from faultline.record.actor import Actor
from faultline.record.claim import Casualties, Claim, Coded, Slot
from faultline.record.text import Document
from faultline.record.vocabulary import Action, ActorKind, Kind, Modality, SlotName

_KEYS = {"killed": "fatalities"}


def to_gold(case: CaseNames, document: Document, coded: Coded) -> list[dict[str, Any]]:
    """One object a claim, in the order of the text, in the fields of the gold's README; `doc` is the document's id."""
    labels = Labels(case)
    return [_line(document, claim, labels) for claim in coded.claims]


class Labels:
    """Display names of what slots hold."""

    def __init__(self, case: CaseNames) -> None:
        self.known = Known(case)
        self.actors = {a.id: _shown(a, self.known) for a in case.actors}
        self.speakers = self.actors | {a.id: f"{adjective} military" for a, adjective in _armies(case, self.known)}
        self.places = {p.id: p.name for p in case.places}

    def of(self, slot: Slot) -> str:
        """The case's name for the leading candidate, else the general label of the words."""
        leading = slot.leading or (slot.candidates[0].id if slot.candidates else "")
        if slot.name == SlotName.PLACE:
            return region_name(slot.value, self.known) or self.places.get(leading, slot.value)
        return self.actors.get(leading) or _general(slot.value, self.known)


def _armies(case: CaseNames, known: Known) -> list[tuple[Actor, str]]:
    """Armies of other countries with their country's adjective: as a party each is its country, as a speaker its
    military."""
    countries = {entry["name"]: entry["adjectives"] for entry in load_countries().values()}
    foreign = [a for a in case.actors if a.kind == ActorKind.FOREIGN_FORCE]
    found = [(a, countries.get(_shown(a, known), ())) for a in foreign]
    return [(actor, adjectives[0]) for actor, adjectives in found if adjectives]


def _shown(actor: Actor, known: Known) -> str:
    """The name by which the gold calls an actor: the army of another country is that country, a community its
    civilians."""
    if actor.kind == ActorKind.CIVILIANS:
        return actor.name.replace(" community", " civilians")
    if actor.kind != ActorKind.FOREIGN_FORCE:
        return actor.name
    words = actor.name.split(" (")[0]
    country = next((known.demonym(w) for w in words.split() if known.demonym(w)), "") or next(
        (code for code, e in load_countries().items() if words.startswith(f"{e['name']} ")), ""
    )
    return known.country_label(country) if country and country != known.home else actor.name


def _general(value: str, known: Known) -> str:
    """What a group's words mean in general ("des hommes armés": unidentified armed men)."""
    tokens = tokenize(value)
    for language in ("en", "fr"):
        pack = load_pack(language)
        for i in range(len(tokens)):
            group = _body_of(pack, tokens, i) or pack.groups.at(tokens, i)
            if group:
                country = next((known.demonym(t.text) for t in tokens if known.demonym(t.text)), "")
                if group.value.name in ("state_force", "force", "security", "government", "official") and country:
                    return known.country_label(country)
                if group.value.name == "police":
                    return _police(tokens[i].low, country or known.home)
                labels = (pack.names["labels"].get(token.low) for token in tokens[i : group.last])
                return next((str(label) for label in labels if label), group.value.label)
            if pack.assets.at(tokens, i) and pack.assets.at(tokens, i).value == "settlement":  # type: ignore[union-attr]
                return str(pack.names["groups"]["civilians"]["label"])
    for token in tokens:
        if known.demonym(token.text):
            return known.country_label(known.demonym(token.text))
    return _country(value)


def _body_of(pack: Pack, tokens: Sequence[Token], i: int) -> Found[Group] | None:
    """ "leaders of the junta", "chefs de la junte": the body whose leaders they are."""
    leader = pack.groups.at(tokens, i)
    if leader is None or leader.value.name not in ("official", "people"):
        return None
    n = leader.last
    while n < len(tokens) and tokens[n].low in pack.words["of"] | pack.words["determiners"]:
        n += 1
    body = pack.groups.at(tokens, n) if n > leader.last and n < len(tokens) else None
    return body if body and body.value.name in ("state_force", "government", "junta", "security", "rebel") else None


def _police(word: str, country: str) -> str:
    kind = "gendarmerie" if word.startswith("gendarm") else "police"
    adjectives = load_countries().get(country, {"adjectives": [""]})["adjectives"]
    return f"{adjectives[0]} {kind}".strip()


def _country(value: str) -> str:
    for entry in load_countries().values():
        if value in (entry["name"], *entry.get("en", ()), *entry.get("fr", ()), *entry.get("capital", ())):
            return str(entry["name"])
    return value


def _line(document: Document, claim: Claim, labels: Labels) -> dict[str, Any]:
    return {
        "doc": document.id,
        "kind": claim.kind.value,
        "subtype": claim.subtype,
        "actors": _doers(claim, labels),
        "recipients": _undergoers(claim, labels),
        "places": _names(claim, SlotName.PLACE, labels),
        "date": _date(claim),
        "attribution": _attribution(claim, labels),
        "modality": claim.modality.value if claim.modality != Modality.DEMANDED else "asserted",
        "evidence": {"start": claim.span.start, "end": claim.span.end, "text": claim.span.of(document.text)},
        **_counts(claim),
    }


def _names(claim: Claim, name: SlotName, labels: Labels) -> list[str]:
    return list(dict.fromkeys(labels.of(slot) for slot in claim.slots if slot.name == name))


def _doers(claim: Claim, labels: Labels) -> list[str]:
    """The actors; "men" or "individuals" who attack are unidentified armed men."""
    names = _names(claim, SlotName.ACTOR, labels)
    attack = claim.action == Action.ASSAULT and claim.kind == Kind.EVENT
    armed = str(load_pack("en").names["groups"]["gunman"]["label"])
    return list(dict.fromkeys(armed if attack and name == "people" else name for name in names))


def _undergoers(claim: Claim, labels: Labels) -> list[str]:
    """The recipients; refugees are civilians, and so are "people" who flee, are held or freed, or to whom somebody does
    violence."""
    names = _names(claim, SlotName.RECIPIENT, labels)
    groups = load_pack("en").names["groups"]
    civilians, plain = str(groups["civilians"]["label"]), {str(groups["refugees"]["label"])}
    moved = any(c.harm == "displaced" for c in claim.casualties)
    happened = claim.kind == Kind.EVENT
    hurt = happened and claim.action == Action.ASSAULT and bool(_doers(claim, labels))
    if moved or hurt or (happened and claim.action in _HELD):
        plain.add(str(groups["people"]["label"]))
    return list(dict.fromkeys(civilians if name in plain else name for name in names))


_HELD = frozenset({Action.COERCE, Action.YIELD})


def _date(claim: Claim) -> dict[str, str | None]:
    if not claim.days.known:
        return {"start": None, "end": None, "precision": "unknown"}
    first, last = claim.days.first_day, claim.days.last_day
    return {
        "start": str(first) if first else None,
        "end": str(last) if last else None,
        "precision": claim.days.precision.value,
    }


def _attribution(claim: Claim, labels: Labels) -> str:
    if claim.speaker.actor:
        return labels.speakers.get(claim.speaker.actor, claim.speaker.innermost)
    return claim.speaker.innermost


def _counts(claim: Claim) -> dict[str, Any]:
    killed = [c for c in claim.casualties if c.harm == "killed"]
    result: dict[str, Any] = {"fatalities": _triple(killed)} if killed else {"fatalities": None}
    for other in claim.casualties:
        if other.harm != "killed":
            result[other.harm] = other.best if other.best is not None else other.low
    return result


def _triple(killed: list[Casualties]) -> dict[str, int | None]:
    def total(values: list[int | None]) -> int | None:
        return None if any(v is None for v in values) else sum(v for v in values if v is not None)

    return {
        "low": total([c.low for c in killed]),
        "best": total([c.best for c in killed]),
        "high": total([c.high for c in killed]),
    }
