"""`faultline new` writes a folder that is right from the start and overwrites nothing."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faultline.case import check_case, load_case, new_case
from faultline.record.errors import UsageError


def test_new_case_passes_check_with_no_problem(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "case"
    written = new_case(folder, "Our case")
    assert check_case(folder) == ()
    assert sorted(p.relative_to(folder).as_posix() for p in written) == [
        ".gitignore",
        "actors.yaml",
        "case.yaml",
        "places.csv",
        "reports/2020-05-05_example.md",
        "sources.yaml",
    ]
    assert all(path.is_file() for path in written)


def test_new_case_says_that_its_country_is_invented(tmp_path: Path) -> None:
    new_case(tmp_path / "case", "Our case")
    for name in ("actors.yaml", "case.yaml", "places.csv", "reports/2020-05-05_example.md", "sources.yaml"):
        assert "invented" in (tmp_path / "case" / name).read_text(encoding="utf-8"), name


def test_new_case_refuses_a_folder_that_holds_anything(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(UsageError, match="not empty"):
        new_case(tmp_path, "Our case")
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_new_case_refuses_the_place_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(UsageError):
        new_case(tmp_path / "file", "Our case")


def test_blank_title_becomes_the_name_of_the_folder(tmp_path: Path) -> None:
    new_case(tmp_path / "Upper Tarn", " ")
    case = load_case(tmp_path / "Upper Tarn")
    assert (case.id, case.title) == ("upper-tarn", "Upper Tarn")


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip))
def test_any_title_is_kept_with_single_spaces(tmp_path_factory: pytest.TempPathFactory, title: str) -> None:
    folder = tmp_path_factory.mktemp("new") / "case"
    new_case(folder, title)
    assert load_case(folder).title == " ".join(title.split())
