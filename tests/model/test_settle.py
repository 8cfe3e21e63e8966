"""What a simulation starts from: the fit of a systematic table, else what the case declares; the answer says which."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from faultline.measure.events import Events
from faultline.model.doubt import refitted
from faultline.model.settle import CURATED, Asked, settle
from faultline.record.errors import UsageError
from faultline.record.scenario import AssumedMark, AssumedModel, Range
from tests.measure.worlds import ORIGIN, case_in, sight_of, table

MODEL = AssumedModel((AssumedMark("attacks", Range(5, 10), (("r", 1.0),), reason="made up"),))


def events(days: int) -> Events:
    """Two groups at five places, an event a day."""
    chance = np.random.default_rng(1)
    return table(range(days), chance.integers(0, 5, days).tolist(), chance.choice(["one", "two"], days).tolist())


def asked(tmp_path: Path, made: Events, model: AssumedModel | None = None, issue: int | None = None) -> Asked:
    sight = sight_of(case_in(tmp_path / "case"), made)
    day = sight.as_of if issue is None else date.fromordinal(ORIGIN + issue)
    return Asked(replace(sight, as_of=day), 4, model, np.random.default_rng(1))


def test_table_of_a_year_is_fitted_and_its_refits_take_the_bias_off(tmp_path: Path) -> None:
    found = settle(asked(tmp_path, events(500), MODEL))
    assert found.basis.startswith("fitted on made: 500 events, 5 places") and found.setting.marks == ("one", "two")
    assert found.admitted is not None and not found.admitted.cross and len(found.checks) >= 6
    assert found.found is not None
    plain = list(found.found.lines())
    again = refitted(found.found.fits[0], found.found.pasts[0], 1, 0, 3)
    mended = list(found.found.lines(again))
    assert [line.split(":")[0] for line in plain[:-1]] == [line.split(":")[0] for line in mended[:-1]]
    assert "errors of the fit" in plain[-1] and "the bias of 3 refits" in mended[-1] and plain[0] != mended[0]


def test_no_event_after_the_issue_is_fitted(tmp_path: Path) -> None:
    assert settle(asked(tmp_path, events(700), issue=449)).basis.startswith("fitted on made: 450 events")


def test_thin_table_and_none_leave_what_the_case_declares_and_say_so(tmp_path: Path) -> None:
    thin = settle(asked(tmp_path, events(200), MODEL))
    assert "too thin to fit: 200 events" in thin.basis and thin.found is None and thin.admitted is None
    bare = asked(tmp_path / "other", events(200), MODEL)
    none = settle(replace(bare, sight=replace(bare.sight, tables={})))
    assert none.basis == f"declared assumptions of model.yaml; {CURATED}" and none.setting.marks == ("attacks",)


def test_nothing_to_start_from_names_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="event_marks"):
        settle(asked(tmp_path, events(200)))
