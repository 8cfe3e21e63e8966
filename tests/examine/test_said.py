"""What an assertion itself names, and what its coder took from elsewhere."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from tests.examine.articles import NOW, grounds, report, small_case

from faultline.case import Case
from faultline.examine.alike import told_by
from faultline.examine.assertions import assertions_of
from faultline.examine.examiner import examine
from faultline.record import examination
from faultline.record.actor import Tie
from faultline.record.claim import Claim, Slot
from faultline.record.days import Days, parse_days
from faultline.record.examination import AssertionForm
from faultline.record.text import Candidate, Span
from faultline.record.vocabulary import Action, Kind, SlotName, TieKind, Verdict
from faultline.resolve.happening import Context
from faultline.resolve.report import Report

WORDS = "The downing of a helicopter was claimed"


def slot(name: SlotName, value: str, rule: str = "subject", known: bool = True) -> Slot:
    return Slot(name, value, Span(0, 3), rule, "", 1.0, (Candidate(value, 1.0, ""),) if known else ())


def article(case: Case, kind: Kind, subtype: str, slots: Sequence[Slot], *more: Claim) -> Report:
    """An article of one sentence whose only fact is that claim."""
    made = report(case, f"{WORDS}.", "three", "2024-03-05")
    action = Action.ASSAULT if kind is Kind.EVENT else None
    span = Span(0, len(WORDS))
    claim = Claim("clm_1", made.document, kind, span, action=action, subtype=subtype, slots=tuple(slots))
    return replace(made, claims=(claim, *more))


def verdict(case: Case, read: Report) -> examination.Tested:
    (found,) = examine(*[grounds(case, read, [])] * 2).asserted
    return found.now


def test_attackers_of_the_whole_story_are_no_party_of_the_sentence(case: Case) -> None:
    guessed = article(case, Kind.EVENT, "shoot_down", (slot(SlotName.ACTOR, "army", "attackers of the story"),))
    assert told_by(Context(case), guessed, guessed.claims[0]).parties == frozenset()
    said = article(case, Kind.EVENT, "shoot_down", (slot(SlotName.ACTOR, "army"),))
    assert told_by(Context(case), said, said.claims[0]).parties == {"army"}


@pytest.mark.parametrize(("named", "facts"), [(False, 0), (True, 1)])
def test_act_that_was_read_into_an_arrow_is_none_unless_it_names_somebody(case: Case, named: bool, facts: int) -> None:
    parts = [slot(SlotName.PLACE, "sudbury", "place of the story"), slot(SlotName.RECIPIENT, "others", known=False)]
    parts += [slot(SlotName.ACTOR, "red")] if named else []
    arrow = Slot(SlotName.ARROW, "+talks > +control", Span(4, 11))
    more = Claim("clm_2", "", Kind.ASSESSMENT, Span(4, 11), subtype="mechanism", slots=(arrow,))
    found = article(case, Kind.EVENT, "deployment", parts, more)
    assert sum(form is AssertionForm.FACT for _, form, _ in assertions_of(found)) == facts


def test_number_and_place_that_are_missing_are_named(case: Case) -> None:
    losses = verdict(case, article(case, Kind.QUANTITY, "losses_unspecified", ()))
    assert losses.verdict is Verdict.NOT_TESTABLE and "no number" in losses.why
    parts = (slot(SlotName.ACTOR, "army"), slot(SlotName.PLACE, "north", known=False))
    taken = verdict(case, article(case, Kind.EVENT, "recapture", parts))
    assert "'north' is no place that the case knows" in taken.why and "which towns" in taken.would_change


@pytest.mark.parametrize(("day", "known"), [("2023/..", True), ("2010/2012", False), ("unknown", False)])
def test_who_is_backed_by_nobody_named_is_looked_up_in_the_ties(tmp_path: Path, day: str, known: bool) -> None:
    plain = small_case(tmp_path)
    backer = replace(
        plain.actors[0], ties=(Tie("red", TieKind.BACKING, "army", Days() if day == "unknown" else parse_days(day)),)
    )
    case = replace(plain, actors=(backer, *plain.actors[1:]))
    found = verdict(case, article(case, Kind.RELATION, "backing", (slot(SlotName.RECIPIENT, "army"),)))
    assert (found.verdict is Verdict.SUPPORTED) == known
    assert found.as_of == NOW and ("red backing army" in found.why) == known
