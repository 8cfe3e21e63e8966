from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faultline.record.decision import MACHINE, Decision
from faultline.record.errors import UsageError
from faultline.record.vocabulary import Credibility, DecisionKind, Reliability
from faultline.resolve.credibility import Compared, check_rating, credibility, reliability, suggest
from faultline.resolve.lineage import trace
from tests.resolve.newsroom import ARMY_SAID, FRENCH, OWN_WORDS, ids, newsroom, report

CASE = newsroom()
A, B, C, D, E, F = Reliability
OTHER = "Eleven people died when riders fired on traders in Orra, says a witness who reached the hospital of the town."
THIRD = "Reporters saw eleven graves beside the burned stalls of the market in Orra, freshly dug, when they came there."


def rated(reports, *disputes, decisions=()):
    lineages = trace(CASE, reports)
    return suggest(CASE, [Compared("inc_1", tuple(ids(*reports)), disputes)], lineages, decisions)


def only(claims):
    (claim,) = ids(claims)
    return claim


def test_claim_that_two_other_lineages_bear_out_is_confirmed():
    reports = [report("herald", OWN_WORDS), report("courier", OTHER), report("reuters", THIRD)]
    assert {code.credibility for code in rated(reports).values()} == {Credibility.CONFIRMED}


def test_exact_copy_leaves_every_code_as_it_was():
    reports = [report("herald", OWN_WORDS), report("courier", OTHER)]
    copy = report("portal", OWN_WORDS, day="2020-03-09")
    before, after = rated(reports), rated([*reports, copy])
    assert {claim: after[claim] for claim in before} == before
    assert after[only(copy)].credibility == Credibility.PROBABLY_TRUE


def test_ten_copies_of_one_wire_confirm_nothing():
    wire = report("afp", OWN_WORDS)
    copies = [report("herald", f"{OWN_WORDS} (AFP)", day=f"2020-03-{n:02d}") for n in range(3, 13)]
    assert {code.credibility for code in rated([wire, *copies]).values()} == {Credibility.POSSIBLY_TRUE}


def test_two_officials_of_one_party_do_not_confirm_each_other():
    army = report("herald", ARMY_SAID, ("12 rebels were killed", "army of Vardo"))
    minister = report("courier", "Ilo Vane spoke of 12 rebels.", ("12 rebels", "Ilo Vane"))
    assert {code.credibility for code in rated([army, minister]).values()} <= {
        Credibility.POSSIBLY_TRUE,
        Credibility.CANNOT_BE_JUDGED,
    }


def test_claim_outnumbered_by_independent_lineages_is_improbable_and_a_draw_is_doubtful():
    one, two, three = report("herald", OWN_WORDS), report("courier", OTHER), report("reuters", THIRD)
    codes = rated([one, two, three], ((only(one),), (only(two), only(three))))
    assert codes[only(one)].credibility == Credibility.IMPROBABLE
    assert codes[only(two)].credibility == Credibility.PROBABLY_TRUE
    draw = rated([one, two], ((only(one),), (only(two),)))
    assert {code.credibility for code in draw.values()} == {Credibility.DOUBTFUL}


def test_copies_of_one_position_do_not_outnumber_the_other():
    one, two = report("herald", OWN_WORDS), report("courier", OTHER)
    copies = [report("portal", OWN_WORDS, day=f"2020-03-{n:02d}") for n in range(3, 9)]
    codes = rated([one, two, *copies], ((only(two),), tuple(ids(one, *copies))))
    assert codes[only(two)].credibility == Credibility.DOUBTFUL


def test_lone_claim_of_an_unrated_source_cannot_be_judged():
    lone = report("nowhere", OWN_WORDS)
    assert rated([lone])[only(lone)].code == "F6"


def test_counts_of_the_record_stand_beside_the_code():
    reports = [report("herald", OWN_WORDS), report("courier", OTHER)]
    code = rated(reports)[ids(reports[0])[0]]
    assert (code.confirmed, code.contradicted) == (1, 0)
    assert "borne out in 1 and outnumbered in 0 incidents" in code.reason


def test_person_outranks_the_suggestion_the_last_word_counts_and_the_suggestion_stays_in_the_reason():
    lone = report("herald", OWN_WORDS)
    said = [_said(only(lone), "credibility", value, by) for value, by in (("2", "Ana"), ("5", MACHINE), ("4", "Ben"))]
    code = rated([lone], decisions=said)[only(lone)]
    assert (code.code, code.by) == ("C4", "Ben")
    assert "suggested C2" in code.reason or "suggested C3" in code.reason


def test_decision_that_was_taken_back_overrides_nothing():
    lone = report("herald", OWN_WORDS)
    said = _said(only(lone), "reliability", "E", "Ana")
    back = Decision("dec_2", DecisionKind.CORRECT, only(lone), by="Ana", undoes=said.id)
    assert rated([lone], decisions=[said, back])[only(lone)].reliability == C


def _said(claim, slot, value, by):
    made = datetime(2026, 1, 1, tzinfo=UTC)
    return Decision(f"dec_{slot}_{value}", DecisionKind.CORRECT, claim, slot=slot, value=value, by=by, made=made)


@pytest.mark.parametrize(("slot", "value"), [("credibility", "0"), ("reliability", "G"), ("place", "B")])
def test_rating_off_the_scale_is_refused(slot, value):
    with pytest.raises(UsageError):
        check_rating(slot, value)


@pytest.mark.parametrize(
    ("prior", "record", "usual", "letter"),
    [
        (C, (0, 0), 0.9, C),  # nothing was compared
        (C, (40, 4), 0.9, C),  # as usual
        (C, (100, 0), 0.8, B),  # surely better
        (C, (2, 8), 0.9, D),  # surely worse
        (B, (100, 0), 0.8, B),  # A is a person's to give
        (A, (2, 8), 0.9, B),
        (E, (0, 20), 0.9, E),  # nothing below
        (F, (4, 0), 0.9, F),  # not enough
        (F, (10, 0), 0.9, C),
        (F, (1, 9), 0.9, D),
    ],
)
def test_letter_moves_one_step_where_the_record_surely_differs(prior, record, usual, letter):
    assert reliability(prior, record, usual) == letter


def test_unrated_party_is_not_judged_by_others_reporting_the_same():
    rows = [
        (
            report("herald", f"{ARMY_SAID} Number {n}.", ("12 rebels were killed", "OLF")),
            report("courier", f"{OTHER} {n}"),
        )
        for n in range(8)
    ]
    reports = [r for row in rows for r in row]
    lineages = trace(CASE, reports)
    compared = [Compared(f"inc_{n}", tuple(ids(*row))) for n, row in enumerate(rows)]
    code = suggest(CASE, compared, lineages)[ids(rows[0][0])[0]]
    assert (code.reliability, code.confirmed) == (F, 8)


@given(st.integers(0, 6), st.integers(0, 6), st.sampled_from(list(Reliability)))
def test_more_agreement_never_lowers_credibility_and_more_contradiction_never_raises_it(agreeing, against, letter):
    here = credibility(letter, agreeing, against)
    if against or agreeing:  # "cannot be judged" stands outside the order
        assert credibility(letter, agreeing + 1, against) <= here
        assert credibility(letter, agreeing, against + 1) >= here


def test_order_of_incidents_and_claims_does_not_matter():
    reports = [report("herald", OWN_WORDS), report("courier", OTHER), report("gazette", FRENCH, language="fr")]
    lineages, claims = trace(CASE, reports), ids(*reports)
    one, two = Compared("inc_1", tuple(claims)), Compared("inc_2", tuple(claims[:1]))
    assert suggest(CASE, [one, two], lineages) == suggest(CASE, [two, one], lineages)
