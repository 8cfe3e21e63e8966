"""Turns hand-coded claims, our own unit records and sandbox truth into examples for the second opinion: the words of a
claim and the label of what it says. Invariant: what is held out is marked so, and nobody looks at it here."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from tests.coding.invented import invented_case

from faultline.case import load_case
from faultline.coding.coder import RuleCoder, make_coder
from faultline.coding.confidence import Judge
from faultline.coding.draft import Draft
from faultline.coding.frames import Reading
from faultline.coding.names import CaseNames
from faultline.coding.reader import Reader
from faultline.coding.second import ROWS, Second, label_of, words_of
from faultline.evaluate.answers import actions
from faultline.intake import Taken, take_case, take_path
from faultline.intake.gold import Gold, read_gold
from faultline.intake.taking import limits_of
from faultline.record.claim import Claim
from faultline.record.text import Document, Filing

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "tests" / "coding" / "gold"
MALI, SANDBOX = ROOT / "cases" / "mali", ROOT / "cases" / "sandbox"
RECORDS = ROOT / "tests" / "coding"
HELD_OUT = "held out"


@dataclass(frozen=True, slots=True)
class Example:
    """Words with their label. `source` is gold, records, sandbox or case; of the gold, `report` and `half` too."""

    words: tuple[str, ...]
    label: str
    source: str
    report: str = ""
    half: str = ""


def examples() -> list[Example]:
    """Everything there is to learn from, and the held-out half of the gold."""
    return [*_gold(read_gold(GOLD)), *_records(), *_sandbox()]


def claims_of_the_case() -> list[Example]:
    """What the rules read in those dispatches of the worked case that nobody coded by hand."""
    case, recorder = load_case(MALI), _Words()
    by_hand = {document.text.strip() for _, _, document, _ in documents(read_gold(GOLD))}
    taken = [t for t in take_case(case) if isinstance(t, Taken) and t.coded is None]
    work = [(t.document, t.filing) for t in taken if t.document.text.strip() not in by_hand]
    RuleCoder(case, judge=recorder).code_all(work)
    return recorder.found


class _Words(Judge):
    """Rates nothing, and keeps the words and the label of every claim that it is shown."""

    def __init__(self) -> None:
        super().__init__(Second((), np.zeros((ROWS, 0), np.float32), np.zeros(0, np.float32)), {})
        self.found: list[Example] = []

    def judged(self, claim: Claim, draft: Draft | None = None) -> Claim:
        if draft is not None:
            words = words_of(draft.line, draft.first, draft.last)
            self.found.append(Example(words, label_of(claim.kind, claim.action), "case"))
        return claim


def documents(gold: Gold) -> Iterator[tuple[str, str, Document, Filing]]:
    """Id, half, document and filing of each hand-coded report of a development or held-out half."""
    limits = limits_of(load_case(MALI))
    for path in gold.reports:
        taken = take_path(path, Filing(origin=path.name, document=""), limits)
        half = next((half for half, ids in gold.halves.items() if re.fullmatch(ids, path.stem)), "")
        if isinstance(taken, Taken) and half:
            yield path.stem, half, taken.document, taken.filing


def _gold(gold: Gold) -> Iterator[Example]:
    lines: dict[str, list[Mapping[str, Any]]] = {}
    for line in gold.lines:
        lines.setdefault(line["doc"], []).append(line)
    case = load_case(MALI)
    for name, half, document, filing in documents(gold):
        readings = _read(case, document, filing)
        for line in lines.get(name, ()):
            label = _label(line)
            words = _words(readings, line["evidence"]["start"], line["evidence"]["end"])
            if words and label:
                yield Example(words, label, "gold", name, half)


def _records() -> Iterator[Example]:
    """What the records say must be read; the words are those of the coder's claim."""
    case = invented_case()
    coder = make_coder(case)
    for language in ("en", "fr"):
        for record in yaml.safe_load((RECORDS / f"records_{language}.yaml").read_text(encoding="utf-8")):
            document, filing = Document("r", "", "text/plain", record["text"]), Filing("r", "r", language=language)
            readings = _read(case, document, filing)
            wanted = [_label(claim) for claim in record["claims"]]
            claims = coder.code(document, filing).claims
            if [label_of(c.kind, c.action) for c in claims] == wanted:
                yield from (
                    Example(_words(readings, c.span.start, c.span.end), label_of(c.kind, c.action), "records")
                    for c in claims
                )


def _sandbox() -> Iterator[Example]:
    case = load_case(SANDBOX)
    texts = {Path(t.filing.origin).stem: t for t in take_case(case) if isinstance(t, Taken) and t.coded is None}
    truth = (SANDBOX / "truth" / "claims.jsonl").read_text(encoding="utf-8").splitlines()
    for line in map(json.loads, truth):
        taken = texts.get(line["doc"])
        label = _label(line)
        if taken is None or not label:
            continue
        readings = _read(case, taken.document, taken.filing)
        words = _words(readings, line["evidence"]["start"], line["evidence"]["end"])
        if words:
            yield Example(words, label, "sandbox", line["doc"])


def _read(case: CaseNames, document: Document, filing: Filing) -> list[Reading]:
    return Reader(make_coder(case, parser=False).tools, document, filing).read()


def _words(readings: Iterable[Reading], start: int, end: int) -> tuple[str, ...]:
    """The words of a span; () where it is in no sentence that is read."""
    found: list[str] = []
    for reading in readings:
        tokens = reading.line.tokens
        inside = [n for n, t in enumerate(tokens) if start <= t.start < end]
        if inside:
            found.extend(words_of(reading.line, inside[0], inside[-1] + 1))
    return tuple(found)


def _label(line: Mapping[str, Any]) -> str:
    """The label of a hand-coded claim; "" for an event whose subtype no table knows."""
    if line["kind"] != "event":
        return label_of(line["kind"], None)
    action = actions().get(line["subtype"])
    return "" if action is None else label_of("event", action)


def of(found: Sequence[Example], source: str, half: str = "") -> list[Example]:
    """The examples of a source, and of a half of the gold."""
    return [e for e in found if e.source == source and half in ("", e.half)]
