"""Turns the header of a table into who plays which part. Invariant: every column is used, ignored on purpose with the
reason beside its name, or signalled as unknown."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from faultline.intake.taken import RefusedError


@dataclass(frozen=True, slots=True)
class Column:
    """A column that plays a part: its place in a row and the rule under which its values are read ("ged:side_a")."""

    index: int
    name: str
    rule: str


@dataclass(frozen=True, slots=True)
class Layout:
    """The parts of a table, each with its columns in the order of the reader's list, and what was not understood."""

    parts: Mapping[str, tuple[Column, ...]]
    unknown: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()

    def first(self, part: str) -> Column | None:
        """The first column of a part, None where the table has none."""
        columns = self.parts.get(part, ())
        return columns[0] if columns else None

    def index(self, part: str) -> int:
        """Where the first column of a part stands, -1 where the table has none."""
        column = self.first(part)
        return column.index if column else -1


def lay_out(header: tuple[str, ...], words: Mapping[str, Any]) -> Layout:
    """The layout of a header by a reader's list: `name`, `columns` (column: part), `ignored` (column: why) and
    `required` (parts, "a|b" for one of two).

    Names are compared without case. Raises RefusedError("header") where a part is missing or two columns
    have one name.
    """
    places = _places(header)
    parts: dict[str, list[Column]] = {}
    for name, part in words["columns"].items():
        if name.lower() in places:
            column = Column(places[name.lower()], name, f"{words['name']}:{name}")
            parts.setdefault(part, []).append(column)
    _check_required(parts, words)
    known = {name.lower() for name in (*words["columns"], *words["ignored"])}
    return Layout(
        {part: tuple(columns) for part, columns in parts.items()},
        tuple(name for name in header if name.lower() not in known),
        tuple(name for name in header if name.lower() in {word.lower() for word in words["ignored"]}),
    )


def _places(header: tuple[str, ...]) -> dict[str, int]:
    places: dict[str, int] = {}
    for index, name in enumerate(header):
        if name and name.lower() in places:
            raise RefusedError("header", f"two columns {name!r}", "each name once")
        places[name.lower()] = index
    return places


def _check_required(parts: Mapping[str, list[Column]], words: Mapping[str, Any]) -> None:
    for choice in words["required"]:
        if not any(part in parts for part in choice.split("|")):
            names = [name for name, part in words["columns"].items() if part in choice.split("|")]
            raise RefusedError("header", f"no column {' or '.join(names)}", f"the columns of {words['title']}")
