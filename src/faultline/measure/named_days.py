"""What a record that was chosen by hand tells of the declared days and shocks, in place of rates. Invariant: every
number counts what is told and names the claims; none is compared with that of another day."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta

import numpy as np

from faultline.measure.sight import Sight
from faultline.record.claim import Claim
from faultline.record.days import Days
from faultline.record.declared import NamedDay
from faultline.record.errors import NotFoundError
from faultline.record.finding import Told
from faultline.record.vocabulary import Action, Kind, Modality, SlotName
from faultline.resolve.pairs import haversine

AFTER = timedelta(days=27)  # after a shock: four weeks with its day
_ATTACKS = frozenset({Action.ASSAULT, Action.TAKE})
_NOT_SO = frozenset(
    {Modality.DENIED, Modality.NEGATED, Modality.HYPOTHETICAL, Modality.PLANNED, Modality.THREATENED, Modality.DEMANDED}
)
_MOST = 8  # that a line lists


def places_hit(sight: Sight) -> Iterator[Told]:
    """For each named day the places at which reports tell of an attack by its coalition."""
    for day in sight.declared.days:
        claims = _attacks(sight, day.days, sight.members(day.coalition))
        places = _places(sight, claims)
        listed = _listed({_name(sight, place): n for place, n in places.items()})
        where = f"at {len(places)} place{'' if len(places) == 1 else 's'}{listed}"
        yield _told(sight, day, claims, f"attacks told of {where}")


def whom_they_hit(kind_of: Callable[[Sight, str], str]) -> Callable[[Sight], Iterator[Told]]:
    """The same with the kinds of those who were attacked, as `kind_of` names them."""

    def described(sight: Sight) -> Iterator[Told]:
        for day in sight.declared.days:
            members = sight.members(day.coalition)
            claims = _attacks(sight, day.days, members)
            hit = [
                {kind_of(sight, r) for r in claim.values(SlotName.RECIPIENT) if r not in members} for claim in claims
            ]
            kinds = Counter(kind for one in hit for kind in one)
            unsaid = sum(not one for one in hit)
            listed = _listed(kinds) or ": none is named"
            yield _told(sight, day, claims, f"told of as attacked{listed}; {unsaid} claims name nobody attacked")

    return described


def how_near(sight: Sight) -> Iterator[Told]:
    """For each named day the place nearest to the capital at which an attack is told of."""
    for day in sight.declared.days:
        claims = _attacks(sight, day.days, sight.members(day.coalition))
        away = {_name(sight, place): _km(sight, place) for place in _places(sight, claims)}
        known = {name: km for name, km in away.items() if km is not None}
        if not known:
            yield _told(sight, day, claims, "no attack at a known place is told of")
            continue
        nearest = min(known, key=lambda name: known[name])
        rings = ", ".join(
            f"{sum(km <= ring for km in known.values())} within {ring}" for ring in sight.declared.rings_km
        )
        said = f"nearest to the capital is {nearest}, {known[nearest]:.0f} km; of {len(known)} places {rings} km"
        yield _told(sight, day, claims, said)


def after_shocks(sight: Sight) -> Iterator[Told]:
    """For each declared shock the attacks of anybody that are told of in the four weeks from it, at its place if it has
    one."""
    for shock in sight.declared.shocks:
        window = Days(shock.day, shock.day + AFTER)
        claims = [
            claim
            for claim in _attacks(sight, window, None)
            if not shock.place or shock.place in claim.values(SlotName.PLACE)
        ]
        days = {claim.days.first_day for claim in claims}
        where = f" at {_name(sight, shock.place)}" if shock.place else ""
        text = f"{shock.name}: attacks told of{where} on {len(days)} of the 28 days from it, in {len(claims)} claims"
        yield Told(text, window, tuple(claim.id for claim in claims), shock.place or "the country", "shock")


def _attacks(sight: Sight, days: Days, members: frozenset[str] | None) -> list[Claim]:
    """Claims of attacks within those days; where members are given, those that name one of them or nobody as the
    attacker: on the day of an offensive few reports say who."""
    first, last = days.first_day, days.last_day
    found = []
    for claim in sight.of_kinds(Kind.EVENT):
        start, end = claim.days.first_day, claim.days.last_day
        if not (start and end and first and last and first <= start <= end <= last):
            continue
        actors = set(claim.values(SlotName.ACTOR))
        ours = members is None or not actors or actors & members
        if ours and claim.action in _ATTACKS and claim.modality not in _NOT_SO:
            found.append(claim)
    return found


def _told(sight: Sight, day: NamedDay, claims: Sequence[Claim], text: str) -> Told:
    members = sight.members(day.coalition)
    naming = sum(bool(members.intersection(claim.values(SlotName.ACTOR))) for claim in claims)
    said = f"; {naming} of {len(claims)} claims name the coalition, the others no attacker" if claims else ""
    text = f"{day.name} ({day.standing}): {text if claims else 'no report here tells of an attack'}{said}"
    return Told(text, day.days, tuple(claim.id for claim in claims), day.coalition, str(day.standing))


def _places(sight: Sight, claims: Iterable[Claim]) -> Counter[str]:
    """How many claims name each place of the case, the country itself left out."""
    whole = {place.id for place in sight.case.places if place.feature.startswith("PCL")}
    return Counter(place for claim in claims for place in set(claim.values(SlotName.PLACE)) - whole)


def _listed(counts: Mapping[str, int]) -> str:
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    more = f" and {len(ranked) - _MOST} more" if len(ranked) > _MOST else ""
    return f": {', '.join(f'{name} ({n})' for name, n in ranked[:_MOST])}{more}" if ranked else ""


def _name(sight: Sight, place: str) -> str:
    try:
        return sight.case.place(place, sight.as_of).name
    except NotFoundError:
        return place


def _km(sight: Sight, place: str) -> float | None:
    """Great-circle kilometres to the capital; None where either is not a place of the case."""
    try:
        one, capital = sight.case.place(place, sight.as_of), sight.case.place(sight.case.capital)
    except NotFoundError:
        return None
    ends = (np.array([[spot.latitude, spot.longitude]]) for spot in (one, capital))
    return float(haversine(*ends)[0])
