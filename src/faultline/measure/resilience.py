"""How long after a shock the number of events returns to what was normal before it. Invariant: the shocks are declared
beforehand, the band is drawn from the time before the shock, and a return that has not come is censored, not long.

Follows Bruneau et al. 2003, doi 10.1193/1.1623497 (time to recovery); Ferland et al. 2006 (counts with memory).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import scipy

from faultline.measure.centre import distance_km
from faultline.measure.chance import generator, p_above
from faultline.measure.events import Events, Flags, Floats
from faultline.measure.form import ALARM, CHANCE, NOT_ENOUGH, Measure
from faultline.measure.named_days import after_shocks
from faultline.measure.negbin import draw, sizes_of
from faultline.measure.sight import Sight
from faultline.record.analysis import Measured
from faultline.record.days import Days
from faultline.record.declared import Shock
from faultline.record.finding import Curve, Finding

NAME = "resilience"
BEFORE, LEAST_BEFORE = 52, 26  # weeks before the shock that the band is drawn from
OTHER_QUIET = (2, 8)  # weeks: what the return is sensitive to
QUIET = 4  # weeks in a row inside the band that make a return
LONGEST = 104  # weeks that a return is waited for
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
    other: list[Measured] = []
    for shock in sight.declared.shocks:
        row, curve, more = _of_shock(sight, events, shock)
        other += more
        rows.append(row)
        curves += curve
    if not rows:
        rows = [RESILIENCE.refuse(NOT_ENOUGH, "the case declares no shock", events).rows[0]]
    rows += _never(rows, events)
    warnings = ("A return of the number of events is no return of what was lost.",)
    return Finding(NAME, RESILIENCE.question, _summary(rows), tuple(rows), (), tuple(other), tuple(curves), warnings)


def fit(weeks: Floats) -> Model:
    """Level, memory (lag-one autocorrelation, 0 to 0.9) and size of the weekly counts, in the order of the weeks."""
    return Model(*(float(part[0]) for part in _fits(weeks[None])))


def _fits(years: Floats) -> tuple[Floats, Floats, Floats]:
    """The same of each row.

    Over few weeks the autocorrelation comes out too small, and is given back what it lacks (Marriott & Pope 1954, doi
    10.1093/biomet/41.3-4.390).
    """
    weeks = years.shape[1]
    level = np.maximum(years.mean(axis=1), 0.05)
    around = years - level[:, None]
    spread = (around**2).sum(axis=1)
    seen = (around[:, 1:] * around[:, :-1]).sum(axis=1) / np.where(spread > 0, spread, 1.0)
    memory = np.clip((seen + 1 / weeks) / (1 - 4 / weeks), 0.0, 0.9)
    before = np.concatenate([np.zeros((len(years), 1)), around[:, :-1]], axis=1)
    means = np.maximum(level[:, None] + memory[:, None] * before, 0.05)
    return level, memory, sizes_of(years, means)


def band(model: Model, weeks: int) -> tuple[float, float]:
    """The middle 90 % of the weekly counts of the model left alone, wide enough for its having been seen over so many
    weeks only. Counts are whole numbers: each end is the one whose tail is nearest to 5 %."""
    level, memory, size = (np.array([part]) for part in (model.level, model.memory, model.size))
    low, high = _bands(level, memory, size, weeks)[0]
    return float(low), float(high)


def _bands(level: Floats, memory: Floats, size: Floats, weeks: int) -> Floats:
    """The same of each model: rows x 2."""
    kept = memory**2 * (1 + 1 / size)
    own = (level + level**2 / size) / np.maximum(1 - kept, 0.05)
    variance = own * (1 + (1 + memory) / (1 - memory) / weeks)
    around = level**2 / np.maximum(variance - level, 1e-6 * level)
    most = int((level + 6 * np.sqrt(variance)).max()) + 2
    chance = (around / (around + level))[:, None]
    below = scipy.stats.nbinom.cdf(np.arange(-1, most), around[:, None], chance)  # P(count < 0, 1, 2, ...)
    low, high = (np.abs(tail - 0.05).argmin(axis=1) for tail in (below, 1 - below[:, 1:]))
    return np.stack([low, np.maximum(low, high)], axis=1).astype(np.float64)


def returned(weeks: Floats, limits: tuple[float, float], quiet: int = QUIET) -> int | None:
    """The first week (0 is that of the shock) from which four (`quiet`) in a row lie inside; None where none does."""
    inside = (weeks >= limits[0]) & (weeks <= limits[1])
    runs = np.convolve(inside.astype(int), np.ones(quiet, int), "valid") if len(weeks) >= quiet else np.empty(0)
    found = np.flatnonzero(runs == quiet)
    return int(found[0]) if len(found) else None


def paths(model: Model, start: Floats, weeks: int, chance: np.random.Generator, memory: Floats | None = None) -> Floats:
    """Weekly counts after the counts `start`, one row each: rows x `weeks`; `memory` may give each row its own."""
    kept = model.memory if memory is None else memory
    counts = np.empty((len(start), weeks))
    last = start
    for week in range(weeks):
        means = np.maximum(model.level + kept * (last - model.level), 0.05)
        last = counts[:, week] = draw(means, model.size, chance)
    return counts


def simulated(model: Model, seen: Floats, weeks: int, how: tuple[int, np.random.Generator]) -> Floats:
    """Weeks until the return, in so many worlds by that generator, that share the counts `seen` from the week of the
    shock to its peak and then go by the model, none of their first weeks above that peak. Those that take longer than
    the wait get its length. Behind the point stands how far the counts lay outside meanwhile: it tells waits of as many
    weeks apart. Each world has a memory as near to the model's as a year can tell it, a year of its own before it, and
    its own band drawn from that: what the year does not know of the model is in how long returns take."""
    n, chance = how
    first = _below_peak(model, seen, (4 * n, n), chance)
    doubt = np.sqrt((1 - model.memory**2) / weeks)  # of a lag-one autocorrelation over so many weeks
    memory = np.clip(model.memory + doubt * chance.normal(size=n), 0.0, 0.9)
    past = paths(model, np.full(n, model.level), 30 + weeks, chance, memory)[:, 30:]
    limits = _bands(*_fits(past), weeks)
    after = paths(model, first[:, -1], LONGEST + QUIET - first.shape[1], chance, memory)
    whole = np.concatenate([first, after], axis=1)
    outside = np.maximum(limits[:, :1] - whole, 0) + np.maximum(whole - limits[:, 1:], 0)
    runs = np.cumsum(np.pad(outside == 0, ((0, 0), (1, 0))), axis=1)
    back: Flags = runs[:, QUIET:] - runs[:, :-QUIET] == QUIET  # four in a row from each week on
    waits = np.where(back.any(axis=1), back.argmax(axis=1), LONGEST)
    beyond = np.cumsum(np.pad(outside, ((0, 0), (1, 0))), axis=1)[np.arange(n), waits]
    return np.asarray(waits + beyond / (beyond + 1), np.float64)


def _below_peak(model: Model, seen: Floats, often: tuple[int, int], chance: np.random.Generator) -> Floats:
    """The first weeks of worlds: what was seen, then a path that stays below the peak, the last week of `seen`. Drawn
    `often[0]` times, of which `often[1]` are kept; some more than once where few stay below."""
    head = np.tile(seen, (often[0], 1))
    rest = paths(model, head[:, -1], max(0, QUIET - len(seen)), chance)
    low = np.flatnonzero((rest <= seen[-1]).all(axis=1))
    chosen = np.resize(low if len(low) else np.arange(often[0]), often[1])
    return np.concatenate([head[chosen], rest[chosen]], axis=1)


def waited_for(
    model: Model, after: Floats, weeks: int, how: tuple[int, np.random.Generator]
) -> tuple[int | None, Floats, float]:
    """The week of the return into the band of a model fitted to so many weeks (None: not yet), the weeks of simulated
    returns, so many by that generator, and the p-value of as long a wait."""
    low, high = band(model, weeks)
    week = returned(after, (low, high))
    peak = int(after[:QUIET].argmax())
    draws = simulated(model, after[: peak + 1], weeks, how)
    if week is None:
        return None, draws, p_above(len(after) - QUIET, draws)
    beyond = float((np.maximum(low - after, 0) + np.maximum(after - high, 0))[:week].sum())
    return week, draws, p_above(week + beyond / (beyond + 1), draws)


def _of_shock(sight: Sight, events: Events, shock: Shock) -> tuple[Measured, list[Curve], list[Measured]]:
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
        return replace(row, verdict=NOT_ENOUGH, note=note), [], []
    before = before[-min(covered, BEFORE) :]
    model, limits = fit(before), band(fit(before), len(before))
    draws = sight.declared.draws, generator(sight.seed, NAME, shock.name)
    more = [_otherwise(row, after, limits, quiet) for quiet in OTHER_QUIET]
    return _judged(row, model, (before, after), draws), [_curve(shock, before, after, limits)], more


def _otherwise(row: Measured, after: Floats, limits: tuple[float, float], quiet: int) -> Measured:
    """The week of the return where fewer or more weeks in a row are asked for, without a test."""
    week = returned(after, limits, quiet)
    row = replace(row, null_model="", settings=f"{quiet} weeks in a row")
    return replace(row, verdict="not returned") if week is None else replace(row, statistic=float(week))


def _judged(
    row: Measured, model: Model, weeks: tuple[Floats, Floats], how: tuple[int, np.random.Generator]
) -> Measured:
    before, after = weeks
    week, draws, p = waited_for(model, after, len(before), how)
    limits = band(model, len(before))
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
    after_shocks,
    least="26 weeks and 26 events before a shock, four weeks after it",
)
