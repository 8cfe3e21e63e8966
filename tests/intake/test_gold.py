"""Folders of hand-coded reports."""

import json
from pathlib import Path

import pytest

from faultline.intake.gold import read_gold
from faultline.record.errors import InputError

CLAIM = {"doc": 1, "kind": "event", "evidence": {"start": 0, "end": 3}}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "1.json").write_text("{}")
    (tmp_path / "claims_en.jsonl").write_text(json.dumps(CLAIM) + "\n\n")
    (tmp_path / "claims_fr.jsonl").write_text(json.dumps({**CLAIM, "doc": "2"}) + "\n")
    return tmp_path


def test_every_file_of_claims_is_read_and_ids_are_text(folder: Path) -> None:
    gold = read_gold(folder)
    assert [line["doc"] for line in gold.lines] == ["1", "2"]
    assert [path.name for path in gold.reports] == ["1.json"]


def test_names_and_halves_are_read_where_there_are_any(folder: Path) -> None:
    assert read_gold(folder).names is None
    assert read_gold(folder).halves == {}
    (folder / "names.json").write_text('{"River Front": ["RF"]}')
    (folder / "halves.yaml").write_text('held out: "[2-9]"')
    assert read_gold(folder).names == {"River Front": ("RF",)}
    assert read_gold(folder).halves == {"held out": "[2-9]"}


def test_reports_may_stand_elsewhere(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = (folder / "reports").rename(tmp_path_factory.mktemp("other") / "texts")
    with pytest.raises(InputError, match=r"no reports/\*\.json"):
        read_gold(folder)
    assert read_gold(folder, other).reports == (other / "1.json",)


@pytest.mark.parametrize(
    ("text", "said"), [("{", ":2"), ('{"doc": "1", "kind": "event"}', "no evidence"), ("[]", "no doc")]
)
def test_a_line_that_is_no_claim_is_named_with_its_number(folder: Path, text: str, said: str) -> None:
    with (folder / "claims_en.jsonl").open("w") as file:
        file.write(json.dumps(CLAIM) + "\n" + text + "\n")
    with pytest.raises(InputError, match=said) as caught:
        read_gold(folder)
    assert caught.value.where.endswith("claims_en.jsonl:2")
