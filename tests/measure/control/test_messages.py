"""What a claim says of who holds a place."""

from dataclasses import replace

import pytest
from tests.measure.control.saying import invented, said, sight, within

from faultline.measure.control.holders import STATE, Holders, holders_of
from faultline.measure.control.messages import Message, named_parties, read
from faultline.measure.control.settings import standard
from faultline.measure.sight import Sight
from faultline.record.claim import Slot
from faultline.record.days import parse_days
from faultline.record.text import Candidate, Span
from faultline.record.vocabulary import SlotName


def holders(seen: Sight) -> Holders:
    return holders_of(seen, named_parties(seen.claims))


def messages(seen: Sight) -> list[Message]:
    return [m for m in read(seen, holders(seen), standard()) if not m.before]


def forms(seen: Sight) -> list[tuple[str, str, tuple[str, ...]]]:
    ids = holders(seen).ids
    return [(m.unit, m.form, tuple(ids[h] if h >= 0 else "?" for h in m.holders)) for m in messages(seen)]


DAY = "2021-06-01"


def test_taken_and_held_name_the_holder_and_left_and_lost_who_had_it() -> None:
    taken = said("the Front took Tarn", "capture", actor="front", place="tarn", days=DAY)
    held = said("the army holds Belk", "holds", "control", actor="army", place="belk", days=DAY)
    left = said("the Legion left Seat", "withdrawal", actor="legion", place="seat", days=DAY)
    lost = said("the army lost Seat", "lost", "control", actor="army", place="seat", days=DAY)
    assert forms(sight(taken, held, left, lost)) == [
        ("belk", "state_holds", ("state",)),
        ("seat", "left", ("river",)),
        ("seat", "left", ("state",)),
        ("tarn", "holds", ("hills",)),
    ]


def test_attack_threat_plan_and_prediction_are_no_message() -> None:
    attack = said("the Front attacked Tarn", "attack", actor="front", place="tarn", days=DAY)
    planned = said("the Front will take Tarn", "capture", actor="front", place="tarn", days=DAY, modality="planned")
    feared = said("may take Tarn", "capture", "prediction", actor="front", place="tarn", days=DAY)
    assert forms(sight(attack, planned, feared)) == []


def test_change_says_of_the_day_before_who_had_it_and_who_had_it_not() -> None:
    seen = sight(said("x", "capture", actor="front", recipient="army", place="tarn", days=DAY))
    before = [m for m in read(seen, holders(seen), standard()) if m.before]
    (after,) = messages(seen)
    assert {(m.form, m.negative) for m in before} == {("state_holds", False), ("holds", True)}
    assert all(m.day == after.day - 1 and m.trust < after.trust for m in before)
    assert after.change


def test_two_coalitions_at_once_are_joint_and_together_once_they_are_declared_one() -> None:
    early = said("both hold Tarn", "holds", "control", actor="front legion", place="tarn", days="2020-06-01")
    late = said("both hold Belk", "holds", "control", actor="front legion", place="belk", days=DAY)
    assert [(unit, form) for unit, form, _ in forms(sight(early, late))] == [("belk", "together"), ("tarn", "joint")]


def test_backer_beside_the_state_is_the_state() -> None:
    seen = sight(said("x", "recapture", actor="army guests", place="tarn", days=DAY))
    assert forms(seen) == [("tarn", "state_holds", ("state",))]


def test_member_belongs_to_its_coalition_on_the_days_of_the_tie_only() -> None:
    seen = sight(said("x", "holds", "control", actor="splinter", place="tarn", days=DAY))
    found = holders(seen)
    day = parse_days("2020-06-01").first_day
    assert found.ids[found.of("splinter", day) or 0] == "hills"
    assert found.ids[found.of("splinter", parse_days(DAY).first_day) or 0] == "splinter"


def test_holder_of_an_office_stands_for_the_party() -> None:
    assert forms(sight(said("x", "holds", "control", actor="chief", place="tarn", days=DAY)))[0][2] == ("hills",)


def test_party_that_is_driven_out_had_the_place_and_a_diplomat_had_none() -> None:
    armed = said("x", "expulsion", actor="front", recipient="legion", place="tarn", days=DAY)
    diplomat = said("y", "expulsion", actor="government", recipient="people", place="seat", days=DAY)
    assert forms(sight(armed, diplomat)) == [("tarn", "holds", ("hills",))]


def test_unnamed_armed_men_who_take_a_place_are_not_the_state() -> None:
    made, text, source = said("gunmen took Tarn", "capture", place="tarn", days=DAY)
    gunmen = Slot(SlotName.ACTOR, "gunmen", Span(0, 6), "subject", "gunman")
    seen = sight((replace(made, slots=(gunmen, *made.slots)), text, source))
    assert forms(seen) == [("tarn", "left", ("state",))]


def test_party_whose_readings_are_of_several_holders_names_none() -> None:
    made, text, source = said("they took Tarn", "capture", place="tarn", days=DAY)
    both = Slot(SlotName.ACTOR, "they", candidates=(Candidate("front", 0.5), Candidate("legion", 0.5)))
    assert forms(sight((replace(made, slots=(both, *made.slots)), text, source))) == []


def test_country_and_region_are_no_unit_and_an_airfield_is_a_camp_of_its_town() -> None:
    told = [said(f"x {p}", "holds", "control", actor="front", place=p, days=DAY) for p in ("north", "tarn-airfield")]
    assert [unit for unit, _, _ in forms(sight(*told))] == ["tarn/camp"]


def test_camp_in_the_words_is_apart_from_the_town_unless_they_name_the_town_too() -> None:
    camp = said("the Front took the camp of Tarn", "capture", actor="front", place="tarn", days=DAY)
    town = said("the Front took the town and its camp, Belk", "capture", actor="front", place="belk", days=DAY)
    assert [unit for unit, _, _ in forms(sight(camp, town))] == ["belk", "tarn/camp"]


def placed(text: str, words: str, name: str) -> list[str]:
    made, _, source = said(text, "withdrawal", actor="army", days=DAY)
    start = text.index(name)
    slot = Slot(
        SlotName.PLACE,
        name,
        Span(start, start + len(name)),
        "place in the sentence",
        "place",
        candidates=(Candidate(name.lower()),),
    )
    seen = sight((within(text, words, replace(made, slots=(*made.slots, slot))), text, source))
    return [unit for unit, _, _ in forms(seen)]


def test_place_that_one_goes_to_or_lies_near_is_not_left() -> None:
    assert placed("The army left Tarn at dawn.", "left Tarn", "Tarn") == ["tarn"]
    assert placed("The army withdrew to Tarn.", "withdrew to Tarn", "Tarn") == []
    assert placed("The army left a post 40 km north of Tarn.", "left a post", "Tarn") == []


def test_garrison_that_withdraws_into_its_camp_is_inside_and_has_not_left() -> None:
    seen = sight(
        said("soldiers withdrew into the old camp west of town", "withdrawal", actor="army", place="tarn", days=DAY)
    )
    assert [form for _, form, _ in forms(seen)] == ["inside"]


@pytest.mark.parametrize(("speaker", "expected"), [("front", "weaker"), ("army", "stronger"), ("people", "same")])
def test_word_for_ones_own_gain_counts_less_and_against_oneself_more(speaker: str, expected: str) -> None:
    plain = said("a", "capture", actor="front", place="tarn", days=DAY, source="poor")
    spoken = said("b", "capture", actor="front", place="tarn", days=DAY, source="poor", by=speaker)
    first, second = (messages(sight(one))[0].trust for one in (plain, spoken))
    assert {"weaker": second < first, "stronger": second > first, "same": second == first}[expected]


def test_worth_follows_the_letter_of_the_source_and_denial_turns_it_round() -> None:
    good, poor = (
        messages(sight(said("x", "holds", "control", actor="front", place="tarn", days=DAY, source=source)))[0]
        for source in ("good", "poor")
    )
    (denied,) = messages(sight(said("x", "holds", "control", actor="front", place="tarn", days=DAY, modality="denied")))
    assert good.trust > poor.trust
    assert denied.negative
    assert not denied.change


def test_text_without_a_day_speaks_of_its_publication_and_never_of_what_comes() -> None:
    plain = said("x", "holds", "control", actor="front", place="tarn")
    (message,) = messages(sight(plain, published={"x": "2021-03-04"}))
    assert message.day == message.published == parse_days("2021-03-04").first_day.toordinal()  # type: ignore[union-attr]
    ahead = said("y", "capture", actor="front", place="tarn", days="2021-05-01")
    assert messages(sight(ahead, published={"y": "2021-03-04"})) == []
    assert invented().capital == "seat"


def test_what_has_no_end_goes_on_when_the_text_is_written_and_a_change_so_vague_is_left_out() -> None:
    held = said("x", "holds", "control", actor="front", place="tarn", days="2020-01-01/..")
    taken = said("y", "capture", actor="front", place="belk", days="2020-01-01/..")
    found = messages(sight(held, taken, published={"x": "2021-06-01", "y": "2021-06-01"}))
    first, last = parse_days("2020-01-01/2021-06-01").first_day, parse_days("2020-01-01/2021-06-01").last_day
    assert [(m.unit, m.day) for m in found] == [("tarn", d.toordinal()) for d in (first, last) if d]


def test_side_alone_means_who_of_it_is_told_of_around_the_day() -> None:
    made, text, source = said("rebels took Tarn", "capture", place="tarn", days=DAY)
    rebels = Slot(SlotName.ACTOR, "rebels", Span(0, 6), "subject", "rebel")
    active = said("the Front attacked", "attack", actor="front", days=DAY)
    taken = (replace(made, slots=(rebels, *made.slots)), text, source)
    assert forms(sight(taken, active)) == [("tarn", "holds", ("hills",))]
    assert forms(sight(taken)) == [("tarn", "left", ("state",))]


def test_siege_names_the_besieger_and_a_siege_by_the_state_is_none() -> None:
    theirs = said("x", "siege_blockade", actor="front", place="tarn", days=DAY)
    own = said("y", "siege_blockade", actor="army", place="belk", days=DAY)
    assert forms(sight(theirs, own)) == [("tarn", "siege", ("hills",))]
    assert STATE == 0
