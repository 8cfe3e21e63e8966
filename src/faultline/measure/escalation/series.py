"""Turns an event table, or the monthly figures of a systematic frame, into series of months. Invariant: a month without
events is a zero inside the frame's period and nothing outside it; a month that is not over is left out."""

import calendar
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from faultline.measure.escalation.delay import EDGE, settled_until
from faultline.measure.events import Events, Flags
from faultline.measure.form import holes
from faultline.measure.sight import Sight
from faultline.record.analysis import Figure
from faultline.record.days import Days

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_VIOLENCE, _CIVILIANS = "assault", "attack_on_civilians"


@dataclass(frozen=True)
class Series:
    """`counts` of `months` (year * 12 + month - 1), in their order, without those that were not public yet;
    `provisional[t]` as the source says; `unsettled` later months are over but not fully reported yet, and left out;
    `why` says how that is known."""

    name: str
    unit: str
    frame: str
    months: Ints
    counts: Floats
    provisional: Flags
    unsettled: int
    why: str

    def month(self, number: int) -> str:
        """The month of that number, from 0, as "2026-04"."""
        month = int(self.months[number])
        return f"{month // 12:04d}-{month % 12 + 1:02d}"

    def days(self, low: int, high: int) -> Days:
        """From the first day of one month to the last of another."""
        return Days(_first_day(int(self.months[low])), _last_day(int(self.months[high])))

    @property
    def missing(self) -> int:
        """Months between the first and the last that were not public."""
        return int(self.months[-1] - self.months[0]) + 1 - len(self.months)


def series_of(sight: Sight) -> tuple[Series, ...]:
    """The series of the largest event table; where there is none, or one that holds some months and not others, those
    of the figures; () where there is neither."""
    if sight.events is not None and not holes(sight.events):
        return tuple(_from_events(sight, sight.events))
    return tuple(_from_figures(sight))


def _from_events(sight: Sight, events: Events) -> Iterator[Series]:
    """Events, deaths and fronts of all violence, events and deaths of attacks on civilians and of other violence."""
    violent = events.only(events.root == _VIOLENCE)
    if not len(violent):
        return
    months = _months(violent.first)
    first, whole = int(months.min()), _last_whole(sight, violent)
    settled, why = settled_until(violent, sight.as_of)
    last = max((m for m in range(first, whole + 1) if _last_day(m).toordinal() <= settled), default=first - 1)
    civilians = violent.subtype == _CIVILIANS
    every = np.ones(len(violent), np.bool_)
    kinds = [("all violence", every)]
    if 0 < civilians.sum() < len(violent):
        kinds += [("against civilians", civilians), ("other violence", ~civilians)]
    parts = [
        (f"{name}, {unit}", unit, months[rows], worth[rows])
        for name, rows in kinds
        for unit, worth in (("events", np.ones(len(violent))), ("deaths", np.nan_to_num(violent.deaths)))
    ]
    parts.append(("all violence, fronts", "second-order units hit", *_fronts(months, violent)))
    for name, unit, at, worth in parts:
        counts = _by_month(at, worth, first, last)
        nothing = np.zeros(len(counts), np.bool_)
        yield Series(name, unit, events.frame.id, np.arange(first, last + 1), counts, nothing, whole - last, why)


def _fronts(months: Ints, events: Events) -> tuple[Ints, Floats]:
    """The month of each second-order unit's first event in it."""
    named = events.admin2 != ""
    pairs = sorted({(int(m), str(unit)) for m, unit in zip(months[named], events.admin2[named], strict=True)})
    return np.array([month for month, _ in pairs], np.int64), np.ones(len(pairs))


def _last_whole(sight: Sight, events: Events) -> int:
    """The last month that the table can hold whole."""
    ends = [sight.as_of.toordinal(), int(events.last.max()) + EDGE]
    if events.frame.days.last_day:
        ends = [min(ends[0], events.frame.days.last_day.toordinal() + EDGE), ends[1]]
    day = date.fromordinal(min(ends))
    month = day.year * 12 + day.month - 1
    return month if day == _last_day(month) else month - 1


def _from_figures(sight: Sight) -> Iterator[Series]:
    """For each published series the unit with the largest total: a country rather than its parts."""
    frames = {frame.source: frame.id for frame in sight.case.frames if frame.systematic}
    groups: dict[tuple[str, str], list[Figure]] = {}
    for figure in sight.figures:
        if figure.source in frames and figure.days.first_day and _is_month(figure.days):
            groups.setdefault((figure.series, figure.unit), []).append(figure)
    for name in sorted({series for series, _ in groups}):
        units = [unit for series, unit in groups if series == name]
        unit = max(units, key=lambda unit: (sum(f.value for f in groups[name, unit]), unit))
        yield _figure_series(name, groups[name, unit], frames)


def _figure_series(name: str, figures: Sequence[Figure], frames: dict[str, str]) -> Series:
    """The months that were public, in their order."""
    known = {_month(f.days.first_day): f for f in figures if f.days.first_day}
    months = np.array(sorted(known), np.int64)
    run = [known[int(month)] for month in months]
    counts = np.array([round(f.value) for f in run], np.float64)
    provisional = np.array([f.provisional for f in run], np.bool_)
    why = "figures are published by release: what a month lacked at first is not in them; provisional as marked"
    said = f"{name}, {run[-1].unit}"
    return Series(said, name.split()[-1], frames[run[-1].source], months, counts, provisional, 0, why)


def _by_month(months: Ints, worth: Floats, first: int, last: int) -> Floats:
    inside = (months >= first) & (months <= last)
    n = max(last - first + 1, 0)
    return np.round(np.bincount(months[inside] - first, worth[inside], n)).astype(np.float64)


def _months(days: Ints) -> Ints:
    found = [_month(date.fromordinal(int(day))) for day in days]
    return np.array(found, np.int64)


def _month(day: date | None) -> int:
    return day.year * 12 + day.month - 1 if day else -1


def _is_month(days: Days) -> bool:
    return _month(days.first_day) == _month(days.last_day)


def _first_day(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


def _last_day(month: int) -> date:
    return date(month // 12, month % 12 + 1, calendar.monthrange(month // 12, month % 12 + 1)[1])
