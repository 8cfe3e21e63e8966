"""Says of tellings of one happening which days and which places most of them give. Invariant: a function of the set of
tellings, never of their order."""

from collections import Counter
from collections.abc import Iterable

from faultline.record.days import Days
from faultline.resolve.happening import Happening

_EVER = 10**7  # days: longer than any interval
_SHARP = 3  # days


def days_said_most(views: Iterable[Happening]) -> Days:
    """The days that most tellings allow; of equals those that most give, the narrower, the earlier. Where a third of
    the tellings are sharp about it, these alone compete: a month or "since 2021" allows everything and says little."""
    said = [view.days for view in views if view.days.known]
    given = Counter((days.first_day, days.last_day) for days in said)
    sharp = [days for days in said if days.length and days.length <= _SHARP]

    def weight(days: Days) -> tuple[int, int, int, str]:
        allowed = sum(days.overlaps(other) for other in said)
        return -allowed, -given[days.first_day, days.last_day], days.length or _EVER, str(days)

    return min(sharp if 3 * len(sharp) >= len(said) else said, key=weight, default=Days())


def places_said_most(views: Iterable[Happening]) -> tuple[str, ...]:
    """The places that most tellings give; of equals those told with a day, the fewer, the finer, then the first in the
    alphabet."""
    told = [view for view in views if view.places]
    said, dated = Counter(view.places for view in told), Counter(view.places for view in told if view.days.known)
    width = {view.places: min((spot[2] for spot in view.spots), default=0.0) for view in told}
    return min(said, key=lambda key: (-said[key], -dated[key], len(key), width[key], key), default=())
