"""An article's assertions against what others report, and its slips."""

from tests.examine.articles import THEN, grounds, report

from faultline.case import Case
from faultline.examine import examine
from faultline.examine.assertions import assertions_of
from faultline.examine.levels import measures, missing
from faultline.examine.mechanisms import measures_of
from faultline.examine.slips import slips_of
from faultline.measure import MEASURES
from faultline.record.examination import Asserted, AssertionForm
from faultline.record.vocabulary import Verdict
from faultline.resolve.report import Report


def facts_of(case: Case, text: str, others: list[Report]) -> list[Asserted]:
    article = report(case, text, "three", "2024-03-20/2024-03-31")
    found = examine(grounds(case, article, others, THEN), grounds(case, article, others))
    return [one for one in found.asserted if one.form is AssertionForm.FACT]


ATTACK = "Red Front attacked the army in Nordale on 5 March 2024, killing 12 soldiers."
HEARD = "In Nordale people fled when gunmen of the Red Front stormed a barracks on 5 March 2024, a trader said."


def test_fact_that_an_independent_report_tells_is_supported_with_its_voice(case: Case) -> None:
    others = [report(case, HEARD, "one", "2024-03-06")]
    [first, *_] = facts_of(case, ATTACK, others)
    assert first.then.verdict is Verdict.SUPPORTED and first.then.voices == 1
    assert first.then.supporting and first.now.verdict is Verdict.SUPPORTED


def test_what_was_published_later_is_no_evidence_then(case: Case) -> None:
    others = [report(case, HEARD, "one", "2024-06-06")]
    [first, *_] = facts_of(case, ATTACK, others)
    assert (first.then.verdict, first.now.verdict) == (Verdict.NOT_TESTABLE, Verdict.SUPPORTED)


def test_article_and_what_retells_it_are_no_evidence_for_it(case: Case) -> None:
    retold = report(case, ATTACK + " It said so.", "one", "2024-03-06", '{"examined": "article"}')
    [first, *_] = facts_of(case, ATTACK, [retold])
    assert first.then.verdict is Verdict.NOT_TESTABLE


def test_silent_record_contradicts_nothing(case: Case) -> None:
    [first, *_] = facts_of(case, ATTACK, [])
    assert first.now.verdict is Verdict.NOT_TESTABLE and first.now.would_change


def test_place_in_the_wrong_part_of_the_country_is_a_slip(case: Case) -> None:
    article = report(case, "Red Front attacked the army in Nordale in the south of the country.", "three", "2024-03-20")
    assert [slip.kind for slip in slips_of(grounds(case, article, []))] == ["place"]
    right = report(case, "Red Front attacked the army in Nordale in the north of the country.", "three", "2024-03-20")
    assert list(slips_of(grounds(case, right, []))) == []


def test_total_without_a_period_is_a_slip_and_with_one_is_none(case: Case) -> None:
    article = report(case, "A total of 106 peacekeepers have been killed.", "three", "2024-03-20")
    assert [slip.kind for slip in slips_of(grounds(case, article, []))] == ["period"]
    dated = report(case, "A total of 106 peacekeepers have been killed since 2013.", "three", "2024-03-20")
    assert list(slips_of(grounds(case, dated, []))) == []


def test_every_level_names_measures_that_exist_or_says_what_is_missing() -> None:
    names = {measure.name for measure in MEASURES}
    assert {name for found in measures().values() for name in found} <= names
    assert all(text and level not in measures() for level, text in missing().items())


def test_arrow_asks_for_feedback_and_comparison_for_escalation() -> None:
    assert measures_of(("control",), AssertionForm.ARROW) == ("control", "feedback")
    assert measures_of((), AssertionForm.COMPARISON) == ("escalation",)
    assert measures_of(("army_strength",), AssertionForm.MECHANISM) == ()


def test_every_claim_of_the_article_is_an_assertion(case: Case) -> None:
    article = report(case, ATTACK + " Analysts expect more attacks in Midtown.", "three", "2024-03-20")
    assert [claim.id for claim, _, _ in assertions_of(article)] == [claim.id for claim in article.claims]


def test_incident_of_the_same_day_elsewhere_and_by_others_supports_nothing(case: Case) -> None:
    other = "The army arrested a trader in Farnorth on 5 March 2024, a driver said."
    [first, *_] = facts_of(case, ATTACK, [report(case, other, "one", "2024-03-06")])
    assert first.now.verdict is Verdict.NOT_TESTABLE


def test_act_that_others_date_two_days_earlier_is_contradicted_in_when(case: Case) -> None:
    [first, *_] = facts_of(case, ATTACK.replace("5 March", "7 March"), [report(case, HEARD, "one", "2024-03-06")])
    assert first.now.verdict is Verdict.CONTRADICTED and first.now.why.startswith("when")


def test_report_of_the_articles_own_days_that_retells_it_under_another_name_is_no_evidence(case: Case) -> None:
    retold = report(case, ATTACK + " It said so.", "one", "2024-03-21", '{"examined": "the-piece-2024"}')
    [first, *_] = facts_of(case, ATTACK, [retold])
    assert first.now.verdict is Verdict.NOT_TESTABLE


def test_two_acts_in_one_sentence_do_not_lend_each_other_place_or_day(case: Case) -> None:
    text = (
        "Three soldiers were killed by the Red Front in Nordale on 5 March 2024, and Sudbury was besieged for a time."
    )
    others = [
        report(
            case, "The Red Front killed three soldiers in Nordale on 4 March 2024, a trader said.", "one", "2024-03-06"
        )
    ]
    killed, besieged = facts_of(case, text, others)[:2]
    assert killed.now.verdict is Verdict.CONTRADICTED and "2024-03-04" in killed.now.why
    assert besieged.now.verdict is Verdict.NOT_TESTABLE
