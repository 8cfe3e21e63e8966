"""Turns dataclass rows into a table of pandas or polars, through Arrow. Invariant: neither of the two is needed until a
table is asked for."""

from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Literal

from faultline.publish.export.cells import arrow_of
from faultline.record.errors import UsageError

Library = Literal["pandas", "polars"]
_LIBRARIES: tuple[Library, ...] = ("pandas", "polars")


def library_of(asked: str) -> Library:
    """The library asked for; where nothing is, the first of pandas and polars that is installed. Raises UsageError
    where there is none."""
    wanted = [name for name in _LIBRARIES if asked in ("", name)]
    if not wanted:
        raise UsageError("frames", repr(asked), " or ".join(_LIBRARIES))
    for name in wanted:
        if find_spec(name):
            return name
    way_out = "Run: pip install 'faultline[notebook]'"
    raise UsageError("tables in a notebook", f"no {' and no '.join(wanted)}", "one of them installed", way_out)


def frame_of(library: Library, kind: type, rows: Sequence[object]) -> Any:
    """A table with a column for each field: lists stay lists, None is missing, days are days."""
    table = arrow_of(kind, rows)
    if library == "polars":
        return import_module("polars").from_arrow(table)
    return table.to_pandas(date_as_object=False)
