"""faultline rate, on a small case on disk."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.desk_case import make_case, write_report
from typer.testing import CliRunner

from faultline import desk
from faultline.case.decisions import read_decisions
from faultline.cli.commands import app
from faultline.record.errors import NotFoundError, UsageError

FIRST = "Gunmen attacked an army post in Tarn Ford on 12 May 2020, killing four soldiers, the Reach army said."
SECOND = "On 12 May 2020 gunmen attacked the army post in Tarn Ford. Six soldiers were killed, a local doctor said."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = make_case(tmp_path / "varda")
    for path in (folder / "reports").glob("*.md"):
        path.unlink()
    write_report(folder, "first", FIRST, published="2020-05-13")
    write_report(folder, "second", SECOND, published="2020-05-14")
    desk.build(desk.open_desk(folder))
    return folder


def rows(*words: object) -> list[dict[str, Any]]:
    done = CliRunner().invoke(app, [str(word) for word in (*words, "--json")])
    if done.exception:
        raise done.exception
    found: list[dict[str, Any]] = json.loads(done.stdout)["rows"]
    return found


def test_every_claim_of_an_incident_has_a_code_with_the_counts_behind_it(folder: Path) -> None:
    found = rows("rate", folder)
    assert found
    assert all(len(row["code"]) == 2 and "other lineages agree" in row["reason"] for row in found)
    assert {step["via"] for row in found for step in row["way"]} >= {"family", "speaker"}


def test_override_is_kept_with_who_and_why_and_outlives_a_rebuild(folder: Path) -> None:
    claim = rows("rate", folder)[0]["claim"]
    (row,) = rows("rate", folder, claim, "--credibility", "2", "--by", "Ana", "--why", "two phone calls")
    assert row["code"].endswith("2") and row["by"] == "Ana" and "two phone calls" in row["reason"]
    (kept,) = read_decisions(folder)
    assert (kept.subject, kept.slot, kept.value, kept.by) == (claim, "credibility", "2", "Ana")
    desk.build(desk.open_desk(folder))
    assert rows("rate", folder, claim)[0]["code"].endswith("2")


def test_override_changes_no_incident(folder: Path) -> None:
    before = rows("incidents", folder)
    rows("rate", folder, rows("rate", folder)[0]["claim"], "--reliability", "E", "--by", "Ana")
    assert rows("incidents", folder) == before


def test_rating_off_the_scale_without_a_name_or_of_no_claim_keeps_nothing(folder: Path) -> None:
    claim = rows("rate", folder)[0]["claim"]
    with pytest.raises(UsageError):
        rows("rate", folder, claim, "--credibility", "7", "--by", "Ana")
    with pytest.raises(UsageError):
        rows("rate", folder, claim, "--credibility", "2", "--by", "")
    with pytest.raises(NotFoundError):
        rows("rate", folder, "clm_none")
    assert not read_decisions(folder)
