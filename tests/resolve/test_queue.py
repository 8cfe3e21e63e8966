"""What a reviewer is asked first."""

from dataclasses import replace

from faultline.record.decision import Decision
from faultline.record.vocabulary import DecisionKind
from faultline.resolve.deciding import Reviewer, on_claim, on_pair
from faultline.resolve.queue import Question, questions
from faultline.resolve.report import Report
from tests.resolve.hand import Say, report, toll, world_of

ATTACK = Say("attacked Tarn", days="2020-05-12", places=("tarn",))


def telling(who: str, dead: int, attack: Say = ATTACK) -> Report:
    text = f"{who} attacked Tarn. {dead} people died."
    return report(text, "2020-05-13", attack, toll(f"{dead} people died", dead, places=attack.places))


def asked(*reports: Report, decisions: tuple[Decision, ...] = ()) -> tuple[Question, ...]:
    return questions(world_of(*reports, decisions=decisions))


def test_pair_is_asked_with_the_machines_probability_and_whether_it_joined_them() -> None:
    (question,) = asked(telling("Gunmen", 4), telling("Men", 4))
    assert (question.asks, question.probability, question.merged) == ("pair", 0.8, True)


def test_more_deaths_rank_higher() -> None:
    far = replace(ATTACK, places=("sull",))
    few, many = telling("Gunmen", 1), telling("Gunmen", 60, far)
    first, second = asked(few, telling("Men", 1), many, telling("Men", 60, far))
    assert first.rank > second.rank
    assert {first.subject, first.object} <= {c.id for r in (many, telling("Men", 60, far)) for c in r.claims}


def test_what_was_decided_is_not_asked_again() -> None:
    reports = (telling("Gunmen", 4), telling("Men", 4))
    pair = (reports[0].claims[0].id, reports[1].claims[0].id)
    for kind in (DecisionKind.SAME_AS, DecisionKind.NOT_SAME):
        assert asked(*reports, decisions=(on_pair(world_of(*reports), kind, pair, Reviewer("Ana")),)) == ()


def test_incident_that_somebody_worked_on_is_less_new() -> None:
    reports = (telling("Gunmen", 4), telling("Men", 4), telling("Fighters", 4))
    before = max(question.rank for question in asked(*reports))
    pair = (reports[0].claims[0].id, reports[1].claims[0].id)
    decision = on_pair(world_of(*reports), DecisionKind.SAME_AS, pair, Reviewer("Ana"))
    after = asked(*reports, decisions=(decision,))
    assert after and max(question.rank for question in after) < before


def test_doubtful_reading_with_many_deaths_is_asked_until_somebody_accepts_it() -> None:
    doubtful = replace(toll("40 people died", 40), confidence=0.3, places=("tarn",))
    read = report("40 people died.", "2020-05-13", doubtful)
    (question,) = asked(read)
    assert (question.asks, question.subject) == ("claim", read.claims[0].id)
    accepted = on_claim(world_of(read), DecisionKind.ACCEPT, read.claims[0].id, Reviewer("Ana"))
    assert asked(read, decisions=(accepted,)) == ()


def test_decision_whose_claim_is_gone_comes_first() -> None:
    lost = Decision("dec_1", DecisionKind.REJECT, "clm_gone", quote="words that no text has", by="Ana")
    first, *_ = asked(telling("Gunmen", 4), telling("Men", 4), decisions=(lost,))
    assert (first.asks, first.lost) == ("decision", lost)
