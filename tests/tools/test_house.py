"""The manners of the house, on files that lack them."""

from pathlib import Path

import pytest

from tools import house


def _problems(tmp_path: Path, text: str, room: str = "case") -> list[str]:
    folder = tmp_path / "faultline" / room
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "module.py").write_text(text, encoding="utf-8")
    return list(house.problems_of(house.read(folder / "module.py")))


def _function(lines: int) -> str:
    return "def long():\n" + "    pass\n" * (lines - 1)


def test_sixty_lines_are_a_function_and_sixty_one_are_not(tmp_path: Path) -> None:
    assert _problems(tmp_path, _function(60)) == []
    (problem,) = _problems(tmp_path, _function(61))
    assert "module.py:1: long: 61 lines" in problem


def test_a_file_over_four_hundred_lines_says_why_on_top(tmp_path: Path) -> None:
    body = "x = 1\n" * 401
    assert len(_problems(tmp_path, '"""Does much."""\n' + body)) == 1
    assert _problems(tmp_path, '"""Does much. Over 400 lines, for it is one table."""\n' + body) == []


def test_a_sixth_parameter_needs_an_options_object(tmp_path: Path) -> None:
    assert _problems(tmp_path, "def f(self, a, b, c, *, d, e): ...") == []
    assert "6 parameters" in _problems(tmp_path, "def f(a, b, c, *, d, e, g): ...")[0]


def test_the_parameters_of_a_command_are_its_options(tmp_path: Path) -> None:
    assert _problems(tmp_path, "@app.command()\ndef f(a, b, c, d, e, g): ...") == []


def test_no_public_signature_swallows_keywords(tmp_path: Path) -> None:
    assert "**options" in _problems(tmp_path, "def f(**options): ...")[0]
    assert _problems(tmp_path, "def _f(**options): ...") == []


@pytest.mark.parametrize("text", ["target = 1", "def f(target): ...", "class Target: ...", "def by_target(): ..."])
def test_a_recipient_is_never_called_by_the_banned_word(tmp_path: Path, text: str) -> None:
    assert len(_problems(tmp_path, text)) == 1


@pytest.mark.parametrize(
    "text", ["import random", "from time import sleep", "open('x')", "datetime.now()", "date.today()", "import httpx"]
)
def test_rooms_that_are_functions_of_their_arguments_touch_nothing_outside(tmp_path: Path, text: str) -> None:
    assert len(_problems(tmp_path, text, "coding")) == 1
    assert _problems(tmp_path, text, "intake") == []


def test_the_spread_of_lengths_is_judged_by_median_and_ninth_decile() -> None:
    assert house.spread("files", [100] * 9 + [390], (120, 300)) == []
    assert len(house.spread("files", [100] * 8 + [310] * 2, (120, 300))) == 1
    assert len(house.spread("files", [121] * 9, (120, 300))) == 1


def test_the_ninth_decile_is_the_smallest_length_that_nine_tenths_do_not_exceed() -> None:
    assert house.ninth_decile(list(range(1, 11))) == 9
    assert house.ninth_decile([7]) == 7


def test_the_tools_keep_the_manners_themselves(root: Path) -> None:
    assert [problem for path in (root / "tools").glob("*.py") for problem in house.problems_of(house.read(path))] == []
