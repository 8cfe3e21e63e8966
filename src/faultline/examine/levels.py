"""Which measures speak of a level of the system map, which of their rows answer an assertion of it, and what it would
take where none does. Invariant: a table (levels.yaml), the same for every case."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from faultline.record.packaged import packaged


def forms_of(levels: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """The described things, as (measure, form), that speak for the levels."""
    table = described()
    found = [(name, form) for level in levels for name, forms in table.get(level, {}).items() for form in forms]
    return tuple(dict.fromkeys(found))


@cache
def described() -> Mapping[str, Mapping[str, Sequence[str]]]:
    """For each level the measures, with the forms of what they describe that speak for it."""
    found: Mapping[str, Mapping[str, Sequence[str]]] = _table()["described"]
    return found


@cache
def measures() -> Mapping[str, Sequence[str]]:
    """The measures of each level."""
    found: Mapping[str, Sequence[str]] = _table()["measures"]
    return found


@cache
def missing() -> Mapping[str, str]:
    """What it would take to measure a level that no measure speaks of."""
    found: Mapping[str, str] = _table()["missing"]
    return found


@cache
def series() -> Mapping[str, str]:
    """The series that would let an arrow of a level be measured."""
    found: Mapping[str, str] = _table()["series"]
    return found


@cache
def rows_of() -> Mapping[str, Mapping[str, Any]]:
    """Which rows of an event table count a level: `roots` (actions), `by` ("defender", "others"), `on`."""
    found: Mapping[str, Mapping[str, Any]] = _table()["rows"]
    return found


@cache
def tests() -> Mapping[str, Mapping[str, Sequence[str]]]:
    """For each level the measures, with beginnings of the names of those rows whose p-value answers it."""
    found: Mapping[str, Mapping[str, Sequence[str]]] = _table()["tests"]
    return found


@cache
def in_order() -> Mapping[str, Mapping[str, Sequence[str]]]:
    """The same where the words speak of an order of things."""
    found: Mapping[str, Mapping[str, Sequence[str]]] = _table()["order"]
    return found


@cache
def _table() -> dict[str, Any]:
    found: dict[str, Any] = packaged("faultline.examine", "levels.yaml")
    return found
