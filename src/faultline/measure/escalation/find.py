"""Turns series of months into the finding of escalation. Invariant: what rests on months that may still change is said
to be provisional; "largest" is a row for each series, never one number.

Follows Killick, Fearnhead and Eckley (2012), doi 10.1080/01621459.2012.737745.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from faultline.measure.chance import generator, holm
from faultline.measure.escalation.largest import LEVEL, Largest, largest, peak_of_year
from faultline.measure.escalation.null import Null, any_change_p, bound, fit_null, penalty
from faultline.measure.escalation.online import BEFORE, alarms, rises
from faultline.measure.escalation.segments import changes, span
from faultline.measure.escalation.series import Series, series_of
from faultline.measure.form import CHANCE, NOT_A_SAMPLE, NOT_ENOUGH, Measure, holes
from faultline.measure.sight import Sight
from faultline.record.analysis import Measured
from faultline.record.finding import Curve, Finding, Told

NAME = "escalation"
PROVISIONAL = "provisional"
LEAST_MONTHS, LEAST_EVENTS = 48, 50
_ALARM = 0.05
_OTHER_YEARS = (20, 5)  # that hold one false change: what the number of changes is sensitive to
_INSTEAD = "The event table holds some months and not others: these are the monthly figures of the case in its place."
_TOLD = 3  # series that the summary names
_NULL = "a self-exciting series of one level; penalty and bound set to one false alarm in ten years of it"


@dataclass(frozen=True)
class _Regimes:
    """A series with its null, the first months of its regimes after the first, and the months of online alarms."""

    series: Series
    null: Null
    starts: tuple[int, ...]
    alarms: tuple[int, ...]
    p_value: float
    settings: str

    @property
    def bounds(self) -> list[int]:
        return [0, *self.starts, len(self.series.counts)]


def find(sight: Sight) -> Finding:
    """Changes of regime, online alarms, and the largest months of each series."""
    found = series_of(sight)
    usable = [s for s in found if len(s.counts) >= LEAST_MONTHS and s.counts.sum() >= LEAST_EVENTS]
    gaps = holes(sight.events) if sight.events is not None else ""
    if gaps and not usable:  # a month without a row would count as one without violence
        return ESCALATION.refuse(NOT_ENOUGH, gaps.removesuffix("."), sight.events)
    if not found:
        why = "neither an event table nor monthly figures of a systematic frame"
        return ESCALATION.refuse(NOT_A_SAMPLE, why)
    if not usable:
        why = f"no series of {LEAST_MONTHS} months with {LEAST_EVENTS} events"
        return ESCALATION.refuse(NOT_ENOUGH, why, sight.events)
    regimes = [_regimes(sight, series) for series in usable]
    corrected = holm([r.p_value for r in regimes])
    latest, rows = [], []
    for regime, p_value in zip(regimes, corrected, strict=True):
        chance = generator(sight.seed, NAME, "largest", regime.series.name)
        counts = regime.series.counts
        latest.append(largest(counts, peak_of_year(counts, regime.series.months), regime.null, chance))
        rows += [*_changes(regime, p_value), *_alarms(regime), _largest(regime, latest[-1])]
    return Finding(
        NAME,
        ESCALATION.question,
        _summary(regimes, latest),
        tuple(rows),
        tuple(told for regime in regimes for told in _told(regime)),
        sensitivity=tuple(row for regime in regimes for row in _other_penalties(sight, regime)),
        curves=tuple(curve for regime in regimes for curve in _curves(regime)),
        warnings=(*_warnings(regimes), *([_INSTEAD] if gaps else [])),
        frame=usable[0].frame,
    )


def _regimes(sight: Sight, series: Series) -> _Regimes:
    chance = generator(sight.seed, NAME, series.frame, series.name)
    null = fit_null(series.counts, chance)
    price, limit = penalty(null, chance), bound(null, chance)
    risen = alarms(rises(series.counts[None], null.size), limit)[0]
    settings = f"penalty={price:.1f}; bound={limit:.1f} log units; memory={null.gain:.2f}; size={null.size:.2f}"
    return _Regimes(
        series,
        null,
        changes(series.counts, null.size, price),
        tuple(int(month) for month in np.flatnonzero(risen)),
        any_change_p(series.counts, null, sight.declared.draws, chance),
        settings,
    )


def _other_penalties(sight: Sight, regime: _Regimes) -> Iterator[Measured]:
    """How many changes there are where one false one is let in in twenty and in five years, in place of ten."""
    for years in _OTHER_YEARS:
        chance = generator(sight.seed, NAME, "penalty", regime.series.name, years)
        starts = changes(regime.series.counts, regime.null.size, penalty(regime.null, chance, 10 / years))
        months = ", ".join(regime.series.month(at) for at in starts[-3:])
        row = replace(_row(regime), name="changes of regime", unit="changes", statistic=float(len(starts)))
        settings = f"one false change in {years} years"
        yield replace(row, settings=settings, note=f"the last in {months}" if starts else "none")


def _changes(regime: _Regimes, p_value: float) -> Iterator[Measured]:
    """Whether the series changed at all, then the last change: the level after it over the level before."""
    series, whole = regime.series, _row(regime)
    chance = p_value > _ALARM
    verdict = CHANCE if chance else ""
    whole = replace(whole, name="changes of regime", unit="changes", statistic=float(len(regime.starts)))
    whole = replace(whole, p_value=p_value, verdict=verdict, note=f"{regime.p_value:.3f} uncorrected")
    yield whole
    if not regime.starts:
        return
    low, at, end = regime.bounds[-3:]
    before, after = float(series.counts[low:at].mean()), float(series.counts[at:].mean())
    near = span(series.counts[low:end], regime.null.size)
    row = replace(_row(regime), name="last change", unit="level after over level before", n=end - at)
    verdict = PROVISIONAL if series.provisional[at:end].all() else ""
    note = f"from {before:.1f} to {after:.1f} a month in {series.month(at)} ({series.why})"
    days = series.days(low + near[0], low + near[1])
    yield replace(row, statistic=after / before if before else None, window=days, verdict=verdict, note=note)


def _alarms(regime: _Regimes) -> Iterator[Measured]:
    series = regime.series
    row = replace(_row(regime), name="online alarms", unit="alarms", statistic=float(len(regime.alarms)))
    expected = len(series.counts) / 120
    last = f"the last in {_marked(series, regime.alarms[-1])}" if regime.alarms else "none"
    settings = f"{regime.settings}; before={BEFORE} months"
    yield replace(row, null=expected, note=f"{last}; about {expected:.1f} would be false", settings=settings)


def _largest(regime: _Regimes, found: Largest) -> Measured:
    """The largest month of the last twelve: its rank among all."""
    series = regime.series
    since = f"the largest since {series.month(found.since)}" if found.since is not None else "the largest of all"
    note = f"{series.month(found.month)}: {found.value:.0f}, {since}"
    note += f"; one of twelve months of the level before would reach it with a chance of {found.chance_of_year:.3f}"
    row = replace(_row(regime), name="largest of the last twelve months", unit="rank", statistic=float(found.rank))
    return replace(
        row,
        p_value=found.chance_of_year,
        null_model=f"a self-exciting series at the level of the {LEVEL} months before",
        verdict=PROVISIONAL if series.provisional[found.month] else "",
        note=note,
        settings=f"{len(series.counts)} months; chance of a single month {found.chance:.3f}",
    )


def _row(regime: _Regimes) -> Measured:
    series = regime.series
    window = series.days(0, len(series.counts) - 1)
    row = Measured(NAME, None, series.unit, window, _NULL, subject=series.name, n=int(series.counts.sum()))
    return replace(row, settings=regime.settings, frame=series.frame)


def _told(regime: _Regimes) -> Iterator[Told]:
    """Each regime with its level."""
    series = regime.series
    for low, high in pairwise(regime.bounds):
        level = float(series.counts[low:high].mean())
        mark = " (provisional)" if series.provisional[low:high].all() else ""
        text = f"{level:.1f} a month from {series.month(low)} to {series.month(high - 1)}{mark}"
        yield Told(text, series.days(low, high - 1), subject=series.name, form="regime")


def _curves(regime: _Regimes) -> Iterator[Curve]:
    """The months, those that may still change apart, and the levels of the regimes."""
    series, n = regime.series, len(regime.series.counts)
    x = tuple(f"{series.month(month)}-01" for month in range(n))
    done = tuple(None if series.provisional[month] else float(series.counts[month]) for month in range(n))
    open_ = tuple(float(series.counts[month]) if series.provisional[month] else None for month in range(n))
    levels = np.concatenate([np.full(b - a, series.counts[a:b].mean()) for a, b in pairwise(regime.bounds)])
    yield Curve(series.name, "bar", x, done, series.unit, panel=series.name)
    if any(value is not None for value in open_):
        yield Curve(f"{series.name}, {PROVISIONAL}", "bar", x, open_, series.unit, panel=series.name)
    level = tuple(float(level) for level in levels)
    yield Curve(f"{series.name}, level", "step", x, level, series.unit, panel=series.name)


def _marked(series: Series, month: int) -> str:
    return f"{series.month(month)}{' (provisional)' if series.provisional[month] else ''}"


def _summary(regimes: Sequence[_Regimes], latest: Sequence[Largest]) -> str:
    """The highest ranks, with what each is a rank of; the rest is in the rows."""
    order = sorted(range(len(regimes)), key=lambda k: (latest[k].rank, regimes[k].series.name))
    parts = []
    for regime, found in ((regimes[k], latest[k]) for k in order[:_TOLD]):
        since = f"largest since {regime.series.month(found.since)}" if found.since is not None else "largest of all"
        place = f"rank {found.rank} of {len(regime.series.counts)} months"
        parts.append(f"{regime.series.name}: {_marked(regime.series, found.month)}, {since}, {place}")
    return f"Of {len(regimes)} series the highest ranks within the last twelve months: {'; '.join(parts)}."


def _warnings(regimes: Sequence[_Regimes]) -> Iterator[str]:
    yield "A change of counts is a change of what is reported: a new source does the same."
    for why in dict.fromkeys(regime.series.why for regime in regimes):
        yield f"Reporting delay: {why}."
    unsettled = max(regime.series.unsettled for regime in regimes)
    if unsettled:
        months = "The last month is" if unsettled == 1 else f"The last {unsettled} months are"
        yield f"{months} not fully reported yet and left out: no recent change is claimed."
    missing = max(regime.series.missing for regime in regimes)
    if missing:
        yield f"{missing} months between the first and the last were not public on the day of the question: left out."
    if any(regime.series.provisional.any() for regime in regimes):
        yield "Months that the source marks as provisional may still change; what rests on them is marked."


ESCALATION = Measure(
    NAME,
    "Did the level of violence change, and is it the largest since when?",
    "Months at which the mean of a monthly series changed, alarms that each month would have raised, and the rank of "
    "the largest of the last twelve months, for events, deaths and fronts, by type of violence.",
    "events, deaths or fronts a month",
    _NULL,
    0,
    False,
    "A rank is not a probability, and the largest month of a series is always largest since something.",
    "Killick, Fearnhead and Eckley (2012), doi 10.1080/01621459.2012.737745",
    find,
    least="48 months and 50 events or deaths in a series; a table or published monthly figures",
)
