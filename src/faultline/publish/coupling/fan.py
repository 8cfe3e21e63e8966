"""Draws the paths of a simulation by month: the middle 90 % of them and their mean, under a scenario beside the paths
without it. Invariant: a scenario is hatched and dashed, as no forecast is, its label stands in the picture, and nothing
finer than region and month is drawn."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.resources import files

from faultline.publish.coupling.outlook import COUNTRY
from faultline.publish.words import month
from faultline.record.scenario import Outlook, Simulated

_WIDE, _HIGH = 300.0, 120.0  # px, of one panel's field
_LEFT, _TOP, _GAP, _FOOT = 46.0, 96.0, 74.0, 40.0
_UNIT = 100.0  # px from the edge of a field, where the unit stands between the two months
_COLUMNS = 3
_Rows = Sequence[Outlook]


@dataclass(frozen=True, slots=True)
class _Field:
    """Where a panel stands, and the highest value of its axis."""

    x: float
    y: float
    most: float
    months: int

    def at(self, number: int, value: float) -> str:
        """A point of the panel in px."""
        step = _WIDE / max(self.months - 1, 1)
        return f"{self.x + number * step:.1f},{self.y + _HIGH * (1 - value / self.most):.1f}"


def draw_fans(found: Simulated, region: str = COUNTRY) -> str:
    """The SVG: a panel for each outcome of the region that any path has, by month."""
    panels = panels_of(found, region)
    lines = -(-len(panels) // _COLUMNS)
    width = 2 * _LEFT + _COLUMNS * _WIDE + (_COLUMNS - 1) * _GAP
    height = _TOP + lines * (_HIGH + _GAP) + _FOOT
    title = f"{found.scenario or 'Without a scenario'}, {region}: {found.weeks} weeks after {found.issue}"
    parts = [part for n, rows in enumerate(panels) for part in _panel(n, rows)]
    head = [_text(_LEFT, 34, title, "fn-title"), _text(_LEFT, 58, _label(found), "fn-note")]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" '
        f'height="{height:.0f}" role="img" aria-labelledby="fn-t fn-d"><title id="fn-t">{escape(title)}</title>'
        f'<desc id="fn-d">{escape(_label(found))}</desc><style>{_css()}</style>{_HATCH}'
        f'<rect class="fn-paper" width="{width:.0f}" height="{height:.0f}"/>'
        f"{''.join([*head, *parts, *_legend(found, height - 16)])}</svg>\n"
    )


def panels_of(found: Simulated, region: str = COUNTRY) -> list[_Rows]:
    """The months of each outcome and mark of the region; outcomes that no path has are left out."""
    rows = [row for row in found.rows if row.month and row.region == region]
    keys = dict.fromkeys((row.outcome, row.subject) for row in rows)
    panels = [[row for row in rows if (row.outcome, row.subject) == key] for key in keys]
    return [panel for panel in panels if any(row.high > 0 or row.base_high or row.mean > 0 for row in panel)]


def regions_of(found: Simulated) -> tuple[str, ...]:
    """The regions that the simulation speaks of."""
    return tuple(dict.fromkeys(row.region for row in found.rows))


def _panel(number: int, rows: _Rows) -> Iterable[str]:
    line, column = divmod(number, _COLUMNS)
    most = max(max(row.high, row.base_high or 0.0, row.mean, row.base_mean or 0.0) for row in rows)
    field = _Field(_LEFT + column * (_WIDE + _GAP), _TOP + line * (_HIGH + _GAP), most, len(rows))
    yield _text(field.x, field.y - 8, rows[0].subject or rows[0].outcome, "fn-name")
    yield f'<path class="fn-axis" d="M{field.x},{field.y}V{field.y + _HIGH}H{field.x + _WIDE}"/>'
    yield _text(field.x - 6, field.y + 9, _number(most), "fn-end")
    yield _text(field.x - 6, field.y + _HIGH, "0", "fn-end")
    yield _text(field.x, field.y + _HIGH + 17, month(rows[0].month), "fn-note")
    yield _text(field.x + _UNIT, field.y + _HIGH + 17, f"{rows[0].unit} a month", "fn-note")
    yield _text(field.x + _WIDE, field.y + _HIGH + 17, month(rows[-1].month), "fn-end")
    if rows[0].base_mean is not None:
        yield from _fan(field, [(r.base_low or 0.0, r.base_mean or 0.0, r.base_high or 0.0) for r in rows], "plain")
        yield from _fan(field, [(r.low, r.mean, r.high) for r in rows], "if")
    else:
        yield from _fan(field, [(r.low, r.mean, r.high) for r in rows], "plain")


def _fan(field: _Field, months: Sequence[tuple[float, float, float]], manner: str) -> Iterable[str]:
    """The band of the middle 90 % and the line of the mean."""
    low = [field.at(n, values[0]) for n, values in enumerate(months)]
    high = [field.at(n, values[2]) for n, values in enumerate(months)]
    mean = [field.at(n, values[1]) for n, values in enumerate(months)]
    if len(months) == 1:  # one month is a bar
        low, high, mean = (
            [points[0], f"{field.x + _WIDE:.1f},{points[0].split(',')[1]}"] for points in (low, high, mean)
        )
    yield f'<path class="fn-band fn-{manner}" d="M{"L".join([*high, *reversed(low)])}Z"/>'
    yield f'<path class="fn-mean fn-{manner}" d="M{"L".join(mean)}"/>'


def _label(found: Simulated) -> str:
    """How the picture must be read."""
    said = f"{found.label.upper()}; {found.paths} paths, seed {found.seed}; drawn from {found.basis}"
    return said if len(said) < 150 else f"{said[:149].rstrip()}…"


def _legend(found: Simulated, y: float) -> Iterable[str]:
    plain = "without the scenario" if found.scenario else "paths"
    yield from _sample(_LEFT, y, "plain", f"{plain}: mean, middle 90 %")
    if found.scenario:
        yield from _sample(_LEFT + 330, y, "if", "under the scenario, an assumption and no forecast")
    yield _text(_LEFT + 730, y, "The first and the last month may be parts of one.", "fn-note")


def _sample(x: float, y: float, manner: str, words: str) -> Iterable[str]:
    yield f'<path class="fn-band fn-{manner}" d="M{x},{y - 11}h34v12h-34Z"/>'
    yield f'<path class="fn-mean fn-{manner}" d="M{x},{y - 5}h34"/>'
    yield _text(x + 44, y, words, "fn-note")


def _text(x: float, y: float, words: str, style: str) -> str:
    return f'<text class="{style}" x="{x:.0f}" y="{y:.0f}">{escape(words)}</text>'


def _number(value: float) -> str:
    return f"{value:.0f}" if value >= 10 else f"{value:.2g}"


_HATCH = (
    '<defs><pattern id="fn-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<path class="fn-stroke" d="M0,0V6"/></pattern></defs>'
)


@cache
def _css() -> str:
    text = files("faultline.publish.coupling").joinpath("fan.css").read_text(encoding="utf-8")
    return text.replace("\n", "")
