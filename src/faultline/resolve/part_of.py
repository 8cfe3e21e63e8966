"""Finds the wholes that incidents are parts of: a nationwide offensive is the parent, its towns are the children.
Invariant: part-of is never same-as, no incident is part of itself through others, a whole lies wider than its parts.

A machine calls an incident a whole where one telling of it names several places and another incident lies at one of
them, or where it names a place that holds two others; they share days, kind of act and a party. Where it names their
places, a party that one side does not name is no bar. The probability is that of a rule of thumb, said to be so, and a
person's decision always binds.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from faultline.record.days import Days, day_span
from faultline.record.decision import MACHINE, Incident
from faultline.record.halting import breathe
from faultline.resolve.happening import Happening, Spot
from faultline.resolve.judged import Judged
from faultline.resolve.said import days_said_most, places_said_most
from faultline.resolve.spread import SEVERAL, Spread
from faultline.resolve.telling import as_one, families, kilometres

RULE = "part-of rule 1"
PROBABILITY = 0.7
_WHY = f"{RULE}: same days, acts and party inside a wider place"
_WIDE_KM = 40.0  # wider than this is a region or a country, never a town or a place known by its district
_SLACK = timedelta(days=1)
_LONGEST = 14  # days of an offensive
_FEWEST = 2  # parts of a whole that names no places itself


@dataclass(frozen=True, slots=True)
class Part:
    """An incident and the whole that it is part of; `by` is a person's name or "machine"."""

    part: str
    whole: str
    by: str
    probability: float | None
    why: str


def parts_of(
    incidents: Mapping[str, Sequence[Happening]], homes: Mapping[str, str], judged: Judged, spread: Spread
) -> tuple[Part, ...]:
    """Which incidents are parts of which. `incidents` are the tellings of each by its id, `homes` the incident of each
    claim, `spread` the tellings of several places; people's decisions first, then what the machine finds and nobody has
    ruled out."""
    decided = [
        Part(homes[d.subject], homes[d.object], d.by, None, d.why)
        for d in judged.part_of.values()
        if d.subject in homes and d.object in homes and homes[d.subject] != homes[d.object]
    ]
    apart = {(homes[a], homes[b]) for key in judged.apart for a, b in (key, key[::-1]) if a in homes and b in homes}
    found: dict[str, Part] = {}
    for part in decided:
        if part.part not in found and not _above(found, part.whole, part.part):
            found[part.part] = part
    for part in _by_rule(incidents, spread):
        ruled_out = (part.part, part.whole) in apart
        if part.part not in found and not ruled_out and not _above(found, part.whole, part.part):
            found[part.part] = part
    return tuple(found[key] for key in sorted(found))


def only_named(whole: Incident, parts: Iterable[Incident]) -> tuple[str, ...]:
    """The places that a whole lists and at which none of its parts lies: what happened there no report tells by
    itself."""
    told = {place for part in parts for place in part.places}
    return tuple(place for place in whole.places if place not in told) if len(whole.places) >= SEVERAL else ()


def _above(found: Mapping[str, Part], whole: str, part: str) -> bool:
    """Whether the part is the whole, or what the whole is itself a part of."""
    while whole != part and whole in found:
        whole = found[whole].whole
    return whole == part


def _by_rule(incidents: Mapping[str, Sequence[Happening]], spread: Spread) -> Iterator[Part]:
    wholes = [
        (whole, wide, spread.get(wide.id, ()))
        for whole, tellings in sorted(incidents.items())
        for wide in _wide_ones(tellings, spread)
    ]
    by_day = _fine_by_day(incidents, {day for _, wide, _ in wholes for day in _days_of(wide.days)})
    for whole, wide, places in wholes:
        breathe()
        near = [one for day in _days_of(wide.days) for one in by_day.get(day, ())]
        inside = {key: fine.places for key, fine in near if key != whole and _holds(wide, places, fine)}
        if len(set(inside.values())) >= (1 if places else _FEWEST):  # one town told of twice is no whole
            yield from (Part(key, whole, MACHINE, PROBABILITY, _WHY) for key in inside)


def _wide_ones(tellings: Sequence[Happening], spread: Spread) -> list[Happening]:
    """The tellings by which an incident may be a whole; none where most of those that give a place give a single
    town."""
    wide = [one for one in tellings if _may_be_whole(one, spread.get(one.id, ()))]
    towns = [one for one in tellings if one.id not in spread and len(one.places) == 1 and not _is_wide(one)]
    return wide if len(wide) >= len(towns) else []


def _may_be_whole(wide: Happening, places: tuple[str, ...]) -> bool:
    one_country = _is_wide(wide) and bool(wide.country)  # what is said of several lies nowhere
    return bool(places or (one_country and wide.actors)) and _is_act(wide)


def _fine_by_day(
    incidents: Mapping[str, Sequence[Happening]], days: Collection[date]
) -> dict[date, list[tuple[str, Happening]]]:
    """Incidents of one fine place by their first day, as far as it is one of these days: place and day are those that
    most of their tellings give."""
    found: dict[date, list[tuple[str, Happening]]] = {}
    for key, tellings in sorted(incidents.items()):
        if any(one.days.first_day in days for one in tellings):
            fine = _by_most(tellings)
            if _is_part(fine) and fine.days.first_day:
                found.setdefault(fine.days.first_day, []).append((key, fine))
    return found


def _by_most(tellings: Sequence[Happening]) -> Happening:
    places, fine = places_said_most(tellings), as_one(tellings)
    spots = next((one.spots for one in tellings if one.places == places), ())
    return replace(fine, days=days_said_most(tellings), places=places, spots=spots)


def _days_of(days: Days) -> tuple[date, ...]:
    if not days.first_day or not days.last_day:
        return ()
    return day_span(days.first_day - _SLACK, days.last_day + _SLACK)


def _is_wide(one: Happening) -> bool:
    return bool(one.spots) and _width(one.spots) > _WIDE_KM


def _is_act(one: Happening) -> bool:
    return "violence" in families(one) and one.days.length is not None and one.days.length <= _LONGEST


def _is_part(one: Happening) -> bool:
    return _is_act(one) and len(one.places) == 1 and not _is_wide(one)


def _holds(wide: Happening, places: tuple[str, ...], fine: Happening) -> bool:
    silent = bool(places) and not (wide.actors and fine.actors)
    if not (silent or set(wide.kin) & set(fine.kin)) or not _during(wide.days, fine.days):
        return False
    if places:
        return fine.places[0] in places
    return any(kilometres(a, b) <= a[2] for a in wide.spots for b in fine.spots)


def _during(wide: Days, fine: Days) -> bool:
    if not (wide.first_day and wide.last_day and fine.first_day and fine.last_day):
        return False
    return wide.first_day - _SLACK <= fine.first_day and fine.last_day <= wide.last_day + _SLACK


def _width(spots: Sequence[Spot]) -> float:
    return min((spot[2] for spot in spots), default=0.0)
