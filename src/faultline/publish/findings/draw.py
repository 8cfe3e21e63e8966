"""Draws the curves of a finding as one SVG figure, or, where it has none, the dated things that it describes.
Invariant: what a curve does not say is a gap, every axis has its unit, and two runs give the same bytes."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO, StringIO
from itertools import pairwise
from typing import IO, TYPE_CHECKING, Any

from faultline.record.finding import Curve, Finding

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_SIZE = (8.0, 3.2)  # inches, wide enough for fourteen years
_LOW, _FEW = 1.9, 3  # inches of a panel where there are more than a few
_MOST = 8  # panels of one figure
_MANY = 120  # bars
_DPI = 150
_METADATA: Any = {"svg": {"Date": None, "Creator": "Faultline"}, "png": {"Software": "Faultline"}}
_COLOURS = ("#1f5a8a", "#b3541e", "#4b7f52", "#7a4b8a", "#8a7a1f", "#555555")  # told apart also without colour vision
_STYLE: Any = {
    "svg.hashsalt": "faultline",  # ids of clip paths, else different in every run
    "svg.fonttype": "none",  # text stays text: it can be read aloud and searched
    "font.family": "sans-serif",
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
}


def draw(finding: Finding) -> str:
    """The SVG text of the finding's curves, one panel for each unit; without curves a line of time for each form of
    what it describes; "" where it has neither."""
    out = StringIO()
    _save(finding, out, "svg")
    return out.getvalue()


def draw_png(finding: Finding) -> bytes:
    """The same as a PNG for paper; b"" where there is nothing to draw."""
    out = BytesIO()
    _save(finding, out, "png")
    return out.getvalue()


def _save(finding: Finding, out: IO[str] | IO[bytes], form: str) -> None:
    described = _described(finding)
    if not finding.curves and not described:
        return
    import matplotlib as mpl  # half a second that only a figure should cost
    from matplotlib.figure import Figure

    parts: dict[str, list[Curve]] = {} if finding.curves else {"": []}
    for curve in finding.curves:
        parts.setdefault(curve.panel or curve.unit, []).append(curve)
    more = f" ({len(parts) - _MOST} more panels are not drawn)" if len(parts) > _MOST else ""
    parts = dict(list(parts.items())[:_MOST])
    with mpl.rc_context(_STYLE):
        height = _SIZE[1] if len(parts) <= _FEW else _LOW
        figure = Figure(figsize=(_SIZE[0], height * len(parts)), layout="constrained", dpi=_DPI)
        panels = figure.subplots(len(parts), squeeze=False)[:, 0]
        for curves, axes in zip(parts.values(), panels, strict=True):
            if curves:
                _panel(axes, curves)
            else:
                _timeline(axes, described)
        figure.suptitle(f"{finding.question}{more}", x=0.01, ha="left", fontsize=10)
        figure.savefig(out, format=form, metadata={"Title": finding.question, **_METADATA[form]})


def _described(finding: Finding) -> dict[str, list[tuple[date, date | None]]]:
    """First and last days of what is described, by form, the most told of first; what has no day is left out."""
    found: dict[str, list[tuple[date, date | None]]] = {}
    for one in finding.told:
        if one.days.first_day:
            found.setdefault(one.form or "told", []).append((one.days.first_day, one.days.last_day))
    return dict(sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0])))


def _timeline(axes: "Axes", described: dict[str, list[tuple[date, date | None]]]) -> None:
    """A row for each form: a dot where it began, a line to where it ended; a dot alone where no end is known."""
    for row, (form, days) in enumerate(described.items()):
        colour = _COLOURS[row % len(_COLOURS)]
        for first, last in days:
            ends: list[Any] = [first, last or first]
            axes.plot(ends, [row, row], "-", color=colour, linewidth=3, alpha=0.5)
        starts: list[Any] = [first for first, _ in days]
        axes.plot(starts, [row] * len(days), "|", color=colour, markersize=12, label=f"{form} ({len(days)})")
    axes.set_yticks(range(len(described)), [f"{form} ({len(days)})" for form, days in described.items()])
    axes.set_ylim(len(described) - 0.5, -0.5)
    axes.set_xlabel("as told in reports chosen by hand: silence is no absence")


def _panel(axes: "Axes", curves: Sequence[Curve]) -> None:
    """The curves of one panel, whose name stands above it and not before each of theirs."""
    names = [curve.name.removeprefix(curve.panel).lstrip(":, ") for curve in curves]
    for n, (curve, name) in enumerate(zip(curves, names, strict=True)):
        _curve(axes, curve, name, _COLOURS[n % len(_COLOURS)])
    axes.set_ylabel(curves[0].unit)
    if curves[0].unit == "probability":
        axes.set_ylim(0, 1)
    axes.set_title(curves[0].panel, loc="left", fontsize=9)
    if any(names):
        axes.legend(frameon=False, fontsize=7, loc="upper left", bbox_to_anchor=(1.0, 1.0))


def _curve(axes: "Axes", curve: Curve, name: str, colour: str) -> None:
    x: list[Any] = [_position(word) for word in curve.x]
    y = [float("nan") if value is None else value for value in curve.y]
    if curve.low and curve.high:
        low, high = ([float("nan") if v is None else v for v in end] for end in (curve.low, curve.high))
        axes.fill_between(x, low, high, color=colour, alpha=0.2, linewidth=0)
    if curve.form == "bar":
        _bars(axes, (x, y), name, colour)
    elif curve.form == "step":
        axes.step(x, y, where="post", color=colour, label=name, linewidth=1.2)
    elif curve.form == "point":
        axes.plot(x, y, "o", color=colour, label=name, markersize=4)
    elif curve.form != "band":
        axes.plot(x, y, color=colour, label=name, linewidth=1.2)


def _bars(axes: "Axes", at: tuple[list[Any], list[float]], name: str, colour: str) -> None:
    """Bars; where they are many, steps filled down to zero, which are one shape and not hundreds."""
    x, y = at
    if len(x) <= _MANY or isinstance(x[0], str):
        axes.bar(x, y, color=colour, label=name, width=0.8 * _step(x))
    else:
        axes.fill_between(x, 0, y, step="post", color=colour, label=name, linewidth=0)


def _position(word: str) -> Any:
    """A day, a number, or else a word of its own on the axis."""
    for read in (date.fromisoformat, float):
        try:
            return read(word)
        except ValueError:
            continue
    return word


def _step(x: list[Any]) -> Any:
    """The least distance between neighbours, so that bars do not hide one another."""
    if len(x) < 2 or isinstance(x[0], str):
        return 1
    steps = [b - a for a, b in pairwise(x) if b > a]
    return min(steps, default=1)
