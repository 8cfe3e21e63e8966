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
STATE = "Military Forces of Ostrel (1991-2002)"
OLD_ROWS: tuple[dict[str, str], ...] = (
    {"EVENT_ID_CNTY": "1OST", "EVENT_TYPE": "Battle-No change of territory", "TIME_PRECISION": "1"}
    | {"ACTOR1": STATE, "ALLY_ACTOR_1": "Police", "ACTOR2": "Northern Front", "INTER1": "1", "INTERACTION": "12"}
    | {"LOCATION": "Dunmarra", "LATITUDE": "10.5", "LONGITUDE": "20.25", "FATALITIES": "3", "NOTES": "Près du marché"},
    {"EVENT_ID_CNTY": "2WES", "EVENT_DATE": "02-Jan-97", "TIME_PRECISION": "3", "COUNTRY": "Westrel"}
    | {"EVENT_TYPE": "Violence Against Civilians", "ACTOR1": f"Northern Front and/or {STATE}", "FATALITIES": "0"},
    {"EVENT_ID_CNTY": "3OST", "EVENT_DATE": "31/12/2020", "TIME_PRECISION": "1"}
    | {"EVENT_TYPE": "Non-violent activity by a conflict actor", "ACTOR1": f"Mutiny of {STATE}", "NOTES": "Été"},
)


def old_table(day: str) -> str:
    """The rows under the header, the first on that day."""
    rows = [{"EVENT_DATE": day, "COUNTRY": "Ostrel", **row} for row in OLD_ROWS]
    return csv_text(OLD_HEADER.split(";"), rows, "\r\n").replace(",", ";")


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
    (tmp_path / "Africa 1997-2020.csv").write_bytes(old_table(day).encode(encoding))
    fight, attack, mutiny = claims(read(tmp_path, "Africa 1997-2020.csv"))
    assert (fight.days, fight.subtype) == (parse_days("1997-01-01"), "clash")
    assert fight.values(SlotName.ACTOR) == ("army", "Police") and fight.values(SlotName.PLACE) == ("dunmarra",)
    assert (attack.days, attack.subtype) == (parse_days("1997-01"), "attack_on_civilians")
    assert mutiny.days == parse_days("2020-12-31") and mutiny.action is None


def test_either_of_two_parties_is_neither_and_a_mutiny_is_not_the_army(tmp_path: Path) -> None:
    (tmp_path / "acled.csv").write_text(old_table("2021-03-03").replace("02-Jan-97", "02-Jan-2021"))
    _, attack, mutiny = claims(read(tmp_path, "acled.csv"))
    (either,) = (slot for slot in attack.slots if slot.name is SlotName.ACTOR)
    assert {candidate.id: candidate.probability for candidate in either.candidates} == {"army": 0.5, "front": 0.5}
    assert either.leading == "" and mutiny.values(SlotName.ACTOR)[0].startswith("Mutiny of")
