"""Turns a system map into one SVG picture. Invariant: it needs nothing from outside (no font, no script, no file), can
be read in a light and a dark scheme, and says in its title and description what it shows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.resources import files

from faultline.publish.figure.curves import Curve, curves_of
from faultline.publish.figure.labels import Box, box_of, width_of
from faultline.publish.figure.layout import Layout, Point, layout_of
from faultline.publish.figure.plan import Line, Plan, plan_of
from faultline.publish.figure.shapes import SIGN_CLASSES, box_shape, line_of, mark_of, sign_of, strike_of, strokes
from faultline.publish.figure.wording import Wording, said_of
from faultline.record.system import ArrowStatus, SystemMap
from faultline.record.vocabulary import ArrowKind

_MARGIN, _HEAD, _FOOT, _KINDS = 26.0, 74.0, 78.0, 27.0
_RING_MARGIN = 34.0


@dataclass(frozen=True, slots=True)
class Picture:
    """What a picture says besides its map: `title`; `names` of the nodes; `words` of the arrows by their number, ""
    where the sentence is left out; `link` the address that a line leads to by the number of its first arrow, if any."""

    title: str
    names: Mapping[str, str]
    words: tuple[str, ...] = ()
    wording: Wording = Wording()
    link: Callable[[int], str] | None = None
    styled: bool = True  # whether the picture carries its own style, which a page of strict rules may not

    def name(self, node: str) -> str:
        """What the node is called."""
        return self.names.get(node, node)


def draw_svg(system: SystemMap, picture: Picture) -> str:
    """The picture as the text of an SVG file."""
    plan = plan_of(system)
    boxes = {node: box_of(picture.name(node)) for node in plan.nodes}
    layout = layout_of(plan, boxes)
    curves = curves_of(plan, layout, boxes)
    left, top, right, bottom = _bounds(layout, boxes, curves)
    mixed = {arrow.kind for arrow in system.arrows} - {ArrowKind.ASSERTED}
    bottom += _KINDS if mixed else 0.0
    least = max(760.0, width_of(picture.title, 22) + 2 * _MARGIN)
    spare = max(0.0, least - (right - left)) / 2
    left, width, height = left - spare, right - left + 2 * spare, bottom - top
    parts = [
        f'<rect class="fm-paper" x="{left:.0f}" y="{top:.0f}" width="{width:.0f}" height="{height:.0f}"/>',
        *_heading(system, picture, (left + _MARGIN, top)),
        *_disc(plan, layout, boxes),
        *(_linked(curve.line, picture, line_of(curve)) for curve in curves),
        *(_linked(curve.line, picture, sign_of(curve)) for curve in curves),
        *(box_shape(layout.places[node], boxes[node], _kind(plan, node)) for node in plan.nodes),
        *_legend(picture.wording, (left + _MARGIN, bottom - _FOOT + (30 - _KINDS if mixed else 30)), bool(mixed)),
    ]
    box = f'viewBox="{left:.0f} {top:.0f} {width:.0f} {height:.0f}" width="{width:.0f}" height="{height:.0f}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {box} role="{_role(picture)}" aria-labelledby="fm-t fm-d">'
        f'<title id="fm-t">{escape(picture.title)}</title>'
        f'<desc id="fm-d">{escape(_description(system, picture))}</desc>'
        f"{f'<style>{figure_css()}</style>' if picture.styled else ''}{''.join(parts)}</svg>\n"
    )


@cache
def figure_css() -> str:
    """The style of every picture."""
    return files("faultline.publish.figure").joinpath("figure.css").read_text(encoding="utf-8").replace("\n", "")


def _kind(plan: Plan, node: str) -> str:
    return "fm-ring" if node in plan.ring else "fm-hub" if node == plan.hub else "fm-node"


def _linked(line: Line, picture: Picture, shapes: str) -> str:
    title = "\n".join(_said(line, picture))
    kind = f"{SIGN_CLASSES[line.sign]} fm-{line.status} fm-{line.kind}"
    group = f'<g class="{kind}"><title>{escape(title)}</title>{shapes}</g>'
    return f'<a href="{escape(picture.link(line.numbers[0]))}">{group}</a>' if picture.link else group


def _said(line: Line, picture: Picture) -> list[str]:
    ends = [picture.name(line.start), "↔" if line.both else "→", picture.name(line.end)]
    said = [f"{' '.join(ends)}: {picture.wording.signs[line.sign]} ({_standing(line, picture)})"]
    words = dict.fromkeys(picture.words[n] for n in line.numbers if n < len(picture.words) and picture.words[n])
    return said + [f"“{sentence}”" for sentence in words]


def _standing(line: Line, picture: Picture) -> str:
    """How far the text commits itself, or that the arrow is measured or assumed."""
    asserted = line.kind is ArrowKind.ASSERTED
    return picture.wording.statuses[line.status] if asserted else picture.wording.kinds[line.kind]


def _description(system: SystemMap, picture: Picture) -> str:
    """The arrows in words, for who cannot see them."""
    arrows = [
        f"{picture.name(a.cause.node)} → {picture.name(a.effect.node)}: {picture.wording.signs[a.sign]}"
        f" ({picture.wording.statuses[a.status]})"
        for a in system.arrows
    ]
    return "; ".join([said_of(system, picture.wording), *arrows])


def _role(picture: Picture) -> str:
    """What it is to who hears it: an image holds no links."""
    return "group" if picture.link else "img"


def _heading(system: SystemMap, picture: Picture, at: Point) -> list[str]:
    x, y = at
    return [
        f'<text class="fm-title" x="{x:.0f}" y="{y + 38:.0f}">{escape(picture.title)}</text>',
        f'<text class="fm-note" x="{x:.0f}" y="{y + 60:.0f}">{escape(said_of(system, picture.wording))}</text>',
    ]


def _disc(plan: Plan, layout: Layout, boxes: dict[str, Box]) -> list[str]:
    if not plan.ring:
        return []
    places = [(layout.places[node], boxes[node]) for node in plan.ring]
    rx = max(abs(x) + box.half_width for (x, _), box in places) + _RING_MARGIN
    ry = max(abs(y) + box.half_height for (_, y), box in places) + _RING_MARGIN
    size = f'x="{-rx:.0f}" y="{-ry:.0f}" width="{2 * rx:.0f}" height="{2 * ry:.0f}"'
    return [f'<rect class="fm-disc" {size} rx="{min(rx, ry) * 0.6:.0f}"/>']


def _bounds(layout: Layout, boxes: dict[str, Box], curves: tuple[Curve, ...]) -> tuple[float, float, float, float]:
    xs, ys = [0.0], [0.0]
    for node, (x, y) in layout.places.items():
        xs += [x - boxes[node].half_width, x + boxes[node].half_width]
        ys += [y - boxes[node].half_height, y + boxes[node].half_height]
    for curve in curves:
        xs += [(p[0] + curve.control[0]) / 2 for p in (curve.start, curve.end)]
        ys += [(p[1] + curve.control[1]) / 2 for p in (curve.start, curve.end)]
    return min(xs) - _MARGIN, min(ys) - _MARGIN - _HEAD, max(xs) + _MARGIN, max(ys) + _MARGIN + _FOOT


def _legend(wording: Wording, at: Point, mixed: bool) -> list[str]:
    """Two rows: what the marks say, what the lines say; a third for the kinds of arrows where there are several."""
    x, y = at
    parts, left = [], x
    for sign in (1, -1, 0):
        mark = mark_of((left + 10, y - 4), sign)
        parts.append(f'<g class="{SIGN_CLASSES[sign]}">{mark}</g>{_note(left + 26, y, wording.signs[sign])}')
        left += 26 + width_of(wording.signs[sign], 13.5) + 22
    left, y = x, y + 27
    for status in ArrowStatus:
        line = f'<path class="fm-line" d="M{left:.0f} {y - 4:.0f}h34"/>'
        strike = strike_of((left + 17, y - 4)) if status == ArrowStatus.DENIED else ""
        text = _note(left + 44, y, wording.statuses[status])
        parts.append(f'<g class="fm-open fm-{status}">{line}{strike}</g>{text}')
        left += 44 + width_of(wording.statuses[status], 13.5) + 22
    return parts + (_kinds(wording, (x, y + _KINDS)) if mixed else [])


def _kinds(wording: Wording, at: Point) -> list[str]:
    """A row of the legend: how a measured, an asserted and an assumed arrow look."""
    parts, (left, y) = [], at
    for kind in ArrowKind:
        line = "".join(strokes(f"M{left:.0f} {y - 4:.0f}h34", kind))
        parts.append(f'<g class="fm-open fm-{kind}">{line}</g>{_note(left + 44, y, wording.kinds[kind])}')
        left += 44 + width_of(wording.kinds[kind], 13.5) + 22
    return parts


def _note(x: float, y: float, text: str) -> str:
    return f'<text class="fm-note" x="{x:.0f}" y="{y:.0f}">{escape(text)}</text>'
