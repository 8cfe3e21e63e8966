"""Classes of assertions, each by sentences of its own in both languages: what they ask, and what answers them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from tests.examine.articles import NOW, grounds, report
from tests.measure.worlds import FRAME, table

from faultline.case import Case
from faultline.examine.after import after_tested
from faultline.examine.arrows import arrow_tested, arrows_of
from faultline.examine.asks import asked_by
from faultline.examine.described import Matched, there
from faultline.examine.earlier import earlier_tested, in_turn
from faultline.examine.grounds import Grounds
from faultline.examine.holding import loosened_tested, part_said, part_tested
from faultline.examine.leads import counted, lead
from faultline.examine.often import often_tested
from faultline.examine.sentences import Named
from faultline.examine.states import siege_tested
from faultline.examine.together import together_tested
from faultline.measure.chance import generator
from faultline.measure.events import Events
from faultline.record.actor import Actor, Alias, Tie
from faultline.record.claim import Claim, Slot
from faultline.record.days import Days, parse_days
from faultline.record.declared import Coalition, Declared
from faultline.record.finding import Told
from faultline.record.text import Candidate, Span
from faultline.record.vocabulary import ActorKind, Kind, Modality, SlotName, TieKind, Verdict

DAY = date(2024, 3, 1)
NOBODY = Named(frozenset(), frozenset(), frozenset())


@pytest.mark.parametrize(
    ("also", "words"),
    [
        ("loosened", "The army's hold on the town has become conditional."),
        ("loosened", "Control of the north is fragile."),
        ("loosened", "The garrison's grip is slipping under fire."),
        ("loosened", "Le contrôle de la ville est devenu précaire."),
        ("loosened", "L'autorité de l'État y est fragile."),
        ("loosened", "Une emprise contestée sur le centre."),
        ("first", "For the first time the two groups fought side by side."),
        ("first", "The town had never before been besieged."),
        ("first", "C'est la première fois : pour la première fois les deux groupes se sont alliés."),
        ("first", "Un siège inédit."),
        ("rare", "Such alliances have rarely been seen."),
        ("rare", "The two were seldom seen side by side."),
        ("rare", "Une telle alliance a rarement été vue."),
        ("pattern", "The loss of the aircraft is part of a pattern."),
        ("pattern", "A wave of kidnappings hit the valley."),
        ("pattern", "Une série d'enlèvements a frappé la vallée."),
        ("often", "Attacks on the road have become a weekly occurrence."),
        ("often", "Soldiers die there almost daily."),
        ("often", "Les attaques y sont quotidiennes."),
        ("together", "The two groups struck side by side."),
        ("together", "A joint attack of Red Front and Blue Line."),
        ("together", "L'action simultanée des deux groupes."),
        ("most", "Red Front is the most active of the groups."),
        ("most", "It is the deadliest group of the valley."),
        ("most", "Red Front, le plus actif des groupes, a revendiqué l'attaque."),
    ],
)
def test_words_ask_for_their_class(also: str, words: str) -> None:
    assert also in asked_by(words, DAY).also


@pytest.mark.parametrize(
    ("words", "infers"),
    [
        ("The curfew indicates that the capital is afraid.", True),
        ("This suggests that the state is losing.", True),
        ("Cela montre que l'État perd la main.", True),
        ("Reports point to clashes around the camp.", False),
        ("Available information indicates that the town was surrounded.", False),
        ("Des témoins et des sources indiquent que la ville fut encerclée.", False),
    ],
)
def test_what_reports_show_is_no_inference(words: str, infers: bool) -> None:
    assert asked_by(words, DAY).infers is infers


@pytest.mark.parametrize(
    ("words", "part"),
    [
        ("The army reasserted control over the north.", "north"),
        ("The army holds the southern towns.", "south"),
        ("The army controls the north of the country.", "north"),
        ("L'armée tient le nord du pays.", "north"),
        ("Le camp au nord de Midtown.", ""),
        ("L'armée contrôle le nord.", "north"),
        ("Red Front took a post north of Midtown.", ""),
        ("From the north to the south the army holds.", ""),
    ],
)
def test_part_of_the_country_is_one_and_no_direction(words: str, part: str) -> None:
    assert part_said(words) == part


# Control ----------------------------------------------------------------------------------------------------------


def _held(case: Case, told: Sequence[tuple[str, str]], text: str, published: str = "2024-03-20/2024-03-31") -> Grounds:
    others = [report(case, said, ("one", "two")[k % 2], day) for k, (said, day) in enumerate(told)]
    found = grounds(case, report(case, text, "three", published), others, NOW)
    declared = replace(found.sight.declared, defender="army")
    return replace(found, sight=replace(found.sight, declared=declared))


HELD = "Red Front took Nordale on 10 February 2024, residents said. Red Front holds Nordale."
LOST = "The army retook Nordale on 10 March 2024, residents said. The army holds Nordale."


def test_control_that_passed_to_others_is_no_longer_sure(case: Case) -> None:
    told = [(HELD, "2024-02-12"), (HELD, "2024-02-13"), (LOST, "2024-03-11"), (LOST, "2024-03-12")]
    tested = loosened_tested(_held(case, told, "Its hold on Nordale is conditional."), "its hold on Nordale", "")
    assert tested is not None and tested.verdict is Verdict.SUPPORTED and "what brought it about" in tested.why
    assert tested.supporting


def test_grip_of_a_party_is_its_own_and_not_of_who_held_the_place(case: Case) -> None:
    told = [(HELD, "2024-02-12"), (HELD, "2024-02-13"), (LOST, "2024-03-11"), (LOST, "2024-03-12")]
    made = _held(case, told, "A grip on Nordale is fragile.")
    of_red = loosened_tested(made, "The grip of Red Front on Nordale is fragile", "")
    assert of_red is not None and of_red.verdict is Verdict.SUPPORTED
    of_army = loosened_tested(made, "The grip of the army on Nordale is fragile", "")
    assert of_army is None or of_army.verdict is not Verdict.SUPPORTED


def test_control_that_reports_still_tell_of_is_not_loosened(case: Case) -> None:
    told = [(HELD, "2024-02-12"), (HELD, "2024-03-25"), (HELD, "2024-03-29")]
    made = _held(case, told, "Its hold on Nordale is conditional.")
    tested = loosened_tested(made, "It has become conditional", "Nordale shows it")
    assert tested is not None and tested.verdict is Verdict.CONTRADICTED


def test_place_of_which_nobody_tells_is_no_loosened_control(case: Case) -> None:
    assert loosened_tested(_held(case, [], "Nordale is fragile."), "Nordale is fragile", "") is None


def _taken(names: Sequence[str]) -> list[tuple[str, str]]:
    said = "Red Front took {0} on 2 March 2024, residents said. Red Front holds {0}."
    return [(said.format(name), f"2024-03-0{3 + k}") for k, name in enumerate(names) for _ in range(2)]


def _claim(kind: Kind, words: str, *slots: tuple[SlotName, str], modality: Modality = Modality.ASSERTED) -> Claim:
    made = tuple(
        Slot(name, value, candidates=() if name is SlotName.ARROW else (Candidate(value),)) for name, value in slots
    )
    return Claim("clm_x", "doc", kind, Span(0, len(words)), modality=modality, slots=made)


def test_part_of_the_country_is_held_by_whom_reports_name_at_most_of_its_places(case: Case) -> None:
    words = "Red Front holds the north."
    north = tuple(
        replace(case.places[0], id=f"n{k}", name=name, latitude=20.0 + k / 10)
        for k, name in enumerate(("Aba", "Bebe", "Cece"))
    )
    made = _held(replace(case, places=(*case.places, *north)), _taken(("Aba", "Bebe", "Cece")), words)
    claim = replace(
        _claim(Kind.CONTROL, words, (SlotName.ACTOR, "red")), subtype="holds", days=parse_days("2024-03-10")
    )
    tested = part_tested(made, claim, words)
    assert tested is not None and tested.verdict is Verdict.SUPPORTED and "3 of 3" in tested.why
    denied = part_tested(made, replace(claim, modality=Modality.NEGATED), words)
    assert denied is not None and denied.verdict is Verdict.CONTRADICTED
    few = part_tested(_held(case, _taken(("Nordale",)), words), claim, words)
    assert few is not None and few.verdict is Verdict.NOT_TESTABLE and "3 are needed" in few.why
    assert part_tested(made, claim, "Red Front holds the towns.") is None


# What is described --------------------------------------------------------------------------------------------------


def _matched(n: int) -> Matched:
    return Matched(tuple(("backing", Told(f"loss {k}", Days(DAY, DAY), (), "army", "loss")) for k in range(n)))


def test_sign_of_something_else_supports_no_inference(case: Case) -> None:
    made = grounds(case, report(case, "Losses show a turn.", "three", "2024-03-20"), [])
    found = there(made, _matched(4), asked_by("The losses suggest that the balance turns.", DAY))
    assert found.verdict is Verdict.NOT_TESTABLE and found.why.startswith("what it is taken as a sign of")
    assert there(made, _matched(4), asked_by("Losses are on record.", DAY)).verdict is Verdict.SUPPORTED


def test_one_loss_is_no_pattern_and_a_list_is_told_by_all_its_parts(case: Case) -> None:
    made = grounds(case, report(case, "A loss.", "three", "2024-03-20"), [])
    pattern = asked_by("The loss fits into a pattern of losses.", DAY)
    assert there(made, _matched(1), pattern).verdict is Verdict.NOT_TESTABLE
    assert there(made, _matched(3), pattern).verdict is Verdict.SUPPORTED
    listed = there(made, _matched(3), asked_by("Losses, talks and truces.", DAY), ("talks",))
    assert listed.verdict is Verdict.NOT_TESTABLE and "nothing is told of talks" in listed.why


def test_two_parties_act_together_on_a_day_on_which_acts_of_both_are_told(case: Case) -> None:
    blue = Actor("blue", "Blue Line", ActorKind.ARMED_GROUP, (Alias("Blue Line"),))
    made = replace(case, actors=(*case.actors, blue))
    told = (
        ("Red Front attacked the police in Nordale on 5 March 2024, a trader said.", "one"),
        ("A convoy of grain was stopped when Blue Line attacked the market of Sudbury on 5 March 2024.", "two"),
    )
    others = [report(made, text, source, "2024-03-06") for text, source in told]
    article = report(made, "Red Front and Blue Line act together.", "three", "2024-03-20/2024-03-31")
    both, march = Named(frozenset({"red", "blue"}), frozenset(), frozenset()), parse_days("2024-03-01/2024-03-31")
    tested = together_tested(grounds(made, article, others), both, march)
    assert tested is not None and tested.verdict is Verdict.SUPPORTED and "does not follow" in tested.why
    assert together_tested(grounds(made, article, others[:1]), both, march) is None
    one = Named(frozenset({"red"}), frozenset(), frozenset())
    assert together_tested(grounds(made, article, others), one, march) is None
    assert together_tested(grounds(made, article, others), both, parse_days("2024-03-10/2024-03-31")) is None
    foes = [
        report(made, "Red Front attacked Blue Line in Nordale on 5 March 2024, residents said.", "one", "2024-03-06")
    ]
    foes.append(report(made, "Blue Line attacked Red Front in Nordale on 5 March 2024, he said.", "two", "2024-03-06"))
    assert together_tested(grounds(made, article, foes), both, march) is None


def test_rarity_is_no_verdict_and_names_what_was_told_before(case: Case) -> None:
    tie = Tie("red", TieKind.ALLIANCE, "blue", parse_days("2012-01-01/2012-06-30"), published=parse_days("2012-07-01"))
    actors = (
        replace(case.actors[0], ties=(tie,)),
        case.actors[1],
        Actor("blue", "Blue Line", ActorKind.ARMED_GROUP),
    )
    declared = Declared(coalitions=(Coalition("r", "red side", ("red",)), Coalition("b", "blue side", ("blue",))))
    made = grounds(replace(case, actors=actors), report(case, "Rare.", "three", "2024-03-20"), [])
    made = replace(made, sight=replace(made.sight, declared=declared))
    named = Named(frozenset({"red", "blue"}), frozenset(), frozenset())
    tested = earlier_tested(made, asked_by("Such alliances were rarely seen.", DAY), named, ("armed_coordination",))
    assert tested.verdict is Verdict.NOT_TESTABLE and "is a rate" in tested.why and "2012" in tested.why
    first = earlier_tested(made, asked_by("For the first time they allied.", DAY), named, ("armed_coordination",))
    assert first.verdict is Verdict.NOT_TESTABLE  # a tie of the case without two voices denies nothing


def test_cycle_of_fights_talks_and_withdrawals_needs_them_in_that_order(case: Case) -> None:
    tested = in_turn(grounds(case, report(case, "Cycles.", "three", "2024-03-20"), []), NOBODY)
    assert tested.verdict is Verdict.NOT_TESTABLE and "never told in this order" in tested.why


# Event tables -------------------------------------------------------------------------------------------------------


def _world(gap: int = 0, days: int = 1400, seed: int = 3) -> Events:
    """Attacks of Red Front, and of the army `gap` days after most of them, at random where it is 0."""
    chance = np.random.default_rng(seed)
    red = np.flatnonzero(chance.random(days) < 0.15)
    army = red[chance.random(len(red)) < 0.8] + gap if gap else np.flatnonzero(chance.random(days) < 0.12)
    army = army[army < days]
    who = ["red"] * len(red) + ["army"] * len(army)
    whom = ["army"] * len(red) + ["red"] * len(army)
    return table([*red, *army], [0] * len(who), who, whom)


def _with_table(case: Case, events: Events, words: str = "War.") -> Grounds:
    made = grounds(case, report(case, words, "three", "2024-03-20/2024-03-31"), [])
    declared = Declared(defender="army", draws=199)
    return replace(made, sight=replace(made.sight, tables={FRAME.id: events}, declared=declared))


ENDS = ("insurgency", "state_response")


def _arrow(value: str) -> Claim:
    return _claim(Kind.ASSESSMENT, "War.", (SlotName.ARROW, value))


def test_arrow_is_supported_by_the_order_of_days_with_its_sign_alone(case: Case) -> None:
    made = _with_table(case, _world(gap=4))
    verdicts = {
        value: arrow_tested(made, _arrow(value), ()).verdict
        for value in (
            "+insurgency > +state_response",
            "+insurgency > -state_response",
            "+insurgency > +state_response (denied)",
            "+state_response > +insurgency",
            "+insurgency > +state_response (intended)",
            "+insurgency > +talks",
        )
    }
    assert list(verdicts.values()) == [
        Verdict.SUPPORTED,
        Verdict.CONTRADICTED,
        Verdict.CONTRADICTED,
        Verdict.CHANCE,
        Verdict.NOT_TESTABLE,
        Verdict.NOT_TESTABLE,
    ]


def test_arrow_between_what_has_no_order_is_chance_and_without_a_table_not_testable(case: Case) -> None:
    arrow = _arrow("+insurgency > +state_response")
    assert arrow_tested(_with_table(case, _world()), arrow, ()).verdict is Verdict.CHANCE
    bare = arrow_tested(grounds(case, report(case, "War.", "three", "2024-03-20"), []), arrow, ())
    assert bare.verdict is Verdict.NOT_TESTABLE and "no event table by the day" in bare.why


def test_claim_of_two_arrows_is_not_supported_by_one_of_them(case: Case) -> None:
    claim = _claim(
        Kind.ASSESSMENT,
        "War.",
        (SlotName.ARROW, "+insurgency > +state_response"),
        (SlotName.ARROW, "+insurgency > +talks"),
    )
    tested = arrow_tested(_with_table(case, _world(gap=4)), claim, ())
    assert len(arrows_of(claim)) == 2 and tested.verdict is Verdict.MIXED and "1 of 2 arrows" in tested.why


def test_order_of_days_calls_few_worlds_without_one(case: Case) -> None:
    called = 0
    for seed in range(60):
        counts = counted(_with_table(case, _world(seed=seed)).sight, _world(seed=seed), ENDS)
        assert not isinstance(counts, str)
        called += lead(*counts, generator(seed, "leads")).p_value <= 0.05
    assert called <= 8  # more has a chance of one in two hundred at 5 %


def test_how_often_and_who_most_are_asked_of_a_table_alone(case: Case) -> None:
    weekly, daily = (asked_by(f"Attacks are a {n} occurrence.", DAY) for n in ("weekly", "daily"))
    made = _with_table(case, _world())
    assert often_tested(made, weekly, NOBODY).verdict is Verdict.SUPPORTED
    assert often_tested(made, daily, NOBODY).verdict is Verdict.CONTRADICTED
    bare = grounds(case, report(case, "War.", "three", "2024-03-20"), [])
    assert often_tested(bare, weekly, NOBODY).verdict is Verdict.NOT_TESTABLE
    most = asked_by("Red Front is the most active of the groups.", DAY)
    red, army = (Named(frozenset({one}), frozenset(), frozenset()) for one in ("red", "army"))
    many = table(range(0, 300, 2), [0] * 150, ["red" if k % 4 else "army" for k in range(150)], ["civilians"] * 150)
    assert often_tested(_with_table(case, many), most, red).verdict is Verdict.SUPPORTED
    assert often_tested(_with_table(case, many), most, army).verdict is Verdict.CONTRADICTED


# Ties ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("came", "verdict"), [("2023-01-01", Verdict.SUPPORTED), ("2021-01-01", Verdict.MIXED)])
def test_backer_that_came_after_another_left_is_told_by_the_days_of_their_ties(
    case: Case, came: str, verdict: Verdict
) -> None:
    words = "After the withdrawal of Old Guard, New Guard emerged."
    public = parse_days("2020-01-01")
    old = Tie("old", TieKind.BACKING, "army", parse_days("2013-01-01/2022-08-15"), published=public)
    new = Tie("new", TieKind.BACKING, "army", Days(date.fromisoformat(came), None), published=public)
    named = {actor: Alias(name) for actor, name in (("old", "Old Guard"), ("new", "New Guard"))}
    actors = tuple(
        Actor(tie.actor, named[tie.actor].name, ActorKind.STATE_FORCE, (named[tie.actor],), ties=(tie,))
        for tie in (old, new)
    )
    made = replace(case, actors=(*case.actors, *actors))
    found = grounds(made, report(made, words, "three", "2024-03-20"), [])
    claim = _claim(Kind.ASSESSMENT, words, (SlotName.ARROW, "+withdrawal > +New Guard"))
    tested = after_tested(found, claim, arrows_of(claim))
    assert tested is not None and tested.verdict is verdict and "is not tested" in tested.why
    stated = "The withdrawal of Old Guard brought in New Guard."
    plain = grounds(made, report(made, stated, "three", "2024-03-20"), [])
    bare = _claim(Kind.ASSESSMENT, stated, (SlotName.ARROW, "+withdrawal > +New Guard"))
    assert after_tested(plain, bare, arrows_of(bare)) is None  # it says more than an order


def test_siege_on_record_answers_what_is_said_to_be_surrounded(case: Case) -> None:
    told = "Red Front has besieged Nordale since 12 March 2024, residents said. The siege of Nordale goes on."
    text = "The post at Nordale is surrounded."
    found = grounds(
        case, report(case, text, "three", "2024-03-14/2024-03-16"), [report(case, told, "one", "2024-03-15")]
    )
    claim = replace(_claim(Kind.EVENT, text, (SlotName.PLACE, "nordale")), subtype="siege_blockade")
    tested = siege_tested(found, claim)
    assert tested is not None and tested.verdict is Verdict.SUPPORTED and "2024-03-12" in tested.why
    elsewhere = replace(_claim(Kind.EVENT, text, (SlotName.PLACE, "sudbury")), subtype="siege_blockade")
    assert siege_tested(found, elsewhere) is None
