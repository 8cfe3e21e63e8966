"""Reads the MAVERICK file of coded reports of electoral violence into happenings with the event that experts put each
into. Invariant: a row becomes what a claim of the same content would be; the event's id is kept apart from it."""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from faultline.record.claim import Casualties
from faultline.record.days import DayPrecision, Days
from faultline.record.errors import InputError
from faultline.resolve.happening import Happening, Spot
from faultline.resolve.wording import stems

# Radius in km of what geo_precision names: country, region, town, part of a town, neighbourhood, the very spot.
RADIUS = {"1": 400.0, "2": 40.0, "3": 6.0, "4": 2.5, "5": 1.2, "6": 0.5}
ACTORS = tuple(f"actor{n}" for n in range(1, 7))
NOBODY = "-100"  # ends the id of the actor of whom nothing is known
VAGUE = frozenset({"", "Unknown", "Other", "Other context"})
COUNTRIES = {"Kenya": "KE", "Ivory Coast": "CI"}

_SOURCE = re.compile(r"(.*?) \((\d{4}-\d\d-\d\d)\) ?(.*)", re.DOTALL)

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Coded:
    """One coded report: its happening, the event it belongs to, and its deaths (best)."""

    happening: Happening
    event: str
    deaths: int


def read_maverick(path: Path, headlines: bool = True) -> tuple[Coded, ...]:
    """The coded reports in the order of their ids; without `headlines` the titles stay empty. `path` is the file or
    its folder. Raises InputError where there is none."""
    file = path / "maverick_event_report.csv" if path.is_dir() else path
    if not file.is_file():
        raise InputError(
            str(path), "no such file", "maverick_event_report.csv or its folder", "See doi 10.1093/jopres/xjaf012."
        )
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = sorted(csv.DictReader(lines), key=lambda row: row["id"])
    return tuple(Coded(_happening(row, headlines), row["event_id"], int(row["deaths_best"] or 0)) for row in rows)


def _happening(row: Row, headlines: bool) -> Happening:
    known, nameless = [], False
    for actor in ACTORS:
        known += [actor] if row[f"{actor}_id"] and not row[f"{actor}_id"].endswith(NOBODY) else []
        nameless = nameless or row[f"{actor}_id"].endswith(NOBODY)
    source = _SOURCE.fullmatch(row["source"])
    published = date.fromisoformat(source[2]) if source else None
    return Happening(
        id=row["id"],
        document=row["source"],
        country=COUNTRIES.get(row["country"], row["country"]),
        days=_days(row),
        places=tuple(p for p in (row["city"], row["location"]) if p),
        spots=_spots(row),
        actors=tuple(sorted({row[f"{a}_id"] for a in known})),
        recipients=tuple(sorted(set(_recipients(row)))),
        unknown_actor=nameless,
        kin=tuple(sorted({row[f"{a}_party"].upper() for a in known} - {""})),
        sides=tuple(sorted({row[f"{a}_{k}"] for a in known for k in ("type", "subtype")} - {""})),
        actions=tuple(sorted(set(_violence(row)))),
        roots=() if row["event_context"] in VAGUE else (row["event_context"],),
        counts=tuple(_casualties(row)),
        where=stems(f"{row['city']} {row['location']}"),
        title=stems(source[3]) if source and headlines else (),
        published=Days(published, published, DayPrecision.DAY) if published else Days(),
        source=row["source_author"],
    )


def _days(row: Row) -> Days:
    """Ten rows have their ends the wrong way round."""
    first, last = sorted(date.fromisoformat(row[key]) for key in ("date_start", "date_end"))
    return Days(first, last, DayPrecision.DAY if first == last else DayPrecision.INTERVAL)


def _spots(row: Row) -> tuple[Spot, ...]:
    if not row["latitude"] or not row["longitude"]:
        return ()
    return ((float(row["latitude"]), float(row["longitude"]), RADIUS[row["geo_precision"][:1]]),)


def _recipients(row: Row) -> Iterator[str]:
    if row["target"] not in VAGUE:
        yield row["target"]
    for actor in ACTORS:
        if row[f"{actor}_victim"].startswith("1") and row[f"{actor}_id"]:
            yield row[f"{actor}_id"]


def _violence(row: Row) -> Iterator[str]:
    """Forms of violence, and what was done to houses and homes."""
    yield from (
        word.strip() for actor in ACTORS for word in row[f"{actor}_violence"].split(";") if word.strip() not in VAGUE
    )
    yield from (word for word in ("displacement", "damage") if row[word] == "1")


def _casualties(row: Row) -> Iterator[Casualties]:
    for harm, column in (("killed", "deaths"), ("wounded", "injuries")):
        low, best, high = (int(float(row[f"{column}_{end}"] or 0)) for end in ("low", "best", "high"))
        yield Casualties(harm, min(low, best), best, max(best, high))
