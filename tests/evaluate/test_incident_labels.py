import json
from pathlib import Path

import pytest

from faultline.evaluate.incident_labels import PairFigures, compare, pairs_of, read_cleaned, read_labels
from faultline.record.errors import InputError


def test_only_labelled_documents_are_compared() -> None:
    found = compare({"i": ["a", "b"]}, [["a", "b", "x"], ["b", "x"]], {"a", "b"})
    assert found == PairFigures(1, 0, 0)


def test_a_document_may_stand_in_two_incidents() -> None:
    assert pairs_of([["a", "b"], ["a", "c"]], {"a", "b", "c"}) == {("a", "b"), ("a", "c")}


def test_figures_count_what_either_side_lacks() -> None:
    found = compare({"i": ["a", "b", "c"]}, [["a", "b"], ["c", "d"]], {"a", "b", "c", "d"})
    assert (found.both, found.found_only, found.labelled_only) == (1, 1, 2)
    assert (found.precision, found.recall) == (0.5, pytest.approx(1 / 3))
    assert found.f1 == pytest.approx(0.4)


def test_both_forms_of_labels_are_read(tmp_path: Path) -> None:
    lines, listed = tmp_path / "a.jsonl", tmp_path / "b.json"
    lines.write_text('{"id": "i", "reports": ["b", "a", "a"]}\n', encoding="utf-8")
    listed.write_text('[{"id": "i", "documents": ["a", "b"]}]', encoding="utf-8")
    assert read_labels(lines) == read_labels(listed) == {"i": ("a", "b")}


def test_a_file_without_labels_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no labels"):
        read_labels(tmp_path / "missing.jsonl")


def test_gaps_of_the_lists_are_filled(tmp_path: Path) -> None:
    lists, gaps = tmp_path / "incidents.jsonl", tmp_path / "gaps.yaml"
    rows = [{"id": "a", "reports": ["1", "2"]}, {"id": "b", "reports": ["3"]}, {"id": "c", "reports": ["4"]}]
    lists.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    gaps.write_text("same: [[a, b]]\nalso: {'4': [b]}\n", encoding="utf-8")
    assert read_cleaned(lists, gaps) == {"a": ("1", "2", "3", "4"), "c": ("4",)}
    gaps.write_text("same: []\nalso: {'4': [unknown]}\n", encoding="utf-8")
    with pytest.raises(InputError, match="unknown"):
        read_cleaned(lists, gaps)
