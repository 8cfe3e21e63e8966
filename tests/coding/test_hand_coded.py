"""The hand-coded dispatches of the repository: what must hold of the sets before a coder is scored on them."""

import json
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from faultline.intake.gold import Gold, read_gold

KINDS = set("event talk restriction relation control allegation threat assessment quantity intent prediction".split())
MODALITIES = set(
    "asserted confirmed reported claimed denied threatened planned hypothetical assessment superseded negated".split()
)


@pytest.fixture(scope="module")
def gold(root: Path) -> Gold:
    return read_gold(root / "tests/coding/gold")


@pytest.fixture(scope="module")
def reports(gold: Gold) -> dict[str, Mapping[str, Any]]:
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in gold.reports}


def test_evidence_stands_in_the_report_where_the_line_says(gold: Gold, reports: dict[str, Mapping[str, Any]]) -> None:
    spans = [(line["id"], line["doc"], line["evidence"]) for line in gold.lines]
    wrong = [
        name for name, doc, e in spans if not e["text"] or reports[doc]["text"][e["start"] : e["end"]] != e["text"]
    ]
    assert wrong == []


def test_every_report_is_coded_and_lines_have_names_of_their_own(
    gold: Gold, reports: dict[str, Mapping[str, Any]]
) -> None:
    assert {line["doc"] for line in gold.lines} == set(reports) == {report["id"] for report in reports.values()}
    assert [name for name, times in Counter(line["id"] for line in gold.lines).items() if times > 1] == []
    assert [line["id"] for line in gold.lines if not line["id"].startswith(line["doc"] + "-")] == []


def test_kinds_and_modalities_are_those_of_the_rules(gold: Gold) -> None:
    assert {line["kind"] for line in gold.lines} == KINDS
    assert {line["modality"] for line in gold.lines} <= MODALITIES


def test_days_and_numbers_of_deaths_are_in_order(gold: Gold) -> None:
    dated = [line for line in gold.lines if line["date"] and line["date"]["start"] and line["date"]["end"]]
    assert [line["id"] for line in dated if line["date"]["start"] > line["date"]["end"]] == []
    deaths = {line["id"]: line["fatalities"] for line in gold.lines if line["fatalities"]}
    known = {name: [n for n in (d["low"], d["best"], d["high"]) if n is not None] for name, d in deaths.items()}
    assert [name for name, numbers in known.items() if numbers != sorted(numbers)] == []


def test_every_report_is_for_rule_writing_or_held_out_and_for_one_of_them(
    gold: Gold, reports: dict[str, Mapping[str, Any]]
) -> None:
    halves = {name: [half for half, ids in gold.halves.items() if re.fullmatch(ids, name)] for name in reports}
    assert [name for name, found in halves.items() if len(found) != 1] == []
    for half in ("development", "held out"):
        languages = {reports[name]["language"] for name, found in halves.items() if found == [half]}
        assert languages == {"en", "fr"}


def test_no_two_reports_share_a_text(reports: dict[str, Mapping[str, Any]]) -> None:
    times = Counter(report["text"] for report in reports.values())
    assert [text for text, count in times.items() if count > 1] == []
