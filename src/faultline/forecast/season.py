"""The turn of the year: how the months that are forecast were one and two years before. Invariant: seen from a month,
nothing after it is known; a month before the table counts as none.

Fighting has its seasons (rains, snow, harvests), which differ from unit to unit: each unit's own are looked at.
"""

import numpy as np

from faultline.forecast.sums import total
from faultline.measure.chance import Floats, Ints

YEAR = 12
BACK = (1, 2)  # years
COLUMNS = len(BACK) + 2  # and where in the year the month lies


def turn(deaths: Floats) -> Floats:
    """By unit, month and place in the year after it (0: the next month, 11: the same month a year on) the log of the
    mean of the three months around that place one and two years before, against the last twelve months; (units,
    months, 12, years)."""
    three = np.log1p(total(deaths, 3) / 3)  # of each month and the two before it
    two = np.log1p(total(deaths, 2) / 2)
    level = np.log1p(total(deaths, YEAR) / YEAR)
    found = np.empty((*deaths.shape, YEAR, len(BACK)), np.float32)
    for place in range(YEAR):
        for k, years in enumerate(BACK):
            back = YEAR * years - place - 2  # months from the middle of the three to the month looked from, less one
            whole = back >= 0
            found[:, :, place, k] = _shifted(three if whole else two, back if whole else 0) - level
    return found


def seasonal(turned: Floats, first: int, unit: Ints, month: Ints, ahead: Ints) -> Floats:
    """What is known of the season of the month that lies `ahead` of `month`, (rows, COLUMNS)."""
    angle = (first + month + ahead) % YEAR * (2 * np.pi / YEAR)
    return np.concatenate([turned[unit, month, (ahead - 1) % YEAR], np.sin(angle)[:, None], np.cos(angle)[:, None]], 1)


def _shifted(values: Floats, months: int) -> Floats:
    found = np.zeros_like(values)
    found[:, months:] = values[:, : values.shape[1] - months]
    return found
