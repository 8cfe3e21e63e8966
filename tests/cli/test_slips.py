"""What a call says that is slightly off: a wrong path, a name nobody has, a text that nobody can read."""

from pathlib import Path

import pytest
from tests.desk_case import make_case
from tests.test_cli import run

from faultline import desk


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = make_case(tmp_path_factory.mktemp("slips") / "varda")
    desk.build(desk.open_desk(made), desk.BuildOptions(parser=False))
    return made


def test_file_that_cannot_be_written_is_an_error_with_its_path_and_no_traceback(tmp_path: Path) -> None:
    page = tmp_path / "nowhere" / "board.html"
    said = run("scoreboard", "--page", page, code=1).stderr
    assert said.startswith(f"error: {page}: got ") and "Traceback" not in said


def test_text_without_a_claim_is_named_on_stderr(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "arabic.txt"
    path.write_text("\u0647\u0627\u062c\u0645 \u0627\u0644\u0645\u0633\u0644\u062d\u0648\u0646.", encoding="utf-8")
    found = run("code", path, "--case", folder, "--no-parser")
    assert found.stdout == "" and found.stderr.startswith(f"{path}: ")


def test_name_that_nobody_has_is_named_beside_the_empty_answer(folder: Path) -> None:
    assert "no actor 'nobody'" in run("claims", folder, "--actor", "nobody", "--json").stderr
    assert run("claims", folder, "--actor", "River Front").stderr == ""


def test_build_without_a_terminal_writes_nothing_to_stderr(folder: Path) -> None:
    assert run("build", folder, "--no-parser").stderr == ""


def test_option_of_the_root_before_a_command_finds_the_command(folder: Path) -> None:
    assert run("--version", "check", folder).stdout.startswith("faultline ")


def test_figure_of_a_system_is_svg_or_refused_before_anything_is_read(folder: Path, tmp_path: Path) -> None:
    assert ".svg" in run("system", folder, "--figure", tmp_path / "a.png", code=2).stderr


def test_path_that_is_no_folder_is_one_problem(tmp_path: Path) -> None:
    said = run("claims", tmp_path / "nowhere", code=3).stderr.splitlines()
    assert len(said) == 2 and "no such folder" in said[0]


def test_id_of_an_incident_is_sent_to_the_command_that_shows_it(folder: Path) -> None:
    assert "faultline incidents CASE inc_1" in run("show", folder, "inc_1", code=6).stderr


def test_check_reads_decisions_and_scenarios_too(tmp_path: Path) -> None:
    made = make_case(tmp_path / "varda")
    (made / "scenarios").mkdir()
    (made / "scenarios" / "a.yaml").write_text("schema: 1\nname: a\nassumptions: [b]\nsteps: [{form: c}]\n")
    assert "a.yaml:4" in run("check", made, code=3).stdout
    (made / "decisions.jsonl").write_text("{\n", encoding="utf-8")
    assert "decisions.jsonl:1" in run("check", made, code=3).stdout


def test_search_says_that_it_stopped_at_the_limit(folder: Path) -> None:
    assert "raise --limit" in run("search", folder, "river", "--limit", "1").stdout
    assert "raise --limit" not in run("search", folder, "river", "--limit", "1000").stdout
