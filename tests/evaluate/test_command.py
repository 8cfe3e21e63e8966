"""`faultline evaluate coder`."""

import json
from pathlib import Path

import jsonschema
import pytest
from tests.desk_case import make_case
from tests.evaluate.handmade import make_gold
from typer.testing import CliRunner

from faultline.cli.commands import app
from faultline.evaluate.coder import Evaluated
from faultline.record.envelope import envelope_schema
from faultline.record.errors import InputError


@pytest.fixture(scope="module")
def options(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = tmp_path_factory.mktemp("command")
    return ["--case", str(make_case(folder / "varda")), "--gold", str(make_gold(folder / "gold"))]


def test_tables_for_a_person(options: list[str]) -> None:
    said = CliRunner().invoke(app, ["evaluate", "coder", *options], env={"COLUMNS": "200"}).stdout
    for words in ("two coders", "By half", "Analyses (1)", "Kind by hand", "false assertions"):
        assert words in said


def test_json_fits_the_schema_of_its_record(options: list[str]) -> None:
    answer = json.loads(CliRunner().invoke(app, ["evaluate", "coder", *options, "--json"]).stdout)
    jsonschema.validate(answer, envelope_schema(Evaluated))
    (found,) = answer["rows"]
    assert {part["half"] for part in found["parts"]} == {"", "development", "held out"}


def test_another_word_than_coder_is_a_wrong_call(options: list[str]) -> None:
    assert CliRunner().invoke(app, ["evaluate", "everything", *options]).exit_code == 2


def test_a_folder_without_hand_coded_reports_says_what_it_lacks(options: list[str], tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["evaluate", "coder", *options[:2], "--gold", str(tmp_path)])
    assert isinstance(done.exception, InputError)
    assert done.exception.way_out == "Name their folder with --gold DIR."
