import csv
from dataclasses import replace
from pathlib import Path

import pytest
from tests.intake.samples import GED_HEADER, GED_ROW, csv_text, ged_rows, take_one, xlsx

from faultline.case.case import Input
from faultline.intake import Taken
from faultline.intake.packaged import table
from faultline.record.claim import Casualties, Claim, Slot
from faultline.record.days import DayPrecision, Days, parse_days
from faultline.record.text import Document
from faultline.record.vocabulary import Action, Kind, Modality, PlacePrecision, SlotName


def take(folder: Path, text: str, source: str = "ucdp") -> Taken:
    (folder / "ged.csv").write_text(text)
    return take_one(folder, Input("tables", folder / "ged.csv", "ged", source))


def claim(folder: Path, **changes: str) -> Claim:
    taken = take(folder, csv_text(GED_HEADER, [{**GED_ROW, **changes}]))
    assert taken.coded
    (found,) = taken.coded.claims
    return found


def slot(found: Claim, name: SlotName) -> Slot:
    return next(s for s in found.slots if s.name is name)


def test_row_becomes_a_reported_event_of_the_dataset(tmp_path: Path) -> None:
    taken = take(tmp_path, csv_text(GED_HEADER, [GED_ROW]))
    assert taken.coded
    (found,) = taken.coded.claims
    assert (found.kind, found.modality, found.speaker.chain) == (Kind.EVENT, Modality.REPORTED, ("ucdp",))
    assert (found.action, found.subtype, found.days) == (Action.ASSAULT, "clash", parse_days("2021-03-03"))
    assert found.values(SlotName.ACTOR) == ("gov",)
    assert found.values(SlotName.RECIPIENT) == ("front",)
    assert found.values(SlotName.PLACE) == ("dunmarra",)
    assert taken.filing.source == "ucdp" and taken.filing.document == taken.document.id
    under = found.span.of(taken.document.text)
    assert next(csv.reader(under.splitlines(keepends=True))) == [GED_ROW.get(name, "") for name in GED_HEADER]
    assert all(s.span == found.span and s.rule.startswith("ged:") for s in found.slots)


def test_slots_name_the_column_they_were_read_from(tmp_path: Path) -> None:
    found = claim(tmp_path)
    assert {s.name: s.rule for s in found.slots} == {
        SlotName.ACTION: "ged:type_of_violence",
        SlotName.ACTOR: "ged:side_a",
        SlotName.RECIPIENT: "ged:side_b",
        SlotName.PLACE: "ged:where_coordinates",
        SlotName.DAYS: "ged:date_start",
        SlotName.COUNT: "ged:best",
        SlotName.SPEAKER: "ged:source_original",
    }
    assert slot(found, SlotName.ACTOR).value == "Government of Ostrel"
    assert slot(found, SlotName.PLACE).reason == (
        "latitude=10.5; longitude=20.25; precision=exact; admin2=Dun district; admin1=North region; country=Ostrel"
    )


def test_total_comes_first_and_groups_with_deaths_add_up_to_best(tmp_path: Path) -> None:
    assert claim(tmp_path).casualties == (
        Casualties("killed", 6, 8, 10),
        Casualties("killed", best=2, group="Government of Ostrel"),
        Casualties("killed", best=5, group="Northern Front"),
        Casualties("killed", best=1, group="unknown"),
    )


def test_one_sided_violence_is_done_to_civilians(tmp_path: Path) -> None:
    found = claim(tmp_path, type_of_violence="3", side_b="Civilians", deaths_civilians="8")
    assert (found.subtype, found.values(SlotName.RECIPIENT)) == ("attack_on_civilians", ("Civilians",))
    assert claim(tmp_path, type_of_violence="3", side_b="").values(SlotName.RECIPIENT) == ("Civilians",)


def test_zero_is_a_number_and_an_empty_cell_is_none(tmp_path: Path) -> None:
    nobody = dict.fromkeys(("deaths_a", "deaths_b", "deaths_unknown", "best", "high", "low"), "0")
    assert claim(tmp_path, **nobody).casualties == (Casualties("killed", 0, 0, 0),)
    assert claim(tmp_path, **dict.fromkeys(nobody, "")).casualties == ()


@pytest.mark.parametrize(
    ("triple", "kept"),
    [(("9", "8", "10"), (None, 8, 10)), (("6", "8", "7"), (6, 8, None)), (("9", "8", "7"), (None, 8, None))],
)
def test_end_that_contradicts_best_is_left_open_and_marked(
    tmp_path: Path, triple: tuple[str, str, str], kept: tuple[int | None, int, int | None]
) -> None:
    low, best, high = triple
    taken = take(tmp_path, csv_text(GED_HEADER, [{**GED_ROW, "low": low, "best": best, "high": high}]))
    assert taken.coded
    assert taken.coded.claims[0].casualties[0] == Casualties("killed", *kept)
    assert "as published" in slot(taken.coded.claims[0], SlotName.COUNT).reason
    assert any("out of order" in note and note.endswith(": 1 rows") for note in taken.coded.notes)


@pytest.mark.parametrize("precision", list(DayPrecision))
def test_precision_of_days_is_the_inverse_of_the_vocabulary(precision: DayPrecision) -> None:
    codes = table("ged.yaml")["day_precision"]
    assert {DayPrecision(entry["precision"]).ucdp for entry in codes.values()} == {1, 2, 3, 4, 5}
    assert all(DayPrecision(entry["precision"]).ucdp == int(code) for code, entry in codes.items())
    assert str(precision.ucdp) in codes


@pytest.mark.parametrize("code", ["1", "2", "3", "4", "6", "7"])
def test_precision_of_places_is_the_inverse_of_the_vocabulary(code: str) -> None:
    assert PlacePrecision(table("ged.yaml")["place_precision"][code]).ucdp == int(code)


def test_coarse_days_keep_their_interval_and_an_unknown_code_is_counted(tmp_path: Path) -> None:
    month = {"date_start": "2021-03-01", "date_end": "2021-03-31"}
    assert claim(tmp_path, **month, date_prec="4").days == parse_days("2021-03")
    taken = take(tmp_path, csv_text(GED_HEADER, [{**GED_ROW, **month, "date_prec": "0"}]))
    assert taken.coded
    assert taken.coded.claims[0].days == replace(parse_days("2021-03-01/2021-03-31"), precision=DayPrecision.INTERVAL)
    assert "date_prec '0' is not in the codebook: 1 rows" in taken.coded.notes


def test_region_is_no_candidate_for_a_town_and_namesakes_far_away_are_none(tmp_path: Path) -> None:
    assert claim(tmp_path, where_coordinates="North region", where_prec="4").values(SlotName.PLACE) == ("north",)
    assert claim(tmp_path, where_coordinates="North town").values(SlotName.PLACE) == ("North town",)
    assert claim(tmp_path, latitude="1.0").values(SlotName.PLACE) == ("dunmarra-south",)
    both = slot(claim(tmp_path, latitude="", longitude=""), SlotName.PLACE)
    assert {c.id for c in both.candidates} == {"dunmarra", "dunmarra-south"} and both.leading == ""


def test_row_without_a_place_name_is_known_no_finer_than_what_it_names(tmp_path: Path) -> None:
    found = slot(claim(tmp_path, where_coordinates="", adm_2=""), SlotName.PLACE)
    assert (found.value, found.rule) == ("North region", "ged:adm_1")
    assert "precision=admin1" in found.reason


def test_alias_counts_only_while_it_is_valid(tmp_path: Path) -> None:
    early = {"date_start": "2019-03-03", "date_end": "2019-03-03"}
    assert claim(tmp_path, **early).values(SlotName.RECIPIENT) == ("Northern Front",)


def test_every_column_of_the_codebook_is_used_or_ignored_with_a_reason(tmp_path: Path) -> None:
    words = table("ged.yaml")
    assert len(GED_HEADER) == 49
    assert set(GED_HEADER) <= {*words["columns"], *words["ignored"]}
    assert not set(words["columns"]) & set(words["ignored"])
    assert all(words["ignored"].values())
    taken = take(tmp_path, csv_text([*GED_HEADER, "mood"], [GED_ROW]))
    assert taken.coded and "columns not used: mood" in taken.coded.notes


def test_header_is_read_without_case_and_order(tmp_path: Path) -> None:
    upper = {name.upper(): value for name, value in GED_ROW.items()}
    assert take(tmp_path, csv_text([n.upper() for n in reversed(GED_HEADER)], [upper])).coded


def test_numbers_as_spreadsheets_write_them_are_numbers(tmp_path: Path) -> None:
    found = claim(tmp_path, id="101.0", type_of_violence="1.0", best="8.0", date_prec="1.0", where_prec="1.0")
    assert found.casualties[0].best == 8
    assert "id=101;" in slot(found, SlotName.ACTION).reason


def test_short_excerpt_takes_sides_from_the_name_of_the_conflict_only_if_they_are_clear(tmp_path: Path) -> None:
    header = ["id", "conflict_name", "country", "best", "type_of_violence", "date"]
    names = ["Front - Civilians", "Ostrel: Government", "A - B - C", "Gang A - Gang B"]
    rows = [
        {
            "id": str(n),
            "conflict_name": name,
            "country": "Ostrel",
            "best": "1",
            "type_of_violence": code,
            "date": "2021-03-03",
        }
        for n, (name, code) in enumerate(zip(names, "3112", strict=True))
    ]
    taken = take(tmp_path, csv_text(header, rows))
    assert taken.coded
    sides = [(c.values(SlotName.ACTOR), c.values(SlotName.RECIPIENT)) for c in taken.coded.claims]
    assert sides == [(("Front",), ("Civilians",)), ((), ()), ((), ()), (("Gang A",), ("Gang B",))]
    day = taken.coded.claims[0].days
    assert day == Days(day.first_day, day.first_day, DayPrecision.UNKNOWN)


def test_workbook_and_csv_give_the_same_claims_but_for_their_places_in_the_text(tmp_path: Path) -> None:
    from_csv = take(tmp_path, csv_text(GED_HEADER, ged_rows(5))).coded
    (tmp_path / "ged.xlsx").write_bytes(xlsx([GED_HEADER, *([r.get(n, "") for n in GED_HEADER] for r in ged_rows(5))]))
    taken = take_one(tmp_path, Input("tables", tmp_path / "ged.xlsx", "ged", "ucdp"))
    assert from_csv and taken.coded
    assert [_content(c) for c in taken.coded.claims] == [_content(c) for c in from_csv.claims]
    assert all(c.span.of(taken.document.text).startswith(f"{100 + n},") for n, c in enumerate(taken.coded.claims))
    assert isinstance(taken.document, Document) and taken.reader_version.count("openpyxl") == 1


def test_ids_of_claims_depend_on_the_file_and_the_row_only(tmp_path: Path) -> None:
    text = csv_text(GED_HEADER, ged_rows(3))
    first, second = take(tmp_path, text).coded, take(tmp_path, text, "other").coded
    assert first and second
    assert [c.id for c in first.claims] == [c.id for c in second.claims]
    assert len({c.id for c in first.claims}) == 3


def _content(found: Claim) -> tuple[object, ...]:
    slots = tuple((s.name, s.value, s.rule, s.reason, s.candidates) for s in found.slots)
    return (found.action, found.subtype, found.days, found.casualties, slots)


def test_workbook_whose_rows_end_early_or_whose_sheet_is_formatted_far_to_the_right_is_read(tmp_path: Path) -> None:
    (tmp_path / "ged.xlsx").write_bytes(
        xlsx([[*GED_HEADER], *([r.get(n) for n in GED_HEADER] for r in ged_rows(2))], far_column=3_000)
    )
    taken = take_one(tmp_path, Input("tables", tmp_path / "ged.xlsx", "ged", "ucdp"))
    assert taken.coded and len(taken.coded.claims) == 2 and not taken.skipped
