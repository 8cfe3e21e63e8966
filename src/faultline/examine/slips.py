"""Finds slips of an article: a wrong part of the country, another day or year than everybody else's, a figure without
its period, an extension called a declaration, a claim that turns into a fact. Invariant: a slip names what shows it."""

import re
from collections.abc import Iterator
from datetime import timedelta

from faultline.examine.grounds import Grounds
from faultline.record.claim import Claim
from faultline.record.errors import NotFoundError
from faultline.record.examination import Slip
from faultline.record.text import Span
from faultline.record.vocabulary import Kind, Modality, SlotName
from faultline.resolve.disputes import About, disputes_in

_PARTS = {
    "north": r"\bnorth(?:ern|east\w*|west\w*)?\b|\bau nord\b|\bdans le nord\b|\bseptentrional\w*",
    "south": r"\bsouth(?:ern|east\w*|west\w*)?\b|\bau sud\b|\bdans le sud\b|\bméridional\w*",
    "centre": r"\bcent(?:re|er|ral|rale)\b|\bau centre\b|\bdans le centre\b",
}
_RUNNING = re.compile(r"\b(have|has|had been|ont été|sont mort|ont péri)\b", re.IGNORECASE)
_SINCE = re.compile(
    r"\b(since|between|from|in \d{4}|depuis|entre|en \d{4}|au cours|this year|cette année)\b", re.IGNORECASE
)
_DECLARED = re.compile(r"\b(declar\w+|proclaim\w+|décrét\w+|déclar\w+|proclam\w+|instaur\w+|impos\w+)\b", re.IGNORECASE)
_REACH = 60  # code points after a place's name in which a part of the country is said of it
_HEDGED = frozenset({Modality.CLAIMED, Modality.REPORTED})


def slips_of(grounds: Grounds) -> Iterator[Slip]:
    """The slips, in the order of the text."""
    found = [*_parts(grounds), *_days(grounds), *_periods(grounds), *_extensions(grounds), *_hardened(grounds)]
    yield from sorted(found, key=lambda slip: (slip.span.start, slip.kind))


def _parts(grounds: Grounds) -> Iterator[Slip]:
    """A place said to lie in a part of the country in which it does not: thirds of the country's own places."""
    seen: set[str] = set()
    for claim in grounds.article.claims:
        for slot in claim.slots:
            if slot.name is not SlotName.PLACE or slot.span is None or not slot.leading or slot.leading in seen:
                continue
            said = _said_to_lie(grounds.article.text, slot.span)
            lies = part_of(grounds, slot.leading)
            if len(said) == 1 and lies and said[0] != lies:
                seen.add(slot.leading)
                why = f"{slot.value} lies in the {lies} of the country by its coordinates"
                yield Slip("place", claim.span, claim.span.of(grounds.article.text), why)


def _said_to_lie(text: str, name: Span) -> list[str]:
    """The parts of the country that a text puts a name in: "Kidal, in the centre of the country", "the central region
    of Kidal"."""
    after = text[name.end : name.end + _REACH].split(".")[0]
    before = text[max(0, name.start - _REACH) : name.start]
    found = []
    for part, pattern in _PARTS.items():
        leads = rf"(?:{pattern})\W+(?:(?:region|town|city|province|area|district|région|ville)\W+)?(?:of\W+|de\W+|d')?$"
        if re.search(pattern, after, re.IGNORECASE) or re.search(leads, before, re.IGNORECASE):
            found.append(part)
    return found


def part_of(grounds: Grounds, place_id: str) -> str:
    """One of "north", "centre" or "south": the third of the country, by latitude of the case's places in it, in which a
    place lies; "" near the line between two (within a tenth of the whole) or outside."""
    case = grounds.sight.case
    inside = [p for p in case.places if p.country in case.countries and not p.feature.startswith("PCL")]
    place = next((p for p in inside if p.id == place_id), None)
    if place is None or len(inside) < 3:
        return ""
    low, high = min(p.latitude for p in inside), max(p.latitude for p in inside)
    share = (place.latitude - low) / (high - low) if high > low else 0.5
    if min(abs(share - 1 / 3), abs(share - 2 / 3)) < 0.1:
        return ""
    return "south" if share < 1 / 3 else "centre" if share < 2 / 3 else "north"


def _days(grounds: Grounds) -> Iterator[Slip]:
    """Another day than the independent others have."""
    own = {claim.id for claim in grounds.article.claims}
    for claim in grounds.article.claims:
        try:
            incident = grounds.world.incident(claim.id)
        except NotFoundError:
            continue
        for dispute in disputes_in(grounds.world, incident, grounds.counting):
            mine = [p for p in dispute.positions if claim.id in p.claims]
            others = [p for p in dispute.positions if not set(p.claims) & own]
            if dispute.about is About.WHEN and mine and others:
                told = "; ".join(f"{p.value} ({', '.join(p.claimants[:3])})" for p in others)
                shown = tuple(c for p in others for c in p.claims)
                words = claim.span.of(grounds.article.text)
                yield Slip("day", claim.span, words, f"the article has {mine[0].value}, others {told}", shown)


def _periods(grounds: Grounds) -> Iterator[Slip]:
    """A running total that says neither since when nor until when."""
    for claim in grounds.article.claims:
        words = _sentence(grounds, claim)
        placeless = claim.kind is Kind.EVENT and not claim.values(SlotName.PLACE)
        counted = any(c.harm == "killed" for c in claim.casualties)
        total = counted and (claim.kind is Kind.QUANTITY or placeless)
        if total and not claim.days.known and _RUNNING.search(words) and not _SINCE.search(words):
            yield Slip("period", claim.span, claim.span.of(grounds.article.text), "a total without its period")


def _extensions(grounds: Grounds) -> Iterator[Slip]:
    """A restriction said to be declared on a day on which it was in force already."""
    for claim in grounds.article.claims:
        day = claim.days.first_day
        if claim.kind is not Kind.RESTRICTION or day is None or not _DECLARED.search(_sentence(grounds, claim)):
            continue
        place = next(iter(claim.values(SlotName.PLACE)), grounds.sight.case.capital)
        standing = grounds.restrictions.in_force(claim.subtype, place, day - timedelta(days=1))
        if standing.interval and standing.probability >= 0.5 and standing.interval.first_day < day:
            since = standing.interval.first_day
            why = f"in force since {since}: on {day} it was extended or renewed, not declared"
            words = claim.span.of(grounds.article.text)
            yield Slip("extension", claim.span, words, why, standing.interval.claims)


def _hardened(grounds: Grounds) -> Iterator[Slip]:
    """What is somebody's claim in one sentence and the text's own assertion in another."""
    by_incident: dict[str, list[Claim]] = {}
    for claim in grounds.article.claims:
        try:
            by_incident.setdefault(grounds.world.incident(claim.id).id, []).append(claim)
        except NotFoundError:
            continue
    for claims in by_incident.values():
        hedged = [c for c in claims if c.modality in _HEDGED and c.kind is Kind.EVENT]
        flat = [c for c in claims if c.modality is Modality.ASSERTED and c.kind is Kind.EVENT]
        for claim in flat:
            if any(one.subtype == claim.subtype for one in hedged):
                words = claim.span.of(grounds.article.text)
                yield Slip("claim turned fact", claim.span, words, "elsewhere the text has it as somebody's claim")


def _sentence(grounds: Grounds, claim: Claim) -> str:
    text = grounds.article.text
    start = max(text.rfind(". ", 0, claim.span.start), text.rfind("\n", 0, claim.span.start)) + 1
    end = text.find(". ", claim.span.end)
    return text[start : end if end >= 0 else len(text)]
