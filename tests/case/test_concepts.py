"""Concepts of a case: levels of the system map beside Faultline's own."""

from pathlib import Path

import pytest
from tests.case.sample import CASE, write_case

from faultline.case import check_case, load_case

CONCEPTS = """
concepts:
  - id: gold-trade
    name: {en: gold trade, fr: commerce de l'or}
    en: ['gold (?:trade|mining)']
    fr: ["commerce de l'or"]
  - {id: rain, name: {en: rain}, en: [rains?, drought], low: [drought]}
"""


def written(tmp_path: Path, more: str) -> Path:
    return write_case(tmp_path, {"case.yaml": CASE + more})


def test_concept_keeps_its_names_and_patterns_by_language(tmp_path: Path) -> None:
    gold, rain = load_case(written(tmp_path, CONCEPTS)).concepts
    assert dict(gold.names) == {"en": "gold trade", "fr": "commerce de l'or"}
    assert gold.patterns == (("en", "gold (?:trade|mining)"), ("fr", "commerce de l'or"))
    assert rain.low == ("drought",) and not rain.own_fall


def test_fingerprint_changes_with_concepts_because_coding_reads_them(tmp_path: Path) -> None:
    prints = {
        load_case(written(tmp_path / name, more)).fingerprint
        for name, more in (("a", ""), ("b", CONCEPTS), ("c", CONCEPTS.replace("rains?", "rainfall")))
    }
    assert len(prints) == 3


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("rains?, drought]", "'rains(', drought]"),
        ("rains?, drought]", "Rains, drought]"),
        ("rains?, drought]", "'(?:rain)?', drought]"),
        ("name: {en: rain}", "name: {}"),
        ("name: {en: rain}", "name: rain"),
        ("id: rain,", "id: gold-trade,"),
        ("low: [drought]", "lower: [drought]"),
    ],
)
def test_concept_that_cannot_be_read_is_an_error_in_its_line(tmp_path: Path, old: str, new: str) -> None:
    text = CASE + CONCEPTS.replace(old, new)
    line = len(text.splitlines())
    problems = check_case(written(tmp_path, CONCEPTS.replace(old, new)))
    assert [(p.where, p.severity) for p in problems] == [(f"case.yaml:{line}", "error")]


def test_concept_without_words_is_a_warning(tmp_path: Path) -> None:
    (problem,) = check_case(written(tmp_path, "\nconcepts:\n  - {id: rain, name: {en: rain}}\n"))
    assert problem.severity == "warning"
