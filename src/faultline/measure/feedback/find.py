"""Turns an event table into the finding of feedback. Invariant: the loop gain never stands without its curve over the
baseline, the same in worlds without memory, and reversed time.

Follows Hawkes (1971), doi 10.1093/biomet/58.1.83; Reinhart (2018), doi 10.1214/17-STS629.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import numpy.typing as npt

from faultline.measure.chance import between, generator
from faultline.measure.events import Events
from faultline.measure.feedback.heldout import Gain, gain, heldout
from faultline.measure.feedback.interval import Intervals, Lagged, intervals, lagged
from faultline.measure.feedback.judge import Draws, Judged, judge, memoryless_gains
from faultline.measure.feedback.marks import LEAST, MOST_DAYS, Marked, coarse, marked
from faultline.measure.feedback.model import BASELINES, LAGS, Plan, fit, prior_gain, profile_lag
from faultline.measure.form import CHANCE, NOT_ENOUGH, Measure
from faultline.measure.sight import Sight
from faultline.record.analysis import Measured
from faultline.record.days import Days
from faultline.record.finding import Curve, Finding

NAME = "feedback"
LOOP, ONE_WAY = "a loop", "one follows another, no loop"
SHORTEST = 730  # days: two turns of a yearly baseline
_CLAIMS = 200
_OF_NULL, _OF_STATISTIC = "90 % of the null", "90 % of the statistic"
_NO_MEMORY = "the fitted baseline, in which nothing follows from anything"
_UNIT, _SCORE = "events brought about by one event", "log units a day"


@dataclass(frozen=True)
class _Asked:
    """What all rows share."""

    marks: Marked
    plan: Plan
    tested: Plan  # of the verdict: the likeliest of the lags that are tried
    row: Measured
    chance: np.random.Generator

    @property
    def counts(self) -> npt.NDArray[np.float64]:
        return self.marks.counts


def find(sight: Sight) -> Finding:
    """Branching between marks, the loop gain with its controls, held-out scores, and whether there is a loop."""
    events = sight.events
    if events is None:
        raise ValueError("feedback asks for an event table")
    why = coarse(events)
    if why:
        return FEEDBACK.refuse(NOT_ENOUGH, why, events)
    marks = marked(sight, events)
    if len(marks.names) < 2 or len(marks.counts) < SHORTEST:
        said = f"{len(marks.names)} marks with {LEAST} dated events over {len(marks.counts)} days"
        return FEEDBACK.refuse(NOT_ENOUGH, f"{said}; two marks and {SHORTEST} days are needed", events)
    return _found(sight, events, marks)


def _found(sight: Sight, events: Events, marks: Marked) -> Finding:
    chance = generator(sight.seed, NAME, events.frame.id)
    likeliest, values = profile_lag(marks.counts, Plan(), LAGS)
    each = lagged(marks.counts, Plan())
    plan = Plan(lag=each.lag)
    days = date.fromordinal(marks.first_day), date.fromordinal(marks.first_day + len(marks.counts) - 1)
    settings = f"baseline=knots every quarter; mean lag={plan.lag:.1f} days"
    row = Measured(NAME, None, _UNIT, Days(*days), settings=settings, frame=events.frame.id)
    asked = _Asked(marks, plan, Plan(lag=likeliest), row, chance)
    fitted = fit(marks.counts, plan)
    found = intervals(marks.counts, each, Draws().intervals, chance)
    judged = judge(marks.counts, asked.tested, Draws(), chance, found)
    curve_rows, curves = _curve(asked)
    rows = (
        *_verdict(asked, judged),
        *_gains(asked, fitted.gain, found),
        *curve_rows,
        *_scores(asked),
        *_entries(asked, fitted.branching, found),
        *_weights(asked, each),
        *_marks(asked, events),
    )
    return Finding(
        NAME,
        FEEDBACK.question,
        _summary(asked, judged),
        rows,
        sensitivity=tuple(_lags(asked, values)),
        curves=curves,
        warnings=tuple(_warnings(marks)),
        frame=events.frame.id,
    )


def _verdict(asked: _Asked, judged: Judged) -> Iterator[Measured]:
    """The held-out gain of cross terms with the verdict, then the controls that were reached."""
    verdict = LOOP if judged.loop else ONE_WAY if judged.survives else CHANCE
    note = "over own memory and a swell of all marks together"
    settings = f"baseline=knots every quarter; mean lag={asked.tested.lag:g} days; blocks=28 days"
    row = replace(_gain(asked, "cross terms on held-out days", judged.cross), settings=settings)
    worlds = f"worlds of own memory alone ({Draws().crossless})" if judged.p_value is not None else ""
    circle = ", ".join(asked.marks.names[k] for k in judged.circle)
    note = f"{note}; circle of sure arrows: {circle}" if circle else note
    yield replace(row, verdict=verdict, null=0.0, p_value=judged.p_value, null_model=worlds, note=note)
    if judged.reversed_gain:
        note = "forward over reversed time: near zero for most true loops too, so it can contradict and not confirm"
        row = _gain(asked, "cross terms forward over reversed", judged.reversed_gain)
        yield replace(row, settings=settings, note=note)


def _gains(asked: _Asked, raw: float, found: Intervals) -> Iterator[Measured]:
    row = replace(asked.row, name="loop gain", n=int(asked.counts.sum()), interval=_OF_STATISTIC)
    note = f"{raw:.2f} as fitted; the bootstrap's bias is taken off"
    yield replace(row, statistic=found.gain, low=found.gain_low, high=found.gain_high, note=note)
    draws = prior_gain(len(asked.marks.names), asked.chance)
    low, high = between(draws)
    note = "what the shrinkage believes beforehand: half-normal entries, own 0.5, cross 0.5 shared by the other marks"
    row = replace(asked.row, name="loop gain, prior", statistic=float(np.median(draws)), low=low, high=high)
    yield replace(row, interval=_OF_STATISTIC, note=note)


def _curve(asked: _Asked) -> tuple[list[Measured], tuple[Curve, ...]]:
    """The loop gain as fitted under each baseline, in worlds without memory, and in reversed time."""
    rows, bands, turned = [], [], []
    for name, spacing in BASELINES:
        plan = replace(asked.plan, spacing=spacing)
        draws = memoryless_gains(asked.counts, plan, Draws().memoryless, asked.chance)
        turned.append(fit(asked.counts[::-1].copy(), plan).gain)
        bands.append((float(np.median(draws)), *between(draws)))
        row = replace(asked.row, name=f"loop gain as fitted, {name} baseline", statistic=fit(asked.counts, plan).gain)
        row = replace(row, null=bands[-1][0], low=bands[-1][1], high=bands[-1][2], interval=_OF_NULL)
        settings = f"baseline={name}; mean lag={plan.lag:.1f} days"
        rows.append(replace(row, null_model=_NO_MEMORY, settings=settings, note=f"{turned[-1]:.2f} in reversed time"))
    x = tuple(name for name, _ in BASELINES)
    middle, low, high = zip(*bands, strict=True)
    lines = (
        Curve("loop gain", "line", x, tuple(row.statistic for row in rows)),
        Curve("in worlds without memory", "band", x, middle, "", low, high),
        Curve("in reversed time", "line", x, tuple(turned)),
    )
    return rows, lines


def _scores(asked: _Asked) -> Iterator[Measured]:
    """Held-out scores of own memory and of all terms, over no memory and over moving averages."""
    plans = {
        "no memory": replace(asked.plan, own=False, cross=False),
        "moving averages": replace(asked.plan, own=False, cross=False, averages=True),
        "own memory": replace(asked.plan, cross=False),
        "own memory and cross terms": asked.plan,
    }
    scores = {name: heldout(asked.counts, plan) for name, plan in plans.items()}
    pairs = (
        ("own memory", "no memory"),
        ("own memory", "moving averages"),
        ("own memory and cross terms", "own memory"),
        ("own memory and cross terms", "moving averages"),
    )
    for better, worse in pairs:
        found = gain(scores[better], scores[worse], asked.chance)
        yield _gain(asked, f"{better} over {worse} on held-out days", found)


def _entries(asked: _Asked, raw: npt.NDArray[np.float64], found: Intervals) -> Iterator[Measured]:
    """The branching matrix, entry by entry."""
    for j, one in enumerate(asked.marks.names):
        for k, other in enumerate(asked.marks.names):
            row = replace(asked.row, name="branching", subject=f"{one} -> {other}", statistic=float(found.middle[j, k]))
            row = replace(row, low=float(found.low[j, k]), high=float(found.high[j, k]), interval=_OF_STATISTIC)
            yield replace(row, n=int(asked.counts[:, j].sum()), note=f"{raw[j, k]:.2f} as fitted")


def _weights(asked: _Asked, each: Lagged) -> Iterator[Measured]:
    """How much each mean lag counts in the intervals."""
    for found, weight in zip(each.fits, each.weights, strict=True):
        row = replace(asked.row, name=f"weight of a mean lag of {found.plan.lag:g} days", unit="probability")
        yield replace(row, statistic=float(weight), settings="baseline=knots every quarter")


def _marks(asked: _Asked, events: Events) -> Iterator[Measured]:
    for name, rows in zip(asked.marks.names, asked.marks.rows, strict=True):
        claims = tuple(str(claim) for claim in events.claim[rows][-_CLAIMS:])
        row = replace(asked.row, name="events of the mark", subject=name, unit="events", settings="", claims=claims)
        note = f"opens the last {_CLAIMS}" if int(rows.sum()) > _CLAIMS else ""
        yield replace(row, statistic=float(rows.sum()), n=int(rows.sum()), note=note)


def _lags(asked: _Asked, values: tuple[float, ...]) -> Iterator[Measured]:
    """The loop gain as fitted at each lag, with how much less likely the counts are there."""
    for lag, value in zip(LAGS, values, strict=True):
        row = replace(asked.row, name="loop gain as fitted", settings=f"baseline=quarter; mean lag={lag:g} days")
        behind = max(values) - value
        yield replace(row, statistic=fit(asked.counts, Plan(lag=lag)).gain, note=f"{behind:.1f} log units behind")


def _gain(asked: _Asked, name: str, found: Gain) -> Measured:
    row = replace(asked.row, name=name, unit=_SCORE, statistic=found.mean, low=found.low, high=found.high)
    return replace(row, interval=_OF_STATISTIC, n=len(asked.counts))


def _summary(asked: _Asked, judged: Judged) -> str:
    marks = f"{len(asked.marks.names)} marks over {len(asked.counts)} days"
    if judged.loop:
        names = ", ".join(asked.marks.names[k] for k in judged.circle)
        return f"A loop among {names} is told from every control ({marks}); timing does not prove cause."
    if judged.survives:
        return f"Some marks follow others beyond a shared swell, but no circle of them is sure ({marks})."
    return f"No loop between marks can be told from own memory and a swell that all marks share ({marks})."


def _warnings(marks: Marked) -> Iterator[str]:
    yield "A mark that brings about all others equally cannot be told from a wave of reporting: that loop is not found."
    yield "Datasets that do not say who began count a clash under the side that they write first."
    if marks.left_out:
        yield f"Marks with fewer than {LEAST} dated events are left out: {', '.join(marks.left_out)}."
    if marks.older:
        yield f"The last {MOST_DAYS} days of the table are looked at; {marks.older} events before them are left out."
    if marks.undated:
        yield f"{marks.undated} events have no known day and are left out."


FEEDBACK = Measure(
    NAME,
    "Does violence of one kind bring about violence of another, and back?",
    "How many events of one mark an event of another brings about within weeks, beyond a smooth baseline; the loop "
    "gain is the spectral radius of that matrix.",
    _UNIT,
    "own memory and a shared swell without cross terms; the baseline without memory; reversed time",
    200,
    True,
    "A constant baseline gives a gain near one where there is no feedback at all: read the curve, not one number.",
    "Hawkes (1971), doi 10.1093/biomet/58.1.83; Reinhart (2018), doi 10.1214/17-STS629",
    find,
    least="two marks of 50 dated events each over two years, by the day",
)
