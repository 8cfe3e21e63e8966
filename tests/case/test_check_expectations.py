"""An expectation that cannot be asked is an error before anything is built."""

from pathlib import Path

import pytest
from tests.case.sample import problems_after, the_problem


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("form: holds", "form: hold", "form"),
        ("form: holds, day: 2020-05-04", "form: holds, day: 2020-05", "day"),
        ("form: holds, day: 2020-05-04", "form: holds, day: 2020-02-30", "day"),
        ("subject: ford, value: front", "subject: fort, value: front", "subject"),
        ("subject: ford, value: front", "subject: ford, value: frunt", "value"),
        ("value: not curfew", "value: not courfew", "value"),
        ("value: yes, stage: case", "value: maybe, stage: case", "value"),
        ("value: rivalry army", "value: rivals army", "value"),
        ("value: rivalry army", "value: rivalry", "value"),
        ("value: rivalry army", "value: rivalry armi", "value"),
        ("subject: wire, value: three", "subject: wyre, value: three", "subject"),
        ("value: front, stage: measure", "value: front, stage: measures", "stage"),
        ("killed, stage: evidence, source: wire", "killed, stage: evidence, source: wyre", "source"),
        ("subject: wire, value: three", "subject: front, value: three", "stage"),
        ("source: reports/one.md", "source: reports/two.md", "source"),
        ("source: reports/one.md", "source: ../one.md", "source"),
    ],
)
def test_word_that_the_form_does_not_know_is_an_error(tmp_path: Path, old: str, new: str, key: str) -> None:
    problem = the_problem(tmp_path, "case.yaml", old, new)
    assert (problem.got.split()[0], problem.severity) == (key, "error")


def test_expectation_without_source_is_an_error(tmp_path: Path) -> None:
    old = "value: front, stage: measure"
    problem = the_problem(tmp_path, "case.yaml", f"{old}, source: wire", old)
    assert problem.got == "no source"


def test_place_may_be_expected_contested(tmp_path: Path) -> None:
    assert problems_after(tmp_path, "case.yaml", "ford, value: front", "ford, value: contested") == ()
