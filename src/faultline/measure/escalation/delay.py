"""How long after an event's day its report came, and from which day on reporting is not complete. Invariant: events
that cannot have been reported yet count against nobody: delays are seen through the right edge."""

from datetime import date

import numpy as np
import numpy.typing as npt

from faultline.measure.events import Events

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

COMPLETE = 0.9
EDGE = 3  # days that the last event may lie before the end of the last whole month
UNKNOWN_DAYS = 90  # where no row says when it was published
_RELEASES = 0.02  # distinct publication days among the rows: fewer are releases of a whole table


def delay_curve(delays: Ints, ages: Ints) -> Floats:
    """Share of events reported within 0, 1, 2, ... days, of those reported within the longest delay that can be seen;
    `ages` are days from each event to the day of the question, which no delay exceeds.

    Reverse-time product limit: Lagakos, Barraj and De Gruttola (1988), doi 10.1093/biomet/75.3.515.
    """
    longest = int(delays.max(initial=0))
    curve = np.ones(longest + 1)
    for day in range(longest, 0, -1):
        at_risk = np.count_nonzero((delays <= day) & (ages >= day))
        came = np.count_nonzero((delays == day) & (ages >= day))
        curve[day - 1] = curve[day] * (1 - came / at_risk if at_risk else 1.0)
    return curve


def settled_until(events: Events, as_of: date) -> tuple[int, str]:
    """The last day (ordinal) whose events are reported to nine in ten as of that day, and how that is known."""
    known = events.published >= 0
    today = as_of.toordinal()
    if not known.any():
        return (
            today - UNKNOWN_DAYS,
            f"no row says when it was published: the last {UNKNOWN_DAYS} days are left out",
        )
    published, last = events.published[known], events.last[known]
    days = np.unique(published)
    if len(days) <= max(2, _RELEASES * len(published)):
        behind = int(days[-1]) - int(last[published == days[-1]].max())
        return int(last.max()) + EDGE, f"published in {len(days)} releases, the last {behind} days after its last event"
    delays, ages = np.maximum(published - last, 0), np.maximum(today - last, 0)
    curve = delay_curve(delays, np.maximum(ages, delays))
    wait = int(np.argmax(curve >= COMPLETE))
    median = int(np.argmax(curve >= 0.5))
    return today - wait, f"half of the events are reported within {median} days, nine in ten within {wait}"
