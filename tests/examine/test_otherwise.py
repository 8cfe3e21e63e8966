"""What stands against an assertion and what does not: other acts, other roles, other scopes, in both languages."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from tests.examine.articles import NOW, grounds, report

from faultline.case import Case
from faultline.examine import Grounds
from faultline.examine.presence import presence_tested
from faultline.examine.said import said_tested
from faultline.examine.slips import slips_of
from faultline.record import examination
from faultline.record.actor import Actor, Alias, Tie
from faultline.record.claim import Claim, Slot
from faultline.record.days import parse_days
from faultline.record.text import Candidate, Span
from faultline.record.vocabulary import ActorKind, Kind, SlotName, TieKind, Verdict

SAID = "2024-03-20/2024-03-31"
Told = Sequence[tuple[str, str]]


def _country(case: Case) -> Case:
    """The small country with two people, a force from abroad, and the state that it backs."""
    days, public = parse_days("2022-01-10/2023-06-05"), parse_days("2022-01-12")
    tie = Tie("legion", TieKind.BACKING, "army", days, published=public)
    home = replace(case.places[0], id="home", name="Varda", feature="PCLI", country=case.countries[0])
    people = (("ana", "Ana Lund"), ("bo", "Bo Marek"))
    actors = (
        Actor("guard", "Blue Guard", ActorKind.FOREIGN_FORCE, (Alias("Blue Guard"),)),
        Actor("legion", "Iron Legion", ActorKind.PRIVATE_MILITARY, (Alias("Iron Legion"),), ties=(tie,)),
        *(Actor(id, name, ActorKind.PERSON, (Alias(name),)) for id, name in people),
    )
    army = replace(case.actors[1], aliases=(*case.actors[1].aliases, Alias("l'armée"), Alias("army")))
    return replace(case, actors=(case.actors[0], army, *actors), places=(*case.places, home))


def _grounds(case: Case, text: str, told: Told, language: str = "en") -> Grounds:
    others = [report(case, said, ("one", "two")[k % 2], day, language=language) for k, (said, day) in enumerate(told)]
    return grounds(case, report(case, text, "three", SAID, language=language), others, NOW)


def _tested(case: Case, text: str, told: Told, language: str = "en") -> examination.Tested:
    made = _grounds(case, text, told, language)
    claim = next(c for c in made.article.claims if c.kind in (Kind.EVENT, Kind.TALK, Kind.CONTROL, Kind.RESTRICTION))
    return said_tested(made, claim, ())


@pytest.mark.parametrize(
    ("language", "said", "told"),
    [
        (
            "en",
            "Red Front attacked the army in Nordale on 12 March 2024.",
            "The army attacked Red Front in Nordale on 12 March 2024.",
        ),
        (
            "fr",
            "Red Front a attaqué l'armée à Nordale le 12 mars 2024.",
            "L'armée a attaqué Red Front à Nordale le 12 mars 2024.",
        ),
    ],
)
def test_attack_of_the_one_on_the_other_does_not_support_one_the_other_way(
    case: Case, language: str, said: str, told: str
) -> None:
    made = _country(case)
    assert _tested(made, said, [(told, "2024-03-13")], language).verdict is Verdict.NOT_TESTABLE
    same = {
        "en": "Traders shut the market of Nordale when, on 12 March 2024, the army was attacked by Red Front.",
        "fr": "Les marchands de Nordale ont fui. Le 12 mars 2024, l'armée y a été attaquée par Red Front.",
    }
    assert _tested(made, said, [(same[language], "2024-03-13")], language).verdict is Verdict.SUPPORTED


@pytest.mark.parametrize(
    ("language", "said", "told"),
    [
        ("en", "Blue Guard has withdrawn from Varda.", "Blue Guard withdrew from Nordale on 2 March 2024."),
        ("fr", "Blue Guard s'est retiré de Varda.", "Blue Guard s'est retiré de Nordale le 2 mars 2024."),
    ],
)
def test_withdrawal_from_a_town_is_none_from_the_country(case: Case, language: str, said: str, told: str) -> None:
    found = _tested(_country(case), said, [(told, "2024-03-03"), (f"{told} So.", "2024-03-03")], language)
    assert found.verdict is Verdict.NOT_TESTABLE


@pytest.mark.parametrize(
    ("language", "said", "verdict"),
    [
        ("en", "Iron Legion had operated in Varda since January 2022.", Verdict.SUPPORTED),
        ("en", "Iron Legion withdrew from Varda in June 2023.", Verdict.SUPPORTED),
        ("en", "Iron Legion withdrew from Varda in June 2022.", Verdict.NOT_TESTABLE),
        ("fr", "Iron Legion s'est retiré de Varda en juin 2023.", Verdict.SUPPORTED),
    ],
)
def test_coming_and_leaving_of_a_force_from_abroad_are_told_by_its_ties(
    case: Case, language: str, said: str, verdict: Verdict
) -> None:
    found = _tested(_country(case), said, [], language)
    assert found.verdict is verdict
    assert found.verdict is Verdict.NOT_TESTABLE or found.why.startswith("in the case")


def test_meeting_on_a_visit_dates_no_arrival(case: Case) -> None:
    made = _country(case)
    said = "Ana Lund arrived in Nordale on 10 March 2024 for a visit to Bo Marek."
    told = [("Ana Lund met Bo Marek in Nordale on 11 March 2024, aides said.", "2024-03-12")]
    grounds = _grounds(made, said, told)
    assert not [slip for slip in slips_of(grounds) if slip.kind == "day"]
    assert _tested(made, said, told).verdict is not Verdict.CONTRADICTED


def test_meeting_of_the_same_two_on_another_day_is_another_day_of_it(case: Case) -> None:
    said = "Ana Lund met Bo Marek on 10 March 2024."
    told = [("Ana Lund met Bo Marek on 9 March 2024, aides said.", "2024-03-12")]
    assert _tested(_country(case), said, told).verdict is Verdict.CONTRADICTED


def test_attacks_of_three_days_running_are_no_other_days_of_one(case: Case) -> None:
    said = "Red Front attacked the army in Nordale on 10 March 2024."
    words = "Traders shut the market of Nordale when, on {} March 2024, the army was attacked by Red Front."
    found = _tested(_country(case), said, [(words.format(day), "2024-03-13") for day in (10, 11, 12)])
    assert found.verdict is Verdict.SUPPORTED and not found.against


def test_who_did_it_is_not_supported_by_reports_that_name_nobody(case: Case) -> None:
    said = "Red Front shot down a helicopter of the army in Nordale on 10 March 2024."
    told = [
        (
            "Over Nordale, traders say, on 10 March 2024 one of the army's two helicopters was shot down.",
            "2024-03-11",
        )
    ]
    found = _tested(_country(case), said, told)
    assert found.verdict is Verdict.MIXED and "none of them says" in found.why


def test_holder_that_reports_do_not_name_is_contradicted_though_none_is_sure(case: Case) -> None:
    told = [
        (f"Red Front took Nordale on {day} March 2024, he said. Red Front holds Nordale.", "2024-03-17")
        for day in (15, 16)
    ]
    found = _tested(_country(case), "The army holds Nordale.", told)
    assert found.verdict is Verdict.CONTRADICTED and "of what is said here" in found.why
    assert _tested(_country(case), "Red Front holds Nordale.", told).verdict is Verdict.SUPPORTED


def test_ban_of_one_that_lapsed_contradicts_no_ban_of_another(case: Case) -> None:
    told = [("Bo Marek imposed a curfew in Nordale on 1 March 2020, he said.", "2020-03-02")]
    found = _tested(_country(case), "Ana Lund imposed a curfew in Nordale on 10 March 2024.", told)
    assert found.verdict is Verdict.NOT_TESTABLE


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "The losses sustained by the army weigh on all."),
        ("en", "The army suffered heavy losses."),
        ("fr", "Les pertes subies par l'armée pèsent sur tous."),
    ],
)
def test_losses_of_no_number_are_told_by_whom_others_count(case: Case, language: str, said: str) -> None:
    told = [
        ("Shops of Nordale shut when, on 5 March 2024, Red Front attacked the army there, killing 12.", "2024-03-06")
    ]
    made = _grounds(_country(case), said, [])
    lost = [c for c in made.article.claims if c.kind is Kind.QUANTITY]
    for claim in lost:
        assert said_tested(made, claim, ()).verdict is Verdict.NOT_TESTABLE
        others = [report(_country(case), words, "one", day) for words, day in told]
        seen = grounds(_country(case), made.article, others, NOW)
        assert said_tested(seen, claim, ()).verdict is Verdict.SUPPORTED


def test_attack_at_a_place_that_nobody_knows_is_not_shown_to_be_there(case: Case) -> None:
    said = "In March 2024 Red Front attacked the army in Zedtown."
    told = [
        ("Traders shut the market of Nordale when, on 5 March 2024, the army was attacked by Red Front.", "2024-03-06")
    ]
    found = _tested(_country(case), said, told)
    assert found.verdict is Verdict.MIXED and "'Zedtown' is no place that the case knows" in found.why


def test_offensive_of_nobody_named_is_told_by_the_places_of_its_days(case: Case) -> None:
    told = [
        ("Shops of Nordale shut when, on 5 March 2024, Red Front attacked the army there.", "2024-03-06"),
        ("Smoke stood over Midtown: on 5 March 2024 Red Front shelled its barracks.", "2024-03-06"),
        ("A bridge near Sudbury was attacked by Red Front on 5 March 2024, say farmers.", "2024-03-06"),
    ]
    found = _tested(_country(case), "The offensive that unfolded on 5 March 2024 changes all.", told)
    assert found.verdict is Verdict.SUPPORTED and "at 3 places" in found.why


def test_siege_of_two_days_in_the_weeks_before_is_found(case: Case) -> None:
    told = [
        (
            "Red Front has besieged Nordale since 12 March 2024, residents said. The siege of Nordale goes on.",
            "2024-03-13",
        ),
        ("Carts rolled again: Red Front took Nordale on 13 March 2024, a clerk told a paper.", "2024-03-14"),
    ]
    found = _tested(_country(case), "The post at Nordale is surrounded.", told)
    assert found.verdict is Verdict.SUPPORTED


def test_force_that_operated_in_the_country_is_told_by_its_tie_whatever_its_verb_was_coded_as(case: Case) -> None:
    text = "Iron Legion opérait dans le pays depuis janvier 2022."
    slots = (
        Slot(SlotName.ACTOR, "Iron Legion", candidates=(Candidate("legion"),)),
        Slot(SlotName.PLACE, "le pays", candidates=(Candidate("home"),)),
    )
    made, days = _grounds(_country(case), text, [], "fr"), parse_days("2022-01-01/2024-03-31")
    claim = Claim("clm_x", "doc", Kind.EVENT, Span(0, len(text)), subtype="other", days=days, slots=slots)
    found = presence_tested(made, claim)
    assert found is not None and found.verdict is Verdict.SUPPORTED
    since = replace(claim, days=parse_days("2020-01-01/2024-03-31"))
    assert presence_tested(made, since) is None  # nobody dates it so early
