"""Turns a sentence about a restriction into its term: since when, until when, for how long, ended on which day.
Invariant: a day without a year is the one nearest to the day of the text on its side, and nothing is guessed beyond."""

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from faultline.measure.force.lexicon import table


@dataclass(frozen=True, slots=True)
class Term:
    """What the words say; None where they say nothing. `since` and `until` are inclusive, `length` whole days."""

    since: date | None = None
    until: date | None = None
    length: int | None = None
    ended: date | None = None


def read_term(text: str, day: date) -> Term:
    """The term in the words of a text of that day."""
    return Term(_since(text, day), _until(text, day), _length(text), _ended(text, day))


def weekday_after(text: str, verb: re.Pattern[str], day: date) -> date | None:
    """The last such weekday until `day` of a weekday that stands soon after the verb, None where none does."""
    found = verb.search(text)
    named = _weekday().search(text[found.end() : found.end() + 40]) if found else None
    if not named:
        return None
    number = next(n for n, words in table()["weekdays"].items() if named.group(0).casefold() in words)
    return day - timedelta(days=(day.weekday() - number) % 7)


def _since(text: str, day: date) -> date | None:
    ranged = _found(rf"\b(?:du|from|allant du|entre le)\s+{_DAY}\s+(?:au|to|until|et le)\s+", text)
    if ranged:
        return _nearest(ranged, day)
    words = (
        r"depuis|since|à compter du|à partir du|à compter de|dès le|dès|starting|beginning|from|rétabli le|restored on"
    )
    found = _found(rf"\b(?:{words})\s+(?:le\s+|the\s+)?(?:(?:{_WEEKDAYS})\s+)?{_DAY}", text)
    return _date(found, day, past=True, last=False) if found else None


def _until(text: str, day: date) -> date | None:
    ranged = _found(rf"\b(?:du|from|allant du)\s+{_SHORT}\s+(?:au|to|until)\s+{_DAY}", text)
    words = r"until|till|through|jusqu['’]au|jusqu['’]à|valable jusqu['’]au|to|au"
    found = ranged or _found(rf"\b(?:{words})\s+(?:la\s+|the\s+)?(?:(?:{_WEEKDAYS})\s+)?{_DAY}", text)
    return _date(found, day, past=False, last=True) if found else None


def _ended(text: str, day: date) -> date | None:
    words = r"expiré|expired|a pris fin|avait pris fin|ended|levé|lifted"
    found = _found(rf"\b(?:{words})\b[^.;]{{0,30}}?\s(?:le|on)\s+(?:(?:{_WEEKDAYS})\s+)?{_DAY}", text)
    return _date(found, day, past=True, last=True) if found else None


def _length(text: str) -> int | None:
    numbers, units = table()["numbers"], table()["units"]
    found = re.search(
        rf"\b(?:for|of|by|pour|de|d['’])\s*(?:at least\s+|au moins\s+|another\s+)?({'|'.join(numbers)}|\d+)[\s-]+"
        rf"({'|'.join(sorted(units, key=len, reverse=True))})s?\b(?!\s+(?:of|de)\s+(?:mourning|deuil))",
        text,
        re.IGNORECASE,
    )
    if not found or re.search(r"(?:vieux|old|âgé|depuis|since|près)\W*$", text[: found.start()], re.IGNORECASE):
        return None
    word = found.group(1).casefold()
    count = int(word) if word.isdecimal() else int(numbers[word])
    return round(count * float(units[found.group(2).casefold()]))


_MONTHS = "|".join(sorted((word for words in table()["months"].values() for word in words), key=len, reverse=True))
_WEEKDAYS = "|".join(word for words in table()["weekdays"].values() for word in words)
_DAY = (
    rf"(?:(?P<end>fin|la fin|the end of|end of|late)\s+(?:de\s+|d['’])?)?"
    rf"(?:(?P<first>\d{{1,2}})(?:er|st|nd|rd|th)?\s+)?(?P<month>{_MONTHS})\b"
    rf"(?:\s+(?P<second>\d{{1,2}})(?:st|nd|rd|th)?\b)?(?:,?\s+(?P<year>\d{{4}}))?"
)
_SINCE = "depuis|since|à compter du|à partir du|à compter de|dès le|dès|starting|beginning|from|rétabli le|restored on"
_SHORT = rf"(?:\d{{1,2}}(?:er|st|nd|rd|th)?(?:\s+(?:{_MONTHS}))?(?:\s+\d{{4}})?)"


@cache
def _compiled(expression: str) -> re.Pattern[str]:
    return re.compile(expression, re.IGNORECASE)


def _found(expression: str, text: str) -> re.Match[str] | None:
    return _compiled(expression).search(text)


def _weekday() -> re.Pattern[str]:
    return _compiled(rf"\b(?:{_WEEKDAYS})\b")


def _date(found: re.Match[str], day: date, past: bool, last: bool) -> date | None:
    """The day that the words name: of a month its first or last; without a year the nearest one past or to come."""
    month = next(n for n, words in table()["months"].items() if found["month"].casefold() in words)
    number = found["first"] or found["second"]
    years = [int(found["year"])] if found["year"] else _years(day, past)
    for year in years:
        final = calendar.monthrange(year, month)[1]
        if number and int(number) > final:
            return None
        result = date(year, month, int(number) if number else final if last or found["end"] else 1)
        if found["year"] or (result <= day + timedelta(days=10) if past else result >= day - timedelta(days=31)):
            return result
    return None


def _years(day: date, past: bool) -> Iterable[int]:
    return (day.year + 1, day.year, day.year - 1) if past else (day.year - 1, day.year, day.year + 1)


def _nearest(found: re.Match[str], day: date) -> date | None:
    """The day of a range's beginning, in the year that brings it nearest."""
    both = [_date(found, day, past, last=False) for past in (True, False)]
    known = [one for one in both if one]
    return min(known, key=lambda one: abs((one - day).days), default=None)
