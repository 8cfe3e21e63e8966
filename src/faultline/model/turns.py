"""Who held the followed places week by week, and what was at work there: violence, sieges, backers, talks. Invariant: a
week knows itself and earlier weeks only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from faultline.measure.backing import backers
from faultline.measure.control import Followed
from faultline.measure.force import Ledger, ledger
from faultline.measure.sight import Sight
from faultline.model.cells import Cells
from faultline.model.hazard import SURE, Cause, Weeks
from faultline.record.days import Days
from faultline.record.vocabulary import Kind, Modality

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
BLOCKADE = "blockade"
CARRIED = 13  # weeks over which the last known side of a place stands in for an unknown one
TALKED = 28  # days after a talk over which it counts
_OPEN = frozenset({Modality.PLANNED, Modality.THREATENED, Modality.DEMANDED, Modality.HYPOTHETICAL})


@dataclass(frozen=True)
class Towns:
    """The followed places: `ids`, the cell of each (-1: none), the chance `lost` of each day (days x places) that no
    state force holds it, from the ordinal `first` on."""

    ids: tuple[str, ...]
    at: Ints
    lost: Floats
    first: int

    def last_days(self) -> tuple[date, ...]:
        """The last day of each whole week."""
        return tuple(date.fromordinal(self.first + day) for day in range(6, len(self.lost), 7))


def lost_chances(followed: Followed, units: tuple[str, ...]) -> Floats:
    """days x units: the chance that no state force holds it, given the reports of each day and those before."""
    filtered = followed.filtered(units)
    return np.asarray(1.0 - filtered[:, :, 0].T, np.float64)


def weeks_of(sight: Sight, towns: Towns, cells: Cells) -> Weeks:
    """The sides of the places by week, with the causes that the case and the cells speak of."""
    weeks = towns.lost[6::7]
    side = carried(np.where(weeks >= SURE, 1, np.where(weeks <= 1 - SURE, 0, -1)))
    days = towns.last_days()
    causes = {Cause.VIOLENCE: _busy(cells, towns), Cause.SIEGE: _besieged(ledger(sight), towns, days)}
    backed, talks = backers(sight, sight.declared.defender), talks_of(sight)
    country = {
        Cause.BACKING: np.log1p([sum(_covers(one, day) for one in backed) for day in days]),
        Cause.TALKS: np.array([float(talking(talks, day) > 0) for day in days]),
    }
    wide = np.ones(len(towns.ids))
    return Weeks(side, causes | {cause: np.outer(rows, wide) for cause, rows in country.items()})


def carried(side: npt.NDArray[np.integer]) -> Ints:
    """Sides weeks x places with the last known one carried on for a while: a place on its way from one side to the
    other passes through weeks in which neither is sure, and its turn would be lost in them."""
    found = side.astype(np.int64)
    silent = np.zeros(found.shape[1], np.int64)
    for week in range(1, len(found)):
        unknown = side[week] < 0
        silent = np.where(unknown, silent + 1, 0)
        found[week] = np.where(unknown & (silent <= CARRIED), found[week - 1], found[week])
    return found


def siege_age(known: Ledger, place: str, day: date) -> int:
    """For how many days the place has been under a blockade that is more likely than not in force; 0 where none is."""
    found = [i for i in known.intervals if i.family == BLOCKADE and i.place == place and known.chance(i, day) >= 0.5]
    return max(((day - interval.first_day).days + 1 for interval in found), default=0)


def backers_on(sight: Sight, day: date) -> int:
    """How many backers stand behind the defender on that day."""
    return sum(_covers(days, day) for days in backers(sight, sight.declared.defender))


def talks_of(sight: Sight) -> tuple[date, ...]:
    """The last days of the talks that took place."""
    told = (claim for claim in sight.of_kinds(Kind.TALK) if claim.modality not in _OPEN)
    return tuple(claim.days.last_day for claim in told if claim.days.last_day)


def talking(talks: Sequence[date], day: date) -> int:
    """For how many days from that one on the last talk counts; 0 where there was none in the four weeks before."""
    return max((TALKED - (day - last).days for last in talks if 0 <= (day - last).days < TALKED), default=0)


def siege_column(days: Sequence[int] | Floats) -> Floats:
    """The age of a siege as the model takes it: the logarithm of its weeks."""
    return np.log1p(np.asarray(days, np.float64) / 7)


def _covers(days: Days, day: date) -> bool:
    return (days.first_day or date.min) <= day <= (days.last_day or date.max)


def _besieged(known: Ledger, towns: Towns, days: Sequence[date]) -> Floats:
    ages = [[siege_age(known, id, day) for id in towns.ids] for day in days]
    return siege_column(np.array(ages, np.float64).reshape(len(days), len(towns.ids)))


def _busy(cells: Cells, towns: Towns) -> Floats:
    """weeks x places: 1 where there was violence in the place in that week."""
    hit = cells.counts.sum(axis=2) > 0
    found = np.zeros((len(towns.lost[6::7]), len(towns.ids)))
    for week in range(len(found)):
        start = towns.first + 7 * week - cells.first_day
        days = hit[max(start, 0) : max(start + 7, 0)]
        if len(days):
            found[week] = np.where(towns.at >= 0, days[:, np.maximum(towns.at, 0)].any(axis=0), False)
    return found
