"""What `check` says of places.csv."""

from pathlib import Path

import pytest
from tests.case.sample import PLACES, problems_after, the_problem, write_case

from faultline.case import check_case

FORD = "ford,Tarn Ford,Tarnford|Gué de Tarn,2.25,-30.75,5,PPL,exact,Upper Tarn,North,ZZ,,,invented,"


def test_place_without_coordinates_is_an_error(tmp_path: Path) -> None:
    problems = problems_after(tmp_path, "places.csv", "2.25,-30.75", ",")
    assert [(p.where, p.got) for p in problems] == [("places.csv:3", "no latitude"), ("places.csv:3", "no longitude")]
    assert "degrees north" in problems[0].expected


@pytest.mark.parametrize(
    ("coordinates", "key"),
    [("90.1,-30.75", "latitude"), ("2.25,180.5", "longitude"), ("nan,-30.75", "latitude"), ("2.25,west", "longitude")],
)
def test_impossible_coordinates_are_an_error(tmp_path: Path, coordinates: str, key: str) -> None:
    problem = the_problem(tmp_path, "places.csv", "2.25,-30.75", coordinates)
    assert (problem.where, problem.got.split()[0]) == ("places.csv:3", key)


def test_coordinates_that_look_left_empty_are_a_warning(tmp_path: Path) -> None:
    assert the_problem(tmp_path, "places.csv", "2.25,-30.75", "0,0").severity == "warning"


def test_duplicate_place_is_an_error(tmp_path: Path) -> None:
    (problem,) = check_case(write_case(tmp_path, {"places.csv": PLACES + FORD + "\n"}))
    assert problem.got == "the id 'ford' again for the same days (first at places.csv:3)"


def test_place_may_stand_twice_for_disjoint_intervals_since_admin_units_change(tmp_path: Path) -> None:
    before = FORD.replace("ZZ,,,", "ZZ,,2019,")
    after = FORD.replace("ZZ,,,", "ZZ,2020,,").replace("North", "Far North")
    text = PLACES.replace(FORD, f"{before}\n{after}")
    assert check_case(write_case(tmp_path, {"places.csv": text})) == ()


def test_unknown_precision_is_an_error_with_a_suggestion(tmp_path: Path) -> None:
    problem = the_problem(tmp_path, "places.csv", "PPL,exact", "PPL,exat")
    assert (problem.got, problem.way_out) == ("precision 'exat'", "Did you mean 'exact'?")


def test_country_that_is_no_code_is_an_error(tmp_path: Path) -> None:
    problem = the_problem(tmp_path, "places.csv", "North,ZZ", "North,Ostrel")
    assert "ISO 3166-1" in problem.expected


def test_row_that_does_not_fit_the_header_is_an_error_and_the_rest_is_read(tmp_path: Path) -> None:
    problem = the_problem(tmp_path, "places.csv", "invented,\nford", "invented,,\nford")
    assert (problem.where, problem.got, problem.expected) == ("places.csv:2", "16 cells", "15 as in the header")


def test_semicolons_between_cells_are_one_error(tmp_path: Path) -> None:
    (problem,) = check_case(write_case(tmp_path, {"places.csv": PLACES.replace(",", ";")}))
    assert (problem.where, problem.expected) == ("places.csv:1", "cells separated by commas")


def test_unknown_column_is_an_error_with_the_nearest_column(tmp_path: Path) -> None:
    problems = problems_after(tmp_path, "places.csv", "latitude,longitude,", "lattitude,longitude,")
    assert [p.way_out for p in problems] == ["Did you mean 'latitude'?"]


def test_column_twice_is_an_error(tmp_path: Path) -> None:
    assert the_problem(tmp_path, "places.csv", "source,note", "source,source").got == "the column 'source' twice"


def test_quote_that_is_never_closed_is_an_error_at_the_row_where_it_opens(tmp_path: Path) -> None:
    problem = the_problem(tmp_path, "places.csv", "ford,Tarn Ford", 'ford,"Tarn Ford')
    assert problem.where == "places.csv:3"


def test_lines_count_cells_that_hold_line_ends(tmp_path: Path) -> None:
    text = PLACES.replace("invented,\nford", 'invented,"two\nlines"\nford').replace("2.25", "99")
    (problem,) = check_case(write_case(tmp_path, {"places.csv": text}))
    assert problem.where == "places.csv:4"


def test_empty_gazetteer_file_is_an_error(tmp_path: Path) -> None:
    (problem,) = check_case(write_case(tmp_path, {"places.csv": ""}))
    assert problem.got == "an empty file"
