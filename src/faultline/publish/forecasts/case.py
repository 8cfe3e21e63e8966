"""Turns forecasts of a case into tables on a terminal or the JSON envelope. Invariant: every forecast stands beside the
simple rule and how earlier ones fared, and a word of likelihood beside its number."""

from collections.abc import Sequence

from rich.table import Table

from faultline.publish.terminal import Answer, Sheet, add_row, table
from faultline.publish.words import day, days, number
from faultline.record.forecasting import CaseForecast, Chance, Spread, Step
from faultline.record.months import month_of, month_text

_COLUMNS = ("deaths in", "middle", "half within", "90 % within", "simple rule: middle, 90 %")


def print_forecasts(sheet: Sheet, answer: Answer, found: Sequence[CaseForecast]) -> None:
    """Each forecast: sums and chances first, then months, what drives it, how earlier ones fared; as JSON all of it."""
    if sheet.as_json:
        sheet.rows(answer, Table())
        return
    for one in found:
        _print(sheet, one)


def headline(one: CaseForecast) -> str:
    """What is forecast from what, in one line."""
    provisional = f", of which {one.provisional} provisional" if one.provisional else ""
    input_to = f"input to {month_text(month_of(one.issue))}{provisional}"
    return f"{one.series}, {one.unit}: {input_to}; {one.forecaster} ({one.why})"


def sums(one: CaseForecast) -> list[Step]:
    """The next month, then the sums."""
    return [one.steps[0], *(step for step in one.steps if step.outcome.months > 1)]


def months(one: CaseForecast) -> list[Step]:
    """The single months, in order."""
    return [step for step in one.steps if step.outcome.months == 1]


def within(low: float, high: float) -> str:
    """An interval of deaths, both ends inclusive."""
    return f"{number(round(low))}–{number(round(high))}"


def chance(found: Chance) -> str:
    """A probability with its word and that of the simple rule: ".82 very likely (.75)"."""
    return f"{share(found.probability)} {found.words} ({share(found.baseline)})"


def share(probability: float) -> str:
    """A probability to two digits; never 0 or 1, which a thousand draws cannot show."""
    if probability < 0.005:
        return "under .01"
    if probability >= 0.995:
        return "over .99"
    return f"{probability:.2f}".lstrip("0")


def _print(sheet: Sheet, one: CaseForecast) -> None:
    sheet.say(headline(one))
    made = table("", *_COLUMNS)
    for step in sums(one):
        add_row(made, *_about(step))
    sheet.show(made)
    least = [f"at least {number(c.least)}" for c in one.steps[0].chances]
    made = table("", "chance (simple rule)", *least)
    for step in sums(one):
        add_row(made, days(step.months), *(chance(c) for c in step.chances))
    sheet.show(made)
    sheet.say("Single months, 90 % within: " + "; ".join(_month(step) for step in months(one)))
    for line in (*_drivers(one), *_fared(one), *one.notes):
        sheet.say(line)
    sheet.say("")


def _about(step: Step) -> tuple[str, ...]:
    spread = step.spread
    half, most = within(spread.q25, spread.q75), within(spread.q05, spread.q95)
    return days(step.months), number(round(spread.q50)), half, most, _simple(step.baseline)


def _simple(spread: Spread) -> str:
    return f"{number(round(spread.q50))}, {within(spread.q05, spread.q95)}"


def _month(step: Step) -> str:
    last = step.months.last_day
    return f"{month_text(month_of(last)) if last else ''} {within(step.spread.q05, step.spread.q95)}"


def _drivers(one: CaseForecast) -> list[str]:
    if not one.drivers:
        return ["What drives it: the unit's own past alone; nothing was learnt of other units."]
    moved = "; ".join(f"{d.words} {d.any_death:+.2f} / {d.how_many:+.2f}" for d in one.drivers)
    return [f"What drives it (log odds of any death / log of the number against the unit's level): {moved}"]


def _fared(one: CaseForecast) -> list[str]:
    """Oldest first: wins and losses against the simple rule alike."""
    if not one.fared:
        return ["No record of earlier forecasts for this series."]
    lines = [
        f"  issued {day(f.issue)} for {days(f.months)}: {f.covered} of {f.n} months in the 90 % interval,"
        f" CRPS {f.crps:.1f} against {f.baseline:.1f} ({'better' if f.crps < f.baseline else 'no better'})"
        for f in one.fared
    ]
    won = sum(f.crps < f.baseline for f in one.fared)
    return [f"Earlier forecasts ({won} of {len(one.fared)} better than {one.baseline}):", *lines]
