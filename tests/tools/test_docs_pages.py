"""The pages that are made from the code, and that nothing of the code is left out of them."""

import ast
import re
from enum import Enum
from pathlib import Path

import pytest

from tools import docs_pages


def _enums_of_record(root: Path) -> dict[str, list[str]]:
    """Every enum that a file of record/ defines, read from the source and not from what the page was made of."""
    found = {}
    for path in (root / "src/faultline/record").glob("*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and any(ast.unparse(base).endswith("Enum") for base in node.bases):
                assigned = [n.value for n in node.body if isinstance(n, ast.Assign)]
                found[node.name] = [ast.literal_eval(value) for value in assigned]
    return found


def test_every_word_of_every_vocabulary_is_in_the_reference(root: Path) -> None:
    page = docs_pages.vocabulary_page()
    enums = _enums_of_record(root)
    assert len(enums) > 10
    for name, words in enums.items():
        section = page.partition(f"## {name}\n")[2].partition("\n## ")[0]
        assert words and [word for word in words if f"`{word}`" not in section] == [], name


def test_what_the_code_remarks_on_a_word_is_in_the_reference() -> None:
    assert "`take`: territory taken, retaken, handed over" in docs_pages.vocabulary_page()


def test_every_command_and_option_is_documented() -> None:
    page = docs_pages.commands_page()
    commands = docs_pages.command_line().commands
    assert {"new", "check", "build", "search", "show", "serve", "report", "code"} <= set(commands)
    for name, command in commands.items():
        section = page.partition(f"## {name}\n")[2].partition("\n## ")[0]
        assert command.help, f"{name} has no help"
        for parameter in command.params:
            assert parameter.name == "help" or parameter.help, f"{name}: {parameter.name} has no help"
            spelled = [opt for opt in parameter.opts if opt.startswith("-") and opt != "--help"]
            assert [opt for opt in spelled if opt not in section] == [], name


def test_commands_that_the_guide_and_the_readme_show_exist(root: Path) -> None:
    commands = docs_pages.command_line().commands
    for path in [root / "README.md", *(root / "docs").rglob("*.md")]:
        for line in path.read_text(encoding="utf-8").splitlines():
            for name, rest in re.findall(r"(?:^|`)faultline ([a-z]+)([^`]*)", line):
                assert name in commands, f"{path}: faultline {name}"
                known = {opt for parameter in commands[name].params for opt in (*parameter.opts, "--help")}
                assert set(re.findall(r"(?<!\S)--?[a-z][a-z-]*", rest)) <= known, f"{path}: faultline {name}{rest}"


def test_every_room_has_a_page_of_reference(root: Path) -> None:
    packages = {path.parent.name for path in (root / "src/faultline").glob("*/__init__.py")}
    modules = {path.stem for path in (root / "src/faultline").glob("*.py")} - {"__init__"}
    assert packages | modules == set(docs_pages.rooms())


def test_every_error_is_listed_with_its_exit_code() -> None:
    told = docs_pages.exit_codes()
    assert [code for code in range(8) if not re.search(rf"(^|; ){code} [a-z`]", told)] == []


def test_a_page_that_loads_something_from_elsewhere_is_refused(tmp_path: Path) -> None:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.exceptions import PluginError

    config = MkDocsConfig()
    config.site_dir = str(tmp_path)
    page = tmp_path / "index.html"
    page.write_text('<a href="https://example.org">a link is fine</a><script src="assets/x.js"></script>')
    docs_pages.on_post_build(config)
    page.write_text('<script src="https://example.org/x.js"></script>')
    with pytest.raises(PluginError, match=r"index\.html"):
        docs_pages.on_post_build(config)


def test_a_vocabulary_with_remarks_is_a_list_and_one_without_is_a_sentence() -> None:
    class Plain(Enum):
        A = "a"
        B = "b"

    assert docs_pages._word_lines({word.value: "" for word in Plain}) == ["`a`, `b`."]
    assert docs_pages._word_lines({"a": "first", "b": ""}) == ["- `a`: first", "- `b`"]
