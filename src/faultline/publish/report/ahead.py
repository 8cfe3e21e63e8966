"""Turns forecasts of a case into the outlook of a briefing. Invariant: a chance is a number first and a word as defined
second, beside the simple rule and beside how earlier forecasts fared; none is mixed with what others expect."""

from collections.abc import Iterator, Sequence
from functools import partial

from faultline.publish import words
from faultline.publish.forecasts.case import share, sums, within
from faultline.publish.forecasts.fan import fan_svg
from faultline.publish.report.briefing import Grid, Picture, Section, Statement
from faultline.publish.report.raster import png_of
from faultline.publish.report.wording import say
from faultline.record.forecasting import CaseForecast, Chance, Step, likelihood_scale

_STYLE = (
    "<style>.fan-grid{stroke:#d6d2c8}.fan-word{fill:#555;font-size:12px;font-family:sans-serif}.fan-earlier{fill:#d6d2c8}"
    ".fan-90,.fan-50{fill:#0b4a75;fill-opacity:.22}.fan-past{fill:none;stroke:#222;stroke-width:1.8}"
    ".fan-middle{fill:none;stroke:#0b4a75;stroke-width:2}.fan-issue{stroke:#777;stroke-dasharray:4 3}</style>"
)
_HEADER = ("Deaths in", "Middle", "Nine in ten within", "Simple rule", "Chance of at least", "Simple rule")


def forecast_section(found: Sequence[CaseForecast]) -> Section:
    """What is forecast of each series, the chances of its thresholds with their words, and the record of earlier
    forecasts, lost ones included."""
    said = [line for one in found for line in _said(one)]
    rows = tuple(row for one in found for row in _rows(one))
    pictures = tuple(_picture(one, n) for n, one in enumerate(found))
    return Section(
        "Outlook: deaths ahead",
        say("forecast, note", {"scale": likelihood_scale()}),
        tuple(said),
        Grid(_HEADER, rows),
        pictures,
    )


def _said(one: CaseForecast) -> Iterator[Statement]:
    lead = f"{one.series.capitalize()}, {one.unit}"
    step = one.steps[0]
    told = "; ".join(f"at least {words.number(c.least)}: {share(c.probability)}, {c.words}" for c in _open(step))
    last = words.day(one.issue)
    yield Statement(
        f"{words.days(step.months)}: middle {words.number(round(step.spread.q50))}, nine in ten within "
        f"{within(step.spread.q05, step.spread.q95)} ({told}). Input to {last}; {one.forecaster}: {one.why}.",
        lead=lead,
    )
    yield Statement(_record(one), lead=f"{lead}, how earlier forecasts fared")
    for note in one.notes:
        yield Statement(f"{note}.", lead=lead)


def _record(one: CaseForecast) -> str:
    if not one.fared:
        return "no record of earlier forecasts for this series."
    won = sum(earlier.crps < earlier.baseline for earlier in one.fared)
    months = sum(earlier.n for earlier in one.fared)
    held = sum(earlier.covered for earlier in one.fared)
    worst = max(one.fared, key=lambda earlier: earlier.crps - earlier.baseline)
    return (
        f"{won} of {len(one.fared)} were better than the simple rule ({one.baseline}); "
        f"{held} of {months} months lay in the nine in ten. "
        f"Its worst: issued {words.day(worst.issue)}, CRPS {worst.crps:.1f} against {worst.baseline:.1f} deaths."
    )


def _rows(one: CaseForecast) -> Iterator[tuple[str, ...]]:
    for step in sums(one):
        spread, rule = step.spread, step.baseline
        yield (
            f"{words.days(step.months)} ({one.series}, {one.unit})",
            words.number(round(spread.q50)),
            within(spread.q05, spread.q95),
            f"{words.number(round(rule.q50))}, {within(rule.q05, rule.q95)}",
            "; ".join(f"{words.number(c.least)}: {share(c.probability)} {c.words}" for c in _open(step)),
            "; ".join(f"{words.number(c.least)}: {share(c.baseline)}" for c in _open(step)),
        )


def _open(step: Step) -> tuple[Chance, ...]:
    """The thresholds that are open: neither nearly certain nor out of reach; the first where none is."""
    found = tuple(one for one in step.chances if 0.005 <= one.probability < 0.995)
    return found or step.chances[:1]


def _picture(one: CaseForecast, n: int) -> Picture:
    drawn = fan_svg(one, f"{one.series}, {one.unit}", n)
    opening, rest = drawn.split(">", 1)
    spaced = opening.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
    svg = f"{spaced}>{_STYLE}{rest}"
    return Picture(lambda: svg, partial(png_of, svg), f"{say('fan')} {one.series.capitalize()}, {one.unit}.")
