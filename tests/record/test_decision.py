"""Decisions and their ids."""

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.record.records import records

from faultline.record.decision import Decision, decision_id
from faultline.record.vocabulary import DecisionKind

OTHER = {"kind": DecisionKind.REJECT, "probability": 0.25, "made": datetime(2020, 1, 1, tzinfo=UTC)}


@given(records(Decision), st.integers(-12, 12))
def test_a_decision_has_one_id_in_every_time_zone(decision: Decision, hours: int) -> None:
    made = datetime(2024, 6, 1, 12, tzinfo=UTC)
    elsewhere = made.astimezone(timezone(timedelta(hours=hours)))
    assert decision_id(replace(decision, made=made)) == decision_id(replace(decision, made=elsewhere))


@pytest.mark.parametrize("name", [field.name for field in fields(Decision) if field.name != "id"])
def test_everything_that_a_decision_says_is_part_of_its_id(name: str) -> None:
    decision = Decision("", DecisionKind.ACCEPT, "clm_1")
    assert decision_id(decision) != decision_id(replace(decision, **{name: OTHER.get(name, "something else")}))


def test_an_id_that_is_set_already_does_not_change_it() -> None:
    decision = Decision("", DecisionKind.ACCEPT, "clm_1")
    assert decision_id(replace(decision, id=decision_id(decision))) == decision_id(decision)
