"""faultline incidents, disputes and review, on a small case on disk."""

import json
from pathlib import Path

import jsonschema
import pytest
from typer.testing import CliRunner, Result

from faultline import desk
from faultline.case.decisions import read_decisions
from faultline.cli.commands import app
from faultline.publish.incidents import Dossier, IncidentRow
from faultline.publish.worlds import Memory
from faultline.record.decision import Decision
from faultline.record.envelope import envelope_schema
from faultline.resolve.cumulative import Running
from faultline.resolve.disputes import Dispute
from tests.desk_case import make_case, write_report
from tests.resolve.standin import standin

FIRST = "Gunmen attacked an army post in Tarn Ford on 12 May 2020, killing four soldiers, the Reach army said."
SECOND = "On 12 May 2020 gunmen attacked the army post in Tarn Ford. Six soldiers were killed, a local doctor said."


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    # a linker whose probability stays: what the shipped model holds of two sentences changes with its training
    first, _, last = Memory.__init__.__defaults__  # type: ignore[misc]
    monkeypatch.setattr(Memory.__init__, "__defaults__", (first, standin, last))
    folder = make_case(tmp_path / "varda")
    for path in (folder / "reports").glob("*.md"):
        path.unlink()
    write_report(folder, "first", FIRST, published="2020-05-13")
    write_report(folder, "second", SECOND, published="2020-05-14")
    desk.build(desk.open_desk(folder))
    return folder


def run(*words: object, answers: str = "") -> Result:
    done = CliRunner().invoke(app, [str(word) for word in words], input=answers, env={"COLUMNS": "200"})
    assert done.exit_code == 0, (done.stdout, done.exception)
    return done


def rows(*words: object) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(run(*words, "--json").stdout)["rows"]
    return found


def claims(folder: Path) -> list[str]:
    return [claim.id for claim in desk.open_desk(folder).snapshot(include_undated=True).claims()]


def test_incidents_are_listed_with_their_figures_and_standing(folder: Path) -> None:
    found = rows("incidents", folder)
    assert {str(row["id"])[:4] for row in found} == {"inc_"}
    assert all(row["places"] == ["tarn-ford"] for row in found)
    assert "Tarn Ford" in run("incidents", folder).stdout


def test_incident_shows_all_voices_side_by_side(folder: Path) -> None:
    (row, *_) = rows("incidents", folder)
    (whole,) = rows("incidents", folder, row["id"])
    assert [mouth["words"] for mouth in whole["mouths"]]  # type: ignore[index]
    said = run("incidents", folder, row["id"]).stdout
    assert "Who says what" in said and "profile" in said


def test_incidents_answer_to_the_ids_of_their_claims(folder: Path) -> None:
    first = claims(folder)[0]
    assert rows("incidents", folder, first)[0]["row"]["id"].startswith("inc_")  # type: ignore[index]


def test_filters_narrow(folder: Path) -> None:
    assert rows("incidents", folder, "--place", "velmora") == []
    assert rows("incidents", folder, "--period", "2020-06") == []
    assert len(rows("incidents", folder, "--place", "Tarn Ford", "--period", "2020-05")) == len(
        rows("incidents", folder)
    )


def test_what_was_published_later_is_not_in_an_earlier_world(folder: Path) -> None:
    early = rows("incidents", folder, "--as-of", "2020-05-13")
    assert sum(int(str(row["documents"])) for row in early) == 1


def test_disputes_and_running_totals_have_their_envelopes(folder: Path) -> None:
    for words in (("disputes", folder), ("incidents", folder, "--totals")):
        found = json.loads(run(*words, "--json").stdout)
        assert found["schema"].startswith("faultline/") and found["as_of"] and found["recorded_by"]


def test_review_keeps_what_is_said_in_the_file_and_in_the_store(folder: Path) -> None:
    said = run("review", folder, "--by", "Ana", answers="same: one post, one day\nquit\n").stdout
    kept = read_decisions(folder)
    assert "1 of" in said
    assert [(d.kind.value, d.by, d.why) for d in kept] == [("same-as", "Ana", "one post, one day")]
    assert kept[0].quote and kept[0].value and kept[0].made and kept[0].model
    assert desk.open_desk(folder).snapshot(include_undated=True).decisions() == kept
    (row, *_) = rows("incidents", folder)
    assert (row["documents"], row["provisional"]) == (2, False)


def test_not_the_same_parts_them_and_undo_brings_it_back(folder: Path) -> None:
    before = rows("incidents", folder)
    run("review", folder, "--by", "Ana", answers="n\n")
    assert max(int(str(row["documents"])) for row in rows("incidents", folder)) == 1
    last = read_decisions(folder)[-1]
    opened = desk.open_desk(folder)
    desk.decide(opened, [desk.taken_back(opened, last.id, "Ben", "a slip")])
    assert rows("incidents", folder) == before
    assert len(read_decisions(folder)) == 2  # nothing is overwritten


def test_merge_split_and_undo_are_said_in_one_line_each(folder: Path) -> None:
    before = rows("incidents", folder)
    one, other = (str(claims(folder)[n]) for n in (0, -1))
    run("decide", folder, "split", one, one, "--by", "Ana")
    assert len(rows("incidents", folder)) == len(before) + 1
    kept = rows("decide", folder, "merge", one, other, "--by", "Ana", "--why", "one raid")
    assert len(rows("incidents", folder)) == len(before)
    assert (kept[0]["kind"], kept[0]["why"]) == ("same-as", "one raid")
    run("decide", folder, "undo", kept[0]["id"], "--by", "Ben")
    assert len(rows("incidents", folder)) == len(before) + 1


def test_retracted_report_feeds_nothing(folder: Path) -> None:
    document = str(rows("incidents", folder, claims(folder)[0])[0]["mouths"][0]["document"])  # type: ignore[index]
    run("decide", folder, "retract", document, "--by", "Ana", "--why", "the wire killed the story")
    assert max(int(str(row["documents"])) for row in rows("incidents", folder)) == 1


def test_decision_without_what_it_needs_is_refused(folder: Path) -> None:
    for words in (["merge", "inc_1"], ["same", "clm_1", "clm_2"], ["correct", claims(folder)[0], "days"]):
        done = CliRunner().invoke(app, ["decide", str(folder), *words, "--by", "Ana"])
        assert done.exit_code
    assert read_decisions(folder) == ()


def test_undo_in_a_session_takes_back_its_last_decision(folder: Path) -> None:
    said = run("review", folder, "--by", "Ana", answers="accept\nundo\nquit\n").stdout
    assert "taken back: accept" in said and "0 decisions kept" in said
    assert desk.open_desk(folder).snapshot(include_undated=True).decisions()[-1].undoes


def test_answer_that_cannot_be_meant_is_asked_again(folder: Path) -> None:
    said = run(
        "review", folder, "--by", "Ana", answers="perhaps\ncorrect days soon\ncorrect count killed 5\nquit\n"
    ).stdout
    assert said.count("not kept:") == 2
    assert [d.kind.value for d in read_decisions(folder)] == ["correct"]


def test_review_without_a_name_is_refused(folder: Path) -> None:
    done = CliRunner().invoke(app, ["review", str(folder)], env={"FAULTLINE_REVIEWER": ""})
    assert done.exit_code and "who decides" in str(done.exception)


def test_reviewer_comes_from_the_environment(folder: Path) -> None:
    done = CliRunner().invoke(app, ["review", str(folder)], input="accept\nq\n", env={"FAULTLINE_REVIEWER": "Cara"})
    assert done.exit_code == 0 and read_decisions(folder)[0].by == "Cara"


def test_decisions_outlive_the_store(folder: Path) -> None:
    run("review", folder, "--by", "Ana", answers="not: two raids\n")
    for path in (folder / ".faultline").iterdir():
        path.unlink()
    desk.build(desk.open_desk(folder))
    assert max(int(str(row["documents"])) for row in rows("incidents", folder)) == 1


def test_decision_follows_its_words_when_a_report_is_filed_anew(folder: Path) -> None:
    run("review", folder, "--by", "Ana", answers="not: two raids\n")
    write_report(folder, "second", f"Update. {SECOND}", published="2020-05-14")
    desk.build(desk.open_desk(folder))
    assert max(int(str(row["documents"])) for row in rows("incidents", folder)) == 1


def test_each_json_answer_fits_the_schema_of_its_record(folder: Path) -> None:
    id = claims(folder)[0]
    asked = [
        (IncidentRow, ["incidents", folder]),
        (Dossier, ["incidents", folder, id]),
        (Running, ["incidents", folder, "--totals"]),
        (Dispute, ["disputes", folder]),
        (Decision, ["decide", folder, "accept", id, "--by", "Ana"]),
    ]
    for kind, words in asked:
        jsonschema.validate(json.loads(run(*words, "--json").stdout), envelope_schema(kind))


def test_purged_name_and_purged_document_leave_the_decisions_on_file_too(folder: Path) -> None:
    run("review", folder, "--by", "Ana", answers="same: Ilan Dorre told me\nquit\n")
    desk.purge(desk.open_desk(folder), "Ilan Dorre", "asked for it")
    (kept,) = read_decisions(folder)
    assert "Dorre" not in kept.why and kept.kind.value == "same-as"
    assert desk.open_desk(folder).snapshot(include_undated=True).decisions() == (kept,)
    desk.purge(desk.open_desk(folder), "reports/first.md", "killed by the wire")
    assert read_decisions(folder) == ()
    desk.build(desk.open_desk(folder))
    assert desk.open_desk(folder).snapshot(include_undated=True).decisions() == ()
