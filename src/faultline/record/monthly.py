"""Rows of a table of units and months, on their way from a reader to a table. Invariant: as written, in the order of
the file."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MonthlyRows:
    """Rows of one table: `units`, `months` (numbers, record/months.py), `deaths`, `provisional` (as the table marks it)
    and `lines` (where it stands in the file) are of equal length; `beside` holds other series, each
    behind its name.

    `kind` says what a unit is ("gwno": a state, "dyad": a pair of actors, "table": anything else), `series` which
    column counts.
    """

    origin: str
    kind: str
    series: str
    units: tuple[str, ...]
    months: tuple[int, ...]
    deaths: tuple[float, ...]
    beside: tuple[tuple[str, tuple[float, ...]], ...]
    provisional: tuple[bool, ...]
    lines: tuple[int, ...]
