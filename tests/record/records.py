"""Generates records of every type from its type hints. Invariant: what comes out keeps the invariants of its type."""

import dataclasses
import enum
import importlib
import pkgutil
import types
import typing
from datetime import UTC, date, datetime
from typing import Any

from hypothesis import strategies as st

import faultline.record
from faultline.record.claim import Speaker
from faultline.record.days import DayPrecision, Days
from faultline.record.text import Span

# What documents bring: any script, combining marks, right-to-left marks, astral characters; no lone surrogates.
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)


@st.composite
def days(draw: st.DrawFn) -> Days:
    """Intervals with none, one or both ends known."""
    ends = [draw(st.none() | st.dates()) for _ in range(2)]
    if None not in ends:
        ends.sort()
    return Days(ends[0], ends[1], draw(st.sampled_from(DayPrecision)), draw(TEXT))


@st.composite
def spans(draw: st.DrawFn) -> Span:
    """Stretches of code points, empty ones included."""
    start = draw(st.integers(0, 10_000))
    return Span(start, start + draw(st.integers(0, 500)))


def record_types() -> list[type]:
    """Every dataclass that a module of record/ defines."""
    modules = [
        importlib.import_module(f"faultline.record.{m.name}") for m in pkgutil.iter_modules(faultline.record.__path__)
    ]
    found = {
        value
        for module in modules
        for value in vars(module).values()
        if isinstance(value, type) and dataclasses.is_dataclass(value) and value.__module__ == module.__name__
    }
    return sorted(found, key=lambda kind: kind.__name__)


def records(kind: type) -> st.SearchStrategy[Any]:
    """Instances of a record type, every field filled at will."""
    if kind in _SPECIAL:
        return _SPECIAL[kind]
    hints = typing.get_type_hints(kind)
    return st.builds(kind, **{field.name: values(hints[field.name]) for field in dataclasses.fields(kind)})


def values(hint: Any) -> st.SearchStrategy[Any]:
    """Values of a type hint as it is used in record/."""
    arguments = typing.get_args(hint)
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        return st.one_of([st.none() if a is types.NoneType else values(a) for a in arguments])
    if typing.get_origin(hint) is tuple and arguments[-1] is not ...:
        return st.tuples(*map(values, arguments))
    if typing.get_origin(hint) is tuple:
        return st.lists(values(arguments[0]), max_size=2).map(tuple)
    if isinstance(hint, type) and issubclass(hint, enum.Enum):
        return st.sampled_from(hint)
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return st.deferred(lambda: records(hint))
    return _SCALARS[hint]


_SPECIAL: dict[type, st.SearchStrategy[Any]] = {
    Days: days(),
    Span: spans(),
    Speaker: st.builds(Speaker, st.lists(TEXT, min_size=1, max_size=3).map(tuple), TEXT),
}
_SCALARS: dict[Any, st.SearchStrategy[Any]] = {
    str: TEXT,
    int: st.integers(),
    float: NUMBERS,
    bool: st.booleans(),
    date: st.dates(),
    datetime: st.datetimes(timezones=st.just(UTC)),
}
