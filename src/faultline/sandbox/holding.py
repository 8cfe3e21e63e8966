"""Turns changes of hands into intervals. Invariant: the intervals of one place never overlap, and a day on which a
place changes hands belongs to the new holder."""

from collections.abc import Iterable
from datetime import date, timedelta

from faultline.sandbox.world import Held


class Holding:
    """Who holds what, as it goes."""

    def __init__(self, holders: dict[str, str], first_day: date) -> None:
        self._now = {place: (holder, first_day) for place, holder in holders.items()}
        self._closed: list[Held] = []

    def holder(self, place: str) -> str:
        """Who holds it now; "" where nobody does."""
        return self._now[place][0]

    def held_by(self, holder: str) -> list[str]:
        """The places that this party holds now, in the order of the country."""
        return [place for place, (by, _) in self._now.items() if by == holder]

    def give(self, place: str, holder: str, day: date) -> None:
        """From that day on the place is held by `holder`; by nobody where that is empty."""
        before, since = self._now[place]
        if before and since < day:
            self._closed.append(Held(place, "held", before, since, day - timedelta(days=1)))
        self._now[place] = (holder, day)

    def rows(self, last_day: date) -> tuple[Held, ...]:
        """All intervals up to that day, inclusive, by place and day."""
        running = [Held(place, "held", by, since, last_day) for place, (by, since) in self._now.items() if by]
        return tuple(sorted([*self._closed, *running], key=lambda row: (row.place, row.first_day)))


def sieges(steps: Iterable[tuple[date, str, str, str]], last_day: date) -> tuple[Held, ...]:
    """Sieges from (day, action, place, party): up to the garrison's withdrawal, else to the last day."""
    begun: dict[str, tuple[date, str]] = {}
    rows = []
    for day, action, place, party in steps:
        if action == "siege_blockade":
            begun[place] = (day, party)
        elif action == "withdrawal" and place in begun:
            first, by = begun.pop(place)
            rows.append(Held(place, "besieged", by, first, day))
    rows += [Held(place, "besieged", by, first, last_day) for place, (first, by) in begun.items()]
    return tuple(sorted(rows, key=lambda row: (row.place, row.first_day)))
