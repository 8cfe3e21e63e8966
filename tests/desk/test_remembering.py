"""What measures found is worked out once for one state of the store, and never given out for another."""

from pathlib import Path

import pytest
from tests.desk_case import make_case, write_report

from faultline import desk
from faultline.desk.remembering import FOLDER, remembered
from faultline.measure import MEASURES, Sight

BLOCKADE = [one for one in MEASURES if one.name == "blockade"]


@pytest.fixture
def opened(tmp_path: Path) -> desk.Desk:
    made = make_case(tmp_path / "varda")
    write_report(made, "told", "The army besieged Tarn Ford on 12 May 2020, officials said.", "2020-05-21")
    found = desk.open_desk(made)
    desk.build(found)
    return found


def never() -> Sight:
    raise AssertionError("this was worked out before")


def test_what_was_found_is_worked_out_once(opened: desk.Desk) -> None:
    first = desk.measured(opened, opened.snapshot(), BLOCKADE)
    assert remembered(opened, opened.snapshot(), BLOCKADE, never) == first
    with pytest.raises(AssertionError):
        remembered(opened, opened.snapshot(include_undated=True), BLOCKADE, never)


def test_what_is_kept_that_cannot_be_read_is_worked_out_again(opened: desk.Desk) -> None:
    first = desk.measured(opened, opened.snapshot(), BLOCKADE)
    [kept] = (opened.case.folder / ".faultline" / FOLDER).iterdir()
    kept.write_text("{", encoding="utf-8")
    assert desk.measured(opened, opened.snapshot(), BLOCKADE) == first


def test_a_changed_case_and_a_changed_record_are_other_states(opened: desk.Desk) -> None:
    desk.measured(opened, opened.snapshot(), BLOCKADE)
    (opened.case.folder / "measures.yaml").write_text("seed: 7\n", encoding="utf-8")
    with pytest.raises(AssertionError):
        remembered(opened, opened.snapshot(), BLOCKADE, never)
    write_report(opened.case.folder, "more", "The army left Tarn Ford on 20 May 2020.", "2020-05-22")
    desk.build(opened)
    assert not (opened.case.folder / ".faultline" / FOLDER).exists(), "what was kept may hold words that went"


def test_a_purge_throws_away_what_was_kept(opened: desk.Desk) -> None:
    desk.measured(opened, opened.snapshot(), BLOCKADE)
    desk.purge(opened, "Tarn Ford", "asked for")
    assert not (opened.case.folder / ".faultline" / FOLDER).exists()
