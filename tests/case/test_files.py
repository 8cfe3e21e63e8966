"""What cannot be read as text, YAML or CSV is a problem with its line, never an exception."""

from pathlib import Path

import pytest
from tests.case.sample import ACTORS, TEXTS, place_of, write_case

from faultline.case import check_case


def found(tmp_path: Path, content: str | bytes, name: str = "actors.yaml") -> list[tuple[str, str]]:
    """Problems of the valid case with that content in one file."""
    return [(problem.where, problem.got) for problem in check_case(write_case(tmp_path, {name: content}))]


@pytest.mark.parametrize("name", TEXTS)
def test_file_that_is_not_utf_8_is_an_error_in_the_line_of_the_first_wrong_byte(tmp_path: Path, name: str) -> None:
    content = TEXTS[name].encode().replace(b"\n", b"\n\xe9", 2).replace(b"\n\xe9", b"\n", 1)
    assert found(tmp_path, content, name) == [(f"{name}:3", "the byte 0xE9")]


def test_utf_16_file_is_named_so(tmp_path: Path) -> None:
    assert found(tmp_path, ACTORS.encode("utf-16")) == [("actors.yaml:1", "UTF-16 text")]


def test_broken_yaml_is_an_error_in_its_line(tmp_path: Path) -> None:
    ((where, got),) = found(tmp_path, ACTORS.replace("  kind: armed_group", "   kind: armed_group"))
    assert where == place_of("actors.yaml", "  kind: armed_group")
    assert got


def test_control_character_is_an_error_in_its_line(tmp_path: Path) -> None:
    ((where, _),) = found(tmp_path, ACTORS.replace("L'armée", "L'armée\x01"))
    assert where == place_of("actors.yaml", "L'armée")


def test_duplicate_key_is_an_error_that_names_the_first(tmp_path: Path) -> None:
    text = ACTORS.replace("  side: government", "  name: Other army\n  side: government")
    assert found(tmp_path, text) == [("actors.yaml:4", "the key 'name' again (first in line 2)")]


def test_tag_is_an_error_and_nothing_is_constructed_from_it(tmp_path: Path) -> None:
    text = ACTORS.replace("note: invented", 'note: !!python/object/apply:os.system ["touch here"]')
    problems = found(tmp_path, text)
    assert problems[0] == (
        place_of("actors.yaml", "note: invented"),
        "the tag 'tag:yaml.org,2002:python/object/apply:os.system'",
    )


def test_alias_is_an_error_so_that_a_text_never_grows(tmp_path: Path) -> None:
    levels = "".join(f"  k{n}: &k{n} [*k{n - 1}, *k{n - 1}, *k{n - 1}]\n" for n in range(1, 40))
    problems = found(tmp_path, f"- k0: &k0 [x]\n{levels}")
    assert ("actors.yaml:2", "the alias *k0") in problems
    assert ("actors.yaml:40", "the alias *k38") in problems


def test_deep_nesting_is_an_error(tmp_path: Path) -> None:
    assert found(tmp_path, "[" * 5_000 + "]" * 5_000) == [("actors.yaml:1", "deeper nesting")]


def test_second_document_is_an_error(tmp_path: Path) -> None:
    ((where, got),) = found(tmp_path, ACTORS + "---\n- id: x\n")
    assert (where, got) == (f"actors.yaml:{ACTORS.count(chr(10)) + 1}", "a second document (---)")


def test_key_that_is_no_text_is_an_error(tmp_path: Path) -> None:
    assert ("actors.yaml:4", "a key that is no text") in found(tmp_path, ACTORS.replace("side:", "[a]:"))


def test_list_where_keys_belong_and_text_where_a_list_belongs_are_errors(tmp_path: Path) -> None:
    assert found(tmp_path, "- [army]\n")[0] == ("actors.yaml:1", "an entry without keys")
    assert found(tmp_path, ACTORS + "- army\n")[0] == (f"actors.yaml:{ACTORS.count(chr(10)) + 1}", "'army'")
    assert found(tmp_path, "army\n")[0] == ("actors.yaml:1", "a text or keys")
    assert ("case.yaml:1", "a list") in [(w, g[:6]) for w, g in found(tmp_path, "- a\n", "case.yaml")]


def test_key_with_nothing_after_it_is_absent(tmp_path: Path) -> None:
    assert found(tmp_path, ACTORS.replace("note: invented", 'note: ""\n  side:')) == []


def test_folder_in_the_place_of_a_file_is_an_error(tmp_path: Path) -> None:
    folder = write_case(tmp_path)
    (folder / "actors.yaml").unlink()
    (folder / "actors.yaml").mkdir()
    (problem,) = check_case(folder)
    assert problem.where == "actors.yaml:1"
