"""Turns lethal incidents into the columns of UCDP GED (codebook 26.1). Invariant: a row has a best estimate of at least
one death and sides that tell the type of violence; what has not is counted, never guessed."""

from collections import Counter

from faultline.publish.export.cells import csv_text
from faultline.publish.export.leaving import Leaving
from faultline.publish.export.rows import IncidentRow
from faultline.publish.export.sides import act_of, exchange, sides_of
from faultline.record.place import Place

COLUMNS = (
    "id year code_status type_of_violence side_a side_b source_original where_prec where_coordinates adm_1 adm_2 "
    "latitude longitude country event_clarity date_prec date_start date_end best high low"
).split()
_WEEK, _MONTH = 7, 31


def ucdp_table(leaving: Leaving, lost: Counter[str]) -> tuple[str, int]:
    """CSV and its number of rows; what it cannot hold is counted in `lost`."""
    rows = [row for one in leaving.incidents if (row := _row(leaving, one, lost))]
    return csv_text(COLUMNS, rows), len(rows)


def _row(leaving: Leaving, row: IncidentRow, lost: Counter[str]) -> list[object] | None:
    act, sides = act_of(row), sides_of(leaving, row)
    places = leaving.geography(row.place_ids)
    reason = _why_not(row, act, sides.violence, bool(places))
    if reason:
        lost[reason] += 1
        return None
    assert row.first_day and row.last_day  # _why_not
    first, second = ", ".join(sides.actors), ", ".join(sides.recipients)
    return [
        *(row.incident, row.first_day.year, "Provisional" if row.provisional else "Clear", sides.violence),
        *(first, "Civilians" if sides.violence == 3 else second, "; ".join(row.sources), *_where(places[0])),
        1 if row.parts == 0 else 2,
        *(_precision(row), row.first_day.isoformat(), row.last_day.isoformat()),
        *_numbers(row),
    ]


def _why_not(row: IncidentRow, act: str, violence: int | None, placed: bool) -> str:
    if row.parts:
        return "a whole whose parts are rows of their own"
    if not act or not exchange()["acts"][act].get("lethal"):
        return "an act that is no use of armed force"
    if row.says == "denied" or not row.killed_best:
        return "no death on record by a figure that may count"
    if not (row.first_day and row.last_day):
        return "a day that is open at one end"
    if violence is None:
        return "sides that do not tell the type of violence"
    return "" if placed else "no place that the gazetteer knows"


def _numbers(row: IncidentRow) -> tuple[int | None, int | None, int | None]:
    """best, high, low; an end on the wrong side of best is left open."""
    best = row.killed_best or 0
    high = row.killed_high if row.killed_high is not None and row.killed_high >= best else None
    low = row.killed_low if row.killed_low is not None and row.killed_low <= best else None
    return best, high, low


def _precision(row: IncidentRow) -> int:
    """GED codebook 26.1, date_prec: 1 a day, 2 two to six days, 3 a week, 4 a month, 5 longer."""
    assert row.first_day and row.last_day
    length = (row.last_day - row.first_day).days + 1
    return next((code for code, most in ((1, 1), (2, _WEEK - 1), (3, _WEEK), (4, _MONTH)) if length <= most), 5)


def _where(place: Place) -> tuple[object, ...]:
    return (
        *(place.precision.ucdp, place.name, place.admin1, place.admin2),
        *(place.latitude, place.longitude, place.country),
    )
