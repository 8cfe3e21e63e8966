import hashlib
import json
from pathlib import Path

import pytest

from faultline.publish.export import EXPORTERS, Leaving, write_export
from faultline.publish.export.write import MANIFEST
from faultline.record.errors import UsageError


@pytest.mark.parametrize("form", list(EXPORTERS))
def test_the_manifest_names_every_file_with_its_hash(form: str, leaving: Leaving, tmp_path: Path) -> None:
    done = write_export(leaving, form, tmp_path / form)
    manifest = json.loads((tmp_path / form / MANIFEST).read_text(encoding="utf-8"))
    assert {path.name for path in (tmp_path / form).iterdir()} == {MANIFEST, *(one.name for one in done.files)}
    for named in manifest["files"]:
        content = (tmp_path / form / named["name"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == named["sha256"] and len(content) == named["bytes"]
    assert manifest["as_of"] == "2020-06-01" and manifest["policy"]["delay_days"] == 90
    assert manifest["left_out"] == dict(done.left_out)


@pytest.mark.parametrize("form", list(EXPORTERS))
def test_what_is_held_back_stands_in_no_byte_of_any_format(form: str, leaving: Leaving, tmp_path: Path) -> None:
    done = write_export(leaving, form, tmp_path / "out")
    for one in done.files:
        content = (tmp_path / "out" / one.name).read_bytes()
        assert b"elders of Tarn" not in content and b"Secret meeting" not in content and b"Petrel" not in content


def test_the_same_world_gives_the_same_bytes(leaving: Leaving, tmp_path: Path) -> None:
    first, again = (write_export(leaving, "csv", tmp_path / name) for name in ("one", "two"))
    assert [one.sha256 for one in first.files] == [one.sha256 for one in again.files]


def test_an_earlier_export_is_replaced_whole(leaving: Leaving, tmp_path: Path) -> None:
    write_export(leaving, "csv", tmp_path / "out")
    write_export(leaving, "hxl", tmp_path / "out")
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"incidents.hxl.csv", MANIFEST}
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_folder_with_other_files_is_left_alone(leaving: Leaving, tmp_path: Path) -> None:
    write_export(leaving, "csv", tmp_path / "out")
    (tmp_path / "out" / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="a new folder, or one of an earlier export"):
        write_export(leaving, "csv", tmp_path / "out")
    assert (tmp_path / "out" / "thesis.txt").read_text(encoding="utf-8") == "mine"


def test_a_format_that_does_not_exist_is_refused_with_those_that_do(leaving: Leaving, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="csv, parquet, geojson"):
        write_export(leaving, "xml", tmp_path / "out")
    assert list(tmp_path.iterdir()) == []
