"""Turns days that are named from today or from the story ("last week", "the next day") into intervals. Invariant: where
the anchor is not known, neither is the day."""

from collections.abc import Callable
from datetime import date, timedelta

from faultline.coding.anchors import DayValues, Resolver, between, month_days, one_day
from faultline.record.days import DayPrecision, Days

Meaning = Callable[[DayValues, Resolver], Days | None]


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


def _relative_weekday(step: int) -> Meaning:
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


def _from_today(first: int, last: int) -> Meaning:
    def read(v: DayValues, at: Resolver) -> Days | None:
        if at.exact is None:
            return _beside_month(at, first, last)
        return between(at.exact + timedelta(days=first), at.exact + timedelta(days=last), at.now)

    return read


def _beside_month(at: Resolver, first: int, last: int) -> Days:
    """So many days from a publication that is known to a month only: from its first possible day on to its last one."""
    month = _within(at)
    if month.first_day is None or month.last_day is None:
        return Days()
    begin, end = month.first_day + timedelta(days=first), month.last_day + timedelta(days=last)
    return between(begin, end, at.now) or Days()


def _weak_today(v: DayValues, at: Resolver) -> Days | None:
    return None  # "aujourd'hui" means nowadays as often as today


def _from_story(step: int) -> Meaning:
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


def _next_week(v: DayValues, at: Resolver) -> Days | None:
    if at.exact is None:
        return Days()
    monday = at.exact + timedelta(days=7 - at.exact.weekday())
    return Days(monday, monday + timedelta(days=6), DayPrecision.WEEK, at.now)


def _month_from_today(step: int) -> Meaning:
    def read(v: DayValues, at: Resolver) -> Days | None:
        return Days() if at.today is None else _whole_month(at.today, step, at.now)

    return read


def _next_year(v: DayValues, at: Resolver) -> Days | None:
    return Days() if at.today is None else _whole_year(at.today.year + 1, at.now)


def _whole_month(day: date, step: int, anchor: str) -> Days:
    number = day.year * 12 + day.month - 1 + step
    whole = month_days(number // 12, number % 12 + 1)
    return Days(whole.first_day, whole.last_day, whole.precision, anchor)


def _whole_year(year: int, anchor: str) -> Days:
    return Days(date(year, 1, 1), date(year, 12, 31), DayPrecision.YEAR, anchor)


def _beside_story(unit: str, step: int) -> Meaning:
    """The week, month, year or weekend before, of or after the day that the story has set."""

    def read(v: DayValues, at: Resolver) -> Days | None:
        base, anchor = at.story.last_day, f"story {at.story}"
        if base is None:
            return Days()
        if unit == "month":
            return _whole_month(base, step, anchor)
        if unit == "year":
            return _whole_year(base.year + step, anchor)
        if unit == "weekend":
            saturday = base - timedelta(days=(base.weekday() - 5) % 7 - 7 * step)
            return between(saturday, saturday + timedelta(days=1), anchor)
        monday = base - timedelta(days=base.weekday() - 7 * step)
        return Days(monday, monday + timedelta(days=6), DayPrecision.WEEK, anchor)

    return read


def _night(v: DayValues, at: Resolver) -> Days | None:
    """The night that ends on the day of the story, else on that of publication; no day where there is neither."""
    last, anchor = (at.base, f"night of {at.story}") if at.base else (at.exact, f"night, {at.now}")
    return between(last - timedelta(days=1), last, anchor) if last else None


def _this_year(v: DayValues, at: Resolver) -> Days | None:
    return Days() if at.today is None else between(date(at.today.year, 1, 1), at.today, at.now)


def _last_year(v: DayValues, at: Resolver) -> Days | None:
    if at.today is None:
        return Days()
    year = at.today.year - 1
    return Days(date(year, 1, 1), date(year, 12, 31), DayPrecision.YEAR, at.now)


def _this_weekend(v: DayValues, at: Resolver) -> Days | None:
    if at.exact is None:
        return _within(at)
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


RELATIVE: dict[str, Meaning] = {
    "since_yesterday": _from_today(-1, 0), "weekday": _weekday, "following_weekday": _relative_weekday(1),
    "previous_weekday": _relative_weekday(-1), "next_weekday": _next_weekday, "weekday_range": _weekday_range,
    "yesterday": _from_today(-1, -1), "before_yesterday": _from_today(-2, -2), "today": _from_today(0, 0),
    "today_weak": _weak_today, "tomorrow": _from_today(1, 1), "same_day": _from_story(0),
    "next_day": _from_story(1), "previous_day": _from_story(-1), "this_month": _this_month,
    "last_month": _last_month, "this_week": _this_week, "last_week": _last_week, "this_year": _this_year,
    "last_year": _last_year, "this_weekend": _this_weekend, "ago": _ago, "later": _later, "earlier": _earlier,
    "past": _past, "next_week": _next_week, "next_month": _month_from_today(1), "next_year": _next_year,
    "week_before": _beside_story("week", -1), "week_after": _beside_story("week", 1),
    "month_after": _beside_story("month", 1), "year_before": _beside_story("year", -1),
    "same_weekend": _beside_story("weekend", 0), "weekend_before": _beside_story("weekend", -1),
    "night": _night,
}  # fmt: skip
