"""The reader against UCDP's own files: nothing is lost, nothing is added."""

import csv
from collections import Counter
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from tests.intake.samples import take_one

from faultline.case.case import Input
from faultline.intake import Taken
from faultline.record.vocabulary import SlotName

FILES = (
    "GEDEvent_v23_0_10.csv",
    "GEDEvent_v26_0_1.csv",
    "GEDevent_v26_0_2.xlsx",
    "ged_2025.csv",
    "ucdp_sahel_events.csv",
)
DUPLICATES = {"ucdp_sahel_events.csv": 3}  # three events of January stand again among those of February


@cache
def rows_of(path: Path) -> list[dict[str, str]]:
    if path.suffix == ".xlsx":
        header, *rows = openpyxl.load_workbook(path, read_only=True).worksheets[0].iter_rows(values_only=True)
        return [{str(k): "" if v is None else str(v) for k, v in zip(header, row, strict=True)} for row in rows]
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@cache
def taken_of(path: Path) -> Taken:
    return take_one(path.parent, Input("tables", path, "ged", "ucdp"))


@pytest.fixture(params=FILES)
def file(request: pytest.FixtureRequest, shared: Path) -> Path:
    return shared / "ucdp" / str(request.param)


def kept(path: Path) -> list[dict[str, str]]:
    return list({float(row["id"]): row for row in reversed(rows_of(path))}.values())


def test_rows_taken_and_skipped_add_up_to_the_rows_of_the_file(file: Path) -> None:
    found = taken_of(file)
    assert found.coded
    assert len(found.coded.claims) == len(rows_of(file)) - DUPLICATES.get(file.name, 0)
    assert sum(s.count for s in found.skipped) == DUPLICATES.get(file.name, 0)


def test_deaths_add_up_to_the_column_and_groups_to_the_total(file: Path) -> None:
    found = taken_of(file)
    assert found.coded
    totals = [c.casualties[0] for c in found.coded.claims if c.casualties]
    assert all(not total.group for total in totals)
    assert sum(t.best or 0 for t in totals) == sum(float(row["best"]) for row in kept(file))
    if "deaths_a" in rows_of(file)[0]:
        for claim in found.coded.claims:
            total, *groups = claim.casualties
            assert sum(g.best or 0 for g in groups) == total.best


def test_no_casualty_triple_is_out_of_order(file: Path) -> None:
    found = taken_of(file)
    assert found.coded
    for claim in found.coded.claims:
        for c in claim.casualties:
            ends = [n for n in (c.low, c.best, c.high) if n is not None]
            assert ends == sorted(ends)


def test_every_span_is_its_row_and_rows_do_not_overlap(file: Path) -> None:
    found = taken_of(file)
    assert found.coded
    end = 0
    for claim, row in zip(found.coded.claims, _first_of_each_id(rows_of(file)), strict=True):
        assert end <= claim.span.start
        end = claim.span.end
        cells = next(csv.reader(claim.span.of(found.document.text).splitlines(keepends=True)))
        assert cells[0] == row["id"]
        assert len(cells) == len(row)
    assert end <= len(found.document.text)


def test_months_and_kinds_of_violence_agree_with_the_file(file: Path) -> None:
    found = taken_of(file)
    assert found.coded
    day = "date_start" if "date_start" in rows_of(file)[0] else "date"
    assert Counter(str(c.days.first_day)[:7] for c in found.coded.claims) == Counter(r[day][:7] for r in kept(file))
    one_sided = sum(row["type_of_violence"][0] == "3" for row in kept(file))
    assert sum(c.subtype == "attack_on_civilians" for c in found.coded.claims) == one_sided


def test_every_claim_names_its_id_place_and_days(file: Path) -> None:
    found = taken_of(file)
    assert found.coded
    for claim in found.coded.claims:
        assert {SlotName.ACTION, SlotName.PLACE, SlotName.DAYS, SlotName.COUNT} <= {s.name for s in claim.slots}
    assert not any("not used" in note for note in found.coded.notes)


def _first_of_each_id(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    first: dict[str, dict[str, str]] = {}
    for row in rows:
        first.setdefault(row["id"], row)
    return list(first.values())
