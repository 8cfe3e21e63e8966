"""What `check` says of actors, their names, ties and offices."""

from pathlib import Path

import pytest
from tests.case.sample import ACTORS, place_of, problems_after, the_problem, write_case

from faultline.case import check_case


def test_unknown_actor_in_a_tie_is_an_error_with_the_nearest_id(tmp_path: Path) -> None:
    problem = the_problem(tmp_path, "actors.yaml", "other: army", "other: armi")
    assert problem.where == place_of("actors.yaml", "other: army")
    assert problem.got == "other 'armi'"
    assert problem.way_out == "Did you mean 'army'?"
    assert problem.severity == "error"


def test_unknown_actor_in_an_office_is_an_error(tmp_path: Path) -> None:
    problem = the_problem(tmp_path, "actors.yaml", "holder: dorre", "holder: nobody")
    assert (problem.where, problem.got) == (place_of("actors.yaml", "holder: dorre"), "holder 'nobody'")


def test_tie_of_an_actor_to_itself_is_an_error(tmp_path: Path) -> None:
    problem = the_problem(tmp_path, "actors.yaml", "other: army", "other: front")
    assert "itself" in problem.got


def test_unknown_source_of_a_tie_is_an_error_and_an_address_is_none(tmp_path: Path) -> None:
    problem = the_problem(
        tmp_path, "actors.yaml", '[wire, "https://wire.example/1"]', '[wyre, "https://wire.example/1"]'
    )
    assert problem.got == "sources 'wyre'"
    assert problem.way_out == "Did you mean 'wire'?"


def test_tie_without_sources_is_a_warning(tmp_path: Path) -> None:
    problem = the_problem(tmp_path, "actors.yaml", '      sources: [wire, "https://wire.example/1"]\n', "")
    assert (problem.where, problem.severity) == (place_of("actors.yaml", "kind: rivalry"), "warning")


def test_unknown_source_of_an_alias_is_an_error(tmp_path: Path) -> None:
    problem = the_problem(tmp_path, "actors.yaml", "source: wire", "source: wyre")
    assert problem.where == place_of("actors.yaml", "source: wire")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("last_day: 2020-03", "last_day: 2018"),
        ("title: spokesman", "last_day: 2019-12-31\n      title: spokesman"),
        ("published: 2020-05-05", "last_day: 2018"),
    ],
)
def test_alias_office_or_tie_that_ends_before_it_starts_is_an_error(tmp_path: Path, old: str, new: str) -> None:
    problem = the_problem(tmp_path, "actors.yaml", old, new)
    assert (problem.where, problem.got[:9]) == (place_of("actors.yaml", old), "last_day ")


def test_year_ends_on_its_last_day_so_an_interval_may_start_within_it(tmp_path: Path) -> None:
    assert not problems_after(tmp_path, "actors.yaml", "last_day: 2020-03", "last_day: 2019")


def test_existence_that_ends_before_it_starts_is_an_error(tmp_path: Path) -> None:
    problem = the_problem(tmp_path, "actors.yaml", "days: 2019-11/..", "days: 2019-11/2018")
    assert problem.where == place_of("actors.yaml", "days: 2019-11/..")


def test_duplicate_actor_id_is_an_error_that_names_the_first(tmp_path: Path) -> None:
    first = place_of("actors.yaml", "- id: dorre")
    text = ACTORS + "- {id: dorre, name: Somebody, kind: person}\n"
    (problem,) = check_case(write_case(tmp_path, {"actors.yaml": text}))
    assert (problem.where, problem.got) == (
        f"actors.yaml:{ACTORS.count(chr(10)) + 1}",
        f"the id 'dorre' again (first at {first})",
    )


def shared(tmp_path: Path, alias: str) -> list[str]:
    text = ACTORS + f"  aliases: [{alias}]\n"
    return [problem.got for problem in check_case(write_case(tmp_path, {"actors.yaml": text}))]


def test_one_name_for_two_actors_in_overlapping_intervals_is_an_error(tmp_path: Path) -> None:
    first = place_of("actors.yaml", "name: RF")
    expected = f"the name 'rf' for dorre, which is front too ({first})"
    assert shared(tmp_path, "{name: rf, first_day: 2020-03-31}") == [expected]


def test_one_name_for_two_actors_in_disjoint_intervals_is_fine(tmp_path: Path) -> None:
    assert shared(tmp_path, "{name: RF, first_day: 2020-04}") == []


def test_name_that_is_declared_ambiguous_may_have_two_actors(tmp_path: Path) -> None:
    assert shared(tmp_path, "{name: RF, ambiguous: true}") == []


def test_own_name_of_an_actor_clashes_with_an_alias_at_any_time(tmp_path: Path) -> None:
    assert len(shared(tmp_path, "{name: River front, last_day: 1900}")) == 1


def test_same_name_twice_for_one_actor_is_fine(tmp_path: Path) -> None:
    assert shared(tmp_path, "Dorre, {name: Dorre, language: fr}") == []


def test_alias_as_a_plain_text_is_a_name_without_dates_and_its_problem_has_its_line(tmp_path: Path) -> None:
    problem = the_problem(tmp_path, "actors.yaml", "    - Ostrel army", '    - "  "')
    assert problem.where == "actors.yaml:6"
