"""Turns counts by month into lanes of bars. Invariant: heights compare within a lane, whose fullest month is written
beside it; every bar keeps the month that it stands for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from faultline.publish.months import months_between

WIDTH, LEFT, RIGHT = 1080.0, 108.0, 12.0  # the drawing, the names at its left, the margin at its right; its own units
LANE, TOP, FOOT = 44.0, 18.0, 6.0  # a lane, the years above, the margin below
NO_MONTHS = ("0001-02", "0001-01")
_LOWEST = 2.0  # a bar of one claim has to be seen


@dataclass(frozen=True, slots=True)
class Line:
    """What a lane shows: its name, and the code of its kind ("" for all kinds together)."""

    name: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """`count` claims in a month (YYYY-MM); `height` is drawn up from the lane's base."""

    month: str
    count: int
    x: float
    height: float


@dataclass(frozen=True, slots=True)
class Lane:
    """One line of bars; `most` is the count of its fullest month."""

    line: Line
    base: float
    bars: tuple[Bar, ...]
    most: int


@dataclass(frozen=True, slots=True)
class Lanes:
    """The drawing: months from the first to the last, both inclusive; `years` are (year, x) of each January."""

    months: tuple[str, ...]
    lanes: tuple[Lane, ...]
    years: tuple[tuple[str, float], ...]
    step: float
    height: float
    width: float = WIDTH
    left: float = LEFT


def draw(counts: Sequence[tuple[Line, Mapping[str, int]]], span: tuple[str, str], room: float = LANE) -> Lanes:
    """A lane, `room` high, for each line that has a claim in the months of `span` (first and last, inclusive), in the
    given order."""
    months = months_between(*span)
    step = (WIDTH - LEFT - RIGHT) / max(1, len(months))
    places = {month: round(LEFT + n * step, 2) for n, month in enumerate(months)}
    drawn: list[Lane] = []
    for line, by_month in counts:
        inside = {m: n for m, n in by_month.items() if m in places and n}
        if inside:
            drawn.append(_lane(line, inside, places, TOP + room * (len(drawn) + 1), room))
    years = tuple((m[:4], places[m]) for m in months if m.endswith("-01"))
    return Lanes(months, tuple(drawn), years, step, TOP + room * len(drawn) + FOOT)


def _lane(line: Line, inside: Mapping[str, int], places: Mapping[str, float], base: float, room: float) -> Lane:
    most, full = max(inside.values()), room - 14
    bars = tuple(Bar(m, n, places[m], round(max(_LOWEST, full * n / most), 1)) for m, n in sorted(inside.items()))
    return Lane(line, base, bars, most)
