"""Deals attacks of unknown hands to marks. Invariant: an attack that somebody is known to have made is never dealt, and
a mark gets them by its share of the region's attacks of known hands around that day."""

import numpy as np
import numpy.typing as npt

from faultline.measure.events import Events

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

AROUND = 180  # days before and after, and the same region, over which the shares of marks are taken
_ATTACK = "assault"
_NOBODY = ("unidentified", "unknown", "unattributed")  # how datasets and cases write that nobody knows who


def nobody(party: str) -> bool:
    """Whether the name says that nobody knows who."""
    return any(word in party.lower() for word in _NOBODY)


def unattributed(events: Events) -> Flags:
    """Attacks for which no actor is named, or none but unknown ones."""
    named = [party for party in events.parties if not nobody(party)]
    return np.asarray((events.root == _ATTACK) & ~events.by(named), np.bool_)


def dealt(events: Events, whose: Ints, marks: int, chance: np.random.Generator) -> Ints:
    """The mark of each event (`whose`, -1 for none), attacks of unknown hands dealt by the shares of the marks, and of
    attacks of no mark, among those of known hands in the region around that day; at least one hand is nobody's."""
    found = whose.copy()
    open_rows = np.flatnonzero(unattributed(events) & (whose < 0))
    if not len(open_rows) or not marks:
        return found
    known = np.flatnonzero((events.root == _ATTACK) & ~unattributed(events))
    hands = np.where(whose[known] < 0, marks, whose[known])
    for row in open_rows:
        near = (np.abs(events.first[known] - events.first[row]) <= AROUND) & (
            events.admin1[known] == events.admin1[row]
        )
        weights = np.bincount(hands[near], minlength=marks + 1).astype(np.float64)
        weights[marks] += 1.0
        drawn = int(chance.choice(marks + 1, p=weights / weights.sum()))
        found[row] = drawn if drawn < marks else -1
    return found
