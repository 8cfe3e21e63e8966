"""Errors: what they say, and that they travel."""

import pickle

import pytest

from faultline.record.errors import CaseError, FaultlineError, InputError, NotFoundError, StoreError, UsageError


def test_a_message_says_where_got_expected_and_the_way_out() -> None:
    error = UsageError("case.yaml:3", "'2013-02-29'", "a day", "Correct the day.")
    assert str(error) == "case.yaml:3: got '2013-02-29', expected a day. Correct the day."
    assert str(NotFoundError("claim clm_1")) == "claim clm_1"


def test_every_sort_of_error_has_an_exit_code_of_its_own() -> None:
    kinds = _all_kinds(FaultlineError)
    codes = {kind.exit_code for kind in kinds if kind.__module__ == FaultlineError.__module__}
    assert codes == {1, 2, 3, 4, 5, 6, 7, 8}


@pytest.mark.parametrize(
    "error",
    [
        UsageError("a", "b", "c", "d"),
        InputError("a", "b"),
        StoreError("a"),
        CaseError("cases/x", (UsageError("actors.yaml:3", "x", "y"), UsageError("b")), "Correct them."),
        CaseError("cases/x"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_an_error_comes_out_of_a_worker_process_as_it_was(error: FaultlineError) -> None:
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again)) == (type(error), str(error))
    problems = [str(problem) for problem in getattr(error, "problems", ())]
    assert [str(problem) for problem in getattr(again, "problems", ())] == problems


def test_a_case_error_counts_its_problems() -> None:
    assert "2 problems" in str(CaseError("cases/x", (UsageError("a"), UsageError("b"))))


def _all_kinds(kind: type[FaultlineError]) -> set[type[FaultlineError]]:
    return {kind}.union(*(_all_kinds(below) for below in kind.__subclasses__()))
