"""Turns incidents into the columns of an ACLED export (Codebook 2023). Invariant: only what the codebook has a word for
and a day within a month is written; an unknown number of dead is an empty cell, not the codebook's 0."""

from collections import Counter
from datetime import date

from faultline.publish.export.cells import csv_text
from faultline.publish.export.leaving import Leaving
from faultline.publish.export.rows import IncidentRow
from faultline.publish.export.sides import Sides, acled_types, act_of, exchange, sides_of
from faultline.record.place import Place

COLUMNS = (
    "event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1 actor2 "
    "assoc_actor_2 civilian_targeting country admin1 admin2 location latitude longitude geo_precision source notes "
    "fatalities"
).split()
_MONTH = 31  # days: the widest that ACLED's time precision 3 says
_WEEK = 7


def acled_table(leaving: Leaving, lost: Counter[str]) -> tuple[str, int]:
    """CSV and its number of rows; what it cannot hold is counted in `lost`."""
    rows = [row for one in leaving.incidents if (row := _row(leaving, one, lost))]
    return csv_text(COLUMNS, rows), len(rows)


def _row(leaving: Leaving, row: IncidentRow, lost: Counter[str]) -> list[object] | None:
    act, days = act_of(row), _length(row)
    places = leaving.geography(row.place_ids)
    if row.parts or row.says == "denied" or not act or days is None or not places:
        lost[_why(row, act, days)] += 1
        return None
    sides = sides_of(leaving, row)
    event, sub_event = acled_types(act, sides)
    first = row.first_day
    assert first is not None  # _length
    precision = 1 if days == 1 else 2 if days <= _WEEK else 3
    return [
        *(row.incident, first.isoformat(), first.year, precision),
        *(exchange()["disorder"][event], event, sub_event, *_two(sides.actors), *_two(sides.recipients)),
        "Civilian targeting" if sides.violence == 3 else "",
        *_where(places[0]),
        *("; ".join(row.sources), _notes(leaving, row, sides), row.killed_best),
    ]


def _why(row: IncidentRow, act: str, days: int | None) -> str:
    if row.parts:
        return "a whole whose parts are rows of their own"
    if row.says == "denied":
        return "only denied"
    if not act:
        return "an act that ACLED has no event type for"
    return "a day that is not known within a month" if days is None else "no place that the gazetteer knows"


def _length(row: IncidentRow) -> int | None:
    if row.first_day is None or row.last_day is None:
        return None
    length = (row.last_day - row.first_day).days + 1
    return length if length <= _MONTH else None


def _two(names: tuple[str, ...]) -> tuple[str, str]:
    return (names[0] if names else "", "; ".join(names[1:]))


def _where(place: Place) -> tuple[object, ...]:
    at = (place.latitude, place.longitude, place.precision.acled)
    return (place.country, place.admin1, place.admin2, place.name, *at)


def _notes(leaving: Leaving, row: IncidentRow, sides: Sides) -> str:
    """The first sentence that may leave, marked where it is our retelling; else who did what on which day."""
    for one in leaving.told(row):
        if one.sentence:
            return f"{'Retold: ' if one.filing.retold_from else ''}{one.sentence.text}"
    day = date.isoformat(row.first_day) if row.first_day else ""
    return f"{', '.join(row.acts)} by {', '.join(sides.actors) or 'unknown'} on {day}"
