"""Turns a systematic event table into outcomes that analysts ask for: deaths by region, second-order units attacked,
attacks near the capital. Invariant: a month counts only where the table covers it whole; an event without a day counts
in the month of its first possible day."""

from collections.abc import Iterator
from datetime import timedelta

import numpy as np

from faultline.forecast.outcomes import Monthly
from faultline.measure.chance import Floats, Ints
from faultline.measure.events import Events
from faultline.record.analysis import Frame
from faultline.record.months import last_day_of, month_days, month_of
from faultline.record.place import Place, great_circle_km

NEAR_KM = 100.0
BY_REGION, UNITS_HIT, NEAR_CAPITAL = "deaths by region", "second-order units attacked", "attacks near the capital"
_VIOLENCE = "assault"


def outcomes_of(events: Events, capital: Place | None) -> Iterator[tuple[str, Monthly]]:
    """Each outcome with its table: regions are units of the first, the others have one unit. Nothing where the table
    holds no attack; no attacks near the capital where the case names none."""
    violent = events.only(events.root == _VIOLENCE)
    if not len(violent):
        return
    months = np.array([_month(day) for day in violent.first], dtype=np.int64)
    first, last = _span(events)
    inside = (first <= months) & (months <= last)
    regions = tuple(sorted({str(name) for name in violent.admin1 if name}))
    if regions:
        at = {name: row for row, name in enumerate(regions)}
        rows = np.array([at.get(str(name), -1) for name in violent.admin1])
        deaths = np.nan_to_num(violent.deaths)
        chosen = inside & (rows >= 0)
        yield BY_REGION, _table(events.frame, regions, (first, last), (rows[chosen], months[chosen], deaths[chosen]))
    named = inside & (violent.admin2 != "")
    pairs = sorted({(int(m), str(unit)) for m, unit in zip(months[named], violent.admin2[named], strict=True)})
    hit = np.array([month for month, _ in pairs], dtype=np.int64)
    yield UNITS_HIT, _table(events.frame, ("all",), (first, last), (hit * 0, hit, np.ones(len(hit))))
    if capital:
        centre = (capital.latitude, capital.longitude)
        points = zip(violent.latitude, violent.longitude, strict=True)
        near_by = np.array([great_circle_km((float(a), float(b)), centre) <= NEAR_KM for a, b in points])
        near = months[inside & violent.located & near_by]
        yield NEAR_CAPITAL, _table(events.frame, ("all",), (first, last), (near * 0, near, np.ones(len(near))))


def _table(frame: Frame, units: tuple[str, ...], span: tuple[int, int], cells: tuple[Ints, Ints, Floats]) -> Monthly:
    first, last = span
    counts = np.zeros((len(units), last - first + 1))
    np.add.at(counts, (cells[0], cells[1] - first), cells[2])
    kept = Frame(frame.id, frame.source, frame.unit, month_days(first, last), frame.systematic, frame.note)
    return Monthly(kept, units, first, counts, np.ones(counts.shape, bool), np.zeros(counts.shape[1], bool))


def _month(ordinal: int) -> int:
    day = np.datetime64(int(ordinal) - 719_163, "D")  # days since 1970
    return int(day.astype("datetime64[M]").astype(int)) + 1970 * 12


def _span(events: Events) -> tuple[int, int]:
    """The first and last month that the table holds whole, by the days that it says it covers and by its rows: what is
    known on a day may end long before what a table covers in the end."""
    begins, ends, newest = events.frame.days.first_day, events.frame.days.last_day, int(events.last.max())
    first = month_of(begins - timedelta(days=1)) + 1 if begins else _month(int(events.first.min()))
    last = _month(newest)
    near = last_day_of(last).toordinal() - newest <= 3 or (ends is not None and ends >= last_day_of(last))
    return first, last if near else last - 1
