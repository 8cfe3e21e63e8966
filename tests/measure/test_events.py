"""Rows of an event table as arrays, on the sandbox's own tables and beside its written truth."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from faultline.desk import build, open_desk
from faultline.measure import Sight, see


@pytest.fixture(scope="module")
def sight(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Sight:
    store = tmp_path_factory.mktemp("store") / "store.sqlite"
    desk = open_desk(root / "cases/sandbox", f"sqlite:///{store}")
    build(desk)
    return see(desk.case, desk.snapshot(date(2026, 1, 1)))


def test_tables_of_systematic_frames_are_events_and_dispatches_stay_claims(sight: Sight) -> None:
    assert set(sight.tables) == {"acled-form", "ged-form"}
    frames = {sight.filings[claim.document].frame for claim in sight.claims}
    assert frames == {"dispatches"}


def test_rows_stand_in_the_order_of_their_days_with_their_claims(sight: Sight) -> None:
    events = sight.tables["ged-form"]
    assert len(events) == len(set(events.claim)) > 100
    assert np.all(np.diff(events.first) >= 0)
    assert np.all(events.last >= events.first)


def test_ged_row_has_its_point_its_units_and_its_deaths(sight: Sight) -> None:
    events = sight.tables["ged-form"]
    assert events.located.mean() > 0.5
    assert np.all(np.abs(events.latitude[np.isfinite(events.latitude)]) <= 90)
    assert {"", *events.admin2} > {""}
    assert np.nansum(events.deaths) > 0


def test_parties_are_ids_of_actors_and_either_side_counts_as_involved(sight: Sight) -> None:
    events = sight.tables["ged-form"]
    assert "army" in events.parties
    both = events.by(["army"]) | events.on(["army"])
    assert np.array_equal(events.involving(["army"]), both)
    assert not events.by(["nobody"]).any()


def test_only_keeps_the_chosen_rows_whole(sight: Sight) -> None:
    events = sight.tables["ged-form"]
    chosen = events.only(events.involving(["army"]))
    assert len(chosen) == int(events.involving(["army"]).sum())
    assert chosen.acted.shape == (len(chosen), len(events.parties))
    assert set(chosen.claim) <= set(events.claim)


def test_nothing_that_was_published_later_is_seen(root: Path, tmp_path: Path) -> None:
    desk = open_desk(root / "cases/sandbox", f"sqlite:///{tmp_path / 'store.sqlite'}")
    build(desk)
    early = see(desk.case, desk.snapshot(date(2020, 6, 30)))
    assert date.fromordinal(int(early.tables["ged-form"].last.max())) <= date(2019, 12, 31)
    assert see(desk.case, desk.snapshot(date(2019, 1, 2))).events is None
