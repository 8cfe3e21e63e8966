import os
from pathlib import Path

import pytest

from faultline.intake import Skipped
from faultline.intake.folder import Found, walk


def reached(start: Path, case_folder: Path, depth: int = 40) -> list[tuple[str, str]]:
    """(origin, "" or the reason) of everything that a walk names."""
    found = walk(start, case_folder, depth)
    return [(f.origin, f.reason if isinstance(f, Skipped) else "") for f in found]


def write(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("Words")


def test_files_come_in_the_order_of_their_paths_and_under_the_case_folder(tmp_path: Path) -> None:
    write(tmp_path, "reports/b.md", "reports/a/z.md", "reports/a.md", "reports/B.md")
    assert [origin for origin, _ in reached(tmp_path / "reports", tmp_path)] == [
        "reports/B.md",
        "reports/a/z.md",
        "reports/a.md",
        "reports/b.md",
    ]


def test_hidden_files_and_the_cases_own_are_named_and_not_taken(tmp_path: Path) -> None:
    write(tmp_path, ".hidden.md", ".git/config", "decisions.jsonl", "a.md")
    assert reached(tmp_path, tmp_path) == [
        (".git", "hidden"),
        (".hidden.md", "hidden"),
        ("a.md", ""),
        ("decisions.jsonl", "own file"),
    ]


def test_link_that_leads_out_is_not_followed_and_a_loop_ends(tmp_path: Path) -> None:
    write(tmp_path, "secret.txt", "case/reports/a.md")
    reports = tmp_path / "case/reports"
    (reports / "out.txt").symlink_to(tmp_path / "secret.txt")
    (reports / "loop").symlink_to(reports)
    (reports / "gone.txt").symlink_to(reports / "nowhere.txt")
    (reports / "same.md").symlink_to(reports / "a.md")
    assert reached(reports, tmp_path / "case") == [
        ("reports/a.md", ""),
        ("reports/gone.txt", "link"),
        ("reports/loop", "link"),
        ("reports/out.txt", "link"),
        ("reports/same.md", ""),
    ]


def test_name_that_is_no_utf8_gets_a_writable_origin_and_stays_readable(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"r\xe9port.md")).write_text("Words")
    (found,) = walk(tmp_path, tmp_path, 40)
    assert isinstance(found, Found)
    assert found.origin == "r\\xe9port.md"
    assert found.path.read_text() == "Words"


def test_folders_deeper_than_the_limit_are_named_once(tmp_path: Path) -> None:
    write(tmp_path, "/".join(["d"] * 30) + "/a.md")
    assert reached(tmp_path, tmp_path, 10) == [("/".join(["d"] * 11), "too deep")]
    assert reached(tmp_path, tmp_path, 30)[0][1] == ""


def test_missing_input_is_named(tmp_path: Path) -> None:
    assert reached(tmp_path / "none", tmp_path) == [("none", "missing")]


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_file_and_folder_without_permission_are_named(tmp_path: Path) -> None:
    write(tmp_path, "closed/a.md")
    (tmp_path / "closed").chmod(0)
    assert reached(tmp_path, tmp_path) == [("closed", "unreadable")]
    (tmp_path / "closed").chmod(0o700)


def test_folder_that_cannot_be_listed_is_named_and_the_rest_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "closed/a.md", "open/a.md")
    listed = os.listdir

    def refuse(path: Path) -> list[str]:
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied")
        return listed(path)

    monkeypatch.setattr(os, "listdir", refuse)
    assert reached(tmp_path, tmp_path) == [("closed", "unreadable"), ("open/a.md", "")]


def test_yaml_beside_a_document_is_part_of_it_and_a_lone_one_is_not(tmp_path: Path) -> None:
    write(tmp_path, "a.pdf", "a.pdf.yaml", "b.yaml")
    assert [origin for origin, _ in reached(tmp_path, tmp_path)] == ["a.pdf", "b.yaml"]
