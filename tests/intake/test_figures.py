from pathlib import Path

import pytest
from tests.intake.samples import take_all, take_one, xlsx

from faultline.case.case import Columns, Input
from faultline.intake import Skipped, Taken
from faultline.record.analysis import Figure
from faultline.record.claim import Coded
from faultline.record.days import parse_days
from faultline.record.errors import InputError

MARCH = parse_days("2021-03")


def figures(folder: Path, text: str, columns: tuple[tuple[str, str], ...] = (), source: str = "ucdp") -> Taken:
    (folder / "deaths.csv").write_text(text)
    return take_one(folder, Input("figures", folder / "deaths.csv", source=source, columns=Columns(columns)))


def test_row_is_a_figure_with_its_unit_month_and_source_and_no_claim(tmp_path: Path) -> None:
    found = figures(tmp_path, "unit,month,value\nOstrel,2021-03,12\nOstrel,2021-04,\n")
    assert found.figures == (Figure("deaths", "Ostrel", MARCH, 12.0, "ucdp"),)
    assert found.coded == Coded()


def test_own_columns_of_source_publication_and_provisionality_are_kept(tmp_path: Path) -> None:
    text = "unit,month,value,source,published,provisional,series\nOstrel,2021-03-01,1.5,acled,2021-05,true,events\n"
    assert figures(tmp_path, text).figures == (
        Figure("events", "Ostrel", MARCH, 1.5, "acled", parse_days("2021-05"), provisional=True),
    )


def test_mapped_table_of_several_numbers_gives_a_series_for_each(tmp_path: Path) -> None:
    columns = (("unit", "gwno"), ("year", "year"), ("month", "month"), ("value", "dead, hurt"), ("ignore", "note"))
    found = figures(tmp_path, "gwno,year,month,dead,hurt,note,mood\n432,2021,3,4,5,x,y\n", columns)
    assert found.figures == (Figure("dead", "432", MARCH, 4.0, "ucdp"), Figure("hurt", "432", MARCH, 5.0, "ucdp"))
    assert found.coded and found.coded.notes == ("columns not used: mood",)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("Ostrel,2021-13,1", "bad date"),
        ("Ostrel,,1", "bad date"),
        (",2021-03,1", "no unit"),
        ("Ostrel,2021-03,x", "bad number"),
        ("Ostrel,2021-03,inf", "bad number"),
        ("Ostrel,2021-03", "columns"),
        ("Ostrel,2020-01,9", "duplicate id"),
    ],
)
def test_bad_row_is_counted_and_the_others_go_on(tmp_path: Path, row: str, reason: str) -> None:
    good = [f"Ostrel,2020-{month:02},{month}" for month in range(1, 13)]
    found = figures(tmp_path, "\n".join(["unit,month,value", *good, row, ""]))
    assert len(found.figures) == 12
    assert [s.reason for s in found.skipped] == [reason]


def test_too_many_bad_rows_stop_the_run(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        figures(tmp_path, "unit,month,value\n" + "Ostrel,never,1\n" * 30)


@pytest.mark.parametrize(("columns", "reason"), [((("unit", "x"),), "header"), ((("colour", "unit"),), "mapping")])
def test_mapping_that_does_not_fit_is_refused(
    tmp_path: Path, columns: tuple[tuple[str, str], ...], reason: str
) -> None:
    (tmp_path / "a.csv").write_text("unit,month,value\n")
    (found,) = take_all(tmp_path, Input("figures", tmp_path / "a.csv", columns=Columns(columns)))
    assert isinstance(found, Skipped) and found.reason == reason


def test_workbook_of_figures_is_read_like_csv(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(xlsx([["unit", "month", "value"], ["Ostrel", "2021-03", 12]]))
    assert take_one(tmp_path, Input("figures", tmp_path / "a.xlsx")).figures == (
        Figure("a", "Ostrel", MARCH, 12.0, "a"),
    )


def test_monthly_table_of_ucdp_adds_up_to_its_columns(shared: Path) -> None:
    columns = {
        "unit": "gwno",
        "year": "year",
        "month": "month",
        "value": "sb_deaths, os_deaths",
        "provisional": "provisional",
    }
    entry = Input("figures", shared / "ucdp/country-month.csv", source="ucdp", columns=Columns(tuple(columns.items())))
    found = take_one(shared / "ucdp", entry)
    rows = [line.split(",") for line in (shared / "ucdp/country-month.csv").read_text().splitlines()[1:]]
    assert len(found.figures) == 2 * len(rows) and not found.skipped
    sums = {series: sum(f.value for f in found.figures if f.series == series) for series in ("sb_deaths", "os_deaths")}
    assert sums == {"sb_deaths": sum(float(r[4]) for r in rows), "os_deaths": sum(float(r[8]) for r in rows)}
    assert sum(f.provisional for f in found.figures) == 2 * sum(r[9] == "1" for r in rows)
