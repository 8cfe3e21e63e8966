"""Gives every line of a plan its curve and the place of its mark. Invariant: a curve begins and ends at the rims of its
two boxes, bends around boxes that stand in its way, and no mark lies on a box or on another mark."""

import math
from dataclasses import dataclass

from faultline.publish.figure.labels import Box
from faultline.publish.figure.layout import Layout, Point, unrelated
from faultline.publish.figure.plan import Line, Plan

MARK = 9.0  # px, half of a mark
_BENDS = (0.0, 0.09, -0.09, 0.18, -0.18, 0.28, -0.28, 0.4, -0.4)
_APART = (0.16, -0.16, 0.32)
_GAP = 3.0
_SAMPLES = 24
_PARTS = (0.5, 0.43, 0.57, 0.37, 0.63, 0.31, 0.69, 0.25, 0.75)


@dataclass(frozen=True, slots=True)
class Curve:
    """A quadratic curve in px, and where its mark stands."""

    line: Line
    start: Point
    control: Point
    end: Point
    mark: Point


def curves_of(plan: Plan, layout: Layout, boxes: dict[str, Box]) -> tuple[Curve, ...]:
    """A curve for every line, in the order of the plan."""
    drawing = _Drawing(plan, layout, boxes)
    return tuple(drawing.curve(line) for line in plan.lines)


class _Drawing:
    def __init__(self, plan: Plan, layout: Layout, boxes: dict[str, Box]) -> None:
        self.plan, self.layout, self.boxes = plan, layout, boxes
        self.marks: list[Point] = []
        self.points: list[Point] = []  # on the curves drawn so far
        self.used: dict[tuple[str, str], list[float]] = {}

    def curve(self, line: Line) -> Curve:
        """The curve with the least in its way, and its mark on the freest part of it."""
        a, b = self.layout.places[line.start], self.layout.places[line.end]
        pair = (min(line.start, line.end), max(line.start, line.end))
        side = 1.0 if line.start == pair[0] else -1.0
        taken = self.used.setdefault(pair, [])
        bends = self._bends(line, a, b)
        if taken:  # lines of several kinds between the same two nodes stand apart
            bends = (*bends, *(bend + more for bend in bends for more in _APART))
        bend = min(bends, key=lambda e: self._cost(line, a, b, e) + 900 * any(abs(side * e - t) < 0.05 for t in taken))
        taken.append(side * bend)
        control = _control(a, b, bend)
        start, end = self._rim(line.start, a, control), self._rim(line.end, b, control)
        mark = self._mark_place(start, control, end)
        self.marks.append(mark)
        self.points += [_at(start, control, end, n / _SAMPLES) for n in range(_SAMPLES + 1)]
        return Curve(line, start, control, end, mark)

    def _bends(self, line: Line, a: Point, b: Point) -> tuple[float, ...]:
        """Sides of the ring bulge outwards along it; its diagonals go around the hub."""
        ring = self.plan.ring
        if line.start not in ring or line.end not in ring:
            return _BENDS
        apart = abs(ring.index(line.start) - ring.index(line.end))
        if apart in (1, len(ring) - 1):
            outward = _control(a, b, 0.16)
            return (0.16,) if math.hypot(*outward) > math.hypot(*_control(a, b, -0.16)) else (-0.16,)
        return (0.3,) if self.plan.hub else (0.06,)

    def _cost(self, line: Line, a: Point, b: Point, bend: float) -> float:
        control = _control(a, b, bend)
        points = [_at(a, control, b, n / _SAMPLES) for n in range(1, _SAMPLES)]
        others = [node for node in self.plan.nodes if unrelated(line, node)]
        hits = sum(self._inside(point, node, 6.0) for point in points for node in others)
        marks = sum(math.dist(p, m) < 2 * MARK for p in points for m in self.marks)
        return 40 * hits + 6 * marks + 60 * abs(bend)

    def _inside(self, point: Point, node: str, margin: float) -> bool:
        x, y = self.layout.places[node]
        box = self.boxes[node]
        return abs(point[0] - x) < box.half_width + margin and abs(point[1] - y) < box.half_height + margin

    def _rim(self, node: str, centre: Point, towards: Point) -> Point:
        box = self.boxes[node]
        dx, dy = towards[0] - centre[0], towards[1] - centre[1]
        across = (box.half_width + _GAP) / abs(dx) if dx else math.inf
        down = (box.half_height + _GAP) / abs(dy) if dy else math.inf
        part = min(across, down, 1.0)
        return centre[0] + part * dx, centre[1] + part * dy

    def _mark_place(self, start: Point, control: Point, end: Point) -> Point:
        def crowd(part: float) -> float:
            point = _at(start, control, end, part)
            boxes = sum(self._inside(point, node, MARK + 1) for node in self.plan.nodes)
            marks = sum(math.dist(point, other) < 2.4 * MARK for other in self.marks)
            ends = sum(math.dist(point, rim) < 2.6 * MARK for rim in (start, end))
            lines = sum(math.dist(point, other) < 1.5 * MARK for other in self.points)
            return 50 * boxes + 30 * marks + 12 * ends + 8 * min(lines, 3) + abs(part - 0.5)

        return _at(start, control, end, min(_PARTS, key=crowd))


def _control(a: Point, b: Point, bend: float) -> Point:
    """The control point whose curve leaves the straight line by `bend` / 2 of its length."""
    return (a[0] + b[0]) / 2 - bend * (b[1] - a[1]), (a[1] + b[1]) / 2 + bend * (b[0] - a[0])


def _at(a: Point, control: Point, b: Point, t: float) -> Point:
    u = 1 - t
    return (
        u * u * a[0] + 2 * u * t * control[0] + t * t * b[0],
        u * u * a[1] + 2 * u * t * control[1] + t * t * b[1],
    )
