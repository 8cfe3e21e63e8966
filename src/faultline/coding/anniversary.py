"""Turns the opening of an article that looks back as a whole ("Five years after", "le troisième anniversaire de") into
the time from which its days without a year are counted. Invariant: an article that names a weekday, today or the year
of its publication tells of the present too, and is not moved."""

import re
from dataclasses import replace
from datetime import date

from faultline.coding.lexicon import load_pack
from faultline.record.days import Days

_OPENING = 160  # code points of the text that are its opening, where the title says nothing
_WORD = re.compile(r"[^\W_]+")


def told_from(published: Days, title: str, text: str, language: str) -> Days:
    """Publication, moved back by the years that the title or the first words look back; as given where they do not."""
    if published.first_day is None or published.last_day is None or language not in ("en", "fr"):
        return published
    years = _years(title, language, 0) or _years(text[:_OPENING], language, 1)
    if not years or _of_the_present(text, language, published.last_day.year):
        return published
    first, last = (_back(day, years) for day in (published.first_day, published.last_day))
    return replace(published, first_day=first, last_day=last, anchor=f"{years} years before publication")


def _years(opening: str, language: str, since: int) -> int:
    """How many years an opening looks back, by the patterns from number `since` on; 0 for none."""
    said = load_pack(language).days["look_back"]
    for pattern in said["patterns"][since:]:
        number, ordinal = ("|".join(map(re.escape, said[name])) for name in ("numbers", "ordinals"))
        regex = pattern.replace("NUMBER", rf"(?P<n>\d{{1,2}}|{number})")
        regex = regex.replace("ORDINAL", rf"(?P<n>\d{{1,2}}(?=st|nd|rd|th|e|ème|er)|{ordinal})\w*")
        found = re.search(regex, opening.strip(), re.IGNORECASE)
        if found:
            word = found["n"].lower()
            return int(word) if word.isdigit() else int({**said["ordinals"], **said["numbers"]}[word])
    return 0


def _of_the_present(text: str, language: str, year: int) -> bool:
    days = load_pack(language).days
    now = days["weekdays"].keys() | set(days["look_back"]["present"]) | {str(year)}
    return any(word.lower() in now for word in _WORD.findall(text))


def _back(day: date, years: int) -> date:
    return day.replace(year=day.year - years, day=min(day.day, 28) if day.month == 2 else day.day)
