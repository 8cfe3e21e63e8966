"""The scorer: the same numbers as the one that came with the development gold, and what each figure counts."""

import json
import random
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from faultline.coding.score import MISSED, SPURIOUS, Scored, confusions, match, name_table, score

Rows = list[dict[str, Any]]


def line(doc: str = "1", kind: str = "event", start: int = 0, end: int = 10, **rest: Any) -> dict[str, Any]:
    return {"doc": doc, "kind": kind, "evidence": {"start": start, "end": end}, "modality": "asserted", **rest}


def figure(field: str, gold: Rows, predicted: Rows, names: Mapping[str, str] | None = None) -> Scored:
    return next(scored for scored in score(gold, predicted, names or {}) if scored.field == field)


def test_evidence_has_to_share_half_of_the_shorter() -> None:
    gold = [line(start=0, end=10)]
    assert figure("detect event", gold, [line(start=5, end=40)]).value == 1
    assert figure("detect event", gold, [line(start=6, end=40)]).value == 0
    assert figure("detect event", gold, [line(doc="2")]).value == 0


def test_one_claim_answers_for_one() -> None:
    twice = [line(), line()]
    assert figure("detect event", [line()], twice).precision == 0.5
    assert figure("detect event", twice, [line()]).recall == 0.5


def test_threat_counts_as_allegation_and_intent_as_prediction() -> None:
    assert figure("detect allegation+threat", [line(kind="threat")], [line(kind="allegation")]).value == 1
    assert figure("detect assessment+outlook", [line(kind="intent")], [line(kind="prediction")]).value == 1
    assert figure("detect assessment+outlook", [line(kind="intent")], [line(kind="assessment")]).value == 0


def test_optional_lines_are_never_missed_but_may_be_found() -> None:
    gold = [line(), line(start=50, end=60, optional=True), line(start=80, end=90, same_as="x")]
    assert figure("detect event", gold, [line()]).recall == 1
    assert figure("detect event", gold, [line(), line(start=50, end=60)]).n == 2


def test_names_are_compared_without_accents_and_brackets_and_by_the_table() -> None:
    names = name_table({"River Front (RF)": ["RF", "Front du fleuve"]})
    gold = [line(actors=["River Front (RF)"], places=["Mézène"])]
    predicted = [line(actors=[{"name": "Front du fleuve"}], places=["Mezene"])]
    assert figure("actors", gold, predicted, names).value == 1
    assert figure("places", gold, predicted, names).value == 1
    assert figure("actors", gold, predicted).value == 0


def test_deaths_count_where_they_stand_in_another_claim_of_the_document() -> None:
    gold = [line(fatalities={"low": 3, "best": 3, "high": None})]
    assert figure("deaths", gold, [line(kind="quantity", start=70, end=80, fatalities={"low": 3})]).value == 1
    assert figure("deaths", gold, [line(doc="2", fatalities={"low": 3})]).value == 0


def test_an_open_end_of_an_interval_reaches_on() -> None:
    gold = [line(date={"start": "2020-05-01", "end": None})]
    predicted = [line(date={"start": "2024-01-01", "end": "2024-01-02"})]
    assert figure("date overlap", gold, predicted).value == 1
    assert figure("date exact", gold, predicted).value == 0


def test_a_day_is_invented_where_the_gold_has_none() -> None:
    dated = {"start": "2020-05-01", "end": "2020-05-01"}
    invented = figure("date invented", [line(), line(start=50, end=60, date=dated)], [line(date=dated)])
    assert (invented.value, invented.n) == (1, 1)


def test_a_claim_taken_for_a_fact_is_a_false_assertion_and_an_assessment_is_none() -> None:
    found = [line(), line(start=50, end=60), line(start=80, end=90, modality="claimed")]
    gold = [line(modality="denied"), line(start=50, end=60, modality="assessment"), line(start=80, end=90)]
    wrong = figure("false assertions", gold, found)
    assert (wrong.value, wrong.n) == (0.5, 2)


@pytest.mark.parametrize(
    ("said", "other", "same"),
    [
        ("reporter", "author", True),
        ("reporter", "residents", False),
        ("witnesses", "unnamed source", True),
        ("River Front via Wire", "River Front and Army", True),
        ("River Front", "Army", False),
    ],
)
def test_speakers_are_compared_by_class_and_first_name(said: str, other: str, same: bool) -> None:
    gold, predicted = [line(attribution=said)], [line(attribution=other)]
    fields = ["attribution class"] + ["attribution name"] * (said.startswith("River"))
    assert all(figure(field, gold, predicted).value == 1 for field in fields) is same


def test_nothing_to_count_is_none_and_not_zero() -> None:
    assert figure("modality", [], []).value is None
    assert figure("date invented", [line()], []).n == 0


def test_confusions_name_what_was_given_instead_or_nothing() -> None:
    gold = [line(), line(kind="quantity", start=50, end=60), line(kind="talk", start=80, end=90)]
    found = confusions(gold, [line(), line(start=50, end=60), line(kind="threat", start=200, end=210)])
    expected = {("event", "event"): 1, ("quantity", "event"): 1, ("talk", MISSED): 1, (SPURIOUS, "threat"): 1}
    assert found == expected


def test_confusions_never_break_a_match() -> None:
    gold = [line(kind="quantity", start=0, end=10), line(kind="event", start=0, end=10)]
    predicted = [line(kind="event", start=0, end=10), line(kind="quantity", start=0, end=8)]
    assert len(match(gold, predicted).pairs) == 2
    assert confusions(gold, predicted) == {("event", "event"): 1, ("quantity", "quantity"): 1}


def _cut(rows: Rows, chance: random.Random) -> Rows:
    return [row for row in rows if chance.random() < 0.6]


def _blur(rows: Rows, chance: random.Random) -> Rows:
    """Spans moved, kinds, voices and modalities mixed up, slots emptied."""
    kinds, modalities, voices = (sorted({str(row[key]) for row in rows}) for key in ("kind", "modality", "attribution"))
    blurred = []
    for row in rows:
        start, end = row["evidence"]["start"], row["evidence"]["end"]
        spot = {"start": max(0, start + chance.randint(-40, 10)), "end": end + chance.randint(-3, 40)}
        new = {**row, "evidence": spot, "kind": chance.choice([row["kind"]] * 4 + kinds)}
        new |= {"modality": chance.choice([row["modality"]] * 2 + modalities)}
        new |= {"attribution": chance.choice([row["attribution"]] * 2 + voices)}
        new |= {key: chance.choice([row.get(key), None]) for key in ("actors", "fatalities", "date")}
        blurred += [new] * chance.choice([1, 1, 2])
    return blurred


def _mixed(rows: Rows, chance: random.Random) -> Rows:
    """Each line with the slots of another one."""
    others = chance.sample(rows, len(rows))
    keys = ("actors", "recipients", "places", "date", "fatalities")
    return [{**row, **{key: other.get(key) for key in keys}} for row, other in zip(rows, others, strict=True)]


@pytest.mark.parametrize("change", [lambda rows, chance: rows, lambda rows, chance: [], _cut, _blur, _mixed])
def test_the_numbers_are_those_of_the_outside_scorer(
    shared: Path, tmp_path: Path, change: Callable[[Rows, random.Random], Rows]
) -> None:
    gold = [json.loads(row) for row in (shared / "gold/claims.jsonl").read_text("utf-8").splitlines() if row]
    predicted = change(gold, random.Random(7))
    names = name_table(json.loads((shared / "gold/names.json").read_text("utf-8")))
    languages = {}
    for path in (shared / "gold/reports").glob("*.json"):
        report = json.loads(path.read_text("utf-8"))
        languages[str(report["id"])] = report["language"]
    outside = _outside(shared, predicted, tmp_path / "predicted.jsonl")
    assert set(outside) == {"all", "en", "fr"}
    for part, figures in outside.items():
        kept = [[row for row in rows if part in ("all", languages[row["doc"]])] for rows in (gold, predicted)]
        assert {scored.field: _as_outside(scored) for scored in score(*kept, names)} == figures


def _outside(shared: Path, predicted: Rows, path: Path) -> dict[str, Any]:
    path.write_text("".join(json.dumps(row) + "\n" for row in predicted), encoding="utf-8")
    folder = shared / "gold"
    command = [sys.executable, folder / "score.py", folder / "claims.jsonl", path, "--reports", folder / "reports"]
    done = subprocess.run([*map(str, command), "--json"], capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _as_outside(scored: Scored) -> dict[str, float | int | None]:
    if scored.precision is None:
        return {"share": scored.value, "n": scored.n}
    return {"P": scored.precision, "R": scored.recall, "F1": scored.value, "n": scored.n}
