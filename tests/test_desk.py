"""The whole way, from files to snapshots."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from faultline import desk
from faultline.case.decisions import DECISIONS_FILE
from faultline.record.decision import Decision, decision_id
from faultline.record.errors import CaseError, StoreError, UsageError
from faultline.record.vocabulary import DecisionKind
from tests.desk_case import MARKET, make_case, write_report


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_case(tmp_path / "varda")


def built(folder: Path, workers: int = 1) -> desk.Built:
    return desk.build(desk.open_desk(folder), desk.BuildOptions(workers))


def ids(folder: Path, as_of: date | None = None) -> list[str]:
    opened = desk.open_desk(folder)
    try:
        return [claim.id for claim in opened.snapshot(as_of, include_undated=True).claims()]
    finally:
        opened.store.close()


def texts(folder: Path, as_of: date | None = None, recorded_by: datetime | None = None) -> list[str]:
    opened = desk.open_desk(folder)
    try:
        snapshot = opened.snapshot(as_of, recorded_by=recorded_by)
        return [snapshot.document(held.document_id)[0].text.strip() for held in snapshot.documents()]
    finally:
        opened.store.close()


def test_a_build_takes_every_report_and_codes_those_with_a_pack(folder: Path) -> None:
    found = built(folder)
    assert (found.seen, found.added, found.unchanged, found.retracted) == (4, 4, 0, 0)
    assert found.not_coded == (("es", 1),)
    assert dict(found.claims)["event"] >= 2
    assert len(ids(folder)) == sum(count for _, count in found.claims)


def test_building_twice_adds_nothing(folder: Path) -> None:
    built(folder)
    before = ids(folder)
    again = built(folder)
    assert (again.added, again.unchanged) == (0, 4)
    assert ids(folder) == before


def test_workers_change_nothing_but_the_time(folder: Path, tmp_path: Path) -> None:
    other = make_case(tmp_path / "other" / "varda")
    for number in range(70):  # more than one batch
        for case in (folder, other):
            write_report(case, f"n{number:02}", MARKET.replace("20 June", f"{number % 28 + 1} June"), "2020-07-01")
    built(folder)
    built(other, workers=2)
    assert ids(folder) == ids(other)


def test_a_changed_file_supersedes_now_and_the_old_words_stay_as_of_then(folder: Path) -> None:
    write_report(folder, "market", MARKET, "2020-06-21")
    built(folder)
    before = datetime.now(UTC)
    corrected = MARKET.replace("captured", "attacked")
    write_report(folder, "market", corrected, "2020-06-25")
    built(folder)
    assert corrected in texts(folder) and MARKET not in texts(folder)
    assert MARKET in texts(folder, as_of=date(2020, 6, 22))
    assert MARKET in texts(folder, recorded_by=before)


def test_a_removed_file_is_retracted_now_and_stands_as_the_store_stood_then(folder: Path) -> None:
    path = write_report(folder, "market", MARKET, "2020-06-21")
    built(folder)
    before = datetime.now(UTC)
    path.unlink()
    assert built(folder).retracted == 1
    assert MARKET not in texts(folder)
    assert MARKET in texts(folder, recorded_by=before)


def test_a_file_that_cannot_be_read_any_more_is_skipped_and_still_stands(folder: Path) -> None:
    path = write_report(folder, "market", MARKET, "2020-06-21")
    built(folder)
    path.write_bytes(b"\x00\x01\x02" * 100)
    found = built(folder)
    assert [item.origin for item in found.skipped] == ["reports/market.md"]
    assert found.retracted == 0
    assert MARKET in texts(folder)


def test_a_file_whose_name_holds_a_purged_name_is_neither_retracted_nor_added_again(folder: Path) -> None:
    write_report(folder, "dellane-speaks", "The River Front captured Tarn Ford, Dellane said.", "2020-05-20")
    built(folder)
    opened = desk.open_desk(folder)
    desk.purge(opened, "dellane", "asked for")
    opened.store.close()
    built(folder)
    again = built(folder)
    assert (again.added, again.retracted) == (0, 0)


def test_an_undated_document_is_left_out_and_counted(folder: Path) -> None:
    write_report(folder, "market", MARKET)
    assert built(folder).undated == 1
    assert MARKET not in texts(folder)


def test_a_new_day_of_publication_moves_what_was_resolved_against_it(folder: Path) -> None:
    words = "The River Front captured Tarn Ford on Monday."
    write_report(folder, "monday", words, "2020-06-24")
    built(folder)
    write_report(folder, "monday", words, "2020-07-01")
    built(folder)
    opened = desk.open_desk(folder)
    snapshot = opened.snapshot()
    [held] = [h for h in snapshot.documents() if h.filing.title == "monday"]
    days = {c.days.first_day for c in snapshot.claims() if c.document == held.document_id and c.days.known}
    opened.store.close()
    assert days == {date(2020, 6, 29)}


def test_decisions_of_people_come_back_from_the_case_folder(folder: Path) -> None:
    built(folder)
    subject = ids(folder)[0]
    made = datetime(2026, 1, 2, tzinfo=UTC)
    row = {"kind": "accept", "subject": subject, "by": "reviewer", "made": made.isoformat()}
    decision = Decision("", DecisionKind.ACCEPT, subject, by="reviewer", made=made)
    row["id"] = decision_id(decision)
    (folder / DECISIONS_FILE).write_text(json.dumps(row) + "\n", encoding="utf-8")
    built(folder)
    built(folder)
    opened = desk.open_desk(folder)
    found = [d.subject for d in opened.snapshot(include_undated=True).decisions()]
    opened.store.close()
    assert found == [subject]


def test_a_broken_line_of_decisions_is_named(folder: Path) -> None:
    (folder / DECISIONS_FILE).write_text('{"kind": "perhaps"}\n', encoding="utf-8")
    with pytest.raises(CaseError, match=r"decisions\.jsonl:1"):
        built(folder)


def test_a_store_that_was_never_built_says_how_to_build_it(folder: Path) -> None:
    with pytest.raises(StoreError, match="faultline build"):
        _ = desk.open_desk(folder).store


def test_a_port_that_is_taken_is_an_error_with_a_way_out(folder: Path) -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(UsageError, match="--port 0"):
            desk.serve(desk.open_desk(folder), taken.getsockname()[1], lambda text: None)


def test_the_start_page_answers_over_loopback(folder: Path) -> None:
    built(folder)
    assert desk.serve_once(desk.open_desk(folder)).startswith("http://127.0.0.1:")


def test_postgresql_gives_the_same_ids(folder: Path, postgres_url: str) -> None:
    built(folder)
    desk.build(desk.open_desk(folder, postgres_url))
    opened = desk.open_desk(folder, postgres_url)
    found = [claim.id for claim in opened.snapshot(include_undated=True).claims()]
    opened.store.close()
    assert found == ids(folder)
