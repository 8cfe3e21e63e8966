"""The figures of the Mali case are those of UCDP, complete by month, with what is provisional marked."""

import csv
from collections import defaultdict
from pathlib import Path

from tests.cases.mali import FOLDER, mali

MONTHS = 37 * 12 + 5  # 1989-01 to 2026-05


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / "figures" / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_every_month_has_every_series_once():
    seen = [(row["series"], row["month"]) for row in rows("ucdp-mali-month.csv")]
    assert len(seen) == len(set(seen)) == 6 * MONTHS


def test_provisional_months_are_those_of_2026():
    for name in ("ucdp-mali-month.csv", "ucdp-mali-dyad-month.csv"):
        for row in rows(name):
            assert row["provisional"] == ("1" if row["month"] >= "2026" else "0"), row


def test_number_is_public_only_after_its_month():
    for name in ("ucdp-mali-month.csv", "ucdp-mali-dyad-month.csv"):
        assert all(row["published"] > f"{row['month']}-31" for row in rows(name))


def test_deaths_are_those_of_the_ucdp_table(shared: Path):
    ours: dict[str, int] = defaultdict(int)
    for row in rows("ucdp-mali-month.csv"):
        ours[row["series"]] += int(row["value"])
    theirs: dict[str, int] = defaultdict(int)
    with (shared / "ucdp" / "country-month.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["gwno"] == "432":
                for short, long in {"sb": "state-based", "ns": "non-state", "os": "one-sided"}.items():
                    for what in ("events", "deaths"):
                        theirs[f"{long} {what}"] += int(row[f"{short}_{what}"])
    assert ours == theirs


def test_only_the_frames_of_ucdp_are_systematic():
    assert {f.id: f.systematic for f in mali().frames} == {
        "chronicle": False,
        "ucdp-mali": True,
        "ucdp-mali-dyads": True,
    }
    assert {i.frame for i in mali().inputs if i.kind == "figures"} == {"ucdp-mali", "ucdp-mali-dyads"}
