"""An article's assertions against what others report, and its slips."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.resolve.standin import standin

from faultline.case import Case, load_case, new_case
from faultline.coding.coder import make_coder
from faultline.examine import Grounds, examine
from faultline.examine.assertions import assertions_of
from faultline.examine.mechanisms import measures, measures_of, missing
from faultline.examine.slips import slips_of
from faultline.measure import MEASURES, Sight
from faultline.record.actor import Actor, Alias
from faultline.record.days import parse_days
from faultline.record.examination import Asserted, AssertionForm
from faultline.record.ids import bytes_hash, document_id
from faultline.record.place import Place
from faultline.record.text import Document, Filing, Source
from faultline.record.vocabulary import ActorKind, SourceKind, Verdict
from faultline.resolve.report import Report

THEN, NOW = date(2024, 3, 31), date(2025, 1, 1)


@pytest.fixture
def case(tmp_path: Path) -> Case:
    new_case(tmp_path / "case", "A case")
    made = load_case(tmp_path / "case")
    country = made.countries[0]
    actors = (
        Actor("red", "Red Front", ActorKind.ARMED_GROUP, (Alias("Red Front"),)),
        Actor("army", "the army", ActorKind.STATE_FORCE, (Alias("the army"),)),
    )
    places = tuple(
        Place(name.lower(), name, latitude, 1.0, 5.0, feature="PPL", country=country)
        for name, latitude in (("Nordale", 20.0), ("Midtown", 15.0), ("Sudbury", 10.0), ("Farnorth", 22.0))
    )
    sources = tuple(Source(name, name, SourceKind.OUTLET, family=name) for name in ("one", "two", "three"))
    return replace(made, actors=actors, places=places, sources=sources)


def report(case: Case, text: str, source: str, published: str, extra: str = "") -> Report:
    content = text.encode()
    document = Document(document_id(content), bytes_hash(content), "text/plain", text)
    filing = Filing(f"{source}.txt", document.id, source, language="en", published=parse_days(published), extra=extra)
    return Report(filing, text, make_coder(case, parser=False).code(document, filing).claims)


def grounds(case: Case, article: Report, others: list[Report], as_of: date = NOW) -> Grounds:
    seen = tuple(r for r in others if (r.filing.published.last_day or date.max) <= as_of)
    claims = tuple(claim for one in seen for claim in one.claims)
    filings = {one.document: one.filing for one in seen}
    sight = Sight(case, as_of, claims=claims, filings=filings)
    return Grounds(sight, seen, (), standin, article, "article")


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
