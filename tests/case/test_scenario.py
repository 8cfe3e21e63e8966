"""Scenario files and model.yaml: every problem with its line."""

from pathlib import Path

import pytest

from faultline.case import load_case, load_model, load_scenario
from faultline.record.errors import CaseError
from faultline.record.scenario import Range, StepForm

GOOD = """schema: 1
name: A ceasefire
assumptions: [It holds in half of the worlds.]
steps:
  - {form: ceasefire, region: Mopti, first_day: 2026-05-01, for_days: 60, violence: [0.1, 0.5], holds: 0.5}
"""


def problems(root: Path, tmp_path: Path, text: str) -> str:
    path = tmp_path / "if.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CaseError) as caught:
        load_scenario(path, load_case(root / "cases/mali"))
    return "\n".join(map(str, caught.value.problems))


def test_scenario_is_read_with_its_ranges_and_days(root: Path, tmp_path: Path) -> None:
    path = tmp_path / "if.yaml"
    path.write_text(GOOD, encoding="utf-8")
    (step,) = load_scenario(path, load_case(root / "cases/mali")).steps
    assert step.form is StepForm.CEASEFIRE and step.regions == ("Mopti",) and step.holds == 0.5
    assert str(step.days) == "2026-05-01/2026-06-29" and step.violence == Range(0.1, 0.5)


def test_unknown_region_is_named_with_its_line_and_the_nearest(root: Path, tmp_path: Path) -> None:
    said = problems(root, tmp_path, GOOD.replace("Mopti", "Mopty"))
    assert "if.yaml:5" in said and "Mopty" in said and "'Mopti'" in said


def test_step_without_what_its_form_needs_is_refused(root: Path, tmp_path: Path) -> None:
    assert "region" in problems(root, tmp_path, GOOD.replace("region: Mopti, ", ""))


def test_range_the_wrong_way_round_is_refused(root: Path, tmp_path: Path) -> None:
    assert "the lower first" in problems(root, tmp_path, GOOD.replace("[0.1, 0.5]", "[0.5, 0.1]"))


def test_scenario_without_assumptions_is_refused(root: Path, tmp_path: Path) -> None:
    said = problems(root, tmp_path, GOOD.replace("assumptions: [It holds in half of the worlds.]\n", ""))
    assert "assumptions" in said


def test_shipped_scenarios_and_models_hold(root: Path) -> None:
    for name in ("mali", "sandbox"):
        case = load_case(root / "cases" / name)
        model = load_model(case)
        assert model is not None and all(mark.reason for mark in model.marks)
        files = sorted((case.folder / "scenarios").glob("*.yaml"))
        assert files and all(load_scenario(path, case).assumptions for path in files)


def test_every_form_of_step_has_an_example(root: Path) -> None:
    case = load_case(root / "cases/mali")
    found = {s.form for path in (case.folder / "scenarios").glob("*.yaml") for s in load_scenario(path, case).steps}
    assert found == set(StepForm)
