"""Finds places that an article puts where they do not lie. Invariant: where a place lies is shown by how others put it,
or by its coordinates and the gazetteer, and never guessed near a line."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from faultline.case import Case
from faultline.examine.grounds import Grounds
from faultline.examine.sentences import place_mentions, sentence_span
from faultline.record.examination import Slip
from faultline.record.place import Place
from faultline.record.text import Span
from faultline.resolve.lexicon import folded

_PARTS = {
    "north": r"\bnorth(?:ern|east\w*|west\w*)?\b|\bau nord\b|\bdans le nord\b|\bnord d[ue]\b|\bseptentrional\w*",
    "south": r"\bsouth(?:ern|east\w*|west\w*)?\b|\bau sud\b|\bdans le sud\b|\bsud d[ue]\b|\bméridional\w*",
    "centre": r"\bcent(?:re|er|ral|rale)\b|\bau centre\b|\bdans le centre\b",
}
_BEFORE = {  # what leads to a name: "au nord de" does not, it puts something else there
    "north": r"\bnorth(?:ern|east\w*|west\w*)?\b",
    "south": r"\bsouth(?:ern|east\w*|west\w*)?\b",
    "centre": r"\bcentral\b",
}
_ADJECTIVES = {"north": r"septentrionale?", "south": r"méridionale?", "centre": r"centrale?"}
_KINDS = r"(?:region|town|city|province|area|district|région|ville)"
_REGION = r"(?:region|région|province)"
_LIES = r"(?:(?:is|lies|lay|est|se trouve|(?:is |est )?(?:situated|located|située?))\s+)"
_IN_REGION = re.compile(
    rf",?\s*{_LIES}?(?:in|dans)\s+(?:the\s+|la\s+)?(?:{_REGION}\s+(?:of|de|d['’])\s*)?", re.IGNORECASE
)
_REACH = 60  # code points beside a place's name in which a part of the country is said of it
_LEAST, _TIMES = 2, 3  # others who must put it elsewhere, and how many times those who put it there
_SHOWN = 6
_COMMON = frozenset({"region", "cercle", "district", "province", "of", "de", "camp", "airport", "aeroport"})


def parts(grounds: Grounds) -> Iterator[Slip]:
    """Places said to lie in a part of the country in which others do not put them, or their coordinates do not."""
    text, seen = grounds.article.text, set()
    for place, name in place_mentions(grounds.sight.case, text):
        said = said_to_lie(text, name)
        if len(said) != 1 or (place, said[0]) in seen:
            continue
        seen.add((place, said[0]))
        words, where = Span(*_stretch(text, name)), grounds.sight.case.place(place)
        others = put_by_others(grounds, place)
        best = max(others, key=lambda part: len(others[part]), default="")
        if best and best != said[0] and len(others[best]) >= max(_LEAST, _TIMES * len(others.get(said[0], ()))):
            many, few = len(others[best]), len(others.get(said[0], ()))
            why = f"{many} other sources put {where.name} in the {best} of the country, {few} in the {said[0]}"
            yield Slip("place", words, words.of(text), why, tuple(others[best][:_SHOWN]))
        elif not best and (lies := part_of(grounds.sight.case, place)) and lies != said[0]:
            yield Slip("place", words, words.of(text), f"{where.name} lies in the {lies} by its coordinates")


def regions(grounds: Grounds) -> Iterator[Slip]:
    """Places said to lie in another region than the gazetteer's."""
    text, case = grounds.article.text, grounds.sight.case
    mentions = list(place_mentions(case, text))
    for (one, name), (region, other) in pairwise(mentions):
        place, unit = case.place(one), case.place(region)
        between, after = text[name.end : other.start], text[other.end : other.end + 10]
        if unit.feature != "ADM1" or not place.feature.startswith("PPL") or not place.admin1:
            continue
        of = _IN_REGION.fullmatch(between)
        named = re.search(_REGION, between, re.IGNORECASE) or re.match(rf"\s+{_REGION}", after, re.IGNORECASE)
        if of and named and place.admin1 not in (unit.name, unit.admin1, unit.id, *unit.variants):
            words = Span(*_stretch(text, name))
            yield Slip("region", words, words.of(text), f"{place.name} lies in {place.admin1} by the gazetteer")


def said_to_lie(text: str, name: Span) -> list[str]:
    """The parts of the country that a text puts a name in: "Kidal, in the centre of the country", "the central region
    of Kidal"."""
    after = re.split(r"[.;]|\b(?:and|et)\b", text[name.end : name.end + _REACH])[0]
    before = text[max(0, name.start - _REACH) : name.start]
    found = []
    for part, pattern in _PARTS.items():
        # "north of Kidal" puts something else there: a bare "of" does not lead to a place.
        leads = rf"(?:{_BEFORE[part]})\W+(?:{_KINDS}\W+(?:(?:of|de)\W+|d['’])?)?$"
        turned = (
            rf"\b(?:région|ville|zone|partie)\W+(?:{_ADJECTIVES[part]})\W+(?:de\W+|d['’])$"  # "la région centrale de"
        )
        said = rf"^\W+(?:(?:is|lies|est|situé\w*|located)\W+)?(?:(?:in|dans|au)\W+)?(?:the\W+|le\W+)?(?:{pattern})"
        if re.search(said, after, re.IGNORECASE) or re.search(f"{leads}|{turned}", before, re.IGNORECASE):
            found.append(part)
    return found


def put_by_others(grounds: Grounds, place: str) -> dict[str, list[str]]:
    """For each part of the country ids of the documents that put the place there, one a source."""
    found: dict[str, dict[str, str]] = {}
    case = grounds.sight.case
    meant = _namesakes(case, place)
    names = {case.place(one).name for one in meant}
    for report in grounds.others:
        if not any(name in report.text for name in names):
            continue
        for other, span in place_mentions(case, report.text):
            said = said_to_lie(report.text, span) if other in meant else []
            if len(said) == 1:
                found.setdefault(said[0], {}).setdefault(report.filing.source, report.document)
    return {part: list(documents.values()) for part, documents in found.items()}


def part_of(case: Case, place_id: str) -> str:
    """One of "north", "centre" or "south": the third in which a place lies, both of the country's span of latitude and
    of its places in their order; "" where the two differ, near a line (within a tenth of the whole), or abroad."""
    inside = _inside(case)
    place = next((p for p in inside if p.id == place_id), None)
    if place is None or len(inside) < 3:
        return ""
    low, high = inside[0].latitude, inside[-1].latitude
    span = (place.latitude - low) / (high - low) if high > low else 0.5
    order = sum(p.latitude < place.latitude for p in inside) / (len(inside) - 1)
    named = {_third(span), _third(order)} - {""}
    return named.pop() if len(named) == 1 else ""


def _third(share: float) -> str:
    if min(abs(share - 1 / 3), abs(share - 2 / 3)) < 0.1:
        return ""
    return "south" if share < 1 / 3 else "centre" if share < 2 / 3 else "north"


@cache
def _inside(case: Case) -> tuple[Place, ...]:
    found = (p for p in case.places if p.country in case.countries and not p.feature.startswith("PCL"))
    return tuple(sorted(found, key=lambda p: (p.latitude, p.id)))


@cache
def _namesakes(case: Case, place: str) -> frozenset[str]:
    """The place with those that share its name and lie in it or in one unit with it: a region and its town."""
    found = case.place(place)
    own = set(folded(found.name).split())
    near = (p for p in case.places if p.country == found.country and (p.admin1 == found.admin1 or not p.admin1))
    return frozenset({place, *(p.id for p in near if own & set(folded(p.name).split()) - _COMMON)})


def _stretch(text: str, name: Span) -> tuple[int, int]:
    """The words around a name, whole ones, within its sentence."""
    sentence = sentence_span(text, name)
    start, end = max(sentence.start, name.start - _REACH), min(sentence.end, name.end + _REACH)
    start = text.find(" ", start, name.start) + 1 if start > sentence.start else start
    end = text.rfind(" ", name.end, end) if end < sentence.end else end
    return start or name.start, end if end > 0 else name.end
