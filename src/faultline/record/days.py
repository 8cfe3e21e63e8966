"""Turns days as written into inclusive intervals of days. Invariant: an unknown end stays open (None); nothing is
guessed."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from faultline.record.errors import UsageError

_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


class DayPrecision(StrEnum):
    """How finely a day is known (UCDP date_prec 1-5 in `ucdp`, ACLED time precision 1-3 in `acled`)."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    INTERVAL = "interval"
    UNKNOWN = "unknown"

    @property
    def ucdp(self) -> int:
        """UCDP GED codebook 26.1, date_prec: 1 exact, 2 within 2-6 days, 3 week, 4 month, 5 longer."""
        return {"day": 1, "interval": 2, "week": 3, "month": 4}.get(self.value, 5)

    @property
    def acled(self) -> int:
        """ACLED codebook, time precision: 1 the day, 2 the week, 3 the month or less."""
        return {"day": 1, "interval": 2, "week": 2}.get(self.value, 3)


@dataclass(frozen=True, slots=True)
class Days:
    """An interval of days, both ends inclusive; None is an end that is not known.

    `anchor` says what a relative expression was resolved against ("published 2016-09-11"), empty if absolute.
    """

    first_day: date | None = None
    last_day: date | None = None
    precision: DayPrecision = DayPrecision.UNKNOWN
    anchor: str = ""

    def __post_init__(self) -> None:
        if self.first_day and self.last_day and self.last_day < self.first_day:
            raise UsageError("interval of days", f"{self.first_day}/{self.last_day}", "first day <= last day")

    @property
    def known(self) -> bool:
        """Whether at least one end is known."""
        return self.first_day is not None or self.last_day is not None

    @property
    def length(self) -> int | None:
        """Number of days, both ends counted; None if an end is open."""
        if self.first_day is None or self.last_day is None:
            return None
        return (self.last_day - self.first_day).days + 1

    def covers(self, day: date) -> bool:
        """Whether `day` lies inside; an open end covers everything on its side."""
        return (self.first_day is None or self.first_day <= day) and (self.last_day is None or day <= self.last_day)

    def overlaps(self, other: "Days") -> bool:
        """Whether the two intervals share a day; open ends reach to infinity."""
        low = max(self.first_day or date.min, other.first_day or date.min)
        return low <= min(self.last_day or date.max, other.last_day or date.max)

    def __str__(self) -> str:
        if not self.known:
            return "unknown"
        if self.first_day == self.last_day:
            return str(self.first_day)
        return f"{self.first_day or '..'}/{self.last_day or '..'}"


def parse_days(text: str, where: str = "day") -> Days:
    """Days from ISO 8601 or EDTF level 1: "2012", "2012-03", "2012-03-31", "A/B" with both inclusive, ".." for an open
    end, "" or "unknown" for nothing known.

    Raises UsageError for anything else, also for days that do not exist (2013-02-29).
    """
    text = str(text).strip()
    if text in ("", "unknown", "None"):
        return Days()
    if "/" not in text:
        return _partial(text, where)
    left, _, right = text.partition("/")
    first = None if left.strip() in ("", "..") else _partial(left.strip(), where).first_day
    last = None if right.strip() in ("", "..") else _partial(right.strip(), where).last_day
    if first is None and last is None:
        return Days()
    try:
        return Days(first, last, DayPrecision.DAY if first == last else DayPrecision.INTERVAL)
    except UsageError as error:
        raise UsageError(where, repr(text), error.expected) from None


def day_span(first: date, last: date) -> tuple[date, ...]:
    """Every day from first to last, both inclusive; empty if last is before first."""
    return tuple(first + timedelta(days=n) for n in range((last - first).days + 1))


def _partial(text: str, where: str) -> Days:
    match = _PARTIAL.fullmatch(text)
    expected = "YYYY, YYYY-MM, YYYY-MM-DD or two of them with a slash"
    if not match:
        raise UsageError(where, repr(text), expected)
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        if day is not None and month is not None:
            exact = date(year or 0, month, day)
            return Days(exact, exact, DayPrecision.DAY)
        if month is not None:
            last = calendar.monthrange(year or 0, month)[1]
            return Days(date(year or 0, month, 1), date(year or 0, month, last), DayPrecision.MONTH)
        return Days(date(year or 0, 1, 1), date(year or 0, 12, 31), DayPrecision.YEAR)
    except ValueError as error:
        raise UsageError(where, repr(text), expected, f"There is no such day ({error}).") from None
