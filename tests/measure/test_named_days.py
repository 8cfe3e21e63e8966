"""What a record chosen by hand tells of the declared days, where it can give no rate."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.measure.claims import claim, sight_with
from tests.measure.worlds import case_in

from faultline.case import Case
from faultline.measure.centre import CENTRE
from faultline.measure.named_days import how_near
from faultline.measure.recipients import RECIPIENTS
from faultline.measure.resilience import RESILIENCE
from faultline.measure.sight import Sight
from faultline.measure.synchrony import SYNCHRONY
from faultline.record.claim import Claim
from faultline.record.days import parse_days
from faultline.record.declared import Declared, NamedDay, Shock
from faultline.record.vocabulary import Action

DAY = NamedDay("the day", parse_days("2020-01-01/2020-01-02"), "red")
SHOCK = Shock("the shock", date(2019, 12, 20))


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return case_in(tmp_path / "case")


def attack(place: str, day: str, by: str = "red", modality: str = "asserted") -> tuple[Claim, str]:
    said = {"actor": by, "recipient": "army", "place": place, "days": day, "modality": modality}
    made, text = claim(f"{by} attacked the army in {place} {day} {modality}", "event", "attack", said)
    return replace(made, action=Action.ASSAULT), text


@pytest.fixture
def sight(case: Case) -> Sight:
    told = [
        attack("kidal", "2020-01-01"),
        attack("gao", "2020-01-02"),
        attack("gao", "2020-01-01"),
        attack("menaka", "2020-01-01", modality="denied"),
        attack("menaka", "2020-01-01", by="blue"),
        attack("menaka", "2020-02-01"),
    ]
    return sight_with(case, told, Declared(days=(DAY,), shocks=(SHOCK,)))


def test_named_day_lists_the_places_of_its_coalition_with_the_claims_and_no_number_of_a_rate(sight: Sight) -> None:
    found = SYNCHRONY.run(sight)
    assert [row.statistic for row in found.rows] == [None] and found.rows[0].verdict == "not a sample"
    (told,) = found.told
    assert "2 places" in told.text and "(2)" in told.text and len(told.claims) == 3
    assert "3 of 3 claims name the coalition" in told.text
    assert told.days == DAY.days


def test_named_day_lists_the_kinds_of_those_attacked(sight: Sight) -> None:
    (told,) = RECIPIENTS.run(sight).told
    assert "(3)" in told.text and "0 claims name nobody attacked" in told.text


def test_shock_lists_what_is_told_of_the_four_weeks_from_it(sight: Sight) -> None:
    (told,) = RESILIENCE.run(sight).told
    assert "on 2 of the 28 days" in told.text and "4 claims" in told.text


def test_distance_of_a_day_without_a_known_place_is_not_made_up(sight: Sight) -> None:
    lost = replace(sight, declared=replace(sight.declared, days=(replace(DAY, coalition="nobody"),)))
    assert [told.claims for told in how_near(lost)] == [()]
    assert any("no report here tells" in told.text for told in CENTRE.run(lost).told)
