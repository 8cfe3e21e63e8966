"""Tests "the largest" and "rising" on the monthly series of the record. Invariant: each series has its own answer, the
month that is meant must be in it, and what may still change is said to be provisional."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from faultline.examine.asks import Asked
from faultline.examine.grounds import Grounds
from faultline.measure.chance import generator, holm, p_above
from faultline.measure.escalation.largest import LEVEL
from faultline.measure.escalation.null import draw, fit_null
from faultline.measure.escalation.series import Floats, Series, series_of
from faultline.record.analysis import Measured
from faultline.record.days import Days
from faultline.record.examination import Tested
from faultline.record.vocabulary import Verdict

NAME = "escalation"
LEVEL_OF_TEST = 0.05
LEAST_MONTHS, LEAST_EVENTS = 6, 30  # of a trend
DRAWS = 499
_NO_SERIES = "a systematic event table, or monthly figures of one"


@dataclass(frozen=True)
class _Ranked:
    """A series with the number of the month that is meant, its rank among the months compared, and their number."""

    series: Series
    at: int
    rank: int
    among: int


def largest_tested(grounds: Grounds, asked: Asked, day: date) -> Tested:
    """Whether the month of `day` is the largest since the time that the words name (of all where they name none):
    supported where it is in every series, contradicted where it is in none, mixed where it is in some."""
    every = _series(grounds, asked)
    if not every:
        return _without(grounds, "no monthly series is public", _NO_SERIES)
    month = day.year * 12 + day.month - 1
    ranked = [found for series in every if (found := _ranked(series, month, asked.since)) is not None]
    if not ranked:
        last = max(series.month(len(series.counts) - 1) for series in every)
        why = f"the newest month that is public is {last}: {day:%Y-%m} is not in it"
        return _without(grounds, why, f"the events of {day:%Y-%m} in a systematic table")
    ranked.sort(key=lambda one: (one.rank, one.series.name))
    first = [one for one in ranked if one.rank == 1 and one.series.counts[one.at] > 0]
    rows = tuple(_row(one) for one in ranked)
    why = "; ".join(_said(one) for one in ranked)
    since = f"since {asked.since:%Y-%m}" if asked.since else "of all months"
    verdict = Verdict.SUPPORTED if len(first) == len(ranked) else Verdict.MIXED if first else Verdict.CONTRADICTED
    why = f"{day:%Y-%m} is the largest {since} in {len(first)} of {len(ranked)} series: {why}"
    change = "final figures of that month" if any(r.series.provisional[r.at] for r in ranked) else "corrected figures"
    return Tested(verdict, grounds.as_of, why, (NAME,), rows, would_change=change)


def rising_tested(grounds: Grounds, asked: Asked, day: date) -> Tested:
    """Whether the months from the time that the words name to `day` rise beyond a self-exciting series of one level
    (rank correlation with time; corrected for the number of series); with the power against a doubling."""
    every = _series(grounds, asked)
    if not every:
        return _without(grounds, "no monthly series is public", _NO_SERIES)
    since = asked.since or date(day.year - 1, day.month, 1)
    rows = [row for series in every if (row := _trend(grounds, series, since, day)) is not None]
    if not rows:
        why = f"no series of {LEAST_MONTHS} months and {LEAST_EVENTS} events from {since:%Y-%m} to {day:%Y-%m}"
        return _without(grounds, why, "months after the beginning that it names")
    rows = [replace(r, p_value=p) for r, p in zip(rows, holm([r.p_value or 1.0 for r in rows]), strict=True)]
    up = [r for r in rows if (r.p_value or 1) <= LEVEL_OF_TEST]
    falls = sum((r.statistic or 0) < 0 for r in rows)
    verdict = Verdict.SUPPORTED if 2 * len(up) > len(rows) else Verdict.MIXED if up else Verdict.CHANCE
    verdict = Verdict.CONTRADICTED if not up and falls == len(rows) else verdict
    told = "; ".join(
        f"{r.subject}: rank correlation {r.statistic:.2f}, p = {r.p_value:.2g}, {r.note}" for r in rows[:3]
    )
    why = f"from {since:%Y-%m} to {day:%Y-%m} {len(up)} of {len(rows)} series rise beyond their null: {told}"
    return Tested(verdict, grounds.as_of, why, (NAME,), tuple(rows), would_change="more months of the same series")


def _series(grounds: Grounds, asked: Asked) -> tuple[Series, ...]:
    found = series_of(grounds.evidence)
    return tuple(s for s in found if "death" in s.unit) if asked.deaths else found


def _ranked(series: Series, month: int, since: date | None) -> _Ranked | None:
    at = np.flatnonzero(series.months == month)
    if not len(at):
        return None
    start = since.year * 12 + since.month - 1 if since else int(series.months[0])
    compared = (series.months >= start) & (series.months <= month)
    rank = 1 + int(np.count_nonzero(series.counts[compared] > series.counts[at[0]]))
    return _Ranked(series, int(at[0]), rank, int(compared.sum()))


def _said(one: _Ranked) -> str:
    mark = " (provisional)" if one.series.provisional[one.at] else ""
    return f"{one.series.name} {one.series.counts[one.at]:.0f}{mark}, rank {one.rank} of {one.among}"


def _row(one: _Ranked) -> Measured:
    series = one.series
    row = Measured(NAME, float(one.rank), "rank", series.days(one.at, one.at), name="rank of the month")
    note = f"{series.counts[one.at]:.0f} against a mean of {series.counts[max(0, one.at - LEVEL) : one.at].mean():.1f}"
    mark = "provisional" if series.provisional[one.at] else ""
    return replace(row, subject=series.name, n=one.among, verdict=mark, note=note, frame=series.frame)


def _trend(grounds: Grounds, series: Series, since: date, day: date) -> Measured | None:
    low, high = since.year * 12 + since.month - 1, day.year * 12 + day.month - 1
    inside = (series.months >= low) & (series.months <= high)
    counts = series.counts[inside]
    if len(counts) < LEAST_MONTHS or counts.sum() < LEAST_EVENTS:
        return None
    chance = generator(grounds.sight.seed, "examine", series.frame, series.name)
    null = replace(fit_null(series.counts, chance), mean=float(counts.mean()))
    drawn = draw(null, len(counts), DRAWS, chance)
    ramp = np.linspace(2 / 3, 4 / 3, len(counts))  # a doubling about the same mean
    doubled = chance.poisson(np.maximum(drawn * ramp, 0.0)).astype(np.float64)
    tau, null_tau = _tau(counts[None])[0], _tau(drawn)
    power = float((_tau(doubled) > np.quantile(null_tau, 1 - LEVEL_OF_TEST)).mean())
    at = np.flatnonzero(inside)
    row = Measured(NAME, float(tau), "rank correlation with time", series.days(int(at[0]), int(at[-1])), name="trend")
    note = f"{counts[: len(counts) // 2].mean():.1f} then {counts[len(counts) // 2 :].mean():.1f} a month"
    note += f"; power against a doubling {power:.2f}"
    null_model = "a self-exciting series of one level"
    row = replace(row, p_value=p_above(float(tau), null_tau), n=int(counts.sum()), subject=series.name, note=note)
    return replace(row, null=float(np.median(null_tau)), null_model=null_model, frame=series.frame)


def _tau(counts: Floats) -> Floats:
    """Kendall's rank correlation of each row with time (ties count nothing)."""
    n = counts.shape[1]
    later, earlier = np.tril_indices(n, -1)
    return np.asarray(np.sign(counts[:, later] - counts[:, earlier]).sum(axis=1) / len(later), np.float64)


def _without(grounds: Grounds, why: str, missing: str) -> Tested:
    return Tested(Verdict.NOT_TESTABLE, grounds.as_of, why, (NAME,), would_change=missing)


def month_meant(days: Sequence[Days], fallback: date) -> date:
    """The month that a comparison speaks of: that of the first dated act of its sentence, else of the article."""
    return next((d.first_day for d in days if d.first_day and (d.length or 99) <= 31), fallback)
