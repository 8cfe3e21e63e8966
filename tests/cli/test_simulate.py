"""faultline simulate: a scenario says what it is before its first number."""

import json
from pathlib import Path

import jsonschema
import pytest
from tests.desk_case import make_case
from tests.test_cli import run

from faultline import desk
from faultline.record.envelope import envelope_schema
from faultline.record.scenario import Simulated

MODEL = """schema: 1
event_marks:
  - {name: attacks, a_month: [5, 10], shares: {REGION: 1}, reason: made up}
lost: {a_week: [0.01, 0.02], reason: made up}
regained: {a_week: [0.01, 0.02], reason: made up}
restriction: {a_week: [0.1, 0.2], days: [7, 14], reason: made up}
"""
SCENARIO = """schema: 1
name: A ceasefire
assumptions: [Nobody shoots.]
steps:
  - {form: ceasefire, region: REGION, first_day: 2020-07-02, violence: 0}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = make_case(tmp_path_factory.mktemp("simulate") / "varda")
    opened = desk.open_desk(made)
    desk.build(opened)
    region = next(place.admin1 for place in opened.case.places if place.admin1)
    (made / "model.yaml").write_text(MODEL.replace("REGION", region), encoding="utf-8")
    (made / "if.yaml").write_text(SCENARIO.replace("REGION", region), encoding="utf-8")
    return made


def test_scenario_is_labelled_and_stands_beside_paths_without_it(folder: Path) -> None:
    asked = ("simulate", folder, "--issue", "2020-07-01", "--weeks", 4, "--paths", 60, "--scenario", folder / "if.yaml")
    answer = json.loads(run(*asked, "--json").stdout)
    jsonschema.validate(answer, envelope_schema(Simulated))
    (row,) = answer["rows"]
    assert row["label"] == "scenario, never scored" and "Nobody shoots." in row["assumptions"]
    assert row["basis"] == "declared assumptions of model.yaml; nothing is fitted, since the record was chosen by hand"
    whole = next(
        r for r in row["rows"] if r["outcome"] == "violence" and r["region"] == "the country" and not r["month"]
    )
    assert whole["mean"] == 0 and whole["base_mean"] > 1 and whole["more"] < 0.1


def test_label_comes_before_any_number(folder: Path) -> None:
    asked = ("simulate", folder, "--issue", "2020-07-01", "--weeks", 2, "--paths", 20, "--scenario", folder / "if.yaml")
    assert run(*asked).stdout.startswith("SCENARIO, NEVER SCORED: A ceasefire")


def test_case_with_nothing_to_draw_from_is_told_what_it_takes(folder: Path, tmp_path: Path) -> None:
    bare = make_case(tmp_path / "bare")
    desk.build(desk.open_desk(bare))
    assert "event_marks in model.yaml" in run("simulate", bare, "--issue", "2020-07-01", code=2).stderr
