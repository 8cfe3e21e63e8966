"""How long after a shock the number of events returns to what was normal before it. Invariant: the shocks are declared
beforehand, the band is drawn from the time before the shock, and a return that has not come is censored, not long."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from faultline.measure.centre import distance_km
from faultline.measure.chance import generator
from faultline.measure.events import Events, Flags, Floats
from faultline.measure.form import ALARM, CHANCE, NOT_ENOUGH, Measure
from faultline.measure.negbin import draw, size_of
from faultline.measure.sight import Sight
from faultline.record.analysis import Measured
from faultline.record.days import Days
from faultline.record.declared import Shock
from faultline.record.finding import Curve, Finding

NAME = "resilience"
BEFORE, LEAST_BEFORE = 52, 26  # weeks before the shock that the band is drawn from
QUIET = 4  # weeks in a row inside the band that make a return
LONGEST = 104  # weeks that a return is waited for
WORLDS = 2_000
NEAR_KM = 50.0
NULL = "returns simulated from the level, memory and scatter before the shock, begun at the shock's own counts"


@dataclass(frozen=True, slots=True)
class Model:
    """Weekly counts as a negative binomial around a level, with the share `memory` of last week's distance from it."""

    level: float
    memory: float
    size: float


def find(sight: Sight) -> Finding:
    """For each declared shock the weeks until the counts were back inside the band, beside those of simulated worlds;
    and how many never came back."""
    events = sight.events
    if events is None:
        raise ValueError("resilience asks for an event table")
    rows: list[Measured] = []
    curves: list[Curve] = []
    for shock in sight.declared.shocks:
        row, curve = _of_shock(sight, events, shock)
        rows.append(row)
        curves += curve
    if not rows:
        rows = [RESILIENCE.refuse(NOT_ENOUGH, "the case declares no shock", events).rows[0]]
    rows += _never(rows, events)
    warnings = ("A return of the number of events is no return of what was lost.",)
    return Finding(NAME, RESILIENCE.question, _summary(rows), tuple(rows), curves=tuple(curves), warnings=warnings)


def fit(weeks: Floats) -> Model:
    """Level, memory (lag-one autocorrelation, 0 to 0.9) and size of the weekly counts, in the order of the weeks."""
    level = max(float(weeks.mean()), 0.05)
    around = weeks - level
    spread = float(around @ around)
    memory = float(np.clip((around[1:] @ around[:-1]) / spread, 0.0, 0.9)) if spread > 0 else 0.0
    means = np.maximum(level + memory * np.concatenate([[0.0], around[:-1]]), 0.05)
    return Model(level, memory, size_of(weeks, means, np.ones(len(weeks))))


def band(model: Model, chance: np.random.Generator) -> tuple[float, float]:
    """The middle 90 % of the weekly counts of the model left alone."""
    counts = paths(model, np.full(WORLDS, model.level), 30, chance)[:, -1]
    low, high = np.quantile(counts, [0.05, 0.95])
    return float(low), float(high)


def returned(weeks: Floats, limits: tuple[float, float]) -> int | None:
    """The first week (0 is the week of the shock) from which four in a row lie inside; None where none does."""
    inside = (weeks >= limits[0]) & (weeks <= limits[1])
    runs = np.convolve(inside.astype(int), np.ones(QUIET, int), "valid") if len(weeks) >= QUIET else np.empty(0)
    found = np.flatnonzero(runs == QUIET)
    return int(found[0]) if len(found) else None


def paths(model: Model, start: Floats, weeks: int, chance: np.random.Generator) -> Floats:
    """Weekly counts after the counts `start`, one row each: rows x `weeks`."""
    counts = np.empty((len(start), weeks))
    last = start
    for week in range(weeks):
        means = np.maximum(model.level + model.memory * (last - model.level), 0.05)
        last = counts[:, week] = draw(means, model.size, chance)
    return counts


def simulated(model: Model, first: float, limits: tuple[float, float], chance: np.random.Generator) -> Floats:
    """Weeks until the return of worlds that begin at the count `first`; those that take longer than the wait get its
    length."""
    counts = paths(model, np.full(WORLDS, first), LONGEST + QUIET, chance)
    whole = np.concatenate([np.full((WORLDS, 1), first), counts], axis=1)
    inside = (whole >= limits[0]) & (whole <= limits[1])
    runs = np.cumsum(np.pad(inside, ((0, 0), (1, 0))), axis=1)
    back: Flags = runs[:, QUIET:] - runs[:, :-QUIET] == QUIET  # four in a row from each week on
    return np.where(back.any(axis=1), back.argmax(axis=1), LONGEST).astype(np.float64)


def waited_for(
    model: Model, after: Floats, limits: tuple[float, float], chance: np.random.Generator
) -> tuple[int | None, Floats, float]:
    """The week of the return (None: not yet), the weeks of simulated returns, and the p-value of as long a wait."""
    week = returned(after, limits)
    draws = simulated(model, float(after[:QUIET].max()), limits, chance)
    seen = len(after) - QUIET if week is None else week
    return week, draws, float((1 + np.count_nonzero(draws >= seen)) / (1 + len(draws)))


def _of_shock(sight: Sight, events: Events, shock: Shock) -> tuple[Measured, list[Curve]]:
    near = _near(sight, events, shock)
    day = shock.day.toordinal()
    last = int(events.first.max())
    before = _weekly(events, near, (day - 7 * BEFORE, day))
    after = _weekly(events, near, (day, min(last + 1, day + 7 * (LONGEST + QUIET))))
    end = min(last, day + 7 * LONGEST)  # a shock after the last event of the table has no window to speak of
    window = Days(shock.day - timedelta(weeks=BEFORE), date.fromordinal(max(end, day)))
    row = Measured(NAME, None, "weeks", window, NULL, name=shock.name, subject=shock.place or "the country")
    row = replace(row, frame=events.frame.id, n=int(before.sum() + after.sum()), settings=f"{BEFORE} weeks before")
    covered = (day - int(events.first.min())) // 7
    if covered < LEAST_BEFORE or len(after) < QUIET or before.sum() < LEAST_BEFORE:
        note = f"{max(0, covered)} weeks before and {len(after)} after it, {int(before.sum())} events before"
        return replace(row, verdict=NOT_ENOUGH, note=note), []
    before = before[-min(covered, BEFORE) :]
    model, chance = fit(before), generator(sight.seed, NAME, shock.name)
    limits = band(model, chance)
    return _judged(row, model, limits, (before, after), chance), [_curve(shock, before, after, limits)]


def _judged(
    row: Measured, model: Model, limits: tuple[float, float], weeks: tuple[Floats, Floats], chance: np.random.Generator
) -> Measured:
    _, after = weeks
    week, draws, p = waited_for(model, after, limits, chance)
    low, high = (float(end) for end in np.quantile(draws, [0.05, 0.95]))
    waited = len(after) - QUIET
    note = f"band {limits[0]:.0f} to {limits[1]:.0f} events a week; memory {model.memory:.2f}"
    row = replace(
        row, null=float(np.median(draws)), low=low, high=high, interval="90 % of the null", p_value=p, note=note
    )
    if week is None:
        return replace(row, verdict="not returned", note=f"{note}; waited {waited} weeks")
    return replace(row, statistic=float(week), verdict="slower than before" if p <= ALARM else CHANCE)


def _near(sight: Sight, events: Events, shock: Shock) -> Flags:
    """Rows of the country, or within 50 km of the shock's place."""
    if not shock.place:
        return np.ones(len(events), np.bool_)
    place = sight.case.place(shock.place)
    away = distance_km(events.latitude, events.longitude, place.latitude, place.longitude)
    return np.asarray(events.located & (away <= max(NEAR_KM, place.radius_km)), np.bool_)


def _weekly(events: Events, rows: Flags, days: tuple[int, int]) -> Floats:
    """Events of each whole week from the first day on; the second day is exclusive."""
    first, end = days
    weeks = max(0, (end - first) // 7)
    chosen = events.first[rows & (events.first >= first) & (events.first < first + 7 * weeks)]
    return np.bincount((chosen - first) // 7, minlength=weeks).astype(np.float64)


def _never(rows: list[Measured], events: Events) -> Iterator[Measured]:
    """How many of the shocks that could be followed have not returned."""
    followed = [row for row in rows if row.p_value is not None]
    if followed:
        never = sum(row.verdict == "not returned" for row in followed)
        row = Measured(NAME, never / len(followed), "share", Days(), name="not returned", subject="all declared shocks")
        yield replace(row, n=len(followed), note=f"{never} of {len(followed)}", frame=events.frame.id)


def _curve(shock: Shock, before: Floats, after: Floats, limits: tuple[float, float]) -> Curve:
    counts = np.concatenate([before, after])
    days = [shock.day + timedelta(weeks=k - len(before)) for k in range(len(counts))]
    n = len(counts)
    x, y = tuple(day.isoformat() for day in days), tuple(float(count) for count in counts)
    return Curve(shock.name, "step", x, y, "events a week", (limits[0],) * n, (limits[1],) * n)


def _summary(rows: list[Measured]) -> str:
    followed = [row for row in rows if row.p_value is not None]
    if not followed:
        return f"No declared shock can be followed: {NOT_ENOUGH}."
    slow = [row.name for row in followed if row.verdict in ("not returned", "slower than before")]
    said = ", ".join(slow) if slow else "none"
    return f"Of {len(followed)} declared shocks, slower than simulated returns or not returned: {said}."


RESILIENCE = Measure(
    NAME,
    "After a shock, when is the number of events back inside its band of before?",
    "Weeks until four in a row lie inside the 90 % band of the year before, against returns simulated from that year.",
    "weeks",
    NULL,
    LEAST_BEFORE,
    True,
    "A return of the number of events is no recovery of people or places; a band drawn from a violent year is wide.",
    "Bruneau et al. 2003, doi 10.1193/1.1623497 (time to recovery); Ferland et al. 2006 (counts with memory)",
    find,
)
