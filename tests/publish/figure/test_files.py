"""The files that a map is written to."""

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import networkx as nx
import pytest

from faultline.publish.figure.mapped import Mapped
from faultline.publish.figure.svg import Picture, draw_svg
from faultline.publish.figure.write import FigureOptions, write_map
from faultline.record.envelope import envelope_schema
from faultline.record.errors import UsageError
from faultline.record.system import SystemMap
from tests.publish.figure.sample import OTHERS, RING, SENTENCE, mapped
from tests.publish.test_contrast import contrast, rgb

SVG = "{http://www.w3.org/2000/svg}"


def written(tmp_path: Path, name: str, options: FigureOptions | None = None) -> str:
    return write_map(mapped(), tmp_path / name, options).read_text(encoding="utf-8")


def test_picture_is_xml_that_loads_nothing_and_runs_nothing(tmp_path: Path) -> None:
    text = written(tmp_path, "map.svg")
    root = ElementTree.fromstring(text)
    assert "http" not in text.replace("http://www.w3.org/2000/svg", "")
    assert not [e for e in root.iter() if e.tag in (f"{SVG}script", f"{SVG}image", f"{SVG}use")]
    assert "url(" not in text and "@import" not in text


def test_picture_says_in_words_what_it_shows(tmp_path: Path) -> None:
    root = ElementTree.fromstring(written(tmp_path, "map.svg"))
    title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None and title.text == "An <own> article"
    assert desc is not None and desc.text is not None and desc.text.count("→") == len(RING) + len(OTHERS)
    assert root.get("role") == "img" and root.get("aria-labelledby") == "fm-t fm-d"


def test_intended_conditional_and_denied_arrows_are_drawn_in_their_own_manner(tmp_path: Path) -> None:
    css, body = written(tmp_path, "map.svg").split("</style>")
    dashes = re.findall(r"\.fm-(intended|conditional) \.fm-line\{stroke-dasharray:([^}]*)\}", css)
    assert len(dict(dashes)) == 2 and len({dash for _, dash in dashes}) == 2
    lines = body[: body.rindex("fm-note")]
    assert all(f"fm-{status}" in lines for status in ("stated", "intended", "conditional", "denied"))
    assert body.count("fm-strike") == 2  # the arrow, and the legend


def test_signs_differ_by_shape_and_not_by_colour_alone(tmp_path: Path) -> None:
    root = ElementTree.fromstring(written(tmp_path, "map.svg"))
    shapes = {kind: set[str]() for kind in ("fm-more", "fm-less", "fm-open")}
    for group in root.iter(f"{SVG}g"):
        kind = (group.get("class") or "").split(" ")[0]
        if kind in shapes:
            shapes[kind] |= {e.tag for e in group if e.get("class") == "fm-mark"}
    assert shapes == {"fm-more": {f"{SVG}circle"}, "fm-less": {f"{SVG}rect"}, "fm-open": {f"{SVG}path"}}


def test_without_sentences_no_word_of_the_article_is_in_the_file(tmp_path: Path) -> None:
    for name in ("map.svg", "map.html", "map.json", "map.graphml"):
        assert "Sarmen" in written(tmp_path, name)
        assert "Sarmen" not in written(tmp_path, name, FigureOptions(sentences=False))


def test_every_line_of_the_page_leads_to_its_sentence(tmp_path: Path) -> None:
    page = written(tmp_path, "map.html")
    ids = re.findall(r'id="(arrow-\d+)"', page)
    links = set(re.findall(r'href="#(arrow-\d+)"', page))
    assert len(ids) == len(RING) + len(OTHERS) and links and links <= set(ids)
    assert "&lt;blockade&gt; of Sarmen &amp; its price" in page and SENTENCE not in page
    assert "<script" not in page and "2 sentences without arrows" in page


def test_json_is_the_envelope_by_its_schema(tmp_path: Path) -> None:
    found = json.loads(written(tmp_path, "map.json"))
    jsonschema.validate(found, envelope_schema(Mapped))
    assert found["case"] == "varda" and len(found["rows"][0]["system"]["signs"]) == 1


def test_graphml_has_every_arrow_with_its_sign(tmp_path: Path) -> None:
    write_map(mapped(), tmp_path / "map.graphml")
    graph = nx.read_graphml(tmp_path / "map.graphml")
    assert graph.number_of_edges() == len(RING) + len(OTHERS)
    assert {data["sign"] for _, _, data in graph.edges(data=True)} == {1, -1, 0}


def test_other_ending_is_refused_and_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="graphml"):
        write_map(mapped(), tmp_path / "map.png")
    assert list(tmp_path.iterdir()) == []


def test_map_without_arrows_is_drawn_as_such() -> None:
    text = draw_svg(SystemMap((), ()), Picture("Nothing", {}))
    assert ElementTree.fromstring(text).tag == f"{SVG}svg" and "arrows: 0" in text


def test_colours_stand_out_in_both_schemes(root: Path) -> None:
    css = (root / "src/faultline/publish/figure/figure.css").read_text(encoding="utf-8")
    for scheme in css.split("@media"):
        colour = {
            name: rgb(code) for name, code in re.findall(r"\.(fm-[a-z]+)[^{}]*\{[^}]*?fill:#([0-9a-f]{6})", scheme)
        }
        assert contrast(colour["fm-title"], colour["fm-paper"]) >= 4.5
        assert contrast(colour["fm-note"], colour["fm-paper"]) >= 4.5
        for sign in ("fm-more", "fm-less", "fm-open"):
            assert contrast(colour[sign], colour["fm-paper"]) >= 3
