"""Turns curves, heads and marks into SVG elements. Invariant: a sign shows by shape as well as by colour: a filled head
and a round plus, a bar and a square minus, an open head and a question mark in a diamond. So does the kind of an
arrow: a measured one is a double line, an assumed one is dashed and dotted."""

import math
from html import escape

from faultline.publish.figure.curves import MARK, Curve
from faultline.publish.figure.labels import LINE, Box
from faultline.publish.figure.layout import Point
from faultline.record.system import ArrowStatus
from faultline.record.vocabulary import ArrowKind

SIGN_CLASSES = {1: "fm-more", -1: "fm-less", 0: "fm-open"}
_HEAD = 10.0  # px


def line_of(curve: Curve) -> str:
    """The path of a curve with its heads."""
    line = curve.line
    parts = [*strokes(_path(curve), line.kind), _head(curve.end, curve.control, line.sign)]
    if line.both:
        parts.append(_head(curve.start, curve.control, line.sign))
    return "".join(parts)


def strokes(path: str, kind: ArrowKind) -> list[str]:
    """A path in the manner of its kind: a measured one is stroked twice, so that it stands double."""
    core = [f'<path class="fm-core" d="{path}"/>'] if kind is ArrowKind.MEASURED else []
    return [f'<path class="fm-line" d="{path}"/>', *core]


def sign_of(curve: Curve) -> str:
    """The mark of a curve and, where the text denies it, its strike. Marks are drawn over all lines."""
    strike = strike_of(curve.mark) if curve.line.status == ArrowStatus.DENIED else ""
    return mark_of(curve.mark, curve.line.sign) + strike


def box_shape(centre: Point, box: Box, kind: str) -> str:
    """A node: its box and its lines of text."""
    x, y = centre[0] - box.half_width, centre[1] - box.half_height
    size = f'width="{_n(2 * box.half_width)}" height="{_n(2 * box.half_height)}" rx="{_n(min(11.0, box.half_height))}"'
    first = centre[1] - (len(box.lines) - 1) * LINE / 2 + 4.8
    spans = "".join(
        f'<text class="fm-label" x="{_n(centre[0])}" y="{_n(first + n * LINE)}">{escape(words)}</text>'
        for n, words in enumerate(box.lines)
    )
    return f'<g class="{kind}"><rect class="fm-box" x="{_n(x)}" y="{_n(y)}" {size}/>{spans}</g>'


def mark_of(at: Point, sign: int) -> str:
    """Plus in a disc, minus in a square, question mark in a diamond."""
    x, y, r = at[0], at[1], MARK
    if sign > 0:
        shape = f'<circle class="fm-mark" cx="{_n(x)}" cy="{_n(y)}" r="{_n(r)}"/>'
        return f'{shape}<path class="fm-sign" d="M{_n(x - 4.6)} {_n(y)}h9.2M{_n(x)} {_n(y - 4.6)}v9.2"/>'
    if sign < 0:
        shape = (
            f'<rect class="fm-mark" x="{_n(x - r + 1)}" y="{_n(y - r + 1)}" width="{2 * r - 2}" height="{2 * r - 2}"/>'
        )
        return f'{shape}<path class="fm-sign" d="M{_n(x - 4.6)} {_n(y)}h9.2"/>'
    r += 1.5
    shape = f'<path class="fm-mark" d="M{_n(x)} {_n(y - r)}l{r} {r}l{-r} {r}l{-r} {-r}z"/>'
    hook = f'<path class="fm-sign" d="M{_n(x - 2.4)} {_n(y - 2.6)}a2.5 2.4 0 1 1 2.5 2.7v1.5"/>'
    return f'{shape}{hook}<circle class="fm-dot" cx="{_n(x + 0.1)}" cy="{_n(y + 4.8)}" r="1.2"/>'


def strike_of(at: Point) -> str:
    """A cross over a mark: the text denies this arrow."""
    x, y, r = at[0], at[1], MARK + 5
    down, up = f"M{_n(x - r)} {_n(y - r)}l{2 * r} {2 * r}", f"M{_n(x - r)} {_n(y + r)}l{2 * r} {-2 * r}"
    return f'<path class="fm-strike" d="{down}{up}"/>'


def _path(curve: Curve) -> str:
    """The curve, drawn back from filled heads so that their points stay sharp."""
    back = 6.0 if curve.line.sign > 0 else 1.5
    end = _towards(curve.end, curve.control, back)
    start = _towards(curve.start, curve.control, back) if curve.line.both else curve.start
    (ax, ay), (cx, cy), (bx, by) = start, curve.control, end
    return f"M{_n(ax)} {_n(ay)}Q{_n(cx)} {_n(cy)} {_n(bx)} {_n(by)}"


def _head(tip: Point, origin: Point, sign: int) -> str:
    dx, dy = _unit(origin, tip)
    if sign < 0:
        x, y, half = tip[0] - 1.5 * dx, tip[1] - 1.5 * dy, 7.0
        start = f"{_n(x - half * dy)} {_n(y + half * dx)}"
        return f'<path class="fm-bar" d="M{start}L{_n(x + half * dy)} {_n(y - half * dx)}"/>'
    base, half = (tip[0] - _HEAD * dx, tip[1] - _HEAD * dy), _HEAD * 0.45
    left, right = (base[0] - half * dy, base[1] + half * dx), (base[0] + half * dy, base[1] - half * dx)
    corners = f"M{_n(left[0])} {_n(left[1])}L{_n(tip[0])} {_n(tip[1])}L{_n(right[0])} {_n(right[1])}"
    if sign > 0:
        return f'<path class="fm-head" d="{corners}z"/>'
    return f'<path class="fm-head fm-chevron" d="{corners}"/>'


def _towards(point: Point, other: Point, distance: float) -> Point:
    dx, dy = _unit(point, other)
    return point[0] + distance * dx, point[1] + distance * dy


def _unit(a: Point, b: Point) -> Point:
    length = math.dist(a, b) or 1.0
    return (b[0] - a[0]) / length, (b[1] - a[1]) / length


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
