"""Turns the words of an assertion into what they ask of the record: a rank, a trend, the places of a day, a change, or
that something is there. Invariant: the words are a table (asks.yaml), and what they ask never depends on a result."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any

from faultline.coding.tokens import fold
from faultline.record.packaged import packaged

RECENT_YEARS, RECENT_MONTHS = 5, 6
ALSO = ("loosened", "held", "first", "rare", "pattern", "often", "daily", "most", "together")
_MONTHS = (
    ("january", "janvier"),
    ("february", "fevrier"),
    ("march", "mars"),
    ("april", "avril"),
    ("may", "mai"),
    ("june", "juin"),
    ("july", "juillet"),
    ("august", "aout"),
    ("september", "septembre"),
    ("october", "octobre"),
    ("november", "novembre"),
    ("december", "decembre"),
)
MONTHS = frozenset(name for names in _MONTHS for name in names)
_LATE, _MIDDLE = ("end", "late", "la fin"), ("mid",)


class Asks(StrEnum):
    """What an assertion asks of the record."""

    LARGEST = "largest"
    RISING = "rising"
    FRONTS = "fronts"
    MEANING = "meaning"
    CHANGE = "change"
    THERE = "there"


@dataclass(frozen=True, slots=True)
class Asked:
    """`what` the words ask; `infers` whether they take one thing as a sign of another; `forms` the forms of described
    things that they name; `since` the first day of the time that they compare with (None: they name none); `deaths`
    whether they speak of deaths alone, `order` of things that follow one another; `also` what else they say: control
    that is no longer sure ("loosened"), a first time ("first"), a rarity ("rare"), more than one ("pattern"), how
    often, by the week or the day ("often", "daily"), which party does most ("most"), two parties
    at once ("together")."""

    what: Asks
    infers: bool = False
    forms: frozenset[str] = frozenset()
    since: date | None = None
    deaths: bool = False
    order: bool = False
    also: frozenset[str] = frozenset()


def asked_by(words: str, day: date) -> Asked:
    """What the words ask; `day` is the day from which "recent" counts."""
    folded = " ".join(fold(words).split())
    table = _table()
    ranked = (Asks.LARGEST, Asks.RISING, Asks.FRONTS, Asks.MEANING, Asks.CHANGE)
    what = next((ask for ask in ranked if _search(ask.value, folded)), Asks.THERE)
    forms = frozenset(form for form, pattern in table["forms"].items() if re.search(pattern, folded))
    infers, deaths, order = (bool(_search(name, folded)) for name in ("infers", "deaths", "order"))
    infers = infers and not _search("evidence", folded)
    if infers and forms and what is Asks.CHANGE:
        what = Asks.THERE  # "the curfew indicates that ... no longer": what is there is the curfew
    also = frozenset(name for name in ALSO if _search(name, folded))
    return Asked(what, infers, forms, _since(folded, day), deaths, order, also)


def _since(folded: str, day: date) -> date | None:
    periods = _table()["periods"]
    found = re.search(periods["since"], folded)
    if found:
        year, month, part = int(found["year"]), found["month"], found["part"] or ""
        if month:
            return date(year, next(k for k, names in enumerate(_MONTHS, 1) if month in names), 1)
        return date(year, 12 if part in _LATE else 6 if part in _MIDDLE else 1, 1)
    if re.search(periods["recent"], folded):
        return date(day.year - RECENT_YEARS, day.month, 1)
    if re.search(periods["months"], folded):
        months = day.year * 12 + day.month - 1 - RECENT_MONTHS
        return date(months // 12, months % 12 + 1, 1)
    return None


def _search(name: str, folded: str) -> bool:
    return any(pattern.search(folded) for pattern in _patterns()[name])


@cache
def _patterns() -> Mapping[str, tuple[re.Pattern[str], ...]]:
    table = _table()
    listed = {name: table[name] if isinstance(table[name], list) else [table[name]] for name in table}
    return {name: tuple(map(re.compile, found)) for name, found in listed.items() if isinstance(found[0], str)}


@cache
def _table() -> dict[str, Any]:
    found: dict[str, Any] = packaged("faultline.examine", "asks.yaml")
    return found
