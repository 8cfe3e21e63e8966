"""Event tables from outside a case: several files of one dataset, and files in the layouts of other years."""

from pathlib import Path

import pytest
from tests.intake.samples import ACLED_HEADER, ACLED_ROW, GED_HEADER, case, csv_text, ged_rows

from faultline.intake.outside import Outside, take_outside
from faultline.record.claim import Claim
from faultline.record.days import parse_days
from faultline.record.errors import InputError
from faultline.record.vocabulary import SlotName

# As ACLED's exports until 2016 name their columns, with semicolons and days as a spreadsheet saves them.
OLD_HEADER = (
    "GWNO;EVENT_ID_CNTY;EVENT_ID_NO_CNTY;EVENT_DATE;YEAR;TIME_PRECISION;EVENT_TYPE;ACTOR1;ALLY_ACTOR_1;INTER1;ACTOR2;"
    "ALLY_ACTOR_2;INTER2;INTERACTION;COUNTRY;ADMIN1;ADMIN2;ADMIN3;LOCATION;LATITUDE;LONGITUDE;GEO_PRECISION;SOURCE;NOTES;"
    "FATALITIES"
)
OLD_ROWS = (
    "900;1OST;1;{day};1997;1;Battle-No change of territory;Military Forces of Ostrel (1991-2002);Police;1;Northern Front;;2;"
    "12;Ostrel;North;Dun;;Dunmarra;10.5;20.25;1;Wire;Près du marché;3",
    "901;2WES;2;02-Jan-97;1997;3;Violence Against Civilians;Northern Front and/or Military Forces of Ostrel (1991-2002);;2;"
    "Civilians (Westrel);;7;27;Westrel;South;Sul;;Sulmarra;1.5;2.25;2;Wire;Été;0",
    "900;3OST;3;31/12/2020;2020;1;Non-violent activity by a conflict actor;Mutiny of Military Forces of Ostrel (1991-2002);;"
    "3;;;0;30;Ostrel;North;Dun;;Dunmarra;10.5;20.25;1;Wire;;0",
)


def read(folder: Path, *names: str, reader: str = "") -> Outside:
    return take_outside(case(folder), [folder / name for name in names], reader)


def claims(found: Outside) -> list[Claim]:
    return [claim for claim, _ in found.rows]


def ged(folder: Path, name: str, first: int, number: int, **changes: str) -> None:
    rows = [{**row, "id": str(first + n)} for n, row in enumerate(ged_rows(number, **changes))]
    (folder / name).write_text(csv_text(GED_HEADER, rows))


def test_row_in_two_files_counts_once_as_the_later_has_it(tmp_path: Path) -> None:
    ged(tmp_path, "GEDEvent_v26_0_2.csv", 1, 3, best="5", high="9")
    ged(tmp_path, "GEDEvent_v26_0_10.csv", 3, 2, best="7", high="9")
    for found in (read(tmp_path, "."), read(tmp_path, "GEDEvent_v26_0_2.csv", "GEDEvent_v26_0_10.csv")):
        assert [claim.casualties[0].best for claim in claims(found)] == [5, 5, 7, 7]
        assert found.again == 1 and [path.name for path in found.files] == [
            "GEDEvent_v26_0_2.csv",
            "GEDEvent_v26_0_10.csv",
        ]
    turned = read(tmp_path, "GEDEvent_v26_0_10.csv", "GEDEvent_v26_0_2.csv")
    assert sorted(claim.casualties[0].best or 0 for claim in claims(turned)) == [5, 5, 5, 7]


def test_folder_leaves_out_what_is_no_event_table_and_says_so(tmp_path: Path) -> None:
    ged(tmp_path, "ged.csv", 1, 2)
    (tmp_path / "country-month.csv").write_text("gwno,year,month,events\n2,2001,9,4\n")
    found = read(tmp_path, ".")
    assert len(found.rows) == 2 and found.left_out == ("country-month.csv",)
    with pytest.raises(InputError, match="columns of no known dataset"):
        read(tmp_path, "country-month.csv")


def test_two_datasets_are_never_added_up(tmp_path: Path) -> None:
    ged(tmp_path, "ged.csv", 1, 2)
    (tmp_path / "1997-2020-Ostrel.csv").write_text(csv_text(ACLED_HEADER, [ACLED_ROW]))
    with pytest.raises(InputError, match="files of one dataset"):
        read(tmp_path, ".")
    assert len(read(tmp_path, ".", reader="acled").rows) == 1


def test_governments_in_one_cell_are_two_sides_and_letters_are_a_name(tmp_path: Path) -> None:
    sides = {"side_a": "Government of Ostrel, Government of Westrel (Old Westrel)", "side_b": "IS"}
    ged(tmp_path, "ged.csv", 1, 1, **sides)
    (found,) = claims(read(tmp_path, "ged.csv"))
    assert found.values(SlotName.ACTOR) == ("gov", "Government of Westrel (Old Westrel)")
    assert found.values(SlotName.RECIPIENT) == ("IS",)  # nobody of this case is called Islamic State


@pytest.mark.parametrize("encoding", ["utf-8-sig", "latin-1"])
@pytest.mark.parametrize("day", ["01-Jan-97", "01 January 1997", "01-January-1997", "1/1/1997", "1997-01-01"])
def test_table_of_the_old_layout_is_read_whole(tmp_path: Path, day: str, encoding: str) -> None:
    rows = "\r\n".join([OLD_HEADER, *OLD_ROWS]).format(day=day)
    (tmp_path / "Africa 1997-2020.csv").write_bytes(rows.encode(encoding))
    fight, attack, mutiny = claims(read(tmp_path, "Africa 1997-2020.csv"))
    assert (fight.days, fight.subtype) == (parse_days("1997-01-01"), "clash")
    assert fight.values(SlotName.ACTOR) == ("army", "Police") and fight.values(SlotName.PLACE) == ("dunmarra",)
    assert (attack.days, attack.subtype) == (parse_days("1997-01"), "attack_on_civilians")
    assert mutiny.days == parse_days("2020-12-31") and mutiny.action is None


def test_either_of_two_parties_is_neither_and_a_mutiny_is_not_the_army(tmp_path: Path) -> None:
    rows = "\n".join([OLD_HEADER, *OLD_ROWS]).format(day="2021-03-03").replace("02-Jan-97", "02-Jan-2021")
    (tmp_path / "acled.csv").write_text(rows)
    _, attack, mutiny = claims(read(tmp_path, "acled.csv"))
    (either,) = (slot for slot in attack.slots if slot.name is SlotName.ACTOR)
    assert {candidate.id: candidate.probability for candidate in either.candidates} == {"army": 0.5, "front": 0.5}
    assert either.leading == "" and mutiny.values(SlotName.ACTOR)[0].startswith("Mutiny of")
