"""What the case file itself answers: who existed, who was tied to whom, and since when that could be known."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from faultline.case import Case, load_case, new_case
from faultline.case.expect import check_exists, check_tie
from faultline.record.actor import Tie
from faultline.record.analysis import Checked, CheckState, Expectation, ExpectationForm
from faultline.record.days import parse_days
from faultline.record.vocabulary import TieKind

DAY, TODAY = date(2020, 5, 4), date(2026, 1, 1)


@pytest.fixture
def case(tmp_path: Path) -> Case:
    new_case(tmp_path / "varda", "Varda")
    return load_case(tmp_path / "varda")


def exists(case: Case, day: str, value: str, actor: str = "river-front") -> Checked:
    return check_exists(case, Expectation(ExpectationForm.EXISTS, date.fromisoformat(day), actor, value, "case", "w"))


def tie(case: Case, value: str, actor: str = "river-front", as_of: date = TODAY) -> Checked:
    return check_tie(case, Expectation(ExpectationForm.TIE, DAY, actor, value, "case", "wire"), as_of)


def tied(case: Case, *ties: Tie) -> Case:
    """The case with those ties and no others."""
    actors = (replace(actor, ties=tuple(t for t in ties if t.actor == actor.id)) for actor in case.actors)
    return replace(case, actors=tuple(actors))


def alliance(days: str = "2020", published: str = "2020-02-01", kind: TieKind = TieKind.ALLIANCE) -> Tie:
    return Tie("river-front", kind, "reach-army", parse_days(days), published=parse_days(published))


@pytest.mark.parametrize(("day", "value"), [("2019-10-31", "no"), ("2019-11-01", "yes"), ("2030-01-01", "yes")])
def test_actor_exists_from_the_first_of_its_days_on(case: Case, day: str, value: str) -> None:
    assert exists(case, day, value).state is CheckState.PASSED
    assert exists(case, day, "no" if value == "yes" else "yes").state is CheckState.FAILED


@pytest.mark.parametrize("value", ["yes", "no"])
def test_actor_without_days_answers_neither_way(case: Case, value: str) -> None:
    found = exists(case, "2020-05-04", value, "reach-army")
    assert (found.state, found.got) == (CheckState.FAILED, "no days given")
    assert "actors.yaml" in found.way_out


def test_days_of_an_actor_are_hindsight(case: Case) -> None:
    assert exists(case, "2020-05-04", "yes").hindsight


def test_tie_holds_only_inside_its_days(case: Case) -> None:
    assert tie(tied(case, alliance("2020")), "alliance reach-army").state is CheckState.PASSED
    early = tie(tied(case, alliance("2019")), "alliance reach-army")
    assert early.state is CheckState.FAILED and "2019-01-01/2019-12-31" in early.got


def test_tie_counts_from_the_publication_of_its_source(case: Case) -> None:
    known = tied(case, alliance(published="2021-03"))
    assert tie(known, "alliance reach-army", as_of=date(2021, 3, 30)).state is CheckState.FAILED
    found = tie(known, "alliance reach-army", as_of=date(2021, 3, 31))
    assert (found.state, found.known_from, found.hindsight) == (CheckState.PASSED, date(2021, 3, 31), True)


def test_tie_known_on_its_day_is_no_hindsight(case: Case) -> None:
    found = tie(tied(case, alliance(published="2020-05-04")), "alliance reach-army")
    assert (found.known_from, found.hindsight) == (DAY, False)


def test_tie_without_day_of_publication_counts_as_hindsight(case: Case) -> None:
    found = tie(tied(case, alliance(published="")), "alliance reach-army", as_of=DAY)
    assert (found.state, found.known_from, found.hindsight) == (CheckState.PASSED, None, True)


def test_tie_certainly_published_later_does_not_count(case: Case) -> None:
    later = tied(case, alliance(published="2021/.."))
    assert tie(later, "alliance reach-army", as_of=DAY).state is CheckState.FAILED


def test_earliest_of_several_accounts_says_since_when_a_tie_is_known(case: Case) -> None:
    both = tied(case, alliance(published="2020-04-01"), alliance(published="2021-01-01"))
    assert tie(both, "alliance reach-army").known_from == date(2020, 4, 1)


def test_alliance_counts_from_either_side_and_a_backing_does_not(case: Case) -> None:
    assert tie(tied(case, alliance()), "alliance river-front", "reach-army").state is CheckState.PASSED
    backed = tied(case, alliance(kind=TieKind.BACKING))
    assert tie(backed, "backing reach-army").state is CheckState.PASSED
    assert tie(backed, "backing river-front", "reach-army").state is CheckState.FAILED


def test_tie_that_must_not_be_fails_while_it_is_in_force(case: Case) -> None:
    assert tie(tied(case, alliance()), "not alliance reach-army").state is CheckState.FAILED
    gone = tie(tied(case, alliance("2019")), "not alliance reach-army")
    assert (gone.state, gone.hindsight) == (CheckState.PASSED, True)
