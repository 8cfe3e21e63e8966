"""What days are resolved against: publication, the day that the text has set, the values that a pattern bound.
Invariant: an interval is never empty, and what is relative names its anchor."""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from faultline.record.days import DayPrecision, Days


@dataclass(frozen=True, slots=True)
class Resolver:
    """What relative days are resolved against: the publication and the day last set by the text."""

    published: Days
    story: Days

    @property
    def today(self) -> date | None:
        """The day of publication where it is one day, or the last possible one of an interval of at most a month."""
        if self.published.last_day is None or self.published.first_day is None:
            return None
        short = (self.published.last_day - self.published.first_day).days <= 31
        return self.published.last_day if short else None

    @property
    def exact(self) -> date | None:
        """The day of publication where it is known to the day (an interval of at most three days)."""
        if self.published.length is None or self.published.length > 3:
            return None
        return self.published.last_day

    @property
    def now(self) -> str:
        """The anchor's text for what is relative to publication."""
        moved = f" ({self.published.anchor})" if self.published.anchor else ""
        return f"published {self.published}{moved}"

    @property
    def base(self) -> date | None:
        """The day that "the next day" follows."""
        return self.story.last_day if self.story.known and self.story.precision == DayPrecision.DAY else None


@dataclass(frozen=True, slots=True)
class DayValues:
    """The values that a pattern bound, by class."""

    values: Mapping[str, object]

    def number(self, name: str) -> int | None:
        """The number of a class, or None where the pattern has bound none."""
        value = self.values.get(name)
        return value if isinstance(value, int) else None

    def text(self, name: str) -> str:
        """The word of a class."""
        return str(self.values.get(name, ""))


def month_days(year: int, month: int) -> Days:
    """The whole month."""
    return Days(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]), DayPrecision.MONTH)


def one_day(day: date, anchor: str = "") -> Days:
    """That day alone."""
    return Days(day, day, DayPrecision.DAY, anchor)


def between(first: date | None, last: date | None, anchor: str = "") -> Days | None:
    """The interval; None where it would be empty."""
    if first and last and last < first:
        return None
    return Days(first, last, DayPrecision.DAY if first == last and first else DayPrecision.INTERVAL, anchor)


def a_year_on(day: date) -> date:
    """The same day a year later; of the end of February the 28th."""
    return day.replace(year=day.year + 1, day=min(day.day, 28) if day.month == 2 else day.day)
