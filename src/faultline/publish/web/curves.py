"""Turns the curves of a finding into paths of a drawing. Invariant: a gap stays a gap, every panel has one unit, and
both axes say where they begin and end."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from faultline.record.finding import Curve, Finding

WIDTH, HEIGHT = 640.0, 150.0
_MOST = 6  # curves of one panel: more cannot be told apart


@dataclass(frozen=True, slots=True)
class Drawn:
    """A curve: `path` of its line, `bars` (x, y, width, height), `dots` (x, y), `band` the path around its interval."""

    name: str
    number: int
    path: str
    band: str
    bars: tuple[tuple[float, float, float, float], ...]
    dots: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """The curves of one unit, with the ends of both axes in words; `more` were left out."""

    unit: str
    curves: tuple[Drawn, ...]
    first: str
    last: str
    low: str
    high: str
    more: int


def panels_of(finding: Finding) -> tuple[Panel, ...]:
    """One panel for each unit, in the order of the curves; none where there is nothing to draw."""
    units = dict.fromkeys(curve.unit for curve in finding.curves)
    found = (_panel(unit, [c for c in finding.curves if c.unit == unit and c.x]) for unit in units)
    return tuple(panel for panel in found if panel)


def _panel(unit: str, curves: Sequence[Curve]) -> Panel | None:
    words = list(dict.fromkeys(word for curve in curves for word in curve.x))
    places = _places(words)
    values = [v for c in curves for ends in (c.y, c.low, c.high) for v in ends if v is not None and v == v]
    if not values:
        return None
    low, high = min(0.0, *values), max(values)
    left, right = min(places.values()), max(places.values())
    scale = _Scale(left, right - left or 1.0, low, high - low or 1.0, len(words))
    ends = sorted(words, key=lambda word: places[word])
    drawn = tuple(_drawn(curve, n, places, scale) for n, curve in enumerate(curves[:_MOST]))
    return Panel(unit, drawn, ends[0], ends[-1], f"{low:g}", f"{high:.3g}", max(0, len(curves) - _MOST))


@dataclass(frozen=True, slots=True)
class _Scale:
    left: float
    width: float
    low: float
    height: float
    steps: int

    def at(self, x: float, y: float) -> tuple[float, float]:
        across, up = (x - self.left) / self.width, (y - self.low) / self.height
        return round(WIDTH * across, 1), round(HEIGHT * (1 - up), 1)


def _drawn(curve: Curve, number: int, places: dict[str, float], scale: _Scale) -> Drawn:
    points = [
        scale.at(places[x], y) if y is not None and y == y else None for x, y in zip(curve.x, curve.y, strict=True)
    ]
    bars: tuple[tuple[float, float, float, float], ...] = ()
    dots = tuple(point for point in points if point) if curve.form == "point" else ()
    if curve.form == "bar":
        base, room = scale.at(scale.left, 0.0)[1], max(1.0, round(0.8 * WIDTH / max(1, scale.steps), 1))
        bars = tuple((p[0], min(p[1], base), room, round(abs(base - p[1]), 1)) for p in points if p)
    line = "" if curve.form in ("bar", "point", "band") else _path(points, curve.form == "step")
    return Drawn(curve.name, number, line, _band(curve, places, scale), bars, dots)


def _path(points: Iterable[tuple[float, float] | None], steps: bool) -> str:
    parts, before = [], None
    for point in points:
        if point and before is None:
            parts.append(f"M{point[0]} {point[1]}")
        elif point:
            parts.append(f"H{point[0]}V{point[1]}" if steps else f"L{point[0]} {point[1]}")
        before = point
    return "".join(parts)


def _band(curve: Curve, places: dict[str, float], scale: _Scale) -> str:
    if not (curve.low and curve.high):
        return ""
    rows = [
        (scale.at(places[x], low), scale.at(places[x], high))
        for x, low, high in zip(curve.x, curve.low, curve.high, strict=True)
        if low is not None and high is not None
    ]
    around = [low for low, _ in rows] + [high for _, high in reversed(rows)]
    return "M" + "L".join(f"{x} {y}" for x, y in around) + "Z" if around else ""


def _places(words: Sequence[str]) -> dict[str, float]:
    """Where each word stands: a day, a number, else its turn."""
    try:
        return {word: float(date.fromisoformat(word).toordinal()) for word in words}
    except ValueError:
        pass
    try:
        return {word: float(word) for word in words}
    except ValueError:
        return {word: float(n) for n, word in enumerate(words)}
