import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from faultline.cli.commands import app
from faultline.record.errors import NotFoundError

ACTORS = """
- {id: army, name: Army, kind: state_force, ties: [{kind: alliance, other: front, first_day: 2018, last_day: 2018}]}
- {id: front, name: Orra Front, kind: armed_group, aliases: [{name: OF, language: en}, {name: Guard, ambiguous: true}]}
- id: union
  name: Union of Orra
  kind: armed_group
  aliases: [{name: Guard, ambiguous: true}]
  ties:
    - {kind: successor, other: front, first_day: 2019, sources: [https://example.org/a], published: "2019-05-01"}
"""


CASE = """
schema: 1
id: vardo
title: Vardo
languages: [en]
countries: [ZZ]
period: {first_day: 2019, last_day: 2020}
documents: [{path: reports}]
"""


@pytest.fixture
def case(tmp_path: Path) -> Path:
    for name, text in {"case": CASE, "actors": ACTORS, "sources": "[]"}.items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "reports").mkdir()
    (tmp_path / "places.csv").write_text("id,name,variants,latitude,longitude\n", encoding="utf-8")
    return tmp_path


def run(*arguments: str, failing: type[Exception] | None = None) -> str:
    done = CliRunner().invoke(app, list(arguments), env={"COLUMNS": "200"})
    assert isinstance(done.exception, failing) if failing else done.exit_code == 0, done.output
    return done.output


def test_actors_are_listed(case):
    assert "Union of Orra" in run("actors", str(case))


def test_line_names_tie_day_and_source_of_each_step(case):
    shown = " ".join(run("actors", str(case), "union").split())
    assert "came from" in shown and "2019-05-01" in shown and "example.org" in shown


def test_line_as_of_a_day_leaves_out_what_was_published_later(case):
    rows = json.loads(run("actors", str(case), "union", "--as-of", "2019-04-30", "--json"))["rows"]
    assert rows[0]["steps"] == []


def test_name_that_fits_two_prints_both_with_probabilities(case):
    rows = json.loads(run("actors", str(case), "Guard", "--json"))["rows"]
    assert [(row["id"], row["probability"]) for row in rows] == [("front", 0.5), ("union", 0.5)]


def test_coalition_names_who_stood_with_it_on_the_day(case):
    def beside(day):
        (row,) = json.loads(run("actors", str(case), "front", "--coalition", "--day", day, "--json"))["rows"]
        return [(step["relation"], step["other"]) for step in row["steps"]]

    assert beside("2018-05-01") == [("allied with", "army")]
    assert beside("2019-05-01") == []


def test_unknown_name_is_not_found(case):
    run("actors", str(case), "Nobody", failing=NotFoundError)
