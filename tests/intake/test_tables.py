from pathlib import Path

import pytest
from tests.intake.samples import GED_HEADER, case, csv_text, ged_rows, take_all, take_one, xlsx

from faultline.case.case import Columns, Input, Policy
from faultline.intake import Skipped, Taken, take_case
from faultline.record.days import parse_days
from faultline.record.errors import InputError
from faultline.record.vocabulary import Action, SlotName

MAPPING = Columns(
    (
        ("date", "when"),
        ("place", "town"),
        ("killed", "dead"),
        ("action", "what"),
        ("actor", "who"),
        ("ignore", "row, coder"),
    )
)
OWN = (
    "row,when,town,dead,what,who,coder\n1,2021-03-03,Dunmarra,4,assault,NF; Others,x\n2,2021-03,North,,shelling,NF,x\n"
)


def ged(folder: Path, rows: list[dict[str, str]], policy: Policy | None = None) -> Taken:
    (folder / "ged.csv").write_text(csv_text(GED_HEADER, rows))
    (found,) = take_all(folder, Input("tables", folder / "ged.csv", "ged", "ucdp"), policy=policy)
    assert isinstance(found, Taken), found
    return found


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"date_start": "2021-02-30"}, "bad date"),
        ({"date_start": ""}, "bad date"),
        ({"date_start": "2021-03-04", "date_end": "2021-03-03"}, "bad date"),
        ({"latitude": "91"}, "coordinates"),
        ({"longitude": "nan"}, "coordinates"),
        ({"longitude": "inf"}, "coordinates"),
        ({"latitude": "1,000.5"}, "coordinates"),
        ({"longitude": ""}, "coordinates"),
        ({"best": "-1"}, "negative count"),
        ({"deaths_b": "-5.0"}, "negative count"),
        ({"best": "many"}, "bad count"),
        ({"best": "2.5"}, "bad count"),
        ({"best": "1" + "0" * 30}, "bad count"),
        ({"best": "1e400"}, "bad count"),
        ({"best": "", "low": "5", "high": "4"}, "low > high"),
        ({"type_of_violence": "9"}, "unknown code"),
        ({"id": ""}, "no id"),
        ({"id": "100", "where_coordinates": "elsewhere"}, "duplicate id"),
    ],
)
def test_bad_row_is_counted_with_its_reason_and_the_others_go_on(
    tmp_path: Path, changes: dict[str, str], reason: str
) -> None:
    rows = ged_rows(30)
    rows[7].update(changes)
    found = ged(tmp_path, rows)
    assert found.coded and len(found.coded.claims) == 29
    assert found.skipped == (Skipped("ged.csv", reason, "row 9", 1),)


def test_row_that_was_refused_does_not_use_its_id_up(tmp_path: Path) -> None:
    rows = ged_rows(30)
    rows[3] = {**rows[4], "best": "-1"}
    found = ged(tmp_path, rows)
    assert found.coded and len(found.coded.claims) == 29
    assert [s.reason for s in found.skipped] == ["negative count"]


def test_share_of_bad_rows_over_the_policy_stops_the_run_and_shows_the_first_three(tmp_path: Path) -> None:
    rows = ged_rows(40)
    for number in (5, 6, 7):
        rows[number]["latitude"] = "200"
    with pytest.raises(InputError) as caught:
        ged(tmp_path, rows)
    assert caught.value.where == "ged.csv"
    assert "3 of 40 rows bad" in caught.value.got
    assert all(f"row {number}: " in caught.value.got for number in (7, 8, 9))
    assert "policy.bad_rows" in caught.value.way_out
    assert len(ged(tmp_path, rows, Policy(bad_rows=0.1)).skipped) == 1


def test_few_rows_never_stop_the_run_but_a_table_without_a_good_one_is_skipped(tmp_path: Path) -> None:
    rows = ged_rows(3)
    rows[0]["best"] = "x"
    assert ged(tmp_path, rows).skipped[0].reason == "bad count"
    (tmp_path / "bad.csv").write_text(csv_text(GED_HEADER, ged_rows(3, best="x")))
    (found,) = take_all(tmp_path, Input("tables", tmp_path / "bad.csv", "ged"))
    assert isinstance(found, Skipped) and found.reason == "no good row"


def test_cut_off_table_loses_its_last_row_only(tmp_path: Path) -> None:
    text = csv_text(GED_HEADER, ged_rows(30))
    (tmp_path / "ged.csv").write_text(text[:-60])
    found = take_one(tmp_path, Input("tables", tmp_path / "ged.csv", "ged"))
    assert found.coded and len(found.coded.claims) == 29
    assert [(s.reason, s.count) for s in found.skipped] == [("truncated", 1)]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.csv", b"", "empty"),
        ("a.csv", b"no,such,columns\n1,2,3\n", "header"),
        ("a.csv", b"id,id,type_of_violence,date_start\n", "header"),
        ("a.csv", b"PK\x03\x04", "binary"),
        ("a.csv", b"id,\0", "binary"),
        ("a.xlsx", b"PK\x03\x04", "truncated"),
        ("a.xlsx", b"id,type_of_violence", "truncated"),
    ],
)
def test_table_that_cannot_be_read_is_skipped_and_the_next_one_is_taken(
    tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    (tmp_path / name).write_bytes(content)
    (tmp_path / "b.csv").write_text(csv_text(GED_HEADER, ged_rows(2)))
    entries = (Input("tables", tmp_path / name, "ged"), Input("tables", tmp_path / "b.csv", "ged"))
    first, second = take_all(tmp_path, *entries)
    assert isinstance(first, Skipped) and first.reason == reason
    assert isinstance(second, Taken)


def test_truncated_workbook_is_skipped_whole(tmp_path: Path) -> None:
    whole = xlsx([GED_HEADER, *([r.get(n, "") for n in GED_HEADER] for r in ged_rows(30))])
    (tmp_path / "a.xlsx").write_bytes(whole[: len(whole) // 2])
    (found,) = take_all(tmp_path, Input("tables", tmp_path / "a.xlsx", "ged"))
    assert isinstance(found, Skipped) and found.reason == "truncated"


def test_table_over_the_size_of_the_policy_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "a.csv").open("wb") as file:
        file.truncate(2_100_000_000)
    (found,) = take_all(tmp_path, Input("tables", tmp_path / "a.csv", "ged"))
    assert isinstance(found, Skipped) and found.reason == "too large"


def test_mapped_table_uses_the_columns_that_the_case_names(tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_text(OWN)
    found = take_one(tmp_path, Input("tables", tmp_path / "own.csv", "csv", "monitor", columns=MAPPING))
    assert found.coded
    first, second = found.coded.claims
    assert (first.action, first.days, first.speaker.chain) == (Action.ASSAULT, parse_days("2021-03-03"), ("monitor",))
    assert first.values(SlotName.ACTOR) == ("front", "Others")
    assert first.casualties[0].best == 4
    assert (second.action, second.subtype, second.days, second.casualties) == (
        None,
        "shelling",
        parse_days("2021-03"),
        (),
    )
    assert not any("not used" in note for note in found.coded.notes)
    assert "columns ignored on purpose: row, coder" in found.coded.notes


@pytest.mark.parametrize(
    ("columns", "reason"),
    [
        ((("moment", "when"),), "mapping"),
        ((("date", "when"), ("first_day", "when")), "mapping"),
        ((("place", "town"),), "header"),
        ((("date", "nowhere"),), "header"),
    ],
)
def test_mapping_that_does_not_fit_is_refused(
    tmp_path: Path, columns: tuple[tuple[str, str], ...], reason: str
) -> None:
    (tmp_path / "own.csv").write_text(OWN)
    (found,) = take_all(tmp_path, Input("tables", tmp_path / "own.csv", "csv", columns=Columns(columns)))
    assert isinstance(found, Skipped) and found.reason == reason


def test_version_of_a_reader_changes_with_the_names_of_the_case(tmp_path: Path) -> None:
    (tmp_path / "ged.csv").write_text(csv_text(GED_HEADER, ged_rows(2)))
    entry = Input("tables", tmp_path / "ged.csv", "ged")
    found = [next(iter(take_case(c))) for c in (case(tmp_path, entry), _with_fingerprint(tmp_path, entry))]
    versions = {taken.reader_version for taken in found if isinstance(taken, Taken)}
    assert len(versions) == 2


def _with_fingerprint(folder: Path, entry: Input):  # type: ignore[no-untyped-def]
    from dataclasses import replace

    return replace(case(folder, entry), fingerprint="other")
