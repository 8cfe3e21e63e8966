"""No actor comes out of itself, unless dated splits and mergers let it."""

from pathlib import Path

from tests.case.sample import write_case

from faultline.case import CaseProblem, check_case


def ties(tmp_path: Path, *lines: str) -> tuple[CaseProblem, ...]:
    """Problems of actors a, b and c with ties written as "a successor b 2020"."""
    text = ""
    for actor in "abc":
        text += f"- id: {actor}\n  name: Group {actor}\n  kind: armed_group\n  ties:\n"
        for line in lines:
            own, kind, other, *day = line.split()
            dated = f", first_day: {day[0]}" if day else ""
            text += f"    - {{kind: {kind}, other: {other}, sources: [wire]{dated}}}\n" if own == actor else ""
    case = "schema: 1\nid: x\ntitle: x\nlanguages: [en]\ncountries: [ZZ]\ndocuments: [{path: reports}]\n"
    return check_case(write_case(tmp_path, {"actors.yaml": text, "case.yaml": case}))


def test_two_actors_that_succeed_each_other_are_one_error(tmp_path: Path) -> None:
    (problem,) = ties(tmp_path, "a successor b 2015", "b successor a 2020")
    assert problem.got.startswith("a circle of succession b -> a -> b")
    assert problem.where == "actors.yaml:5"


def test_circle_through_split_and_merger_without_days_is_an_error(tmp_path: Path) -> None:
    (problem,) = ties(tmp_path, "b split a 2012", "c successor b", "c merger a 2015")
    assert "a -> b -> c -> a" in problem.got


def test_branch_that_leaves_and_comes_back_later_is_fine(tmp_path: Path) -> None:
    assert ties(tmp_path, "b split a 2012", "b merger c 2013", "c merger a 2015") == ()


def test_circle_whose_days_run_backwards_is_an_error(tmp_path: Path) -> None:
    (problem,) = ties(tmp_path, "b split a 2015", "b merger c 2013", "c merger a 2012")
    assert "circle" in problem.got


def test_chain_of_successors_is_fine(tmp_path: Path) -> None:
    assert ties(tmp_path, "b successor a", "c successor b", "c successor a") == ()


def test_mutual_alliance_is_no_circle_of_succession(tmp_path: Path) -> None:
    assert ties(tmp_path, "a alliance b", "b alliance a") == ()


def test_two_circles_are_two_errors(tmp_path: Path) -> None:
    assert len(ties(tmp_path, "a successor b", "b successor a", "c successor b", "b successor c")) == 2
