from dataclasses import replace
from datetime import date

import pytest

from faultline.evidence import ClaimFilter
from faultline.publish.question import Question
from faultline.record.errors import UsageError
from faultline.record.vocabulary import Kind
from tests.publish.hand import HandDesk

SPRING = ClaimFilter(first_day=date(2019, 2, 1), last_day=date(2020, 3, 31))


def test_within_leaves_out_what_reaches_over_the_period(desk: HandDesk) -> None:
    snapshot = desk.snapshot()
    overlapping = [claim.subtype for claim in Question(SPRING).claims(snapshot)]
    within = [claim.subtype for claim in Question(replace(SPRING, within=True)).claims(snapshot)]
    assert "holds" in overlapping and "holds" not in within  # since February 2019, without an end
    assert sorted(within) == ["ambush", "fatalities", "taken"]


@pytest.mark.parametrize("within", [False, True])
def test_a_count_and_the_list_behind_it_agree(desk: HandDesk, within: bool) -> None:
    snapshot, question = desk.snapshot(), Question(replace(SPRING, within=within))
    claims = list(question.claims(snapshot))
    assert question.count(snapshot) == len(claims)
    by_kind = question.counts(snapshot, "kind")
    assert by_kind == {kind: sum(claim.kind == kind for claim in claims) for kind in by_kind}
    assert sum(by_kind.values()) == len(claims)


def test_months_of_the_ledger_are_what_within_a_month_lists(desk: HandDesk) -> None:
    snapshot = desk.snapshot()
    month = ClaimFilter(first_day=date(2020, 3, 1), last_day=date(2020, 3, 31))
    assert snapshot.counts("month")["2020-03"] == Question(replace(month, within=True)).count(snapshot)


def test_limit_and_offset_page_through_the_same_list(desk: HandDesk) -> None:
    snapshot, whole = desk.snapshot(), Question(replace(SPRING, within=True))
    pages = [
        Question(ClaimFilter(first_day=SPRING.first_day, last_day=SPRING.last_day, limit=2, offset=n, within=True))
        for n in (0, 2)
    ]
    assert [c.id for page in pages for c in page.claims(snapshot)] == [c.id for c in whole.claims(snapshot)]


def test_given_claims_cannot_be_counted_by_slots_and_it_says_so(desk: HandDesk) -> None:
    among = frozenset(claim.id for claim in Question(SPRING).claims(desk.snapshot()))
    with pytest.raises(UsageError):
        Question(SPRING, among).counts(desk.snapshot(), "actor")


def test_only_and_first_narrow_a_question(desk: HandDesk) -> None:
    found = list(Question().only(Kind.EVENT).first(1).claims(desk.snapshot()))
    assert [claim.kind for claim in found] == [Kind.EVENT]
