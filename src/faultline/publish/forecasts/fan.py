"""Draws a forecast as one SVG figure: the months of input, earlier forecasts behind them, and the fan ahead. Invariant:
nothing from outside, no script, and title and description say in words what is drawn."""

from collections.abc import Sequence
from html import escape

from faultline.publish.forecasts.case import months, within
from faultline.record.forecasting import CaseForecast, Spread
from faultline.record.months import month_of, month_text

WIDTH, HEIGHT = 860, 300
_LEFT, _RIGHT, _TOP, _BOTTOM = 52, 8, 14, 30


def fan_svg(one: CaseForecast, title: str, number: int = 0) -> str:
    """The figure as SVG text; its colours are those of the page's classes (fan-...), its ids end in `number`: two
    figures of one page need two."""
    issue, ahead = month_of(one.issue), months(one)
    first, last = issue - len(one.past) + 1, issue + len(ahead)
    scale = _Scale(first, last, _most(one))
    behind = [(month, spread) for month, spread in _earlier(one) if first <= month <= issue]
    coming = [(issue + step.ahead, step.spread) for step in ahead]
    parts = [
        *_axes(scale),
        _band("fan-earlier", scale, behind, (0, 4)),
        _band("fan-90", scale, coming, (0, 4)),
        _band("fan-50", scale, coming, (1, 3)),
        _line("fan-middle", scale, [(month, spread.q50) for month, spread in coming]),
        _line("fan-past", scale, [(first + k, value) for k, value in enumerate(one.past)]),
        _upright("fan-issue", scale.x(issue + 0.5)),
    ]
    about = f"{month_text(issue + 1)}: {within(coming[0][1].q05, coming[0][1].q95)}"
    return (
        f'<svg class="fan" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-labelledby="fan-t{number} fan-d{number}">'
        f'<title id="fan-t{number}">{escape(title)}</title><desc id="fan-d{number}">{escape(about)}</desc>'
        f"{''.join(parts)}</svg>"
    )


class _Scale:
    """From months and deaths to places in the figure."""

    def __init__(self, first: int, last: int, most: float) -> None:
        self.first, self.last, self.most = first, last, max(most, 1.0)

    def x(self, month: float) -> float:
        """The place of a month from the left."""
        return _LEFT + (WIDTH - _LEFT - _RIGHT) * (month - self.first) / max(1, self.last - self.first)

    def y(self, deaths: float) -> float:
        """The place of a number from the top."""
        return HEIGHT - _BOTTOM - (HEIGHT - _TOP - _BOTTOM) * min(deaths, self.most) / self.most


def _most(one: CaseForecast) -> float:
    spreads = [step.spread.q95 for step in months(one)]
    return 1.05 * max(*one.past, *spreads, 1.0)


def _quantiles(spread: Spread) -> tuple[float, ...]:
    return spread.q05, spread.q25, spread.q50, spread.q75, spread.q95


def _earlier(one: CaseForecast) -> list[tuple[int, Spread]]:
    begun = [(month_of(f.months.first_day), f.spreads) for f in one.fared if f.months.first_day]
    return [(first + k, spread) for first, spreads in begun for k, spread in enumerate(spreads)]


def _upright(name: str, x: float) -> str:
    return f'<line class="{name}" x1="{x:.1f}" x2="{x:.1f}" y1="{_TOP}" y2="{HEIGHT - _BOTTOM}"/>'


def _band(name: str, scale: _Scale, held: Sequence[tuple[int, Spread]], ends: tuple[int, int]) -> str:
    """One shape for each run of months without a gap."""
    runs: list[list[tuple[int, Spread]]] = []
    for month, spread in held:
        if not runs or runs[-1][-1][0] != month - 1:
            runs.append([])
        runs[-1].append((month, spread))
    return "".join(_shape(name, scale, run, ends) for run in runs)


def _shape(name: str, scale: _Scale, run: Sequence[tuple[int, Spread]], ends: tuple[int, int]) -> str:
    low = [f"{scale.x(month):.1f},{scale.y(_quantiles(spread)[ends[0]]):.1f}" for month, spread in run]
    high = [f"{scale.x(month):.1f},{scale.y(_quantiles(spread)[ends[1]]):.1f}" for month, spread in run]
    return f'<polygon class="{name}" points="{" ".join([*low, *reversed(high)])}"/>'


def _line(name: str, scale: _Scale, points: Sequence[tuple[int, float]]) -> str:
    held = " ".join(f"{scale.x(month):.1f},{scale.y(value):.1f}" for month, value in points)
    return f'<polyline class="{name}" points="{held}"/>'


def _axes(scale: _Scale) -> list[str]:
    step = _step(scale.most)
    found = []
    for value in range(0, int(scale.most) + 1, step):
        y = scale.y(value)
        found.append(f'<line class="fan-grid" x1="{_LEFT}" x2="{WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>')
        found.append(f'<text class="fan-word" x="{_LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{value:,}</text>')
    for month in range(scale.first, scale.last + 1):
        if month % 12 == 0:
            x = scale.x(month)
            found.append(_upright("fan-grid", x))
            found.append(f'<text class="fan-word" x="{x + 3:.1f}" y="{HEIGHT - 10}">{month // 12}</text>')
    return found


def _step(most: float) -> int:
    """Four to nine lines, at round numbers."""
    for step in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 50_000):
        if most / step <= 8:
            return step
    return int(most / 4)
