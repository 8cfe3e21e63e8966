"""Turns incidents into columns that a browser redraws for any period: where, when, how finely known. Invariant: an
incident stands at the finest place that is said of it, drawn as widely as that place is known; one without a place that
the gazetteer knows is counted and not drawn."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from faultline.case import Case
from faultline.publish.incidents import IncidentRow
from faultline.publish.months import day_number
from faultline.record.days import Days
from faultline.record.place import Place
from faultline.record.vocabulary import PlacePrecision

_WIDE = (PlacePrecision.ADMIN1, PlacePrecision.ADMIN2)
_Point = tuple[float, float]  # longitude, latitude


@dataclass(frozen=True, slots=True)
class Spot:
    """A place as a map draws it: a circle of `radius_km`, or for a region the convex hull of the places known in it
    ([longitude, latitude] pairs, () where fewer than three are). `drawn` is false for a country and for what is wider:
    a circle there would say where. `front` is the number of its front, -1 for none."""

    id: str
    name: str
    longitude: float
    latitude: float
    radius_km: float
    precision: PlacePrecision
    drawn: bool
    hull: tuple[_Point, ...] = ()
    front: int = -1


@dataclass(frozen=True, slots=True)
class Points:
    """Columns of one length, an incident a row: id, number of its place in `spots` (-1: none), first and last day as
    days since 1970-01-01 (None: unknown or open), best estimate of those killed (None: no figure), independent voices,
    whether a machine's merge in it is unreviewed, and its first act. `told_apart` says what makes a front: "units",
    "distance", "" where none is told."""

    spots: tuple[Spot, ...]
    ids: tuple[str, ...]
    places: tuple[int, ...]
    first: tuple[int | None, ...]
    last: tuple[int | None, ...]
    killed: tuple[int | None, ...]
    voices: tuple[int, ...]
    provisional: tuple[bool, ...]
    acts: tuple[str, ...]
    told_apart: str = ""


def points_of(case: Case, rows: Sequence[IncidentRow]) -> Points:
    """The incidents as columns, in the given order."""
    by_id = {place.id: place for place in case.places}
    finest = [_finest(by_id, row.places) for row in rows]
    used = list(dict.fromkeys(place.id for place in finest if place))
    number = {id: n for n, id in enumerate(used)}
    return Points(
        spots=tuple(_spot(case, by_id[id]) for id in used),
        ids=tuple(row.id for row in rows),
        places=tuple(number[place.id] if place else -1 for place in finest),
        first=tuple(_day(row.days.first_day) for row in rows),
        last=tuple(_day(row.days.last_day) for row in rows),
        killed=tuple(row.killed_best for row in rows),
        voices=tuple(row.voices for row in rows),
        provisional=tuple(row.provisional for row in rows),
        acts=tuple(row.acts[0] if row.acts else "" for row in rows),
    )


@dataclass(frozen=True, slots=True)
class PlaceCount:
    """A place with its incidents in the period, and the best estimates of those killed in them added up (`silent` of
    them give none)."""

    spot: Spot | None
    incidents: int
    killed: int
    silent: int


def by_place(points: Points, period: Days) -> tuple[PlaceCount, ...]:
    """The places with an incident that may have fallen in the period, most incidents first; those without a place
    last."""
    held: dict[int, list[int]] = {}
    for n, place in enumerate(points.places):
        if inside(points, n, period):
            held.setdefault(place, []).append(n)
    found = [
        PlaceCount(
            points.spots[place] if place >= 0 else None,
            len(rows),
            sum(points.killed[n] or 0 for n in rows),
            sum(points.killed[n] is None for n in rows),
        )
        for place, rows in held.items()
    ]
    return tuple(sorted(found, key=lambda one: (one.spot is None, -one.incidents, one.spot.name if one.spot else "")))


def spot_of(case: Case, place: Place) -> Spot:
    """A place as a map draws it."""
    return _spot(case, place)


def inside(points: Points, n: int, period: Days) -> bool:
    """Whether an incident may have fallen in the period, as `Wanted.fits`: one of unknown day falls in none."""
    first, last = points.first[n], points.last[n]
    if not period.known:
        return True
    if first is None and last is None:
        return False
    after = period.first_day is None or last is None or last >= day_number(period.first_day)
    return after and (period.last_day is None or first is None or first <= day_number(period.last_day))


def _day(value: date | None) -> int | None:
    return None if value is None else day_number(value)


def _finest(by_id: dict[str, Place], ids: Iterable[str]) -> Place | None:
    known = [by_id[id] for id in ids if id in by_id]
    return min(known, key=lambda place: (place.radius_km, place.id), default=None)


def _spot(case: Case, place: Place) -> Spot:
    wide = place.precision in (PlacePrecision.COUNTRY, PlacePrecision.UNKNOWN)
    hull = _region(case, place) if place.precision in _WIDE else ()
    return Spot(place.id, place.name, place.longitude, place.latitude, place.radius_km, place.precision, not wide, hull)


def _region(case: Case, place: Place) -> tuple[_Point, ...]:
    """The hull of the places of the same unit."""
    field = "admin1" if place.precision is PlacePrecision.ADMIN1 else "admin2"
    unit = getattr(place, field) or place.name
    inside = [p for p in case.places if getattr(p, field) == unit and p.precision not in _WIDE]
    return hull_of([(p.longitude, p.latitude) for p in inside])


def hull_of(points: Iterable[_Point]) -> tuple[_Point, ...]:
    """The convex hull, counter-clockwise; () for fewer than three points that span an area (Andrew 1979, Inf. Proc.
    Lett. 9:216, doi 10.1016/0020-0190(79)90072-3)."""
    ordered = sorted(set(points))
    if len(ordered) < 3:
        return ()
    found = (*_chain(ordered)[:-1], *_chain(ordered[::-1])[:-1])
    return found if len(found) > 2 else ()


def _chain(points: Sequence[_Point]) -> list[_Point]:
    kept: list[_Point] = []
    for point in points:
        while len(kept) > 1 and _turn(kept[-2], kept[-1], point) <= 0:
            kept.pop()
        kept.append(point)
    return kept


def _turn(a: _Point, b: _Point, c: _Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
