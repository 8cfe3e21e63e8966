"""The one contract of imports, on a skeleton of the house."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOMS = ("record", "case", "evidence", "intake", "coding", "publish")


@pytest.fixture
def house(tmp_path: Path, root: Path) -> Path:
    """An empty house in which every room stands that has to."""
    package = tmp_path / "faultline"
    for room in ROOMS:
        (package / room).mkdir(parents=True)
        (package / room / "__init__.py").write_text("")
    for name in ("__init__.py", "desk.py", "cli.py"):
        (package / name).write_text("")
    shutil.copy(root / "pyproject.toml", tmp_path)
    return package


def test_the_house_itself_keeps_the_contract(house: Path) -> None:
    assert _lint(house) == ""


def test_a_module_without_a_place_breaks_it(house: Path) -> None:
    (house / "utils.py").write_text("")
    assert "faultline.utils" in _lint(house)


@pytest.mark.parametrize("room", ["measure", "model", "forecast", "examine", "resolve"])
def test_a_room_to_come_has_its_place_already(house: Path, room: str) -> None:
    (house / room).mkdir()
    (house / room / "__init__.py").write_text("import faultline.case\n")
    assert _lint(house) == ""


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        ("record", "case"),
        ("case", "evidence"),
        ("intake", "coding"),
        ("coding", "intake"),
        ("evidence", "intake"),
        ("evidence", "coding"),
        ("publish", "desk"),
        ("desk", "cli"),
    ],
)
def test_an_import_upwards_or_between_siblings_breaks_it(house: Path, importer: str, imported: str) -> None:
    folder = house / importer
    (folder / "new.py" if folder.is_dir() else house / f"{importer}.py").write_text(f"import faultline.{imported}\n")
    said = _lint(house)
    assert f"faultline.{importer}" in said
    assert f"faultline.{imported}" in said


def _lint(house: Path) -> str:
    """What the linter says where the contract is broken; "" where it is kept."""
    command = [Path(sys.executable).parent / "lint-imports", "--no-logo", "--no-cache"]
    done = subprocess.run(command, cwd=house.parent, capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr
