"""Keeps of an event table the days that a model may be fitted to. Invariant: no day that the files of a table do not
cover passes for a quiet one, and no event after the issue is seen; what is left out is said."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from faultline.measure.events import Events

LONGEST = 92  # days without an event from which on they may be a hole between files
EXPECTED = 10.0  # events that the year beside a silence leads to expect in it: with fewer it may be a true one
_YEAR = 365


@dataclass(frozen=True)
class Stretch:
    """`events` without a hole between them, the last day that their table speaks of, what was left out, in lines."""

    events: Events
    last_day: date
    left_out: tuple[str, ...] = ()


def unbroken(events: Events, issue: date) -> Stretch | None:
    """The events up to the issue and behind the last hole; None where there are none.

    A hole is a quarter or longer without an event in which the year behind it leads to expect ten. Files of single
    months make such holes; so does a war that breaks out, and then little is lost, since the level is that of late.
    Quiet days between the last event and the issue are days of the table, unless as many events are missing in them.
    """
    seen, left = events.only(events.first <= issue.toordinal()), list[str]()
    for first, last in list(_holes(seen))[-1:]:
        kept, silent = seen.only(seen.first > last), f"{date.fromordinal(first)} to {date.fromordinal(last)}"
        said = f"where the year after leads to expect {_missing(seen, first, last):.0f}: a hole between its files?"
        left.append(f"{len(seen) - len(kept)} events, since the table has none from {silent}, {said}")
        seen = kept
    if not len(seen):
        return None
    ends = min(int(seen.last.max()), issue.toordinal())
    silence = issue.toordinal() - ends
    if _rate(seen, ends - _YEAR + 1, ends) * silence < EXPECTED:
        return Stretch(seen, issue, tuple(left))
    day = date.fromordinal(ends)
    left.append(f"the {silence} days before the issue: the table ends on {day}, and paths start from its state of then")
    return Stretch(seen, day, tuple(left))


def _holes(events: Events) -> Iterator[tuple[int, int]]:
    """First and last day of each hole."""
    until = np.maximum.accumulate(events.last)[:-1]
    for a, b in zip(until, events.first[1:], strict=True):
        first, last = int(a) + 1, int(b) - 1
        if last - first + 1 >= LONGEST and _missing(events, first, last) >= EXPECTED:
            yield first, last


def _missing(events: Events, first: int, last: int) -> float:
    """How many events the year after those days leads to expect in them."""
    return _rate(events, last + 1, last + _YEAR) * (last - first + 1)


def _rate(events: Events, first: int, last: int) -> float:
    """Events a day from one day to another, or in what of it lies between the first and the last event; zero for fewer
    than ten, which tell no rate."""
    first, last = max(first, int(events.first.min())), min(last, int(events.last.max()))
    count = int(((events.first >= first) & (events.first <= last)).sum())
    return count / (last - first + 1) if count >= EXPECTED else 0.0
