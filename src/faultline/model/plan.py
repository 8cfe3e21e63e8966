"""What the coupled model may hold: the level and own memory that it starts from, and the blocks of terms that have to
earn their place. Invariant: a plan names its blocks in one order, so that equal plans are equal."""

from dataclasses import dataclass
from enum import StrEnum

SWELLS = (20.0, 60.0)  # mean lags in days of the memory of all marks together, beside the lag of the short memory
SLOW = 90.0  # of a mark's own level in the country
WINDOWS = (365.0, float("inf"))  # of the shares of places: mean age of the past that they are taken from, tried
LAGS = (3.0, 7.0, 14.0)  # of the short memory, tried
OWN_SD, CROSS_SD = (
    0.5,
    0.5,
)  # scales of half-normal priors; that of cross terms is over the root of their number
FRONTS = 3  # places hit by one mark on one day from which on it may be a batch


class Block(StrEnum):
    """A block of terms that is admitted or refused as one."""

    SPACE = "space"  # own memory of the neighbours
    CONTROL = "control"  # who held the place a week before
    TOLD = "claims"  # claims and threats of the days before
    CROSS_PLACE = "cross terms at the place"
    CROSS_COUNTRY = "cross terms in the country"


@dataclass(frozen=True, slots=True)
class Plan:
    """Which blocks are in beside level and own memory, and the mean lag of the short memory in days."""

    blocks: tuple[Block, ...] = ()
    lag: float = 7.0

    def having(self, block: Block) -> "Plan":
        """The plan with one more block."""
        wanted = {*self.blocks, block}
        return Plan(tuple(one for one in Block if one in wanted), self.lag)


def swell_lags(lag: float) -> tuple[float, ...]:
    """The lags of the swells: that of the short memory first, so that a wave that all marks share at this very lag is
    told from what one mark does to another."""
    return (lag, *SWELLS)
