from pathlib import Path

import pytest
from tests.intake.samples import ACLED_HEADER, ACLED_OLD_HEADER, ACLED_ROW, csv_text, take_one

from faultline.case.case import Input
from faultline.intake import Taken
from faultline.intake.packaged import table
from faultline.record.claim import Casualties, Claim
from faultline.record.days import parse_days
from faultline.record.vocabulary import Action, PlacePrecision, SlotName

SUB_EVENTS = (  # Codebook 2023, "Event types and sub-event types"
    "Government regains territory|Non-state actor overtakes territory|Armed clash|Excessive force against protesters|"
    "Protest with intervention|Peaceful protest|Violent demonstration|Mob violence|Chemical weapon|Air/drone strike|"
    "Suicide bomb|Shelling/artillery/missile attack|Remote explosive/landmine/IED|Grenade|Sexual violence|Attack|"
    "Abduction/forced disappearance|Agreement|Arrests|Change to group/activity|Disrupted weapons use|"
    "Headquarters or base established|Looting/property destruction|Non-violent transfer of territory|Other"
).split("|")


def take(folder: Path, header: list[str], **changes: str) -> Taken:
    (folder / "acled.csv").write_text(
        csv_text(header, [{n: v for n, v in {**ACLED_ROW, **changes}.items() if n in header}])
    )
    return take_one(folder, Input("tables", folder / "acled.csv", "acled"))


def claim(folder: Path, **changes: str) -> Claim:
    coded = take(folder, ACLED_HEADER, **changes).coded
    assert coded
    return coded.claims[0]


def test_row_of_the_present_export_becomes_an_event(tmp_path: Path) -> None:
    found = claim(tmp_path)
    assert (found.action, found.subtype, found.days) == (Action.ASSAULT, "clash", parse_days("2021-03-03"))
    assert found.speaker.chain == ("acled",)
    assert found.values(SlotName.ACTOR) == ("army", "Police", "Home Guard")
    assert found.values(SlotName.RECIPIENT) == ("front",)
    assert found.values(SlotName.PLACE) == ("dunmarra",)
    assert found.casualties == (Casualties("killed", None, 8, None),)


@pytest.mark.parametrize("day", ["03 March 2021", "3-Mar-2021", "03/03/2021", "2021-03-03"])
def test_row_of_an_old_export_becomes_the_same_event(tmp_path: Path, day: str) -> None:
    old = {"data_id": "5", "event_id_no_cnty": "7", "inter1": "1", "inter2": "2", "interaction": "12", "iso3": "OST"}
    coded = take(tmp_path, ACLED_OLD_HEADER, event_date=day, **old).coded
    assert coded
    found = coded.claims[0]
    assert (found.subtype, found.days, found.casualties) == (
        "clash",
        parse_days("2021-03-03"),
        (Casualties("killed", None, 8, None),),
    )
    assert not any("not used" in note for note in coded.notes)


@pytest.mark.parametrize("sub_event", SUB_EVENTS)
def test_every_sub_event_of_the_codebook_has_its_own_meaning(tmp_path: Path, sub_event: str) -> None:
    entry = table("acled.yaml")["actions"][sub_event.lower()]
    found = claim(tmp_path, event_type="Strategic developments", sub_event_type=sub_event)
    assert ((found.action.value if found.action else ""), found.subtype) == (entry["action"], entry["subtype"])


def test_every_action_of_the_table_is_one_of_ours() -> None:
    for entry in table("acled.yaml")["actions"].values():
        assert entry["action"] == "" or Action(entry["action"])


def test_new_sub_event_falls_back_on_its_type_and_is_counted(tmp_path: Path) -> None:
    coded = take(tmp_path, ACLED_HEADER, sub_event_type="Laser duel").coded
    assert coded
    assert coded.claims[0].subtype == "clash"
    assert "sub_event_type 'laser duel' is not in the codebook: 1 rows" in coded.notes


def test_event_type_from_before_2019_is_known(tmp_path: Path) -> None:
    old = claim(tmp_path, event_type="Battle-Government regains territory", sub_event_type="")
    assert (old.action, old.subtype) == (Action.TAKE, "recapture")


def test_zero_deaths_is_silence_as_the_codebook_says(tmp_path: Path) -> None:
    assert claim(tmp_path, fatalities="0").casualties == ()


def test_coarse_day_becomes_the_interval_it_stands_for(tmp_path: Path) -> None:
    week, month = (claim(tmp_path, event_date="2021-02-14", time_precision=code).days for code in "23")
    assert (str(week), week.precision) == ("2021-02-08/2021-02-20", "week")
    assert month == parse_days("2021-02")


def test_place_precision_is_the_inverse_of_the_vocabulary() -> None:
    for code, word in table("acled.yaml")["place_precision"].items():
        assert PlacePrecision(word).acled == int(code)


@pytest.mark.parametrize("header", [ACLED_HEADER, ACLED_OLD_HEADER])
def test_every_column_of_both_exports_is_used_or_ignored_with_a_reason(header: list[str]) -> None:
    words = table("acled.yaml")
    assert set(header) <= {*words["columns"], *words["ignored"]}
    assert not set(words["columns"]) & set(words["ignored"])


def test_decimal_comma_of_a_spreadsheet_is_a_point_and_of_a_number_of_people_is_none(tmp_path: Path) -> None:
    slot = next(s for s in claim(tmp_path, latitude="15,25", longitude="-2,5").slots if s.name is SlotName.PLACE)
    assert "latitude=15.25; longitude=-2.5" in slot.reason


def test_row_that_stands_twice_as_it_is_counts_once_and_is_no_bad_row(tmp_path: Path) -> None:
    rows = [{n: v for n, v in ACLED_ROW.items() if n in ACLED_HEADER}] * 30
    (tmp_path / "acled.csv").write_text(csv_text(ACLED_HEADER, rows))
    taken = take_one(tmp_path, Input("tables", tmp_path / "acled.csv", "acled"))
    assert taken.coded and len(taken.coded.claims) == 1
    assert [(s.reason, s.count) for s in taken.skipped] == [("same row again", 29)]
