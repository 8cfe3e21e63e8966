"""What claims say of restrictions: which, where, from when, until when, why."""

from dataclasses import replace
from datetime import date

from tests.measure.control.saying import said, sight

from faultline.measure.force import Notice, Step, ledger
from faultline.measure.force.notices import notices
from faultline.record.claim import Claim, Slot
from faultline.record.text import Candidate, Span
from faultline.record.vocabulary import Action, Kind, SlotName

Told = tuple[Claim, str, str]


def told(text: str, subtype: str, published: str, kind: str = "restriction", **given: str) -> list[Notice]:
    return list(notices(sight(said(text, subtype, kind, **given), published={text: published})))


def only(text: str, subtype: str, published: str, kind: str = "restriction", **given: str) -> Notice:
    (found,) = told(text, subtype, published, kind, **given)
    return found


def test_curfew_with_its_place_its_term_and_its_reason() -> None:
    text = "After the attack the governor imposed a curfew in Tarn from 1 June to 30 June"
    found = only(text, "curfew", "2021-06-01", place="tarn", days="2021-06-01")
    assert (found.kind, found.place, found.step) == ("curfew", "tarn", Step.ON)
    assert (found.since, found.until, found.reason) == (date(2021, 6, 1), date(2021, 6, 30), "attack")


def test_reason_is_the_nearest_in_the_text() -> None:
    text = "A curfew was imposed because of the epidemic. " + "x " * 60 + "The attack of May is forgotten."
    assert only(text, "curfew", "2020-03-26", days="2020-03-26").reason == "epidemic"


def test_restriction_without_a_place_is_national_but_a_closure_of_something_is_nowhere() -> None:
    assert only("a curfew was declared", "curfew", "2020-03-26").place == "varda"
    assert told("the bank was closed", "closure", "2020-03-26") == []
    assert only("every border was closed", "closure", "2020-03-26", place="seat").place == "varda"


def test_emergency_told_from_the_capital_is_national_and_one_of_a_town_is_not() -> None:
    assert only("an emergency was declared", "state_of_emergency", "2020-03-26", place="seat").place == "varda"
    assert only("an emergency was declared in Tarn", "state_of_emergency", "2020-03-26", place="tarn").place == "tarn"


def test_kind_of_an_extension_or_an_end_stands_in_its_words_or_its_sentence() -> None:
    assert only("the state of emergency was extended", "extended", "2020-03-26").kind == "state_of_emergency"
    assert only("le couvre-feu a été levé", "lifted", "2020-03-26").kind == "curfew"
    assert told("the mandate was extended", "extended", "2020-03-26") == []


def test_what_is_asked_for_planned_or_denied_is_no_notice() -> None:
    assert told("notables ask for the embargo to be lifted", "lifted", "2020-03-26") == []
    assert told("a curfew will be imposed", "curfew", "2020-03-26", modality="planned") == []
    assert told("no curfew was imposed", "curfew", "2020-03-26", modality="denied") == []


def test_emergency_that_was_not_renewed_has_ended() -> None:
    text = "the state of emergency was not renewed"
    found = only(text, "extended", "2016-07-16", days="2016-07-15", modality="negated")
    assert (found.step, found.day) == (Step.ENDED, date(2016, 7, 15))


def test_blockade_that_eases_has_not_ended() -> None:
    assert (
        only("the Front eased the blockade of Tarn", "siege_lifted", "2020-03-26", kind="event", place="tarn").step
        is Step.ON
    )


def test_embargo_that_an_armed_group_lays_on_a_town_is_a_blockade() -> None:
    assert (
        only("the Front declared an embargo on Tarn", "embargo", "2021-06-01", actor="front", place="tarn").kind
        == "blockade"
    )
    assert only("the bloc declared an embargo", "embargo", "2021-06-01").kind == "embargo"


def test_seat_of_a_staff_is_no_siege() -> None:
    assert told("Tarn, siège de l'état-major", "siege_blockade", "2021-06-01", kind="event", place="tarn") == []


def test_next_sentence_gives_the_end_where_it_goes_on_about_the_same_but_no_beginning() -> None:
    text = "The emergency was restored for ten days. It had been in force since April and runs until 31 July."
    made, _, source = said(text, "state_of_emergency", "restriction", days="2016-07-21")
    words = "The emergency was restored for ten days"
    seen = sight((replace(made, span=Span(0, len(words))), text, source), published={text: "2016-07-21"})
    (found,) = notices(seen)
    assert (found.day, found.until) == (date(2016, 7, 21), date(2016, 7, 31))


def test_ceasefire_is_read_from_an_agreement_of_the_state_and_is_national() -> None:
    made, text, source = said("a ceasefire was signed", "agreement", "talk", actor="army front", days="2021-06-01")
    made = replace(made, action=Action.AGREE)
    (found,) = notices(sight((made, text, source)))
    assert (found.kind, found.place) == ("ceasefire", "varda")
    assert made.kind is Kind.TALK


def test_end_that_only_a_month_dates_may_have_come_on_any_day_of_it() -> None:
    found = only("the curfew has been lifted", "lifted", "2020-05")
    assert (found.earliest, found.day) == (date(2020, 5, 1), date(2020, 5, 31))


def test_ledger_known_by_a_day_sees_only_what_was_published() -> None:
    first = said("a curfew was declared", "curfew", "restriction", days="2020-03-26")
    last = said("the curfew was lifted", "lifted", "restriction", days="2020-05-08")
    seen = sight(first, last, published={"the curfew was lifted": "2020-05-10"})
    assert ledger(seen).in_force("curfew", "tarn", date(2020, 5, 9)).probability == 0.0
    assert ledger(seen, date(2020, 5, 9)).in_force("curfew", "tarn", date(2020, 5, 9)).probability > 0.0


def test_place_of_a_region_holds_for_its_towns() -> None:
    made, text, source = said("a curfew in the north", "curfew", "restriction", days="2020-03-26")
    region = Slot(SlotName.PLACE, "the north", candidates=(Candidate("north"),))
    seen = sight((replace(made, slots=(*made.slots, region)), text, source))
    assert ledger(seen).in_force("curfew", "tarn", date(2020, 3, 27)).probability > 0.9


def test_capture_and_a_garrison_that_leaves_are_notices_of_an_end_and_a_raid_is_none() -> None:
    taken = told("Front took Tarn", "capture", "2021-06-02", "event", actor="front", place="tarn", days="2021-06-01")
    assert [(n.kind, n.step) for n in taken] == [("fall", Step.ENDED)]
    left = told(
        "the army left Tarn", "withdrawal", "2021-06-02", "event", actor="army", place="tarn", days="2021-06-01"
    )
    assert [(n.kind, n.step) for n in left] == [("garrison_left", Step.ENDED)]
    assert (
        told("Front left Tarn", "withdrawal", "2021-06-02", "event", actor="front", place="tarn", days="2021-06-01")
        == []
    )
    assert (
        told("Front raided Tarn", "attack", "2021-06-02", "event", actor="front", place="tarn", days="2021-06-01") == []
    )
