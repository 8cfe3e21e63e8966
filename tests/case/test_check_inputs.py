"""What `check` says of case.yaml: paths, frames, sources, capital."""

from pathlib import Path

import pytest
from tests.case.sample import CASE, place_of, problems_after, the_problem, write_case

from faultline.case import check_case


def test_missing_path_is_an_error(tmp_path: Path) -> None:
    problem = the_problem(tmp_path, "case.yaml", "path: reports,", "path: report,")
    assert problem.where == place_of("case.yaml", "path: reports,")
    assert (problem.got, problem.way_out) == ("path 'report'", "Did you mean 'reports'?")


@pytest.mark.parametrize("path", ["..", "../elsewhere", "/etc", "reports/../..", ".", "reports/.."])
def test_path_outside_the_case_folder_or_the_whole_folder_is_an_error(tmp_path: Path, path: str) -> None:
    problems = problems_after(tmp_path, "case.yaml", "path: reports,", f"path: {path},")
    assert "a path inside the case folder" in [problem.expected for problem in problems]


def test_link_that_leads_out_of_the_case_folder_is_an_error(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    folder = write_case(tmp_path / "case", {"case.yaml": CASE.replace("path: reports,", "path: linked,")})
    (folder / "linked").symlink_to(outside, target_is_directory=True)
    assert [problem.expected for problem in check_case(folder)] == ["a path inside the case folder"]


def test_one_file_in_two_entries_is_an_error(tmp_path: Path) -> None:
    new = "documents:\n  - {path: reports/one.md}"
    problem = the_problem(tmp_path, "case.yaml", "documents:", new)
    assert problem.got.startswith("path 'reports', which the entry at case.yaml:9 takes already")


def test_unknown_frame_of_an_input_is_an_error(tmp_path: Path) -> None:
    problem = the_problem(tmp_path, "case.yaml", "frame: wire-reports", "frame: wire-report")
    assert problem.way_out == "Did you mean 'wire-reports'?"


def test_unknown_source_of_an_input_is_an_error(tmp_path: Path) -> None:
    problem = the_problem(tmp_path, "case.yaml", "    source: monitor", "    source: monitors")
    assert problem.where == place_of("case.yaml", "    source: monitor")


def test_unknown_source_of_a_frame_is_an_error(tmp_path: Path) -> None:
    problem = the_problem(tmp_path, "case.yaml", "source: wire, unit", "source: wyre, unit")
    assert problem.got == "source 'wyre'"


def test_table_without_source_is_an_error_because_the_dataset_is_its_speaker(tmp_path: Path) -> None:
    problem = the_problem(tmp_path, "case.yaml", "    source: monitor\n", "")
    assert (problem.where, problem.got) == (place_of("case.yaml", "path: tables/events.csv"), "no source")


def test_csv_table_without_columns_is_an_error(tmp_path: Path) -> None:
    problem = the_problem(tmp_path, "case.yaml", "    columns: {date: event_date, place: town}\n", "")
    assert problem.got == "reader csv without columns"


def test_unknown_reader_is_an_error(tmp_path: Path) -> None:
    assert the_problem(tmp_path, "case.yaml", "reader: csv", "reader: cvs").way_out == "Did you mean 'csv'?"


def test_capital_that_is_no_place_is_an_error(tmp_path: Path) -> None:
    problem = the_problem(tmp_path, "case.yaml", "capital: velmora", "capital: velmara")
    assert problem.way_out == "Did you mean 'velmora'?"


def test_duplicate_frame_is_an_error(tmp_path: Path) -> None:
    new = "frames:\n  - {id: wire-reports, source: wire, unit: report, systematic: true}"
    assert "again" in the_problem(tmp_path, "case.yaml", "frames:", new).got


def test_period_that_ends_before_it_starts_is_an_error(tmp_path: Path) -> None:
    assert the_problem(tmp_path, "case.yaml", "last_day: 2020-12}", "last_day: 2018}").got == "last_day '2018'"


def test_case_without_any_input_is_an_error(tmp_path: Path) -> None:
    case = CASE[: CASE.index("documents:")]
    (problem,) = check_case(write_case(tmp_path, {"case.yaml": case}))
    assert problem.got == "a case without documents, watch, tables or figures"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("level: admin1", "level: village"),
        ("delay_days: 30", "delay_days: -1"),
        ("delay_days: 30", "delay_days: a month"),
        ("mask_names: false", "mask_names: perhaps"),
        ("bad_rows: 0.1", "bad_rows: 5"),
        ("max_bytes: 1000", "max_bytes: 0"),
        ("encoding: cp1252", "encoding: cp12522"),
        ("retold: true", "retold: maybe"),
        ("countries: [ZZ]", "countries: [Ostrel]"),
        ("countries: [ZZ]", "countries: []"),
        ("languages: [en, fr]", "languages: en"),
        ("languages: [en, fr]", "languages: [English]"),
        ("schema: 1", "schema: 2"),
        ("id: ostrel", "id: Ostrel Reach"),
        ("published: 2020-05/..", "published: May 2020"),
        ("published: 2020-05/..", "published: 2020-02-30"),
        ("first_day: 2019, last_day: 2020-12}", "first_day: 2019/2020}"),
        ("policy: {level: admin1, ", "policy: {levels: admin1, "),
        ("title: Ostrel\n", ""),
    ],
)
def test_value_that_a_key_cannot_hold_is_one_error_in_its_line(tmp_path: Path, old: str, new: str) -> None:
    problem = the_problem(tmp_path, "case.yaml", old, new)
    where = "case.yaml:1" if new == "" else place_of("case.yaml", old)
    assert (problem.where, problem.severity) == (where, "error")
    assert problem.got
    assert problem.expected


def test_countries_are_read_as_written_so_no_is_norway(tmp_path: Path) -> None:
    assert problems_after(tmp_path, "case.yaml", "countries: [ZZ]", "countries: [NO]") == ()
