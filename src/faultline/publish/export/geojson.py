"""Turns incidents into GeoJSON features (RFC 7946). Invariant: a place is drawn as the circle in which it lies, never
as a pin; an incident without a place that the gazetteer knows has no geometry."""

from dataclasses import fields
from datetime import date
from math import asin, atan2, cos, degrees, pi, radians, sin
from typing import Any

from faultline.publish.export.leaving import Leaving
from faultline.publish.export.rows import IncidentRow
from faultline.record.place import EARTH_KM, Place

_CORNERS = 32
_DIGITS = 4  # about 10 m: far finer than any radius drawn


def features(leaving: Leaving) -> list[dict[str, Any]]:
    """A feature for each incident that may leave, its fields as properties."""
    return [_feature(leaving, row) for row in leaving.incidents]


def circle(place: Place) -> list[list[float]]:
    """A closed ring around a place at its radius, counterclockwise, longitude before latitude (RFC 7946, 3.1.6)."""
    north, east = radians(place.latitude), radians(place.longitude)
    arc = place.radius_km / EARTH_KM
    ring = [_point(north, east, arc, -2 * pi * n / _CORNERS) for n in range(_CORNERS)]
    return [*ring, ring[0]]


def _feature(leaving: Leaving, row: IncidentRow) -> dict[str, Any]:
    rings = [[circle(place)] for place in leaving.geography(row.place_ids)]
    geometry = {"type": "MultiPolygon", "coordinates": rings} if rings else None
    properties = {field.name: _plain(getattr(row, field.name)) for field in fields(row)}
    return {"type": "Feature", "id": row.incident, "geometry": geometry, "properties": properties}


def _point(north: float, east: float, arc: float, bearing: float) -> list[float]:
    """The point at that arc and bearing, on a sphere."""
    up = asin(sin(north) * cos(arc) + cos(north) * sin(arc) * cos(bearing))
    along = east + atan2(sin(bearing) * sin(arc) * cos(north), cos(arc) - sin(north) * sin(up))
    return [round(degrees(along), _DIGITS), round(degrees(up), _DIGITS)]


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
