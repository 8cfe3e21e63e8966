"""The command line: tables for people, envelopes for programs, exit codes."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from faultline import desk
from faultline.cli.cases import Problem
from faultline.evidence.search import Hit
from faultline.evidence.snapshot import Held
from faultline.record.actor import Actor
from faultline.record.analysis import Checked
from faultline.record.claim import Claim
from faultline.record.envelope import envelope_schema
from tests.desk_case import make_case, write_report


def run(*arguments: object, code: int = 0) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from faultline.cli import main; main()", *map(str, arguments)]
    found = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert found.returncode == code, found.stderr
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = make_case(tmp_path_factory.mktemp("cli") / "varda")
    desk.build(desk.open_desk(made))
    return made


def rows(kind: type, *arguments: object, code: int = 0) -> list[dict[str, object]]:
    """Rows of a --json answer that fits the schema generated from the record."""
    answer = json.loads(run(*arguments, "--json", code=code).stdout)
    jsonschema.validate(answer, envelope_schema(kind))
    found: list[dict[str, object]] = answer["rows"]
    return found


def claim_ids(folder: Path) -> list[str]:
    return [str(row["id"]) for row in rows(Claim, "claims", folder)]


def test_each_json_answer_fits_the_schema_of_its_record(folder: Path) -> None:
    claim = claim_ids(folder)[0]
    document = str(rows(Claim, "show", folder, claim)[0]["document"])
    assert rows(Held, "show", folder, document)
    assert rows(Claim, "explain", folder, claim)
    assert rows(Hit, "search", folder, "convoy")
    assert rows(Actor, "show", folder, "river-front")
    assert rows(desk.Built, "build", folder)[0]["added"] == 0
    assert rows(Problem, "check", folder) == []


def test_as_of_shows_only_what_was_published_by_then(folder: Path) -> None:
    everything = rows(Claim, "claims", folder, "--undated")
    early = rows(Claim, "claims", folder, "--as-of", "2020-05-04")
    assert 0 < len(early) < len(everything)
    answer = json.loads(run("claims", folder, "--as-of", "2020-05-04", "--json").stdout)
    assert date.fromisoformat(answer["as_of"]) == date(2020, 5, 4)


def test_a_place_is_shown_with_its_computed_distance_to_the_capital(folder: Path) -> None:
    assert "distance to the capital" in run("show", folder, "tarn-ford").stdout


def test_claims_are_filtered_by_kind_actor_and_period(folder: Path) -> None:
    found = rows(Claim, "claims", folder, "--kind", "event", "--actor", "River Front", "--period", "2020-05")
    assert found and all(row["kind"] == "event" for row in found)
    assert rows(Claim, "claims", folder, "--period", "1999") == []


def test_code_prints_gold_lines_whose_words_stand_at_their_span(folder: Path, tmp_path: Path) -> None:
    text = "The River Front attacked Tarn Ford on Tuesday, killing two soldiers."
    path = tmp_path / "note.txt"
    path.write_text(text, encoding="utf-8")
    lines = run("code", path, "--case", folder, "--published", "2020-05-08").stdout.splitlines()
    found = [json.loads(line) for line in lines]
    assert found and all(row["doc"] == "note" for row in found)
    for row in found:
        evidence = row["evidence"]
        assert text[evidence["start"] : evidence["end"]] == evidence["text"]


def test_verify_says_that_a_sound_store_holds(folder: Path) -> None:
    assert "holds" in run("verify", folder).stdout


def test_report_is_one_file_that_asks_for_nothing_from_outside(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    run("report", folder, "-o", path)
    page = path.read_text(encoding="utf-8")
    assert "Varda" in page and "<script" not in page and 'src="http' not in page


def test_exit_codes_are_those_documented(folder: Path, tmp_path: Path) -> None:
    assert "expected" in run("claims", folder, "--as-of", "someday", code=2).stderr
    run("claims", folder, "--kind", "weather", code=2)
    assert "case.yaml" in run("build", tmp_path / "nowhere", code=3).stderr
    (tmp_path / "empty.txt").write_bytes(b"")
    run("code", tmp_path / "empty.txt", "--case", folder, code=4)
    fresh = make_case(tmp_path / "fresh")
    assert "faultline build" in run("claims", fresh, code=5).stderr
    run("show", folder, "nobody", code=6)


def test_check_reports_every_problem_and_fails(tmp_path: Path) -> None:
    broken = make_case(tmp_path / "broken")
    places = broken / "places.csv"
    places.write_text(places.read_text(encoding="utf-8") + "far,Far,,99,200,5,PPL,exact,,,,,,,\n", encoding="utf-8")
    found = rows(Problem, "check", broken, code=3)
    assert found and all(":" in str(row["where"]) for row in found)


def test_new_writes_a_case_that_checks_and_builds(tmp_path: Path) -> None:
    run("new", tmp_path / "mine", "--title", "Mine")
    run("check", tmp_path / "mine")
    run("build", tmp_path / "mine")
    assert "hit" in run("search", tmp_path / "mine", "River").stdout


def test_a_purged_name_is_gone_from_search_and_does_not_come_back(tmp_path: Path) -> None:
    folder = make_case(tmp_path / "purged")
    write_report(folder, "witness", "Oumar Dellane, a miller, said the River Front captured Tarn Ford.", "2020-05-20")
    run("build", folder)
    assert rows(Hit, "search", folder, "Dellane")
    run("purge", folder, "Oumar Dellane", "--why", "asked for", "--yes")
    assert rows(Hit, "search", folder, "Dellane") == []
    run("build", folder)
    assert rows(Hit, "search", folder, "Dellane") == []
    run("verify", folder)


def expecting(folder: Path, toll: int) -> Path:
    """A case that demands, beside its own expectation, what the army said of the ambush."""
    made = make_case(folder)
    asked = (
        f'{{form: says, day: 2020-05-12, subject: reach-army, value: "{toll}", stage: coding, source: northern-wire}}'
    )
    path = made / "case.yaml"
    path.write_text(f"{path.read_text(encoding='utf-8')}  - {asked}\n", encoding="utf-8")
    return made


def test_build_whose_expectations_hold_says_so(tmp_path: Path) -> None:
    folder = expecting(tmp_path / "held", toll=4)
    assert "passed" in run("build", folder).stdout
    found = rows(desk.Built, "build", folder)[0]["expectations"]
    assert isinstance(found, list)
    assert [one["state"] for one in found] == ["passed", "passed"]


def test_build_fails_loudly_on_an_expectation_and_leaves_a_store_that_answers(tmp_path: Path) -> None:
    folder = expecting(tmp_path / "failed", toll=5)
    found = run("build", folder, code=3)
    assert "(reach-army says '5' on 2020-05-12): got " in found.stderr
    assert claim_ids(folder)
    run("verify", folder)


def test_expect_lists_every_expectation_as_of_a_day(tmp_path: Path) -> None:
    folder = expecting(tmp_path / "listed", toll=4)
    run("build", folder)
    assert [row["state"] for row in rows(Checked, "expect", folder)] == ["passed", "passed"]
    early = rows(Checked, "expect", folder, "--as-of", "2020-05-12", code=3)
    assert [row["state"] for row in early] == ["passed", "failed"]
