"""Turns the meaning of a day pattern and its values into days. Invariant: a day without year is the last such day not
after publication, unless the text has just set a day near it; where nothing anchors it, there is no day."""

import calendar
from dataclasses import replace
from datetime import date, timedelta

from faultline.coding.anchors import DayValues, Resolver, a_year_on, between, month_days, one_day
from faultline.coding.relative import RELATIVE, Meaning
from faultline.record.days import DayPrecision, Days

_SOON = timedelta(days=10)  # a day without year may lie so far after publication in the next year
_AHEAD = timedelta(days=45)  # a named month may lie this far after publication (announcements)


def resolve(meaning: str, values: DayValues, at: Resolver) -> Days | None:
    """The days that a pattern means; unknown Days where an anchor is missing; None where it is no day at all."""
    try:
        return _MEANINGS[meaning](values, at)
    except (ValueError, OverflowError):
        return None


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
    if year is None:
        return Days()
    day = date(year, month, dom)
    if not v.number("YEAR") and at.today and a_year_on(day) <= at.today + _SOON:
        day = a_year_on(day)  # the first of January told at the end of December
    return one_day(day, anchor)


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
    return RELATIVE["weekday"](v, at)


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


def _first_half(v: DayValues, at: Resolver) -> Days | None:
    whole = _month(v, at)
    if whole is None or whole.first_day is None:
        return whole
    return replace(whole, last_day=whole.first_day.replace(day=_HALF), precision=DayPrecision.INTERVAL)


def _second_half(v: DayValues, at: Resolver) -> Days | None:
    whole = _month(v, at)
    if whole is None or whole.first_day is None:
        return whole
    return replace(whole, first_day=whole.first_day.replace(day=_HALF + 1), precision=DayPrecision.INTERVAL)


_HALF = 15  # the last day of the first half of a month, "la première quinzaine"


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


def _until(v: DayValues, at: Resolver) -> Days | None:
    """Up to a day, the next such one from publication on where no year stands; the beginning is left open."""
    inner = _inner(v, at)
    if inner is None or inner.last_day is None:
        return inner
    last, now = inner.last_day, at.today or at.published.first_day
    if not v.number("YEAR") and now and last < now:
        last = a_year_on(last)
    return Days(None, last, DayPrecision.INTERVAL, inner.anchor)


def _until_weekday(v: DayValues, at: Resolver) -> Days | None:
    found = RELATIVE["next_weekday"](v, at)
    return Days(None, found.last_day, DayPrecision.INTERVAL, at.now) if found and found.last_day else found


def _bare_year(v: DayValues, at: Resolver) -> Days | None:
    return None


_MEANINGS: dict[str, Meaning] = {
    **RELATIVE,
    "day": _day, "day_of_month": _day_of_month, "dom": _dom, "dom_after": _dom_after, "range": _range,
    "range_month_first": _range_month_first, "month_range": _month_range, "year_range": _year_range,
    "since": _since, "part": _part, "first_half": _first_half, "second_half": _second_half,
    "month": _month, "year": _year, "season": _season,
    "slashed": _slashed, "bare_year": _bare_year, "since_never": _bare_year, "until": _until,
    "until_weekday": _until_weekday,
}  # fmt: skip
