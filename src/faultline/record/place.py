"""Places, who holds them and what is in force there. Invariant: a place is never a bare pin; it has a radius or a
precision."""

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

from faultline.record.days import Days
from faultline.record.vocabulary import PlacePrecision

EARTH_KM = 6371.0088  # mean radius, IUGG


@dataclass(frozen=True, slots=True)
class Place:
    """A gazetteer entry. Coordinates are WGS 84 degrees; `radius_km` is how far the thing meant may lie from them;
    `feature` is a GeoNames feature code (PPL, ADM1, AIRP, ...) or "" ; admin units are names as of `days`."""

    id: str
    name: str
    latitude: float
    longitude: float
    radius_km: float = 5.0
    variants: tuple[str, ...] = ()
    feature: str = ""
    precision: PlacePrecision = PlacePrecision.EXACT
    admin2: str = ""
    admin1: str = ""
    country: str = ""
    days: Days = Days()
    source: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Control:
    """Who holds a place, from when to when, by whose account."""

    place: str
    holder: str
    days: Days
    claims: tuple[str, ...] = ()
    probability: float | None = None


@dataclass(frozen=True, slots=True)
class Restriction:
    """Something in force over an interval: curfew, state of emergency, blockade, ceasefire, sanction, ban."""

    kind: str
    places: tuple[str, ...]
    days: Days
    imposed_by: str = ""
    reason: str = ""
    claims: tuple[str, ...] = ()


def distance_km(a: Place, b: Place) -> float:
    """Great-circle distance between two places in kilometres (haversine, error below 0.6 % on the ellipsoid)."""
    return great_circle_km((a.latitude, a.longitude), (b.latitude, b.longitude))


def great_circle_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """The same between two points, each (latitude, longitude) in degrees."""
    lat_a, lat_b = radians(a[0]), radians(b[0])
    half = sin((lat_b - lat_a) / 2) ** 2
    half += cos(lat_a) * cos(lat_b) * sin(radians(b[1] - a[1]) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(min(1.0, half)))
