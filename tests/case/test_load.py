"""A folder without errors loads; one with errors tells all of them at once."""

import pickle
from datetime import date
from pathlib import Path

import pytest
from tests.case.sample import ACTORS, PLACES, TEXTS, problems_after, swapped, write_case

from faultline.case import Case, check_case, load_case
from faultline.record.days import parse_days
from faultline.record.errors import CaseError, NotFoundError
from faultline.record.vocabulary import Reliability, TieKind


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return load_case(write_case(tmp_path))


def test_valid_case_has_no_problem(tmp_path: Path) -> None:
    assert check_case(write_case(tmp_path)) == ()


def test_everything_that_stands_in_the_files_stands_in_the_case(case: Case, tmp_path: Path) -> None:
    assert (case.id, case.title, case.languages, case.countries) == ("ostrel", "Ostrel", ("en", "fr"), ("ZZ",))
    assert (case.folder, case.capital, case.period) == (tmp_path.resolve(), "velmora", parse_days("2019/2020"))
    front = case.actor("front")
    assert front.days == parse_days("2019-11/..")
    assert (front.aliases[0].name, front.aliases[0].days) == ("RF", parse_days("2019-11/2020-03"))
    assert (front.ties[0].kind, front.ties[0].sources) == (TieKind.RIVALRY, ("wire", "https://wire.example/1"))
    assert (front.offices[0].holder, front.offices[0].days) == ("dorre", parse_days("2020/.."))
    assert (case.actor("army").demonyms, case.actor("army").metonyms) == (("Ostrelian",), ("Velmora",))
    assert case.source("wire").reliability is Reliability.B
    assert (case.place("ford").variants, case.place("ford").latitude) == (("Tarnford", "Gué de Tarn"), 2.25)
    assert (case.frames[0].id, case.frames[0].systematic) == ("wire-reports", False)
    assert (case.policy.level, case.policy.delay_days, case.policy.bad_rows) == ("admin1", 30, 0.1)
    assert [e.form for e in case.expectations] == ["holds", "in_force", "exists", "tie", "says"]
    assert case.expectations[0].day == date(2020, 5, 4)


def test_inputs_have_absolute_paths_and_their_options(case: Case, tmp_path: Path) -> None:
    documents, table, figures = case.inputs
    assert [i.kind for i in case.inputs] == ["documents", "tables", "figures"]
    assert (documents.path, documents.retold, documents.frame) == (tmp_path.resolve() / "reports", True, "wire-reports")
    assert documents.published == parse_days("2020-05/..")
    assert (table.reader, dict(table.columns)) == ("csv", {"date": "event_date", "place": "town"})
    assert (figures.source, figures.encoding) == ("monitor", "cp1252")


def test_case_goes_to_a_worker_process_and_back_also_after_look_ups(case: Case) -> None:
    assert case.actor_candidates("RF")
    assert pickle.loads(pickle.dumps(case)) == case
    assert hash(case) == hash(pickle.loads(pickle.dumps(case)))


@pytest.mark.parametrize("look_up", ["actor", "source", "place"])
def test_unknown_id_is_not_found(case: Case, look_up: str) -> None:
    with pytest.raises(NotFoundError):
        getattr(case, look_up)("nobody")


def test_all_problems_of_all_files_come_at_once(tmp_path: Path) -> None:
    changed = {
        **swapped("case.yaml", "title: Ostrel\n", "") | swapped("case.yaml", "capital: velmora", "capital: nowhere"),
        **swapped("actors.yaml", "kind: state_force", "kind: army"),
        **swapped("sources.yaml", "reliability: B", "reliability: G"),
        **swapped("places.csv", "1.5,-30.25", "1.5,-300.25"),
    }
    changed["actors.yaml"] = changed["actors.yaml"].replace("other: army", "other: navy")
    with pytest.raises(CaseError) as caught:
        load_case(write_case(tmp_path, changed))
    got = [problem.got for problem in caught.value.problems]
    assert got == [
        "kind 'army'",
        "other 'navy'",
        "capital 'nowhere'",
        "longitude '-300.25'",
        "reliability 'G'",
    ]


def test_case_file_without_a_needed_key_is_still_checked_further(tmp_path: Path) -> None:
    text = TEXTS["case.yaml"].replace("title: Ostrel\n", "").replace("path: reports,", "path: nowhere,")
    problems = check_case(write_case(tmp_path, {"case.yaml": text}))
    assert [problem.got for problem in problems] == ["no title", "path 'nowhere'"]


def test_warnings_do_not_keep_a_case_from_loading(tmp_path: Path) -> None:
    folder = write_case(tmp_path, swapped("sources.yaml", "reliability: C\n  reason: invented", "reliability: C"))
    assert [problem.severity for problem in check_case(folder)] == ["warning"]
    assert load_case(folder).source("monitor").reason == ""


def test_source_without_reliability_is_an_error(tmp_path: Path) -> None:
    (problem,) = problems_after(tmp_path, "sources.yaml", "  reliability: B\n", "")
    assert (problem.where, problem.got) == ("sources.yaml:1", "no reliability")


def test_duplicate_source_is_an_error(tmp_path: Path) -> None:
    text = TEXTS["sources.yaml"] + "- {id: wire, name: W, kind: wire, reliability: A, reason: x}\n"
    (problem,) = check_case(write_case(tmp_path, {"sources.yaml": text}))
    assert problem.got == "the id 'wire' again (first at sources.yaml:1)"


def test_unknown_key_is_an_error_with_the_nearest_key(tmp_path: Path) -> None:
    (problem,) = problems_after(tmp_path, "actors.yaml", "  side: government", "  sides: government")
    assert (problem.got, problem.way_out) == ("the unknown key 'sides'", "Did you mean 'side'?")


def test_unknown_key_of_a_nested_entry_is_an_error_in_its_own_line(tmp_path: Path) -> None:
    (problem,) = problems_after(tmp_path, "actors.yaml", "      published: 2020-05-05", "      publish: 2020-05-05")
    assert problem.way_out == "Did you mean 'published'?"
    assert problem.where == f"actors.yaml:{ACTORS[: ACTORS.index('published')].count(chr(10)) + 1}"


def test_missing_files_are_one_error_each(tmp_path: Path) -> None:
    assert [p.where for p in check_case(tmp_path)] == ["actors.yaml:1", "case.yaml:1", "places.csv:1", "sources.yaml:1"]
    assert [p.got for p in check_case(tmp_path)] == ["no such file"] * 4


def test_folder_that_is_none_is_one_error(tmp_path: Path) -> None:
    assert [p.got for p in check_case(tmp_path / "nowhere")] == ["no such folder"]
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    assert [p.got for p in check_case(tmp_path / "a.txt")] == ["a file"]


def test_files_without_entries_are_warnings_but_an_empty_case_file_is_an_error(tmp_path: Path) -> None:
    problems = check_case(write_case(tmp_path, {"case.yaml": "# nothing\n", "actors.yaml": "", "sources.yaml": "[]"}))
    assert [(p.where, p.severity) for p in problems] == [
        ("actors.yaml:1", "warning"),
        ("case.yaml:1", "error"),
        ("sources.yaml:1", "warning"),
    ]


def test_unreadable_file_makes_no_id_look_unknown(tmp_path: Path) -> None:
    problems = check_case(write_case(tmp_path, {"actors.yaml": "- [", "places.csv": "", "sources.yaml": "a: b"}))
    assert [p.where.partition(":")[0] for p in problems] == ["actors.yaml", "places.csv", "sources.yaml"]


def test_windows_line_ends_and_byte_order_mark_change_nothing(case: Case, tmp_path: Path) -> None:
    windows = {name: b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode() for name, text in TEXTS.items()}
    again = load_case(write_case(tmp_path, windows))
    assert again == case


def test_fingerprint_stays_with_remarks_and_order_of_keys_and_changes_with_names(case: Case, tmp_path: Path) -> None:
    def after(name: str, old: str, new: str) -> str:
        return load_case(write_case(tmp_path, swapped(name, old, new))).fingerprint

    assert after("actors.yaml", "note: invented", "note: quite invented") == case.fingerprint
    swap = ("title: spokesman\n      holder: dorre", "holder: dorre\n      title: spokesman")
    assert after("actors.yaml", *swap) == case.fingerprint
    assert after("case.yaml", "delay_days: 30", "delay_days: 31") == case.fingerprint
    assert after("actors.yaml", "- Ostrel army", "- Ostrel's army") != case.fingerprint
    assert after("places.csv", "Tarnford|", "") != case.fingerprint
    assert after("sources.yaml", "family: northern", "family: southern") != case.fingerprint
    assert after("case.yaml", "capital: velmora", "capital: ford") != case.fingerprint


def test_place_with_two_admin_units_is_looked_up_by_day(tmp_path: Path) -> None:
    row = "ford,Tarn Ford,,2,-30,5,PPL,exact,Tarn,{admin1},ZZ,{first},{last},,\n"
    before = row.format(admin1="North", first="", last="2019")
    after = row.format(admin1="Far North", first="2020", last="")
    text = PLACES[: PLACES.index("ford,")] + after + before
    case = load_case(write_case(tmp_path, {"places.csv": text}))
    assert case.place("ford").admin1 == "Far North"
    assert case.place("ford", date(2019, 12, 31)).admin1 == "North"
    assert case.place("ford", date(2020, 1, 1)).admin1 == "Far North"
    assert [c.id for c in case.place_candidates("tarn ford")] == ["ford"]
