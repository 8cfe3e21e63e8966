"""Warns where days look like days of reporting. Invariant: a warning says how many rows of how many it speaks of."""

from collections.abc import Iterator
from datetime import date

import numpy as np
import scipy

from faultline.measure.events import Events

_SURE = 0.001


def batching(events: Events) -> Iterator[str]:
    """A warning for each kind of heap: on the first of months, on one weekday. A heap moves days together and looks
    like synchrony."""
    if not len(events):
        return
    days = [date.fromordinal(int(day)) for day in np.unique(events.first)]
    rows = [date.fromordinal(int(day)) for day in events.first]
    firsts, expected = sum(d.day == 1 for d in rows), sum(d.day == 1 for d in days) / max(1, len(days))
    if scipy.stats.binomtest(firsts, len(rows), max(expected, 12 / 365.25), alternative="greater").pvalue < _SURE:
        yield f"{firsts} of {len(rows)} rows stand on the first of a month: days may be days of reporting."
    weekdays = np.bincount([d.weekday() for d in rows], minlength=7)
    busiest = int(weekdays.argmax())
    if scipy.stats.binomtest(int(weekdays[busiest]), len(rows), 1 / 7, alternative="greater").pvalue < _SURE / 7:
        name = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")[busiest]
        yield f"{weekdays[busiest]} of {len(rows)} rows stand on {name}: days may be days of reporting."
