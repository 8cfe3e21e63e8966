"""Turns the cells of a table into numbers, days and coordinates. Invariant: what cannot be read refuses its row with a
reason; an empty cell is nothing known, never zero."""

import re
from datetime import date, timedelta
from functools import lru_cache
from math import isfinite

from faultline.intake.taken import RefusedError
from faultline.record.days import DayPrecision, Days, parse_days
from faultline.record.errors import UsageError

_NOTHING = frozenset({"", "na", "nan", "null", "none", "n/a"})
_LONGEST_NOTHING = 4
_SMALL = {str(number): number for number in range(1_000)}  # nearly every count; looked up, not parsed
_MOST = 1_000_000_000  # nobody can count more people
_ISO = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ][0-9:.+Z-]*)?")
_NAMED = re.compile(r"(\d{1,2})[ /-]([A-Za-z]{3,9})\.?,?[ /-](\d{4}|\d{2})")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})")
_CENTURY = 69  # years of two digits from here on are of the 20th century, as in POSIX: spreadsheets write "01-Jan-97"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_EXPECTED = "YYYY-MM-DD, 31/01/2019 (the day first) or 1 January 2019"


def filled(text: str) -> str:
    """What a cell holds, without blanks around it; "" for an empty cell and for the ways in which programs write one
    ("NA", "null")."""
    found = text.strip()
    return "" if len(found) <= _LONGEST_NOTHING and found.lower() in _NOTHING else found


def count(text: str, name: str) -> int | None:
    """A number of people, None for an empty cell. Raises RefusedError: "bad count", "negative count"."""
    small = _SMALL.get(text)
    if small is not None:
        return small
    try:
        number = int(text)
    except ValueError:
        return _odd_count(text.strip(), name)
    if 0 <= number <= _MOST:
        return number
    raise RefusedError("negative count" if number < 0 else "bad count", f"{name} {text.strip()[:40]!r}")


def _odd_count(text: str, name: str) -> int | None:
    """A count as spreadsheets write it: "5.0"."""
    if not filled(text):
        return None
    number = _float(text)
    if number is None or not number.is_integer():
        raise RefusedError("bad count", f"{name} {text[:40]!r}", "a whole number")
    return count(str(int(number)), name)


def coordinates(latitude: str, longitude: str) -> tuple[float, float] | None:
    """WGS 84 degrees, None where both cells are empty. Raises RefusedError("coordinates") for what is not on Earth."""
    if not filled(latitude) and not filled(longitude):
        return None
    north, east = _degrees(latitude), _degrees(longitude)
    if north is None or east is None or abs(north) > 90 or abs(east) > 180:
        raise RefusedError(
            "coordinates", f"{latitude[:20]!r}, {longitude[:20]!r}", "latitude -90..90, longitude -180..180"
        )
    return north, east


def _degrees(text: str) -> float | None:
    """Degrees, also with the decimal comma of spreadsheets: a coordinate has no thousands that a comma could part."""
    return _float(text.replace(",", ".") if text.count(",") == 1 and "." not in text else text)


def _float(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if isfinite(number) else None


@lru_cache(maxsize=4_096)
def code(text: str) -> str:
    """A code as the tables beside the readers write it: as a key, and without case."""
    return key(text).lower()


def key(text: str) -> str:
    """The id of a row, without blanks around it and a spreadsheet's ".0"."""
    return text.strip().removesuffix(".0")


@lru_cache(maxsize=20_000)
def day(text: str, day_first: bool = False) -> date:
    """One day, as ISO (a time after it is dropped) or with an English month; `day_first` allows 31/12/2019.

    Raises RefusedError("bad date").
    """
    iso = _ISO.fullmatch(text.strip())
    try:
        if iso:
            return date.fromisoformat(iso[1])
        year, month, number = _written(text.strip(), day_first)
        return date(year, month, number)
    except ValueError:
        raise RefusedError("bad date", repr(text[:40]), _EXPECTED) from None


def _written(text: str, day_first: bool) -> tuple[int, int, int]:
    named = _NAMED.fullmatch(text)
    if named:
        return _year(named[3]), _MONTHS.index(named[2][:3].lower()) + 1, int(named[1])
    slashed = _SLASHED.fullmatch(text) if day_first else None
    if slashed:
        return _year(slashed[3]), int(slashed[2]), int(slashed[1])
    raise ValueError(text)


def _year(written: str) -> int:
    year = int(written)
    return year if len(written) > 2 else year + (1900 if year >= _CENTURY else 2000)


def interval(text: str) -> Days:
    """Days as a person writes them into a table: one day, a month ("2026-03"), a year, "A/B". Raises
    RefusedError("bad date")."""
    try:
        return parse_days(text)
    except UsageError:
        one = day(text)
        return Days(one, one, DayPrecision.DAY)


def widened(first: date, last: date, by: str) -> tuple[date, date]:
    """The interval that a coarse day stands for: "week" reaches six days to both sides (any week around it),
    "month" the whole of its month, "" itself. Raises RefusedError("bad date") at the end of the calendar."""
    try:
        if by == "week":
            return first - timedelta(days=6), last + timedelta(days=6)
        if by == "month":
            following = (last.replace(day=28) + timedelta(days=4)).replace(day=1)
            return first.replace(day=1), following - timedelta(days=1)
    except OverflowError:
        raise RefusedError("bad date", str(first)) from None
    return first, last
