"""Turns a systematic event table into outcomes that analysts ask for: deaths by region, second-order units attacked,
attacks near the capital. Invariant: a month counts only where the table covers it whole; an event without a day counts
in the month of its first possible day."""

from collections.abc import Iterator

import numpy as np

from faultline.forecast.outcomes import Monthly
from faultline.measure.chance import Floats, Ints
from faultline.measure.events import Events
from faultline.record.analysis import Frame
from faultline.record.months import last_day_of, month_days
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
    first, last = int(months.min()), _last_whole(int(violent.last.max()))
    inside = months <= last
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


def _last_whole(ordinal: int) -> int:
    """The last month that the table can hold whole: the one of its last event where that is near the month's end."""
    month = _month(ordinal)
    return month if last_day_of(month).toordinal() - ordinal <= 3 else month - 1
