"""Sides of places by week."""

import numpy as np

from faultline.model.hazard import Weeks
from faultline.model.turns import CARRIED, carried


def test_turn_through_unsure_weeks_is_one_turn() -> None:
    side = np.array([[0], [-1], [-1], [1]])
    assert Weeks(carried(side), {}).turned.sum() == 1 and not Weeks(side, {}).turned.any()


def test_long_silence_stays_unknown_and_nothing_is_known_before_the_first_report() -> None:
    side = np.full((CARRIED + 4, 1), -1)
    side[1] = 0
    found = carried(side)
    assert found[0] == -1 and (found[1 : CARRIED + 2] == 0).all() and (found[CARRIED + 2 :] == -1).all()
