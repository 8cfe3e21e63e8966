"""Months as numbers, so that they can be counted: year * 12 + month - 1. Invariant: "2026-05" and its number say the
same month, and both ends of a span are inclusive."""

import calendar
import re
from datetime import date

from faultline.record.days import DayPrecision, Days
from faultline.record.errors import UsageError

_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)


def month_number(text: str, where: str = "month") -> int:
    """The number of a month written YYYY-MM. Raises UsageError."""
    found = _MONTH.fullmatch(text.strip())
    if found is None:
        raise UsageError(where, repr(text[:40]), "a month, YYYY-MM")
    return int(found[1]) * 12 + int(found[2]) - 1


def month_text(number: int) -> str:
    """The month as YYYY-MM."""
    return f"{number // 12:04}-{number % 12 + 1:02}"


def month_days(first: int, last: int | None = None) -> Days:
    """The days from the first day of `first` to the last day of `last` (`first` where None), inclusive."""
    end = first if last is None else last
    precision = DayPrecision.MONTH if end == first else DayPrecision.INTERVAL
    return Days(date(first // 12, first % 12 + 1, 1), last_day_of(end), precision)


def last_day_of(number: int) -> date:
    """The last day of a month."""
    year, month = number // 12, number % 12 + 1
    return date(year, month, calendar.monthrange(year, month)[1])


def month_of(day: date) -> int:
    """The number of the month that a day lies in."""
    return day.year * 12 + day.month - 1


def span(text: str, where: str = "window") -> tuple[int, int]:
    """First and last month of "FIRST/LAST", both inclusive. Raises UsageError."""
    first, slash, last = text.partition("/")
    if not slash:
        raise UsageError(where, repr(text[:40]), "FIRST/LAST, as 2018-01/2025-12")
    low, high = month_number(first, where), month_number(last, where)
    if high < low:
        raise UsageError(where, text, "a first month that is not after the last")
    return low, high
