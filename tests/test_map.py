"""faultline map: from an article to a table, JSON, and a figure."""

import json
from pathlib import Path

import jsonschema
import pytest

from faultline.publish.figure.mapped import Mapped
from faultline.record.envelope import envelope_schema
from tests.desk_case import make_case
from tests.test_cli import run

ARTICLE = """The blockade aggravates food shortages. Shortages feed recruitment, and recruitment prolongs the blockade.
The curfew indicates rising violence. Goats eat roses in the garden of the palace.
"""


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "the-loop.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def test_table_shows_arrows_with_sign_and_sentence_loops_and_signs(
    article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "250")
    said = " ".join(run("map", article).stdout.split())
    assert "more restrictions in force + more shortage and price of goods stated" in said
    assert "loop: recruitment by armed groups → restrictions in force → shortage and price of goods" in said
    assert "restrictions in force is read as a sign of violence" in said


def test_json_carries_the_map_and_the_words(article: Path) -> None:
    found = json.loads(run("map", article, "--json").stdout)
    jsonschema.validate(found, envelope_schema(Mapped))
    (row,) = found["rows"]
    words = {arrow["words"] for arrow in row["system"]["arrows"]}
    assert words == {
        "The blockade aggravates food shortages.",
        "Shortages feed recruitment, and recruitment prolongs the blockade.",
    }
    assert [loop["sign"] for loop in row["system"]["loops"]] == [1]


@pytest.mark.parametrize("ending", ["svg", "html", "json", "graphml"])
def test_output_is_written_in_the_form_of_its_ending(article: Path, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"map.{ending}"
    run("map", article, "-o", path, "--title", "Mine", "--no-sentences")
    text = path.read_text(encoding="utf-8")
    assert "aggravates" not in text and ("Mine" in text) == (ending in ("svg", "html"))


def test_concepts_of_a_case_are_known(article: Path, tmp_path: Path) -> None:
    article.write_text("Goats destroy the roses.", encoding="utf-8")
    folder = make_case(tmp_path / "case")
    case = folder / "case.yaml"
    more = "concepts:\n  - {id: goats, name: {en: herds of goats}, en: [goats]}\n"
    case.write_text(case.read_text(encoding="utf-8") + more, encoding="utf-8")
    assert "herds of goats" in " ".join(run("map", article, "--case", folder).stdout.split())


def test_language_without_parser_is_named_with_what_is_lost(article: Path) -> None:
    article.write_text("Die Blockade schwächt die Armee des Landes.", encoding="utf-8")
    said = run("map", article, "--language", "de").stdout
    assert "not read: the loop: 1 sentence without arrows: no parser is shipped for 'de'" in " ".join(said.split())


def test_file_that_cannot_be_read_ends_with_its_code(tmp_path: Path, article: Path) -> None:
    assert "missing" in run("map", tmp_path / "nothing.txt", code=4).stderr
    assert ".svg" in run("map", article, "-o", tmp_path / "map.png", code=2).stderr


def test_kidal_analysis_gives_its_four_part_loop(shared: Path) -> None:
    path = shared / "reporting" / "kidal-marker-of-systemic-resilience.txt"
    (row,) = json.loads(run("map", path, "--json").stdout)["rows"]
    (loop,) = [loop for loop in row["system"]["loops"] if loop["mutual"]]
    assert set(loop["nodes"]) == {"armed_coordination", "external_backing", "information_pressure", "hybrid_war"}
    inside = {
        (arrow["cause"]["node"], arrow["effect"]["node"], arrow["cause"]["direction"] * arrow["effect"]["direction"])
        for arrow in row["system"]["arrows"]
        if {arrow["cause"]["node"], arrow["effect"]["node"]} <= set(loop["nodes"])
    }
    signs = {(a, b): -1 if "external_backing" in (a, b) else 1 for a in loop["nodes"] for b in loop["nodes"] if a != b}
    assert inside == {(a, b, sign) for (a, b), sign in signs.items()}


def test_figure_of_the_readme_holds_no_words_of_the_article(shared: Path, root: Path) -> None:
    article = (shared / "reporting" / "kidal-marker-of-systemic-resilience.txt").read_text(encoding="utf-8").split()
    figure = " ".join((root / "docs/assets/kidal-system.svg").read_text(encoding="utf-8").split())
    assert [five for n in range(len(article) - 4) if (five := " ".join(article[n : n + 5])) in figure] == []
    assert "coordination of armed groups" in figure and "information pressure" in figure
