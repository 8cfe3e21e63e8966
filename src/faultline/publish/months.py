"""Turns months written YYYY-MM into days and rows of months, and days into the numbers that a browser counts with.
Invariant: both ends are inclusive."""

import calendar
from datetime import date


def first_day_of(month: str) -> date:
    """The first day of a month ("2012-03") or year ("2012")."""
    return date(int(month[:4]), int(month[5:7] or 1), 1)


def last_day_of(month: str) -> date:
    """The last day of a month ("2012-03") or year ("2012")."""
    year, number = int(month[:4]), int(month[5:7] or 12)
    return date(year, number, calendar.monthrange(year, number)[1])


def months_between(first: str, last: str) -> tuple[str, ...]:
    """Every month from first to last, both inclusive; empty where last is before first."""
    low, high = (int(m[:4]) * 12 + int(m[5:7]) - 1 for m in (first, last))
    return tuple(f"{n // 12:04}-{n % 12 + 1:02}" for n in range(low, high + 1))


_EPOCH = date(1970, 1, 1).toordinal()


def day_number(value: date) -> int:
    """Days since 1970-01-01."""
    return value.toordinal() - _EPOCH


def day_of(number: int) -> date:
    """The day that lies so many days after 1970-01-01."""
    return date.fromordinal(_EPOCH + number)
