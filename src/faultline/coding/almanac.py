"""Turns the meaning of a day pattern and its values into days. Invariant: a day without year is the last such day not
after publication, unless the text has just set a day near it; where nothing anchors it, there is no day.

A little over 400 lines for one reason: a short function for each meaning of the day patterns, and their table."""

import calendar
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from faultline.record.days import DayPrecision, Days

_AHEAD = timedelta(days=45)  # a named month may lie this far after publication (announcements)


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
        return f"published {self.published}"

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


def resolve(meaning: str, values: DayValues, at: Resolver) -> Days | None:
    """The days that a pattern means; unknown Days where an anchor is missing; None where it is no day at all."""
    try:
        return _MEANINGS[meaning](values, at)
    except (ValueError, OverflowError):
        return None


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


def _year_for(month: int, day: int, at: Resolver) -> int | None:
    """The year of a month without year: that of the story where it is near, else the last one not after publication."""
    reference = at.today or at.published.last_day
    if at.published.length is not None and at.published.length > 400:
        reference = None
    if at.story.first_day and (reference is None or (reference - at.story.first_day).days > 330):
        return at.story.first_day.year if month >= at.story.first_day.month - 2 else at.story.first_day.year + 1
    if reference is None:
        return _year_near(at.published.first_day, month, day) if at.published.last_day is None else None
    candidate = date(reference.year, month, min(day, calendar.monthrange(reference.year, month)[1]))
    return reference.year if candidate <= reference + _AHEAD else reference.year - 1


def _year_near(begin: date | None, month: int, day: int) -> int | None:
    """The year that brings a day nearest to the first possible day of publication, when the last is not known."""
    if begin is None:
        return None
    around = (begin.year - 1, begin.year, begin.year + 1)
    day = min(day, 28)
    return min(around, key=lambda year: abs((date(year, month, day) - begin).days))


def _day(v: DayValues, at: Resolver) -> Days | None:
    month, dom = v.number("MONTH"), v.number("DOM")
    if month is None or dom is None:
        return None
    year = v.number("YEAR")
    anchor = "" if year else at.now
    year = year or _year_for(month, dom, at)
    return one_day(date(year, month, dom), anchor) if year else Days()


def _day_of_month(v: DayValues, at: Resolver) -> Days | None:
    dom, weekday = v.number("DOM"), v.number("WEEKDAY")
    reference = at.today
    if dom is None or reference is None:
        return Days()
    for back in range(200):
        day = reference - timedelta(days=back)
        if day.day == dom and (weekday is None or day.weekday() == weekday):
            return one_day(day, at.now)
    return Days()


def _dom(v: DayValues, at: Resolver) -> Days | None:
    dom = v.number("DOM")
    if dom is None:
        return None
    if at.story.first_day and at.story.precision in (DayPrecision.DAY, DayPrecision.MONTH, DayPrecision.INTERVAL):
        return one_day(at.story.first_day.replace(day=dom), f"story {at.story}")
    return None if at.exact is None else _day_of_month(DayValues({"DOM": dom}), at)


def _dom_after(v: DayValues, at: Resolver) -> Days | None:
    dom = v.number("DOM")
    if dom is None or at.base is None:
        return Days()
    for ahead in range(1, 62):
        day = at.base + timedelta(days=ahead)
        if day.day == dom:
            return one_day(day, f"story {at.story}")
    return Days()


def _range(v: DayValues, at: Resolver) -> Days | None:
    dom, dom2 = v.number("DOM"), v.number("DOM2")
    month2 = v.number("MONTH2") or v.number("MONTH")
    month = v.number("MONTH") or month2
    if dom is None or dom2 is None:
        return None
    if month is None or month2 is None:
        if not at.story.first_day and at.today is None:
            return Days()
        base = at.story.first_day or at.today or date.min
        month = month2 = base.month
        year: int | None = base.year
    else:
        year = v.number("YEAR") or _year_for(month2, dom2, at)
    if year is None:
        return Days()
    return between(date(year, month, dom), date(year, month2, dom2), "" if v.number("YEAR") else at.now)


def _range_month_first(v: DayValues, at: Resolver) -> Days | None:
    return _range(v, at)


def _month_range(v: DayValues, at: Resolver) -> Days | None:
    month, month2, year2 = v.number("MONTH"), v.number("MONTH2"), v.number("YEAR2") or v.number("YEAR")
    if month is None or month2 is None or year2 is None:
        return None
    year = v.number("YEAR") if v.number("YEAR2") else (year2 if month <= month2 else year2 - 1)
    return between(month_days(year or year2, month).first_day, month_days(year2, month2).last_day)


def _year_range(v: DayValues, at: Resolver) -> Days | None:
    first, last = v.number("YEAR"), v.number("YEAR2")
    return between(date(first, 1, 1), date(last, 12, 31)) if first and last else None


def _since(v: DayValues, at: Resolver) -> Days | None:
    inner = _inner(v, at)
    return (
        None if inner is None else (Days() if inner.first_day is None else between(inner.first_day, None, inner.anchor))
    )


def _inner(v: DayValues, at: Resolver) -> Days | None:
    if v.number("DOM") is not None:
        return _day(v, at)
    if v.text("PART"):
        return _part(v, at)
    if v.number("MONTH") is not None:
        return _month(v, at)
    if v.number("YEAR") is not None:
        return _year(v, at)
    return _weekday(v, at)


def _part(v: DayValues, at: Resolver) -> Days | None:
    part, month, year = v.text("PART"), v.number("MONTH"), v.number("YEAR")
    if month is None and year is None:
        return None
    anchor = "" if year else at.now
    if month is None and year is not None:
        first, last = {"first": (1, 3), "last": (10, 12), "middle": (5, 8)}.get(part, (1, 12))
        return Days(date(year, first, 1), month_days(year, last).last_day, DayPrecision.SEASON)
    year = year or _year_for(month or 1, 15, at)
    if year is None or month is None:
        return Days()
    end = calendar.monthrange(year, month)[1]
    first, last = {"first": (1, 10), "last": (21, end), "middle": (11, 20)}.get(part, (1, end))
    return Days(date(year, month, first), date(year, month, last), DayPrecision.INTERVAL, anchor)


def _half(v: DayValues, at: Resolver) -> Days | None:
    return _month(v, at)


def _month(v: DayValues, at: Resolver) -> Days | None:
    month = v.number("MONTH")
    if month is None:
        return None
    year = v.number("YEAR")
    anchor = "" if year else at.now
    year = year or _year_for(month, 1, at)
    if year is None:
        return Days()
    whole = month_days(year, month)
    return Days(whole.first_day, whole.last_day, whole.precision, anchor)


def _year(v: DayValues, at: Resolver) -> Days | None:
    year = v.number("YEAR")
    return Days(date(year, 1, 1), date(year, 12, 31), DayPrecision.YEAR) if year else None


def _season(v: DayValues, at: Resolver) -> Days | None:
    first, year = v.number("SEASON"), v.number("YEAR")
    if first is None or year is None:
        return None
    end = month_days(year + (first + 2) // 13, (first + 1) % 12 + 1)
    return Days(date(year, first, 1), end.last_day, DayPrecision.SEASON)


def _slashed(v: DayValues, at: Resolver) -> Days | None:
    day, month, year = v.number("DOM"), v.number("MONTHNUM"), v.number("YEAR")
    return one_day(date(year, month, day)) if day and month and year else None


def _weekday(v: DayValues, at: Resolver) -> Days | None:
    weekday = v.number("WEEKDAY")
    if weekday is None:
        return None
    if at.exact is not None:
        return one_day(at.exact - timedelta(days=(at.exact.weekday() - weekday) % 7), at.now)
    return _within(at)


def _within(at: Resolver) -> Days:
    """Where publication is known to a month only: some day of that month; unknown where to less."""
    first, last = at.published.first_day, at.published.last_day
    if first is None or last is None or (last - first).days > 31:
        return Days()
    return Days(first, last, DayPrecision.MONTH, at.now)


def _relative_weekday(step: int) -> Callable[[DayValues, Resolver], Days | None]:
    def read(v: DayValues, at: Resolver) -> Days | None:
        weekday, base = v.number("WEEKDAY"), at.base
        if weekday is None or base is None:
            return _weekday(v, at) if step < 0 else Days()
        for n in range(1, 8):
            day = base + timedelta(days=step * n)
            if day.weekday() == weekday:
                return one_day(day, f"story {at.story}")
        return Days()

    return read


def _next_weekday(v: DayValues, at: Resolver) -> Days | None:
    weekday = v.number("WEEKDAY")
    if weekday is None or at.exact is None:
        return Days()
    return one_day(at.exact + timedelta(days=(weekday - at.exact.weekday() - 1) % 7 + 1), at.now)


def _weekday_range(v: DayValues, at: Resolver) -> Days | None:
    last = _weekday(DayValues({"WEEKDAY": v.values.get("WEEKDAY2", v.values.get("WEEKDAY"))}), at)
    first = v.number("WEEKDAY")
    if last is None or last.last_day is None or first is None or at.exact is None:
        return last or Days()
    back = (last.last_day.weekday() - first) % 7
    return between(last.last_day - timedelta(days=back), last.last_day, at.now)


def _from_today(first: int, last: int) -> Callable[[DayValues, Resolver], Days | None]:
    def read(v: DayValues, at: Resolver) -> Days | None:
        if at.exact is None:
            return Days()
        return between(at.exact + timedelta(days=first), at.exact + timedelta(days=last), at.now)

    return read


def _weak_today(v: DayValues, at: Resolver) -> Days | None:
    return None  # "aujourd'hui" means nowadays as often as today


def _from_story(step: int) -> Callable[[DayValues, Resolver], Days | None]:
    def read(v: DayValues, at: Resolver) -> Days | None:
        return Days() if at.base is None else one_day(at.base + timedelta(days=step), f"story {at.story}")

    return read


def _this_month(v: DayValues, at: Resolver) -> Days | None:
    if at.today is None:
        return Days()
    return between(at.today.replace(day=1), at.today, at.now)


def _last_month(v: DayValues, at: Resolver) -> Days | None:
    if at.today is None:
        return Days()
    end = at.today.replace(day=1) - timedelta(days=1)
    whole = month_days(end.year, end.month)
    return Days(whole.first_day, whole.last_day, whole.precision, at.now)


def _this_week(v: DayValues, at: Resolver) -> Days | None:
    if at.exact is None:
        return Days()
    return between(at.exact - timedelta(days=at.exact.weekday()), at.exact, at.now)


def _last_week(v: DayValues, at: Resolver) -> Days | None:
    if at.exact is None:
        return Days()
    monday = at.exact - timedelta(days=at.exact.weekday() + 7)
    return Days(monday, monday + timedelta(days=6), DayPrecision.WEEK, at.now)


def _this_year(v: DayValues, at: Resolver) -> Days | None:
    return Days() if at.today is None else between(date(at.today.year, 1, 1), at.today, at.now)


def _last_year(v: DayValues, at: Resolver) -> Days | None:
    if at.today is None:
        return Days()
    year = at.today.year - 1
    return Days(date(year, 1, 1), date(year, 12, 31), DayPrecision.YEAR, at.now)


def _this_weekend(v: DayValues, at: Resolver) -> Days | None:
    if at.exact is None:
        return Days()
    saturday = at.exact - timedelta(days=(at.exact.weekday() - 5) % 7)
    return between(saturday, saturday + timedelta(days=1), at.now)


_LENGTH = {"day": 1, "week": 7, "fortnight": 14, "month": 30, "year": 365}


def _ago(v: DayValues, at: Resolver) -> Days | None:
    return _shifted(at.exact, v, -1, at.now)


def _later(v: DayValues, at: Resolver) -> Days | None:
    return _shifted(at.base, v, 1, f"story {at.story}")


def _earlier(v: DayValues, at: Resolver) -> Days | None:
    return _shifted(at.base or at.exact, v, -1, f"story {at.story}" if at.base else at.now)


def _shifted(base: date | None, v: DayValues, sign: int, anchor: str) -> Days | None:
    count, unit = v.number("NUMBER"), v.text("UNIT")
    if base is None or not count:
        return Days()
    day = base + timedelta(days=sign * count * _LENGTH[unit])
    slack = {"day": 0, "week": 3, "fortnight": 4, "month": 15, "year": 183}[unit]
    return between(day - timedelta(days=slack), day + timedelta(days=slack), anchor)


def _past(v: DayValues, at: Resolver) -> Days | None:
    count, unit = v.number("NUMBER"), v.text("UNIT")
    if at.exact is None or not unit:
        return Days()
    days = (count or 2) * _LENGTH[unit]
    return between(at.exact - timedelta(days=days), at.exact, at.now)


def _bare_year(v: DayValues, at: Resolver) -> Days | None:
    return None


_MEANINGS: dict[str, Callable[[DayValues, Resolver], Days | None]] = {
    "day": _day, "day_of_month": _day_of_month, "dom": _dom, "dom_after": _dom_after, "range": _range,
    "range_month_first": _range_month_first, "month_range": _month_range, "year_range": _year_range, "since": _since,
    "since_yesterday": _from_today(-1, 0), "part": _part, "half": _half, "month": _month, "year": _year,
    "season": _season, "slashed": _slashed, "weekday": _weekday, "following_weekday": _relative_weekday(1),
    "previous_weekday": _relative_weekday(-1), "next_weekday": _next_weekday, "weekday_range": _weekday_range,
    "yesterday": _from_today(-1, -1), "before_yesterday": _from_today(-2, -2), "today": _from_today(0, 0),
    "today_weak": _weak_today, "tomorrow": _from_today(1, 1), "same_day": _from_story(0), "next_day": _from_story(1),
    "previous_day": _from_story(-1), "this_month": _this_month, "last_month": _last_month, "this_week": _this_week,
    "last_week": _last_week, "this_year": _this_year, "last_year": _last_year, "this_weekend": _this_weekend,
    "ago": _ago, "later": _later, "earlier": _earlier, "past": _past, "bare_year": _bare_year,
    "since_never": _bare_year,
}  # fmt: skip
