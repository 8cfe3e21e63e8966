"""Rows of event tables that say who has a place afterwards."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from tests.measure.control.saying import sight
from tests.measure.worlds import ORIGIN, table

from faultline.measure.control import Followed, follow
from faultline.measure.events import Events
from faultline.measure.sight import Sight


def rows(subtype: str, actor: str, other: str, root: str = "take") -> Events:
    made = table([100], [0], [actor], [other])
    return replace(
        made,
        root=np.array([root], np.str_),
        subtype=np.array([subtype], np.str_),
        place=np.array(["tarn"], np.str_),
        published=np.array([ORIGIN + 200], np.int64),
    )


def followed(events: Events) -> Followed:
    seen: Sight = replace(sight(as_of="2021-06-01"), tables={"made": events})
    return follow(seen)


DAY = date.fromordinal(ORIGIN + 101)


@pytest.mark.parametrize(("actor", "other"), [("front", "army"), ("army", "front")])
def test_type_of_the_row_says_who_took_it_and_the_order_of_the_actors_does_not(actor: str, other: str) -> None:
    assert followed(rows("capture", actor, other)).on("tarn", DAY).state == "held by hills"
    assert followed(rows("recapture", actor, other)).on("tarn", DAY).state == "held by state"


def test_row_counts_from_its_publication() -> None:
    found = followed(rows("capture", "front", "army"))
    assert found.known("tarn", DAY).claims == ()
    assert found.known("tarn", date.fromordinal(ORIGIN + 200)).state == "held by hills"


def test_battle_and_transfer_without_violence_are_not_read() -> None:
    assert followed(rows("clash", "front", "army", "assault")).units == ()
    assert followed(rows("transferred", "front", "army")).units == ()


def test_row_with_two_possible_takers_is_left_out() -> None:
    assert followed(rows("capture", "front", "legion")).units == ()


def test_backer_of_the_state_is_no_taker() -> None:
    assert followed(rows("capture", "front", "guests")).on("tarn", DAY).state == "held by hills"
