"""CASE/decisions.jsonl: a line a decision, appended under a lock."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from faultline.case.decisions import DECISIONS_FILE, append_decisions, read_decisions
from faultline.record.decision import Decision
from faultline.record.errors import CaseError
from faultline.record.vocabulary import DecisionKind


def decision(n: int, by: str = "Ana") -> Decision:
    return Decision(f"dec_{n}", DecisionKind.SAME_AS, f"clm_{n}", "clm_x", quote="tiré à l'aube\nà Tarn", by=by)


def test_what_is_appended_is_read_back_in_order(tmp_path: Path) -> None:
    append_decisions(tmp_path, [decision(1)])
    append_decisions(tmp_path, [decision(2), decision(3)])
    assert read_decisions(tmp_path) == (decision(1), decision(2), decision(3))


def test_no_file_is_no_decision(tmp_path: Path) -> None:
    assert read_decisions(tmp_path) == ()


def test_two_reviewers_at_once_do_not_overwrite_one_another(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: append_decisions(tmp_path, [decision(n, f"reviewer {n % 8}")]), range(80)))
    assert sorted(d.id for d in read_decisions(tmp_path)) == sorted(f"dec_{n}" for n in range(80))


def test_a_line_that_an_editor_left_open_is_closed_first(tmp_path: Path) -> None:
    append_decisions(tmp_path, [decision(1)])
    path = tmp_path / DECISIONS_FILE
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    append_decisions(tmp_path, [decision(2)])
    assert len(read_decisions(tmp_path)) == 2


def test_line_that_is_no_decision_is_named_by_its_number(tmp_path: Path) -> None:
    append_decisions(tmp_path, [decision(1)])
    with (tmp_path / DECISIONS_FILE).open("a", encoding="utf-8") as file:
        file.write('\n{"kind": "perhaps"}\n')
    with pytest.raises(CaseError, match=r"decisions\.jsonl:3"):
        read_decisions(tmp_path)


def test_machines_decisions_are_no_peoples(tmp_path: Path) -> None:
    append_decisions(tmp_path, [decision(1, "machine"), decision(2)])
    assert [d.id for d in read_decisions(tmp_path)] == ["dec_2"]
