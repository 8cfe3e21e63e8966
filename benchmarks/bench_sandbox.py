"""Builds a fresh invented country, lets the coder read its dispatches and prints what it recovers of the truth, by
language. No goal is asked of it: the dispatches are simpler than news, and the figures say what is lost even so.

Rule of the development gold: a claim is found where a coded one of the same group of kinds overlaps at least half of
the shorter span, greedy by overlap, one to one. Verbatim copies are left out, so that no text counts twice.
"""

import json
import re
import tempfile
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from faultline.case import load_case
from faultline.coding.coder import make_coder
from faultline.coding.gold import to_gold
from faultline.intake import Taken, take_case
from faultline.sandbox.folder import make_sandbox
from faultline.sandbox.options import SandboxOptions

SEEDS = (90210, 90211, 90212)  # not the one that ships
GROUPS = {"threat": "allegation", "intent": "assessment", "prediction": "assessment"}
FACTS = ("asserted", "confirmed")
Row = dict[str, Any]


def main() -> None:
    """Prints speeds and the table."""
    truth: list[Row] = []
    coded: list[Row] = []
    for seed in SEEDS:
        with tempfile.TemporaryDirectory() as folder:
            written, read = _recovered(Path(folder) / "sandbox", seed)
        truth, coded = truth + written, coded + read
    languages = {row["doc"]: row["language"] for row in truth}
    tables = {}
    for language in ("en", "fr"):
        docs = {doc for doc, spoken in languages.items() if spoken == language}
        tables[language] = table([r for r in truth if r["doc"] in docs], [r for r in coded if r["doc"] in docs])
    _show(tables)


def _recovered(case: Path, seed: int) -> tuple[list[Row], list[Row]]:
    """What one country's dispatches claim, and what the coder reads in them."""
    begun = time.perf_counter()
    made = make_sandbox(case, SandboxOptions(seed=seed))
    print(f"{made.country} (seed {seed}): {made.dispatches} dispatches in {time.perf_counter() - begun:.1f} s", end="")
    coded, seconds = _coded(case)
    print(f" (goal: 20 s), coded in {seconds:.1f} s")
    copies = {row["doc"] for row in _lines(case, "lineages") if row["via"] == "copy"}
    truth = [row for row in _lines(case, "claims") if row["doc"] not in copies]
    both = ([{**row, "doc": f"{seed}/{row['doc']}"} for row in rows] for rows in (truth, coded))
    return next(both), next(both)


def table(truth: list[Row], coded: list[Row]) -> dict[str, str]:
    """Each line of the recovery table with its figure: F1 with precision and recall, or a share with its base."""
    pairs, left = matched(truth, coded)
    found: dict[str, str] = {}
    for group in sorted({_group(row) for row in truth}):
        hits = sum(_group(t) == group for t, _ in pairs)
        missed = sum(_group(t) == group and not t.get("optional") for t in truth) - sum(
            _group(t) == group and not t.get("optional") for t, _ in pairs
        )
        found[f"found: {group}"] = _f1(hits, sum(_group(row) == group for row in left), missed)
    for field in ("actors", "recipients", "places"):
        found[field] = _sets(((_names(t, field), _names(c, field)) for t, c in pairs))
    dated = [(t, c) for t, c in pairs if t["date"]["start"]]
    found["days: overlap"] = _share(dated, _overlap_of_days)
    found["days: exact"] = _share(dated, lambda t, c: _days(t) == _days(c))
    undated = [(t, c) for t, c in pairs if not t["date"]["start"]]
    found["days: invented where there is none"] = _share(undated, lambda t, c: bool(c["date"]["start"]))
    found["deaths"] = _sets([(_all_deaths(truth), _all_deaths(coded))])
    for harm in ("wounded", "captured", "kidnapped"):
        counted = [(t[harm], c.get(harm)) for t, c in pairs if harm in t]
        right = sum(told == read for told, read in counted)
        found[f"count: {harm}"] = f"{right / len(counted):.2f} (n {len(counted)})" if counted else "-"
    found["speaker: class"] = _share(pairs, lambda t, c: _speaker(t)[0] == _speaker(c)[0])
    named = [(t, c) for t, c in pairs if _speaker(t)[0] == "named"]
    found["speaker: name"] = _share(named, lambda t, c: _speaker(t) == _speaker(c))
    found["modality"] = _share(pairs, lambda t, c: t["modality"] == c["modality"])
    flat = [(t, c) for t, c in pairs if c["modality"] in FACTS]
    found["false assertions"] = _share(flat, lambda t, c: t["modality"] not in (*FACTS, "assessment"))
    return found


def matched(truth: list[Row], coded: list[Row]) -> tuple[list[tuple[Row, Row]], list[Row]]:
    """Pairs (written, coded), and the coded rows that fit nothing."""
    by_doc: dict[str, list[int]] = {}
    for n, row in enumerate(coded):
        by_doc.setdefault(row["doc"], []).append(n)
    candidates = [
        (_overlap(row, coded[n]), -t, -n)
        for t, row in enumerate(truth)
        for n in by_doc.get(row["doc"], ())
        if _group(row) == _group(coded[n])
    ]
    taken_truth: set[int] = set()
    taken_coded: set[int] = set()
    pairs = []
    for share, t, n in sorted(candidates, reverse=True):
        if share >= 0.5 and -t not in taken_truth and -n not in taken_coded:
            taken_truth.add(-t)
            taken_coded.add(-n)
            pairs.append((truth[-t], coded[-n]))
    return pairs, [row for n, row in enumerate(coded) if n not in taken_coded]


def _lines(case: Path, name: str) -> list[Row]:
    return [json.loads(line) for line in (case / "truth" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def _coded(folder: Path) -> tuple[list[Row], float]:
    case = load_case(folder)
    coder = make_coder(case)
    rows: list[Row] = []
    begun = time.perf_counter()
    for taken in take_case(case):
        if isinstance(taken, Taken) and taken.coded is None:
            doc = Path(taken.filing.origin).stem
            coded = coder.code(taken.document, taken.filing)
            rows += [{**row, "doc": doc} for row in to_gold(case, taken.document, coded)]
    return rows, time.perf_counter() - begun


def _group(row: Row) -> str:
    return GROUPS.get(row["kind"], row["kind"])


def _overlap(a: Row, b: Row) -> float:
    one, two = a["evidence"], b["evidence"]
    shared = min(one["end"], two["end"]) - max(one["start"], two["start"])
    return max(0, shared) / max(1, min(one["end"] - one["start"], two["end"] - two["start"]))


def _plain(text: str) -> str:
    bare = unicodedata.normalize("NFD", text.lower())
    return re.sub(r"[^a-z0-9 ]", "", "".join(c for c in bare if unicodedata.category(c) != "Mn")).strip()


def _names(row: Row, field: str) -> set[str]:
    return {_plain(name) for name in row.get(field) or ()}


def _days(row: Row) -> tuple[str, str]:
    return row["date"]["start"], row["date"]["end"]


def _overlap_of_days(a: Row, b: Row) -> bool:
    return bool(_days(b)[0]) and max(_days(a)[0], _days(b)[0]) <= min(_days(a)[1] or "9", _days(b)[1] or "9")


def _deaths(row: Row) -> set[int]:
    found = row.get("fatalities") or {}
    return {found[key] for key in ("low", "best", "high") if found.get(key) is not None}


def _all_deaths(rows: list[Row]) -> set[tuple[str, int]]:
    return {(row["doc"], number) for row in rows for number in _deaths(row)}


def _speaker(row: Row) -> tuple[str, str]:
    said = row["attribution"]
    if said == "reporter":
        return "voice", ""
    if re.search(r"unnamed|unstated|anonym|^reports?\b|^sources?\b|security source|witness|resident", said, re.I):
        return "unnamed", ""
    return "named", _plain(said)


def _sets(pairs: Iterable[tuple[set[Any], set[Any]]]) -> str:
    count = Counter[str]()
    for truth, coded in pairs:
        count.update(hit=len(truth & coded), extra=len(coded - truth), missed=len(truth - coded))
    return _f1(count["hit"], count["extra"], count["missed"])


def _f1(hit: int, extra: int, missed: int) -> str:
    if not hit + missed:
        return "-"
    precision, recall = hit / max(hit + extra, 1), hit / (hit + missed)
    score = 2 * precision * recall / (precision + recall) if hit else 0.0
    return f"F1 {score:.2f} (P {precision:.2f} R {recall:.2f}, n {hit + missed})"


def _share(pairs: list[tuple[Row, Row]], test: Callable[[Row, Row], bool]) -> str:
    return f"{sum(test(t, c) for t, c in pairs) / len(pairs):.2f} (n {len(pairs)})" if pairs else "-"


def _show(tables: dict[str, dict[str, str]]) -> None:
    print(f"{'':36}{'English':40}French")
    for line in tables["en"]:
        print(f"{line:36}{tables['en'][line]:40}{tables['fr'].get(line, '-')}")


if __name__ == "__main__":
    main()
