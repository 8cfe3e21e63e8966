"""faultline system: three kinds of arrows that never look alike."""

import json
from pathlib import Path

import jsonschema
import pytest
from tests.desk_case import make_case
from tests.test_cli import run
from tests.test_map import ARTICLE

from faultline import desk
from faultline.publish.coupling.files import draw_coupled
from faultline.publish.coupling.gather import _is_name
from faultline.record.envelope import envelope_schema
from faultline.record.links import Coupled, Link, Node
from faultline.record.vocabulary import ArrowKind


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = make_case(tmp_path_factory.mktemp("system") / "varda")
    desk.build(desk.open_desk(made))
    (made / "examine").mkdir()
    (made / "examine" / "loop.md").write_text(ARTICLE, encoding="utf-8")
    return made


def test_json_fits_its_schema_and_asserted_arrows_say_what_evidence_adds(folder: Path) -> None:
    found = json.loads(run("system", folder, "--json").stdout)
    jsonschema.validate(found, envelope_schema(Coupled))
    (row,) = found["rows"]
    assert {link["kind"] for link in row["links"]} == {"asserted"}
    assert all(link["evidence"].startswith("not measured") and link["wanted"] for link in row["links"])
    assert [loop["weakest"] for loop in row["loops"]] == ["asserted"]


def test_files_without_sentences_hold_none(folder: Path, tmp_path: Path) -> None:
    graph, figure = tmp_path / "s.graphml", tmp_path / "s.svg"
    run("system", folder, "--graphml", graph, "--figure", figure, "--no-sentences")
    assert "aggravates" not in graph.read_text(encoding="utf-8") + figure.read_text(encoding="utf-8")
    run("system", folder, "--graphml", graph)
    assert "aggravates" in graph.read_text(encoding="utf-8")


def test_each_kind_of_arrow_is_drawn_in_its_own_manner() -> None:
    nodes = tuple(Node(name, name, "level") for name in "ab")
    drawn = draw_coupled(Coupled("x", nodes, tuple(Link("a", "b", kind, 1) for kind in ArrowKind)))
    for kind in ArrowKind:
        assert drawn.count(f'fm-{kind}">') == 3  # its line, its mark, its line of the legend
    assert drawn.count('class="fm-core"') == 2


@pytest.mark.parametrize(
    ("end", "name"),
    [("Varda", True), ("Ministry of the Interior", True), ("UN mission", False), ("supply", False), ("talks", False)],
)
def test_who_acts_is_no_level(end: str, name: bool) -> None:
    assert _is_name(end) is name


def test_terminal_puts_loops_first_and_each_arrow_on_its_line(folder: Path) -> None:
    lines = run("system", folder).stdout.splitlines()
    assert lines[0].startswith("loop: ") and "weakest arrow asserted" in lines[0]
    assert any(" -- " in line and " -->  " in line for line in lines)
    assert any(line.startswith("    it would take: ") for line in lines)
