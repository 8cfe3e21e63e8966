"""A case in a notebook: tables of pandas or polars, labelled, as of a day."""

import subprocess
import sys
from datetime import date
from importlib.util import find_spec
from pathlib import Path

import pytest
from tests.desk_case import make_case

import faultline
from faultline import desk
from faultline.record.errors import UsageError
from faultline.show import Notebook, frames, open_case


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = make_case(tmp_path_factory.mktemp("show") / "varda")
    desk.build(desk.open_desk(made), desk.BuildOptions(parser=False))
    return made


@pytest.fixture(scope="module")
def case(folder: Path) -> Notebook:
    return open_case(folder, as_of="2020-07-01", frames="pandas")


def test_the_package_imports_neither_library_and_nothing_heavy() -> None:
    code = "import sys, faultline; print(sorted({'pandas', 'polars', 'numpy', 'sqlalchemy'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
    assert faultline.open is open_case
    with pytest.raises(AttributeError):
        faultline.close  # noqa: B018


def test_claims_are_those_of_the_snapshot_with_names_words_and_days(case: Notebook) -> None:
    table = case.claims()
    assert len(table) == case.snapshot.count() > 0
    captured = table[table["words"].str.contains("captured")].iloc[-1]
    assert list(captured["places"]) == ["Tarn Ford"] and list(captured["actors"]) == ["River Front"]
    assert str(table["first_day"].dtype).startswith("datetime64")


def test_a_figure_that_nobody_stated_is_missing_and_not_zero(case: Notebook) -> None:
    table = case.claims()
    stated = [{one.harm for one in claim.casualties} for claim in case.snapshot.claims()]
    assert ["killed" in harms for harms in stated] == [bool(x) for x in (table["killed_best"] == table["killed_best"])]


def test_both_libraries_give_the_same_table(folder: Path, case: Notebook) -> None:
    other = open_case(folder, as_of=date(2020, 7, 1), frames="polars").claims()
    assert other.columns == list(case.claims().columns)
    assert other["claim"].to_list() == list(case.claims()["claim"])


def test_questions_narrow_by_name_and_period(case: Notebook) -> None:
    assert set(case.claims(kind="event")["kind"]) == {"event"}
    assert 0 < len(case.claims(place="Tarn Ford", period="2020-05-12")) < len(case.claims())
    assert len(case.incidents(place="Tarn Ford")) <= len(case.incidents())
    for wrong in ({"kind": "nonsense"}, {"period": "yesterday"}):
        with pytest.raises(UsageError):
            case.claims(**wrong)


def test_an_earlier_day_knows_less_and_the_label_says_the_day(folder: Path, case: Notebook) -> None:
    earlier = open_case(folder, as_of="2020-05-05", frames="pandas")
    assert len(earlier.claims()) < len(case.claims()) and "2020-05-05" in earlier.label
    for wrong in ("2020", "soon"):
        with pytest.raises(UsageError):
            open_case(folder, as_of=wrong)


def test_sources_count_what_is_in_view(case: Notebook) -> None:
    table = case.sources()
    assert table["claims"].sum() == case.snapshot.count()
    assert table["documents"].sum() == len(list(case.snapshot.documents()))


def test_measures_and_figures_carry_their_label(case: Notebook, tmp_path: Path) -> None:
    table = case.measures("control", "cycles")
    assert list(table["measure"]) == [row.measure for found in case.findings("control", "cycles") for row in found.rows]
    drawn = case.figure("control")
    assert case.label in drawn.caption and case.label in drawn._repr_html_()
    assert drawn.save(tmp_path / "x.svg").exists()
    with pytest.raises(UsageError):
        case.figure("nonsense")


def test_without_either_library_the_error_names_the_way_out(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frames, "find_spec", lambda name: None)
    with pytest.raises(UsageError, match=r"pip install 'faultline\[notebook\]'"):
        open_case(folder)
    monkeypatch.setattr(frames, "find_spec", lambda name: find_spec(name) if name == "polars" else None)
    assert open_case(folder).frames == "polars"
    with pytest.raises(UsageError):
        open_case(folder, frames="tables")
