"""What a forecaster is, and what it hands over. Invariant: a forecaster sees a table that ends with the issue, and its
draws depend on nothing else but the settings and the generator that it is given."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from faultline.forecast.outcomes import Monthly
from faultline.measure.chance import Floats, Ints

LAG = 3  # months from the last month of input to the first month that is forecast, as in the challenge
LONGEST = 14  # months ahead that a model is fitted for: a year, begun three months after the input ends


@dataclass(frozen=True)
class Asked:
    """What is asked of a forecaster: `rows` of the table, `horizons` (months after its last one), how many draws."""

    rows: Ints
    horizons: Ints
    draws: int = 1000


class Forecaster(Protocol):
    """Turns a table that ends with the issue into draws of deaths."""

    @property
    def name(self) -> str:
        """How tables call it."""
        ...

    @property
    def what(self) -> str:
        """What it does, in one phrase."""
        ...

    def issue(self, table: Monthly, asked: Asked, chance: np.random.Generator) -> Floats:
        """Draws of shape (rows, horizons, draws), 0 or more; in no order from horizon to horizon."""
        ...

    def together(self, table: Monthly, rows: Ints) -> Floats:
        """How far the months of each row go together, 0 (each for itself) to 1, by which sums are drawn."""
        ...


@dataclass(frozen=True)
class Window:
    """Months `first` to `last` (numbers, inclusive) that are forecast at one issue."""

    first: int
    last: int

    @property
    def issue(self) -> int:
        """The last month of input."""
        return self.first - LAG

    @property
    def months(self) -> Ints:
        """The months, as numbers."""
        return np.arange(self.first, self.last + 1)

    @property
    def horizons(self) -> Ints:
        """How far ahead of the issue each month lies."""
        return self.months - self.issue


def windows(first: int, last: int) -> Sequence[Window]:
    """Windows of twelve months from `first` on, the last one as long as `last` leaves it."""
    return [Window(begin, min(begin + 11, last)) for begin in range(first, last + 1, 12)]
