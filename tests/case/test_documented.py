"""Every key and every word of a case folder stands in docs/guide/case-folder.md."""

import re
from enum import StrEnum
from pathlib import Path
from typing import get_args

import pytest

from faultline.case import measure_rows, rows, scenario_rows
from faultline.case.check_expectations import RESTRICTIONS
from faultline.record.analysis import ExpectationForm
from faultline.record.declared import Standing
from faultline.record.scenario import StepForm
from faultline.record.vocabulary import ActorKind, PlacePrecision, Reliability, SourceKind, TieKind

SECTIONS: dict[str, type[rows.Row]] = {
    "case.yaml": rows.CaseRow,
    "period": rows.PeriodRow,
    "documents": rows.DocumentsRow,
    "watch": rows.WatchRow,
    "feeds": rows.FeedRow,
    "tables": rows.TableRow,
    "figures": rows.FiguresRow,
    "frames": rows.FrameRow,
    "policy": rows.PolicyRow,
    "expectations": rows.ExpectationRow,
    "concepts": rows.ConceptRow,
    "actors.yaml": rows.ActorRow,
    "aliases": rows.AliasRow,
    "ties": rows.TieRow,
    "offices": rows.OfficeRow,
    "sources.yaml": rows.SourceRow,
    "places.csv": rows.PlaceRow,
    "sensitive.yaml": rows.SensitiveRow,
    "measures.yaml": measure_rows.DeclaredRow,
    "coalitions": measure_rows.CoalitionRow,
    "days": measure_rows.NamedDayRow,
    "departures": measure_rows.DepartureRow,
    "pairs": measure_rows.PairRow,
    "shocks": measure_rows.ShockRow,
    "event_marks": measure_rows.MarkRow,
    "model.yaml": scenario_rows.ModelRow,
    "marks of model.yaml": scenario_rows.MarkRateRow,
    "turns": scenario_rows.TurnsRow,
    "scenario files": scenario_rows.ScenarioRow,
    "steps": scenario_rows.StepRow,
}
WORDS: list[tuple[str, type[StrEnum] | tuple[str, ...]]] = [
    ("actors.yaml", ActorKind),
    ("ties", TieKind),
    ("sources.yaml", SourceKind),
    ("sources.yaml", Reliability),
    ("places.csv", PlacePrecision),
    ("expectations", ExpectationForm),
    ("expectations", get_args(rows.Stage)),
    ("expectations", RESTRICTIONS),
    ("tables", get_args(rows.Reader)),
    ("policy", get_args(rows.Level)),
    ("days", Standing),
    ("steps", StepForm),
]


def section(root: Path, heading: str) -> str:
    """The text under that heading, up to the next one."""
    text = (root / "docs/guide/case-folder.md").read_text(encoding="utf-8")
    found = re.search(rf"^#+ {re.escape(heading)}$(.*?)(?=^#|\Z)", text, re.M | re.S)
    assert found, f"no heading {heading}"
    return found[1]


def all_rows(model: type[rows.Row]) -> set[type[rows.Row]]:
    return {model, *(leaf for child in model.__subclasses__() for leaf in all_rows(child))}


def test_every_kind_of_entry_has_its_section() -> None:
    abstract = {rows.Row, rows.Dated, rows.InputRow}
    assert set(SECTIONS.values()) == all_rows(rows.Row) - abstract


@pytest.mark.parametrize("heading", SECTIONS)
def test_every_key_is_documented_and_no_other(root: Path, heading: str) -> None:
    documented = re.findall(r"^\| `(\w+)` \| (?:yes|no|for `csv`) \|", section(root, heading), re.M)
    assert sorted(documented) == sorted(SECTIONS[heading].keys())


@pytest.mark.parametrize("heading", SECTIONS)
def test_documentation_says_which_keys_are_needed(root: Path, heading: str) -> None:
    documented = re.findall(r"^\| `(\w+)` \| yes \|", section(root, heading), re.M)
    fields = SECTIONS[heading].model_fields
    needed = [field.alias or name for name, field in fields.items() if field.is_required() and name != "marks"]
    assert sorted(documented) == sorted(needed)


@pytest.mark.parametrize(("heading", "words"), WORDS)
def test_every_word_of_a_vocabulary_is_documented(root: Path, heading: str, words: type[StrEnum]) -> None:
    text = section(root, heading)
    assert [word for word in words if f"`{word}`" not in text] == []


def test_every_field_says_in_its_problems_what_it_holds() -> None:
    for model in SECTIONS.values():
        assert [name for name, field in model.model_fields.items() if name != "marks" and not field.description] == []
