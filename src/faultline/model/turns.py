"""How often places change hands, from the filtered control of each week and the violence of the week. Invariant: a turn
counts where the leading state of a place changes sides between two weeks in both of which reports inform it."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from faultline.measure.control import Followed
from faultline.model.cells import Cells

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
_PRIOR_TURNS, _PRIOR_WEEKS = 0.5, 100.0  # what is believed beforehand: a turn in four years
SURE = 2 / 3


@dataclass(frozen=True)
class Counted:
    """Turns and weeks of exposure: `lost[busy]` of `held[busy]` weeks, `regained` of `away` weeks; busy 1 is a week
    after one with violence in the place."""

    lost: Floats
    held: Floats
    regained: Floats
    away: Floats


def lost_chances(followed: Followed, units: tuple[str, ...]) -> Floats:
    """days x units: the chance that no state force holds it, given the reports of each day and those before."""
    filtered = followed.filtered(units)
    return np.asarray(1.0 - filtered[:, :, 0].T, np.float64)


def counted(lost: Floats, cells: Cells, at: Ints, first: int) -> Counted:
    """Turns by the chances of days x units that begin on the ordinal `first`; `at` is the cell of each unit, -1 for
    none."""
    weeks = lost[6::7]
    side = np.where(weeks >= SURE, 1, np.where(weeks <= 1 - SURE, 0, -1))
    before, after = side[:-1], side[1:]
    known = (before >= 0) & (after >= 0)
    busy = _busy(cells, at, first, len(weeks))[:-1]
    rows = [
        [float((known & (before == was) & (busy == b) & ((after != was) | (turned == 0))).sum()) for b in (0, 1)]
        for was, turned in ((0, 1), (0, 0), (1, 1), (1, 0))
    ]
    return Counted(*(np.array(row) for row in rows))


def rates(found: Counted, n: int, chance: np.random.Generator) -> tuple[Floats, Floats, Floats]:
    """n draws a piece of the chance a week of losing and of regaining a place in a quiet week, and of how many times
    likelier both are after violence: gamma posteriors of Poisson turns."""

    def drawn(turns: float, weeks: float) -> Floats:
        return np.asarray(chance.gamma(turns + _PRIOR_TURNS, 1 / (weeks + _PRIOR_WEEKS), n), np.float64)

    loses, regains = drawn(found.lost[0], found.held[0]), drawn(found.regained[0], found.away[0])
    busy = drawn(found.lost[1] + found.regained[1], found.held[1] + found.away[1])
    quiet = drawn(found.lost[0] + found.regained[0], found.held[0] + found.away[0])
    return loses, regains, np.maximum(busy / quiet, 1e-3)


def _busy(cells: Cells, at: Ints, first: int, weeks: int) -> Ints:
    """weeks x units: 1 where there was violence in the place in that week."""
    hit = cells.counts.sum(axis=2) > 0
    found = np.zeros((weeks, len(at)), np.int64)
    for week in range(weeks):
        start = first + 7 * week - cells.first_day
        days = hit[max(start, 0) : max(start + 7, 0)]
        if len(days):
            found[week] = np.where(at >= 0, days[:, np.maximum(at, 0)].any(axis=0), False)
    return found
