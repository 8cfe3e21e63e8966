from dataclasses import replace
from datetime import date
from pathlib import Path

from faultline.case import Policy
from faultline.evidence import ClaimFilter
from faultline.publish.coarse import WITHHELD
from faultline.publish.masking import MASK
from faultline.publish.policy import Gate, Released
from faultline.record.actor import Actor
from faultline.record.vocabulary import Action, ActorKind, Kind, Modality
from tests.publish.hand import AS_OF, HandDesk, Said, filing, hand_case, hand_entry, open_desk

OLD_ENOUGH = date(2020, 12, 1)


def released(desk: HandDesk, policy: Policy, as_of: date = AS_OF, kind: Kind = Kind.TALK) -> tuple[Released, ...]:
    snapshot = desk.snapshot(as_of)
    return Gate(hand_case(desk.case.folder, policy), snapshot).release(snapshot.claims(ClaimFilter(kinds=(kind,))))


def test_a_meeting_of_last_month_stays_back_and_is_counted(desk: HandDesk) -> None:
    assert released(desk, Policy()) == ()
    # the meeting of May 2020, and the claim about Belk without an end, which counts from its publication, is old enough
    assert Gate(desk.case, desk.snapshot()).held_back == 1


def test_a_meeting_of_last_month_leaves_once_the_delay_is_over(desk: HandDesk) -> None:
    [one] = released(desk, Policy(), OLD_ENOUGH)
    assert Gate(desk.case, desk.snapshot(OLD_ENOUGH)).held_back == 0
    assert one.places == ("Lower Osk",)


def test_the_delay_counts_in_days_to_the_last_day_spoken_of(desk: HandDesk) -> None:
    assert released(desk, Policy(delay_days=22)) and not released(desk, Policy(delay_days=23))


def test_a_sentence_title_and_address_that_name_the_place_stay_back(desk: HandDesk) -> None:
    [one] = released(desk, Policy(), OLD_ENOUGH)
    assert one.sentence is None
    assert one.title == ""  # "Secret meeting at the mill of Tarn"
    assert "Tarn" not in str((one.places, one.title, one.actors, one.speakers, one.url))


def test_a_sentence_that_is_held_back_does_not_leave_through_another_claim(desk: HandDesk) -> None:
    pacts = [one for one in released(desk, Policy(), kind=Kind.EVENT) if one.claim.subtype == "local pact"]
    assert [one.sentence for one in pacts] == [None]
    assert [(one.title, one.url) for one in pacts] == [("", "")]  # the meeting is too young for its title to leave


def test_a_level_as_coarse_as_the_place_lets_the_sentence_go(desk: HandDesk) -> None:
    fine = Policy(level="exact", delay_days=0)
    [one] = released(desk, fine)
    assert one.places == ("Tarn",) and one.sentence is not None
    assert one.title == "Secret meeting at the mill of Tarn"


def test_events_keep_their_places_and_sentences(desk: HandDesk) -> None:
    ambush = next(one for one in released(desk, Policy(), kind=Kind.EVENT) if one.claim.subtype == "ambush")
    assert ambush.places == ("Tarn",)
    assert ambush.sentence is not None and "near Tarn" in ambush.sentence.text


def people(tmp_path: Path, policy: Policy, said: Said) -> Released:
    text = "Jonas Petrel and Ana Mora opened the road, Petrel said."
    entry = hand_entry(filing("road", "Petrel opens a road", "2020-01-05"), text, (said,), ("Jonas Petrel", "Ana Mora"))
    desk = open_desk(tmp_path, [entry])
    [one] = Gate(replace(desk.case, policy=policy), desk.snapshot()).release(desk.snapshot().claims())
    return one


WORDS = "Petrel and Ana Mora opened the road"


def test_people_outside_the_case_are_masked_everywhere_and_actors_are_not(tmp_path: Path) -> None:
    one = people(tmp_path, Policy(), Said(Kind.EVENT, WORDS, "2020-01-04", Action.COOPERATE, speaker="Jonas Petrel"))
    assert one.sentence is not None
    assert one.sentence.text == f"{MASK} and Ana Mora opened the road, {MASK} said."
    assert (one.title, one.speakers) == (f"{MASK} opens a road", (MASK,))


def test_names_stay_where_the_case_says_so(tmp_path: Path) -> None:
    one = people(tmp_path, Policy(mask_names=False), Said(Kind.EVENT, WORDS, "2020-01-04"))
    assert one.sentence is not None and "Jonas Petrel" in one.sentence.text


def test_a_place_that_nobody_knows_is_withheld_with_its_sentence(tmp_path: Path) -> None:
    text = "The front holds Qarth, officials say."
    said = Said(Kind.CONTROL, "The front holds Qarth", "2019", place="Qarth", modality=Modality.REPORTED)
    desk = open_desk(tmp_path, [hand_entry(filing("qarth", "Held", "2019-12-31"), text, (said,))])
    [one] = Gate(desk.case, desk.snapshot()).release(desk.snapshot().claims())
    assert (one.places, one.sentence) == ((WITHHELD,), None)
    assert (one.title, one.url) == ("Held", "")  # the address says the name, the title does not


def test_a_title_that_names_the_place_stays_back_where_the_sentence_does_not_name_it(tmp_path: Path) -> None:
    text = "It is under control. The mayor said so."
    said = Said(Kind.CONTROL, "It is under control", "2019", speaker="mayor of Tarn")
    desk = open_desk(tmp_path, [hand_entry(filing("calm", "Calm in Tarn", "2019-12-31"), text, (said,))])
    [one] = Gate(desk.case, desk.snapshot()).release(desk.snapshot().claims())
    assert one.sentence is not None and one.sentence.text == "It is under control."
    assert (one.title, one.speakers) == ("", (WITHHELD,))


def test_a_party_named_after_a_place_may_speak(tmp_path: Path) -> None:
    front = Actor("tarn_front", "Tarn Front", ActorKind.ARMED_GROUP)
    said = Said(Kind.CONTROL, "It is under control", "2019", speaker="Tarn Front")
    entry = hand_entry(filing("calm", "Calm", "2019-12-31"), "It is under control, they say.", (said,))
    desk = open_desk(tmp_path, [entry])
    case = replace(desk.case, actors=(*desk.case.actors, front))
    [one] = Gate(case, desk.snapshot()).release(desk.snapshot().claims())
    assert one.speakers == ("Tarn Front",)
