"""The page of the three analyses: every sentence of theirs is in it, none is copied, and every answer is today's."""

import re
import shlex
from pathlib import Path

import pytest
import yaml
from tools.three_analyses import Block, asking, blocks, refreshed, shown

from faultline.record.analysis import ExpectationForm
from tools import three_analyses

SECTIONS = {
    "kidal-marker-of-systemic-resilience.txt": "Kidal as a marker of systemic resilience",
    "goita-in-moscow.txt": "Goïta in Moscow",
    "keita-and-cisse.txt": "Keïta and Cissé",
}
ANALYSES = pytest.mark.parametrize("file", SECTIONS)
COPIED = 6  # so many words in a row are no coincidence
FOOT = re.compile(r"^(\d+ \w+ \d{4}|Read more)$")


@pytest.fixture(scope="module")
def page() -> str:
    return three_analyses.PAGE.read_text(encoding="utf-8")


def section(page: str, file: str) -> str:
    return page.partition(f"\n## {SECTIONS[file]}\n")[2].partition("\n## ")[0]


def passages(page: str, file: str) -> dict[str, str]:
    """What stands under each passage, by its number."""
    parts = re.split(r"(?m)^\*\*(\d+\.\d+)\*\* ", section(page, file))[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


def sentences(shared: Path, file: str) -> list[str]:
    """Numbers of paragraph and sentence, as the page numbers them."""
    lines = (shared / "reporting" / file).read_text(encoding="utf-8").splitlines()
    paragraphs = [line.strip() for line in lines if line.strip() and not FOOT.match(line.strip())]
    split = [re.split(r"(?<=[.!?])\s+(?=[A-Z])", paragraph) for paragraph in paragraphs]
    return [f"{p}.{s}" for p, found in enumerate(split, start=1) for s in range(1, len(found) + 1)]


def runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return set(zip(*(words[n:] for n in range(COPIED)), strict=False))


@ANALYSES
def test_every_sentence_of_an_analysis_has_its_passage_in_order(page: str, shared: Path, file: str) -> None:
    assert list(passages(page, file)) == sentences(shared, file)


@ANALYSES
def test_no_words_of_an_analysis_are_copied(page: str, root: Path, shared: Path, file: str) -> None:
    names = runs((root / "cases/mali/actors.yaml").read_text(encoding="utf-8"))  # a long name is nobody's words
    assert (runs(page) & runs((shared / "reporting" / file).read_text(encoding="utf-8"))) - names == set()


@ANALYSES
def test_each_passage_has_a_command_or_names_the_stage_that_it_waits_for(page: str, root: Path, file: str) -> None:
    for number, text in passages(page, file).items():
        waits = re.findall(r"(?m)^Not built yet: `(\w+)`", text)
        assert blocks(text) or waits, number
        for stage in waits:
            assert stage in {"measure", "model", "forecast", "examine"}, number
            assert not (root / "src/faultline" / stage / "__init__.py").exists(), (
                f"{number}: {stage} is built: answer it"
            )


@ANALYSES
def test_commands_ask_what_was_known_when_the_analysis_came_out(page: str, shared: Path, file: str) -> None:
    listed = yaml.safe_load((shared / "reporting/reports.yaml").read_text(encoding="utf-8"))
    last_day = next(str(entry["published"]["last_day"]) for entry in listed if entry["file"] == file)
    for block in blocks(section(page, file)):
        words = shlex.split(block.command)
        assert words[words.index("--as-of") + 1] == last_day, block.command


def test_every_answer_is_what_the_command_prints_today(page: str, mali_store: str) -> None:
    now = refreshed(page, asking(mali_store))
    stale = [old.command for old, new in zip(blocks(page), blocks(now), strict=True) if old != new]
    assert stale == [], "python -m tools.three_analyses --write"


def test_expectations_that_the_page_shows_are_of_every_form(page: str) -> None:
    shown_forms = set(re.findall(r"--form (\w+)", page))
    assert shown_forms >= {ExpectationForm.HOLDS, ExpectationForm.IN_FORCE, ExpectationForm.TIE, ExpectationForm.SAYS}


def test_refreshing_replaces_the_answers_and_nothing_else() -> None:
    page = "before\n\n```console\n$ faultline a\nold\n```\n\n```yaml\na: 1\n```\n"
    new = refreshed(page, lambda command: f"answer of {command}")
    assert blocks(new) == [Block("faultline a", "answer of faultline a")]
    assert new == page.replace("old", "answer of faultline a")


def test_long_answer_is_cut_and_says_so() -> None:
    lines = [f"line {n}" for n in range(three_analyses.LINES)]
    assert shown("\n".join(lines)) == "\n".join(lines)
    assert shown("\n".join([*lines, "", "more  "])) == "\n".join([*lines, "…"])


@pytest.mark.parametrize("line", ["ls cases/mali", "faultline claims elsewhere", "faultline show cases/mali nothing"])
def test_command_that_is_not_on_the_case_or_fails_is_an_error(line: str) -> None:
    with pytest.raises(ValueError, match=line):
        asking("sqlite:///nowhere.sqlite")(line)
