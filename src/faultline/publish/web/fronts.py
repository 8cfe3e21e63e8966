"""Turns places of incidents into fronts, as the measures tell them apart: second-order units, or clusters no wider than
the declared distance. Invariant: a front is a way to group incidents; no line that anybody holds is drawn or meant."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from faultline.case import Case
from faultline.measure.synchrony import NAMED, clusters
from faultline.publish.web.points import Points, inside
from faultline.record.days import Days
from faultline.record.place import Place
from faultline.record.vocabulary import PlacePrecision

_FINE = (PlacePrecision.EXACT, PlacePrecision.NEAR, PlacePrecision.ADMIN2)
_MOST_PLACES = 1500  # that are clustered: every pair of them is measured


@dataclass(frozen=True, slots=True)
class Front:
    """A front in a period: what it is called, its places with an incident, its incidents, the best estimates of those
    killed in them added up (`silent` of them give none)."""

    name: str
    places: int
    incidents: int
    killed: int
    silent: int


def with_fronts(case: Case, points: Points) -> Points:
    """The points, each place with the number of its front (-1: known too widely to be on one)."""
    by_id = {place.id: place for place in case.places}
    fine = [n for n, spot in enumerate(points.spots) if spot.precision in _FINE]
    numbers, told = _numbers(case, [by_id[points.spots[n].id] for n in fine])
    front = dict(zip(fine, numbers, strict=True))
    spots = tuple(replace(spot, front=front.get(n, -1)) for n, spot in enumerate(points.spots))
    return replace(points, spots=spots, told_apart=told)


def fronts_in(case: Case, points: Points, period: Days) -> tuple[Front, ...]:
    """The fronts with an incident that may have fallen in the period, most incidents first."""
    held: dict[int, list[int]] = {}
    for n, place in enumerate(points.places):
        if place >= 0 and points.spots[place].front >= 0 and inside(points, n, period):
            held.setdefault(points.spots[place].front, []).append(n)
    found = [_front(case, points, rows) for rows in held.values()]
    return tuple(sorted(found, key=lambda one: (-one.incidents, one.name)))


def _front(case: Case, points: Points, rows: Sequence[int]) -> Front:
    spots = [points.places[n] for n in rows]
    most = max(sorted(set(spots)), key=spots.count)
    place = next(one for one in case.places if one.id == points.spots[most].id)
    by_unit = points.told_apart == "units"
    return Front(
        name=place.admin2 if by_unit and place.admin2 else place.name,
        places=len(set(spots)),
        incidents=len(rows),
        killed=sum(points.killed[n] or 0 for n in rows),
        silent=sum(points.killed[n] is None for n in rows),
    )


def _numbers(case: Case, places: Sequence[Place]) -> tuple[list[int], str]:
    """The front of each place, and how fronts were told apart: "units", "distance", "" where there are too many."""
    units = [f"{place.admin1}/{place.admin2}" if place.admin2 else "" for place in places]
    if places and sum(unit != "" for unit in units) >= NAMED * len(places):
        known = {unit: n for n, unit in enumerate(sorted(set(units) - {""}))}
        return [known.get(unit, -1) for unit in units], "units"
    if not places or len(places) > _MOST_PLACES:
        return [-1] * len(places), ""
    where = np.array([(place.latitude, place.longitude) for place in places], np.float64)
    return clusters(where, case.declared.front_km).tolist(), "distance"
