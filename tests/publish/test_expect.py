"""Expectations are answered by the stage that they name, and by no other."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from faultline.evidence import Entry
from faultline.publish.expect import check_expectations, counts, failures
from faultline.record.actor import Actor, Office
from faultline.record.analysis import Checked, CheckState, Expectation, ExpectationForm
from faultline.record.claim import Casualties, Speaker
from faultline.record.days import parse_days
from faultline.record.vocabulary import ActorKind, Kind, Modality
from tests.publish.hand import HandDesk, Said, filing, hand_entry, open_desk

TEXT = "Ana Mora said that 4 soldiers, not 9, died at Tarn. The army denied having shelled Belk."
TOLL_OF_REBELS = "4 soldiers died at Tarn"
TOLL, DENIAL = "4 soldiers, not 9, died at Tarn", "having shelled Belk"
SPEAKERS = {TOLL: "ana_mora", DENIAL: "army"}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> HandDesk:
    said = (
        Said(Kind.QUANTITY, TOLL, casualties=(Casualties("killed", 4, 4, 4),)),
        Said(Kind.ALLEGATION, DENIAL, modality=Modality.DENIED),
    )
    entries = [with_speakers(hand_entry(filing("reports/toll.md", "Toll", "2020-05-13"), TEXT, said))]
    opened = open_desk(tmp_path_factory.mktemp("expect"), entries)
    office = Office("army", "spokeswoman", "ana_mora", parse_days("2020-05"))
    army = Actor("army", "Army of Varda", ActorKind.STATE_FORCE, offices=(office,))
    actors = tuple(army if actor.id == "army" else actor for actor in opened.case.actors)
    return replace(opened, case=replace(opened.case, actors=actors))


def with_speakers(entry: Entry) -> Entry:
    text = entry.document.text
    claims = [replace(c, speaker=Speaker(("reporter", "x"), SPEAKERS[c.span.of(text)])) for c in entry.coded.claims]
    return replace(entry, coded=replace(entry.coded, claims=tuple(claims)))


def says(subject: str, value: str, stage: str = "coding", day: str = "2020-05-12", source: str = "") -> Expectation:
    where = source or "reports/toll.md"
    return Expectation(ExpectationForm.SAYS, date.fromisoformat(day), subject, value, stage, where, where="case.yaml:9")


def answers(desk: HandDesk, *asked: Expectation, as_of: date | None = None) -> tuple[Checked, ...]:
    return check_expectations(replace(desk.case, expectations=asked), desk.snapshot(as_of))


def passes(desk: HandDesk, asked: Expectation) -> bool:
    (found,) = answers(desk, asked)
    assert found.state is not CheckState.PENDING
    return found.state is CheckState.PASSED


def test_speaker_and_source_are_both_on_record_with_the_words(desk: HandDesk) -> None:
    assert passes(desk, says("ana_mora", "soldiers not 9"))
    assert passes(desk, says("courier", "DIED AT TÂRN"))
    assert not passes(desk, says("river_front", "soldiers"))
    assert not passes(desk, says("ana_mora", "soldier"))


def test_who_holds_an_office_speaks_for_it_while_in_office(desk: HandDesk) -> None:
    assert passes(desk, says("army", "4"))
    assert not passes(desk, says("army", "4", day="2020-04-30"))


def test_number_counts_as_a_figure_and_never_as_a_word_that_is_rejected(desk: HandDesk) -> None:
    assert passes(desk, says("ana_mora", "4"))
    assert not passes(desk, says("ana_mora", "9"))


def test_denied_claim_puts_nobody_on_record(desk: HandDesk) -> None:
    assert not passes(desk, says("army", "shelled Belk"))


def test_only_the_named_source_is_asked(desk: HandDesk) -> None:
    assert passes(desk, says("ana_mora", "4", source="courier"))
    assert passes(desk, says("ana_mora", "4", source="https://example.org/reports/toll.md"))
    assert not passes(desk, says("ana_mora", "4", source="radio"))


def test_document_published_before_the_day_does_not_count(desk: HandDesk) -> None:
    assert passes(desk, says("ana_mora", "4", day="2020-05-13"))
    (late,) = answers(desk, says("ana_mora", "4", day="2020-05-14"))
    assert late.state is CheckState.FAILED and "no document of reports/toll.md in view" in late.got


def test_evidence_asks_the_text_of_a_source_and_no_claim(desk: HandDesk) -> None:
    assert passes(desk, says("courier", "the army denied", "evidence"))
    assert not passes(desk, says("courier", "the army denied"))
    assert not passes(desk, says("radio", "the army denied", "evidence"))


@pytest.mark.parametrize("stage", ["intake", "model", "forecast"])
def test_stage_that_is_not_built_is_pending_never_passed(desk: HandDesk, stage: str) -> None:
    held = replace(says("tarn", "army", stage), form=ExpectationForm.HOLDS)
    for found in answers(desk, held, says("ana_mora", "4", stage)):
        assert (found.state, found.got) == (CheckState.PENDING, f"not built yet: {stage}")


def test_day_after_the_question_is_pending(desk: HandDesk) -> None:
    (found,) = answers(desk, says("ana_mora", "4"), as_of=date(2020, 5, 11))
    assert found.state is CheckState.PENDING


def test_what_was_not_yet_published_fails(desk: HandDesk) -> None:
    (found,) = answers(desk, says("ana_mora", "4"), as_of=date(2020, 5, 12))
    assert found.state is CheckState.FAILED


def test_failure_names_line_got_expected_and_way_out(desk: HandDesk) -> None:
    checked = answers(desk, says("ana_mora", "4"), says("ana_mora", "9"))
    (error,) = failures(checked)
    assert error.where.startswith("case.yaml:9 ")
    assert TOLL in error.got and "'9'" in error.expected and error.way_out


def test_counts_hold_every_expectation_once(desk: HandDesk) -> None:
    held = replace(says("tarn", "army", "model"), form=ExpectationForm.HOLDS)
    found = counts(answers(desk, held, says("ana_mora", "4"), says("ana_mora", "9")))
    assert found == {
        ExpectationForm.HOLDS: {CheckState.PASSED: 0, CheckState.FAILED: 0, CheckState.GAP: 0, CheckState.PENDING: 1},
        ExpectationForm.SAYS: {CheckState.PASSED: 1, CheckState.FAILED: 1, CheckState.GAP: 0, CheckState.PENDING: 0},
    }


def test_what_resolve_decides_answers_where_no_claim_names_the_speaker(tmp_path: Path) -> None:
    text = "Rebels said that 4 soldiers died at Tarn. They hold Belk, the River Front said."
    said = (
        Said(Kind.QUANTITY, TOLL_OF_REBELS, "2020-05-12", place="Tarn", casualties=(Casualties("killed", 4, 4, 4),)),
        Said(Kind.EVENT, "They hold Belk", "2020-05-12", subtype="capture", place="Belk"),
    )
    entry = hand_entry(filing("reports/rebels.md", "Rebels", "2020-05-13"), text, said)
    speakers = {TOLL_OF_REBELS: Speaker(("reporter", "rebels")), "They hold Belk": Speaker(("x", "y"), "river_front")}
    claims = tuple(replace(c, speaker=speakers[c.span.of(text)]) for c in entry.coded.claims)
    opened = open_desk(tmp_path, [replace(entry, coded=replace(entry.coded, claims=claims))])
    asked = says("river_front", "4", "resolve", source="reports/rebels.md")
    (found,) = answers(opened, asked)
    assert found.state is CheckState.PASSED and "said by river_front (0.80" in found.got
    (read,) = answers(opened, replace(asked, stage="coding"))
    assert read.state is CheckState.FAILED
    (wrong,) = answers(opened, replace(asked, value="9"))
    assert wrong.state is CheckState.FAILED and "river_front with:" in wrong.got


def test_known_gap_is_told_each_time_and_stops_no_build(desk: HandDesk) -> None:
    asked = replace(says("ana_mora", "never said"), gap="nobody read it")
    (found,) = answers(desk, asked)
    assert (found.state, found.way_out) == (CheckState.GAP, "nobody read it")
    assert failures([found]) == ()
    (mended,) = answers(desk, replace(says("ana_mora", "soldiers not 9"), gap="nobody read it"))
    assert mended.state is CheckState.PASSED
