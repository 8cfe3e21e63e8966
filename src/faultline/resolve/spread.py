"""Finds the tellings that name several places far from one another, and holds them apart from tellings of one of these
places: what is told of a whole country is a whole, not another telling of its part. Invariant: a name that may mean
several places counts once."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations

from faultline.case import Case
from faultline.record.claim import Claim
from faultline.record.errors import NotFoundError
from faultline.record.place import Place, distance_km
from faultline.record.vocabulary import Kind, SlotName
from faultline.resolve.happening import Happening
from faultline.resolve.judged import Pair, pair
from faultline.resolve.telling import Told

SEVERAL = 3
_FAR_KM = 25.0
_WIDE_KM = 40.0  # the radius of a region or country, never of a town with its surroundings

Spread = Mapping[str, tuple[str, ...]]  # lead of a telling -> the places that one claim of it names


def spread_of(case: Case, told: Sequence[Told], views: Sequence[Happening], claims: Mapping[str, Claim]) -> Spread:
    """The tellings in which one act is said to have happened at three or more places far from one another."""
    found = {}
    for parts, view in zip(told, views, strict=True):
        acts = (claims[h.id] for h in parts if h.kind == Kind.EVENT.value and len(h.places) >= SEVERAL)
        widest = max((_scattered(case, claim) for claim in acts), key=len, default=())
        if len(widest) >= SEVERAL:
            found[view.id] = widest
    return found


def kept_apart(views: Sequence[Happening], spread: Spread) -> frozenset[Pair]:
    """Cannot-links between each such telling and the tellings of one of its places alone."""
    at: dict[str, list[str]] = defaultdict(list)
    for view in views:
        if view.id not in spread and len(view.places) == 1:
            at[view.places[0]].append(view.id)
    return frozenset(pair(wide, fine) for wide, places in spread.items() for place in places for fine in at[place])


def _scattered(case: Case, claim: Claim) -> tuple[str, ...]:
    """Places of the claim, each far from every other one."""
    kept: list[Place] = []
    for id in dict.fromkeys(slot.leading for slot in claim.slots if slot.name == SlotName.PLACE and slot.leading):
        try:
            place = case.place(id)
        except NotFoundError:
            continue
        if place.radius_km < _WIDE_KM:
            kept.append(place)
    near = {b.id for a, b in combinations(kept, 2) if distance_km(a, b) <= _FAR_KM}
    return tuple(place.id for place in kept if place.id not in near)
