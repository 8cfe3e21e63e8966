"""Turns a path and what to ask there into an address within the pages. Invariant: the as-of day travels with every
link."""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import Enum
from urllib.parse import quote, urlencode

from faultline.publish.web.query import Look

Values = Mapping[str, object]
_LOOK = frozenset({"as_of", "undated", "lang", "profile"})


def pairs(values: Values) -> list[tuple[str, str]]:
    """Names and texts of a question; empty values drop out, sequences repeat their name, True becomes 1."""
    found: list[tuple[str, str]] = []
    for name, value in values.items():
        several = value if isinstance(value, (list, tuple)) else [value]
        found += [(name, _text(one)) for one in several if one not in (None, "", False)]
    return found


def address(path: str, values: Iterable[tuple[str, str]]) -> str:
    """Path and question, percent-encoded; the path is ours or an id."""
    question = urlencode(list(values))
    return quote(path, safe="/:@") + (f"?{question}" if question else "")


def look_values(look: Look) -> dict[str, object]:
    """What of a query belongs to every page, whatever its filter: the day, the language, the profile."""
    return {name: value for name, value in state_values(look).items() if name in _LOOK}


def state_values(look: Look) -> dict[str, object]:
    """What of a query all views share, without what is at its default."""
    return {name: value for name, value in look.model_dump(exclude_defaults=True).items() if name in Look.model_fields}


def _text(value: object) -> str:
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, date):
        return value.isoformat()
    return "1" if value is True else str(value)
