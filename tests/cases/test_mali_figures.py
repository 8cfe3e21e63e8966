"""The figures of the Mali case are those of UCDP, complete by month, with what is provisional marked."""

import csv
from collections import defaultdict
from pathlib import Path

from tests.cases.mali import FOLDER, mali

MONTHS = 37 * 12 + 5  # 1989-01 to 2026-05


def rows(name: str) -> list[dict[str, str]]:
    """The rows of every file of that name, each with the folder that it lies in as `folder`."""
    found = []
    for path in sorted((FOLDER / "figures").rglob(name)):
        with path.open(encoding="utf-8") as file:
            found += [{**row, "folder": path.parent.name} for row in csv.DictReader(file)]
    return found


def test_every_month_has_every_series_once():
    seen = [(row["series"], row["month"]) for row in rows("mali.csv")]
    assert len(seen) == len(set(seen)) == 6 * MONTHS


def test_dyad_has_every_month_from_its_first_year_once():
    seen = [(row["unit"], row["series"], row["month"]) for row in rows("dyads.csv")]
    assert len(seen) == len(set(seen))
    assert {unit for unit, _, _ in seen} >= {"Government of Mali - JNIM", "Government of Mali - FLA"}
    for unit in {unit for unit, _, _ in seen}:
        months = sorted({month for u, _, month in seen if u == unit})
        years = 2026 - int(months[0][:4])
        assert months[0].endswith("-01") and len(months) == 12 * years + 5, unit


def test_provisional_months_are_those_of_2026():
    for row in (*rows("mali.csv"), *rows("dyads.csv")):
        assert row["provisional"] == ("1" if row["month"] >= "2026" else "0"), row


def test_number_is_public_only_after_its_month():
    assert all(row["published"] > f"{row['month']}-31" for row in (*rows("mali.csv"), *rows("dyads.csv")))


def test_file_holds_no_number_that_became_public_on_another_day():
    assert all(row["folder"] == f"public-{row['published']}" for row in (*rows("mali.csv"), *rows("dyads.csv")))


def test_case_dates_each_folder_as_its_name_says():
    inputs = [entry for entry in mali().inputs if entry.kind == "figures"]
    assert {f"public-{entry.published}" for entry in inputs} == {row["folder"] for row in rows("mali.csv")}
    assert all(entry.path.name == f"public-{entry.published}" for entry in inputs)


def test_deaths_are_those_of_the_ucdp_table(shared: Path):
    ours: dict[str, int] = defaultdict(int)
    for row in rows("mali.csv"):
        ours[row["series"]] += int(row["value"])
    theirs: dict[str, int] = defaultdict(int)
    with (shared / "ucdp" / "country-month.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["gwno"] == "432":
                for short, long in {"sb": "state-based", "ns": "non-state", "os": "one-sided"}.items():
                    for what in ("events", "deaths"):
                        theirs[f"{long} {what}"] += int(row[f"{short}_{what}"])
    assert ours == theirs


def test_only_the_frame_of_ucdp_is_systematic():
    assert {f.id: f.systematic for f in mali().frames} == {"chronicle": False, "ucdp-mali": True}
    assert {i.frame for i in mali().inputs if i.kind == "figures"} == {"ucdp-mali"}
