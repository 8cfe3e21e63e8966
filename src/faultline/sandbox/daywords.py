"""Turns the day of a happening and the day of publication into what a reporter writes, and the interval that it means.
Invariant: the interval holds the day, and a relative word is only used where the publication day is known."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from faultline.sandbox.chance import chance, pick

_DAYS = {
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(),
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche".split(),
}
_MONTHS = {
    "en": "January February March April May June July August September October November December".split(),
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
}
_PARTS = ((1, 10, "early", "début"), (11, 20, "mid", "mi"), (21, 31, "late", "fin"))
_VAGUE_AFTER, _YEAR_AFTER = 12, 250  # days between happening and publication


@dataclass(frozen=True, slots=True)
class DayWords:
    """Words for a day (without a leading space; "" for none) and the interval they mean, both ends inclusive."""

    text: str
    first_day: date | None = None
    last_day: date | None = None
    precision: str = "unknown"


def day_words(day: date, published: date | None, language: str, rng: np.random.Generator) -> DayWords:
    """How the day of a happening is written in a dispatch of that publication day (None: not known)."""
    gap = (published - day).days if published else _YEAR_AFTER
    if gap >= _YEAR_AFTER:
        return _exact(day, f"{_day_first(day, language)} {day.year}", language)
    if gap < 5 and chance(rng, 0.75):
        return weekday(day, language)
    if gap > _VAGUE_AFTER and chance(rng, 0.5):
        return _vague(day, language, rng)
    return _exact(day, _of_month(day, language, rng), language)


def weekday(day: date, language: str) -> DayWords:
    """The name of the day: "on Monday", "lundi"; only right in the week before publication."""
    name = _DAYS[language][day.weekday()]
    return DayWords(name if language == "fr" else f"on {name}", day, day, "day")


def month_words(day: date, language: str) -> str:
    """The month of a day, by name."""
    return _MONTHS[language][day.month - 1]


def _exact(day: date, written: str, language: str) -> DayWords:
    return DayWords(f"le {written}" if language == "fr" else f"on {written}", day, day, "day")


def _of_month(day: date, language: str, rng: np.random.Generator) -> str:
    if language == "fr" or chance(rng, 0.6):
        return _day_first(day, language)
    return f"{month_words(day, language)} {day.day}"


def _day_first(day: date, language: str) -> str:
    first = "1er" if language == "fr" and day.day == 1 else str(day.day)
    return f"{first} {month_words(day, language)}"


def _vague(day: date, language: str, rng: np.random.Generator) -> DayWords:
    """A third of the month, or the month."""
    month = month_words(day, language)
    last_of_month = (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    first, last, english, french_word = next(part for part in _PARTS if part[0] <= day.day <= part[1])
    interval = (day.replace(day=first), min(day.replace(day=min(last, last_of_month.day)), last_of_month))
    whole = (day.replace(day=1), last_of_month)
    if language == "fr":
        part = f"à la mi-{month}" if french_word == "mi" else f"{french_word} {month}"
        options = ((part, interval, "interval"), (f"en {month}", whole, "month"))
    else:
        part = f"in mid-{month}" if english == "mid" else f"in {english} {month}"
        options = ((part, interval, "interval"), (f"in {month}", whole, "month"))
    text, (low, high), precision = pick(rng, options)
    return DayWords(text, low, high, precision)
