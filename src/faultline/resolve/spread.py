"""Finds the tellings that name several places far from one another, and holds them apart from tellings of one of these
places: what is told of a whole country is a whole, not another telling of its part. Invariant: a name that may mean
several places counts once."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations

from faultline.case import Case
from faultline.record.claim import Claim
from faultline.record.errors import NotFoundError
from faultline.record.place import Place, distance_km
from faultline.record.vocabulary import Kind, SlotName
from faultline.resolve.happening import Happening, sentence_around
from faultline.resolve.judged import Pair, pair
from faultline.resolve.report import Report
from faultline.resolve.telling import Told, families, lists

SEVERAL = 3
_FAR_KM = 25.0
_NAME = r"[^\W\d_a-zà-ÿ][\w’'-]+(?: [^\W\d_a-zà-ÿ][\w’'-]+){0,2}"
_WIDE_KM = 40.0  # a region or country is wider, a town, or a place known by its district, never

Spread = Mapping[str, tuple[str, ...]]  # lead of a telling -> the places that one claim of it names


def spread_of(case: Case, told: Sequence[Told], views: Sequence[Happening], report: Report) -> Spread:
    """The tellings of a report in which one act is said to have happened at three or more places far from one another:
    by the places of the claim, or because its sentence lists them."""
    claims, found = {claim.id: claim for claim in report.claims}, {}
    for parts, view in zip(told, views, strict=True):
        acts = (claims[h.id] for h in parts if h.kind == Kind.EVENT.value)
        widest = max((_named(case, claim, report.text) for claim in acts), key=len, default=())
        if widest:
            found[view.id] = widest
    return found


def kept_apart(views: Sequence[Happening], spread: Spread) -> frozenset[Pair]:
    """Cannot-links between each such telling and the tellings of one of its places alone."""
    at: dict[str, list[str]] = defaultdict(list)
    for view in views:
        if view.id not in spread and len(view.places) == 1:
            at[view.places[0]].append(view.id)
    return frozenset(pair(wide, fine) for wide, places in spread.items() for place in places for fine in at[place])


def one_whole(views: Sequence[Happening], spread: Spread) -> frozenset[Pair]:
    """The pairs of tellings of two documents that list the same places, most of either list, for acts of one kind on
    the same days: one offensive, whoever of its parties each names."""
    listing = [view for view in views if view.id in spread and view.days.length is not None]
    return frozenset(
        pair(one.id, other.id)
        for one, other in combinations(listing, 2)
        if one.document != other.document and _one_list(spread[one.id], spread[other.id]) and _one_act(one, other)
    )


def _one_list(one: Collection[str], other: Collection[str]) -> bool:
    both = len({*one} & {*other})
    return both >= SEVERAL and 2 * both > max(len(one), len(other))


def _one_act(one: Happening, other: Happening) -> bool:
    parties = set(one.kin) & set(other.kin) or set(one.sides) & set(other.sides) or not (one.actors and other.actors)
    return bool(one.days.overlaps(other.days) and families(one) & families(other) and parties)


def _named(case: Case, claim: Claim, text: str) -> tuple[str, ...]:
    """The places of the claim or of a list in its sentence that holds one of them; () for fewer than three far from one
    another."""
    own = tuple(dict.fromkeys(s.leading for s in claim.slots if s.name == SlotName.PLACE and s.leading))
    listed = (names for names in _lists_in(case, sentence_around(text, claim.span)) if set(own) & set(names))
    return max((_scattered(case, places) for places in (own, *listed)), key=len)


def _lists_in(case: Case, sentence: str) -> Iterator[tuple[str, ...]]:
    """The places of each enumeration in which most names are those of places."""
    for match in _list_of_names().finditer(sentence):
        names = _between_names().split(match[0])
        known = tuple(dict.fromkeys(id for id in (_place_of(case, name) for name in names) if id))
        if len(known) > len(names) / 2:
            yield known


def _place_of(case: Case, name: str) -> str:
    """The first place that the name or its end may mean ("May Tarn"); "" for none."""
    words = name.split()
    found = (case.place_candidates(" ".join(words[n:])) for n in range(len(words)))
    return next((candidates[0].id for candidates in found if candidates), "")


def _scattered(case: Case, ids: Iterable[str]) -> tuple[str, ...]:
    """The places, if three of them at least lie far from one another; () if not."""
    kept: list[Place] = []
    for id in ids:
        try:
            place = case.place(id)
        except NotFoundError:
            continue
        if place.radius_km <= _WIDE_KM:
            kept.append(place)
    far: list[Place] = []
    for place in kept:
        if all(distance_km(place, other) > _FAR_KM for other in far):
            far.append(place)
    return tuple(place.id for place in kept) if len(far) >= SEVERAL else ()


@cache
def _list_of_names() -> re.Pattern[str]:
    """What finds "Tarn, Belk et à Sull": capitalised names between commas and one conjunction."""
    return re.compile(rf"{_NAME}(?:{_parting()}{_NAME}){{2,}}")


@cache
def _between_names() -> re.Pattern[str]:
    return re.compile(_parting())


@cache
def _parting() -> str:
    words = _any_of("and"), _any_of("at")
    return rf"(?:\s*,\s*(?:(?:{words[0]})\s+)?|\s+(?:{words[0]})\s+)(?:(?:{words[1]})\s*)?"


def _any_of(name: str) -> str:
    """One of the words of a list of telling.yaml, as a pattern."""
    return "|".join(map(re.escape, lists()[name]))
