"""Turns options into an invented country. Invariant: no two places share a name, except the homonyms asked for and a
region with its chief town."""

from dataclasses import dataclass, replace

import numpy as np

from faultline.record.place import Place
from faultline.record.vocabulary import PlacePrecision
from faultline.sandbox.chance import pick, stream
from faultline.sandbox.options import SandboxOptions
from faultline.sandbox.world import Country

# Chosen so that no combination is a known country, people or group; the points lie in the open Atlantic.
_HEADS = "Quel Vorn Istr Dravo Zelph Ornu Brask Ulve Skarn Thoel Wexi Jorv Pelka Krenn Yrth Voss Ghelm Ilmo Azter Fenk"
_TAILS = "ath omir usk ennar ivo orth ulde askin eth umbar ovik arrel indor uspe ystra omval"
_ORIGIN, _REGION_STEP, _CERCLE_STEP, _VILLAGE_STEP = (2.0, -31.0), 1.6, 0.5, 0.14

_FOR_PEOPLE = 60  # names


@dataclass(frozen=True, slots=True)
class _Seat:
    """A cercle being made: its region and cercle by number and name, and where it lies."""

    region: int
    cercle: int
    region_name: str
    cercle_name: str
    latitude: float
    longitude: float


def make_country(options: SandboxOptions) -> Country:
    """The country of those options: capital first among the towns of the first cercle of the first region."""
    rng = stream(options.seed, "country")
    names = _names(rng)
    seats = _seats(options, names)
    places: list[Place] = []
    towns: list[list[tuple[str, ...]]] = [[] for _ in range(options.regions)]
    for seat in seats:
        made = _towns(seat, [names.pop() for _ in range(options.villages)], rng)
        places += [*_units(seat), *made]
        towns[seat.region].append(tuple(place.id for place in made))
    root = names.pop()
    by_cercle = tuple(tuple(region) for region in towns)
    capital = by_cercle[0][0][0]
    places = [replace(place, feature="PPLC") if place.id == capital else place for place in places]
    places = _with_homonyms(places, by_cercle, options.homonyms, rng)
    neighbours = (names.pop() + "ia", names.pop() + "ia")
    return Country(root + "ia", root + "ian", capital, tuple(places), by_cercle, neighbours, tuple(names[:_FOR_PEOPLE]))


def slug(name: str) -> str:
    """An id from an invented name."""
    return name.lower().replace(" ", "-").replace("'", "")


def _names(rng: np.random.Generator) -> list[str]:
    """Every name that can be made, once, in an order of chance. The longer ones come in where the largest countries use
    up the others: places take names from the end, and the first ones are kept for people."""
    heads, tails = _HEADS.split(), _TAILS.split()
    made = list(dict.fromkeys(_joined(head, tail) for head in heads for tail in tails))
    drawn = [made[int(n)] for n in rng.permutation(len(made))]
    longer = dict.fromkeys(_joined(name, tail) for name in drawn[:_FOR_PEOPLE] for tail in tails)
    return [*drawn[:_FOR_PEOPLE], *(name for name in longer if name not in made), *drawn[_FOR_PEOPLE:]]


def _joined(head: str, tail: str) -> str:
    vowels = "aeiouy"
    return head + (tail[1:] if head[-1] in vowels and tail[0] in vowels else tail)


def _seats(options: SandboxOptions, names: list[str]) -> list[_Seat]:
    seats = []
    for region in range(options.regions):
        region_name = names.pop()
        latitude = _ORIGIN[0] + _REGION_STEP * (region // 2)
        longitude = _ORIGIN[1] + _REGION_STEP * (region % 2)
        for cercle in range(options.cercles):
            name = region_name if cercle == 0 else names.pop()
            north = latitude + _CERCLE_STEP * (cercle // 2)
            seats.append(_Seat(region, cercle, region_name, name, north, longitude + _CERCLE_STEP * (cercle % 2)))
    return seats


def _units(seat: _Seat) -> list[Place]:
    """The cercle, and the region with its first cercle."""
    region, cercle = seat.region_name, seat.cercle_name
    made = [_unit(seat, f"{cercle} cercle", (f"cercle of {cercle}", f"cercle {of(cercle)}"), PlacePrecision.ADMIN2)]
    if seat.cercle == 0:
        variants = (f"region of {region}", f"région {of(region)}")
        made.insert(0, _unit(seat, f"{region} region", variants, PlacePrecision.ADMIN1))
    return made


def _unit(seat: _Seat, name: str, variants: tuple[str, ...], precision: PlacePrecision) -> Place:
    region = precision == PlacePrecision.ADMIN1
    return Place(
        id=slug(name),
        name=name,
        latitude=round(seat.latitude, 4),
        longitude=round(seat.longitude, 4),
        radius_km=120.0 if region else 35.0,
        variants=variants,
        feature="ADM1" if region else "ADM2",
        precision=precision,
        admin2="" if region else seat.cercle_name,
        admin1=seat.region_name,
        country="ZZ",
        source="invented",
    )


def _towns(seat: _Seat, villages: list[str], rng: np.random.Generator) -> list[Place]:
    made = []
    for number, name in enumerate([seat.cercle_name, *villages]):
        away = rng.uniform(-_VILLAGE_STEP, _VILLAGE_STEP, 2) if number else (0.0, 0.0)
        made.append(
            Place(
                id=slug(name),
                name=name,
                latitude=round(seat.latitude + float(away[0]), 4),
                longitude=round(seat.longitude + float(away[1]), 4),
                radius_km=4.0 if number else 8.0,
                feature="PPL" if number else "PPLA2",
                admin2=seat.cercle_name,
                admin1=seat.region_name,
                country="ZZ",
                source="invented",
            )
        )
    return made


def _with_homonyms(
    places: list[Place], towns: tuple[tuple[tuple[str, ...], ...], ...], count: int, rng: np.random.Generator
) -> list[Place]:
    """Gives that many villages of later regions the name of a village of the first; ids stay apart."""
    first = [id for cercle in towns[0] for id in cercle[1:]]
    later = [id for region in towns[1:] for cercle in region for id in cercle[1:]]
    by_id = {place.id: n for n, place in enumerate(places)}
    for id in first[: min(count, len(later))]:
        twin = pick(rng, later)
        later.remove(twin)
        places[by_id[twin]] = replace(places[by_id[twin]], name=places[by_id[id]].name, note="a homonym")
    return places


def of(name: str) -> str:
    """French "de" before an invented name."""
    return f"d'{name}" if name[0] in "AEIOUYÉ" else f"de {name}"
