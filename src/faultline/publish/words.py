"""Turns numbers, days and codes into the words that pages and reports show. Invariant: one value is always written one
way, and what is not stated is never written as zero."""

from datetime import date, datetime

from faultline.record.claim import REPORTER, UNNAMED, Casualties, Speaker
from faultline.record.days import Days

NOT_STATED = "not stated"
_VOICES = {REPORTER: "the text itself", UNNAMED: "an unnamed source"}
# codes whose parts, set apart, are no English
_CODES = {
    "same-as": "one happening",
    "not-same": "two happenings",
    "part-of": "part of the other",
    "accept": "read rightly",
    "reject": "misread",
    "retract": "taken back by its source",
    "correct": "corrected",
    "withhold": "words withheld",
    "attack_ied": "attack with an explosive device",
    "siege_blockade": "siege or blockade",
}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def number(value: int | float) -> str:
    """A number with commas between thousands: "1,147"."""
    return f"{value:,}"


def counted(value: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 claim", "1,147 claims"."""
    return f"{number(value)} {one if value == 1 else many or one + 's'}"


def stated(value: int | None) -> str:
    """A casualty figure; "not stated" where the text leaves it open (None), which is never zero."""
    return NOT_STATED if value is None else number(value)


def day(value: date | None) -> str:
    """A day: "3 Mar 2012"; "unknown" for None."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}" if value else "unknown"


def moment(value: datetime) -> str:
    """A moment to the minute in its own zone: "3 Mar 2012, 14:05 UTC"."""
    return f"{day(value.date())}, {value:%H:%M} {value.tzname() or ''}".rstrip()


def month(value: str) -> str:
    """A month from YYYY-MM: "Mar 2012"; "day not stated" for ""."""
    return f"{_MONTHS[int(value[5:7]) - 1]} {value[:4]}" if value else "day not stated"


def days(value: Days) -> str:
    """An interval as a reader writes it: "3 Mar 2012", "Mar 2012", "2012", "3–5 Mar 2012", "until 5 Mar 2012"."""
    first, last = value.first_day, value.last_day
    if first is None or last is None:
        return _open(first, last)
    if first == last:
        return day(first)
    whole = _whole(first, last)
    if whole:
        return whole
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day(last)}"
    if first.year == last.year:
        return f"{first.day} {_MONTHS[first.month - 1]} – {day(last)}"
    return f"{day(first)} – {day(last)}"


def published(value: Days) -> str:
    """When something was published: as `days`, "not before 5 Jan 2015", "day of publication unknown"."""
    if not value.known:
        return "day of publication unknown"
    if value.last_day is None:
        return f"not before {day(value.first_day)}"
    if value.first_day is None:
        return f"not after {day(value.last_day)}"
    return days(value)


def speaker(value: Speaker) -> tuple[str, ...]:
    """The chain of speakers in words, outermost first; the text's own voice is "the text itself"."""
    return tuple(_VOICES.get(name, name) for name in value.chain)


def voices(value: Speaker) -> tuple[str, ...]:
    """The speakers whom the text cites, outermost first; none where it speaks in its own voice."""
    return tuple(_VOICES.get(name, name) for name in value.chain if name != REPORTER)


def harm(value: Casualties) -> str:
    """What a casualty triple counts: "killed, soldiers", "killed, since 2012 (running total)"."""
    parts = [value.harm]
    if value.group:
        parts.append(value.group)
    if value.cumulative_since:
        parts.append(f"running total since {value.cumulative_since}")
    return ", ".join(parts)


def code(value: str) -> str:
    """A code of a vocabulary in words: "local_press" becomes "local press"."""
    return _CODES.get(value, value.replace("_", " "))


def _whole(first: date, last: date) -> str:
    """A whole year or month by its name, else ""."""
    follows = date.fromordinal(last.toordinal() + 1) if last < date.max else None
    if follows is None or first.day != 1 or follows.day != 1:
        return ""
    if (first.month, follows.month) == (1, 1) and follows.year == first.year + 1:
        return str(first.year)
    months = (follows.year - first.year) * 12 + follows.month - first.month
    return f"{_MONTHS[first.month - 1]} {first.year}" if months == 1 else ""


def _open(first: date | None, last: date | None) -> str:
    if first is None and last is None:
        return "day not stated"
    return f"since {day(first)}" if last is None else f"until {day(last)}"
