"""The shared fixtures themselves."""

import re
from pathlib import Path

import psycopg
import pytest

from tests.parts import find_shared, missing


def test_every_test_gets_an_empty_database_of_a_private_cluster(postgres_url: str) -> None:
    address = postgres_url.replace("+psycopg", "")
    with psycopg.connect(address) as connection:
        rows = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    assert rows == (0,)
    assert "@127.0.0.1:" in postgres_url


def test_a_missing_part_skips_on_a_desk_and_fails_in_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "")
    with pytest.raises(pytest.skip.Exception, match="no such part"):
        missing("no such part")
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="no such part"):
        missing("no such part")


def test_no_test_skips_behind_the_back_of_ci(root: Path) -> None:
    behind = re.compile(r"importorskip\(|pytest\.skip\(|mark\.skip\(")
    own = {root / "tests/parts.py", root / "tests/test_parts.py"}
    found = [path for path in (root / "tests").rglob("*.py") if behind.search(path.read_text("utf-8"))]
    assert [path for path in found if path not in own] == []


def test_outside_material_is_found_beside_the_repository_or_where_the_setting_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "clone").mkdir()
    monkeypatch.delenv("FAULTLINE_SHARED", raising=False)
    assert find_shared(tmp_path / "clone") is None
    (tmp_path / "shared").mkdir()
    assert find_shared(tmp_path / "clone") == tmp_path / "shared"
    monkeypatch.setenv("FAULTLINE_SHARED", str(tmp_path / "nowhere"))
    assert find_shared(tmp_path / "clone") is None
