"""Trains what weighs everybody whom a text names for the actors of a claim. One command,

    OMP_NUM_THREADS=1 python -m recipes.slot_models

writes models/slots of the coder with its card. Invariant: only development reports are learned from; what the card says
of a model was measured on reports that it had not seen; no chance is used."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml
from tests.coding.invented import invented_case

from faultline.case import load_case
from faultline.coding import weighing
from faultline.coding.cast import ACTOR, Cast
from faultline.coding.claims import role_slot
from faultline.coding.coder import RuleCoder
from faultline.coding.confidence import chance
from faultline.coding.draft import Draft, Filler
from faultline.coding.gold import Labels, to_gold
from faultline.coding.score import NameTable, compared_name, match, name_table, pair_by_words
from faultline.coding.side_traits import side_traits
from faultline.coding.slot_scene import Scene
from faultline.coding.weighing import LEAST, Chooser
from faultline.evaluate.coder import names_of_case
from faultline.intake.gold import Gold, read_gold
from faultline.record.text import Document, Filing
from faultline.record.vocabulary import SlotName
from recipes.claim_words import GOLD, HELD_OUT, MALI, RECORDS, documents
from recipes.coder_cards import slots_page
from recipes.logistic import Told, weights_of

FOLDS = 5
MET = 4  # candidates that a trait must have been seen with; chosen on the folds, as the penalties
PENALTY = 5e-3
TRUST = {True: 1.0, False: 0.33}  # weight of a candidate of the reports, of our own sentences; chosen on the folds


@dataclass(frozen=True, slots=True)
class Met:
    """The actors of a claim that was paired with a hand-coded one: names and traits of the candidates, names by hand
    and by the rules; `same` where both claims are of one kind, so that it is scored; `text` where it is of a report."""

    report: str
    language: str
    candidates: Sequence[tuple[str, Sequence[str]]]
    wanted: frozenset[str]
    rules: frozenset[str]
    same: bool
    text: bool = True


class _Recorder(Chooser):
    """Leaves every claim as the rules have it, and keeps the candidates with their traits."""

    def __init__(self) -> None:
        super().__init__({})
        self.seen: list[list[tuple[Filler, list[str]]]] = []

    def chosen(self, draft: Draft, cast: Cast, speaker: Sequence[str]) -> list[Filler]:
        scene = Scene.of(draft, cast, speaker)
        self.seen.append([(s.now or s.filler, side_traits(s, scene)) for s in scene.standings()])
        return draft.actors


def main() -> None:
    """Trains, writes, and prints the totals."""
    found, ours = list(_met(read_gold(GOLD))), list(_records())
    weights = {ACTOR: _fitted([*found, *ours])}
    about = {"traits": len(weights[ACTOR]), "reports": len({m.report for m in found}), "records": len(ours)}
    card: dict[str, Any] = {
        "least": LEAST,
        "met": MET,
        "penalty": {ACTOR: PENALTY},
        "trust": TRUST[False],
        "folds": FOLDS,
        "slots": {ACTOR: about | _scored(found, ours)},
    }
    weighing.MODEL.mkdir(parents=True, exist_ok=True)
    _write(weighing.MODEL / "weights.json", weights)
    _write(weighing.MODEL / "card.json", card)
    (weighing.MODEL / "MODEL.md").write_text(slots_page(card), encoding="utf-8")
    weighing.load_chooser.cache_clear()
    weighing.weights_digest.cache_clear()
    print(json.dumps(card["slots"], indent=1))


def _met(gold: Gold) -> Iterator[Met]:
    """The candidates of every claim of the development reports that is paired with a hand-coded one."""
    case = load_case(MALI)
    names, labels = (name_table(gold.names) if gold.names else names_of_case(case)), Labels(case)
    for report, half, document, filing in documents(gold):
        if half == HELD_OUT:
            continue
        recorder = _Recorder()
        coded = RuleCoder(case, chooser=recorder).code(document, filing)
        lines = [{**line, "doc": report} for line in to_gold(case, document, coded)]
        if len(lines) == len(recorder.seen):  # an analysis has claims that come from no draft
            numbers = {id(line): n for n, line in enumerate(lines)}
            for wanted, line, same in _pairs([g for g in gold.lines if g["doc"] == report], lines):
                seen = recorder.seen[numbers[id(line)]]
                yield _actors(report, filing.language, (wanted, line, same), seen, names, labels)


def _records() -> Iterator[Met]:
    """The same for our own sentences, where the rules read as many claims as they must: what a plain sentence means."""
    case = invented_case()
    labels = Labels(case)
    for language in ("en", "fr"):
        found = yaml.safe_load((RECORDS / f"records_{language}.yaml").read_text(encoding="utf-8"))
        for number, record in enumerate(found):
            recorder, document = _Recorder(), Document("r", "", "text/plain", record["text"])
            coded = RuleCoder(case, chooser=recorder).code(document, Filing("r", "r", language=language))
            lines = to_gold(case, document, coded)
            if len(lines) == len(recorder.seen) == len(record["claims"]):
                for wanted, line, seen in zip(record["claims"], lines, recorder.seen, strict=True):
                    met = _actors(f"{language}{number}", language, (wanted, line, False), seen, {}, labels)
                    yield replace(met, text=False)


def _pairs(gold: Sequence[Any], lines: Sequence[Any]) -> Iterator[tuple[Any, Any, bool]]:
    """Hand-coded and found claims of the same words; last, whether they are of one kind."""
    found = match(gold, lines)
    yield from ((g, p, True) for g, p in found.pairs)
    yield from ((g, p, False) for g, p in pair_by_words(found.missed, found.spurious).pairs)


def _actors(
    report: str, language: str, pair: tuple[Any, Any, bool], seen: Sequence[Any], names: NameTable, labels: Labels
) -> Met:
    wanted, line, same = pair
    called = [(compared_name(labels.of(role_slot(SlotName.ACTOR, filler)), names), traits) for filler, traits in seen]
    sides = [frozenset(compared_name(x, names) for x in of.get("actors") or ()) for of in (wanted, line)]
    return Met(report, language, called, sides[0], sides[1], same)


def _fitted(found: Iterable[Met]) -> dict[str, float]:
    told = [Told(m.report, traits, name in m.wanted, TRUST[m.text]) for m in found for name, traits in m.candidates]
    return weights_of(told, PENALTY, MET)


def _scored(found: Sequence[Met], plain: Sequence[Met]) -> dict[str, Any]:
    """F1 of the rules and of the model on reports that it was not fitted on, for each language."""
    part = {report: n % FOLDS for n, report in enumerate(sorted({m.report for m in found}))}
    models = [_fitted([*(m for m in found if part[m.report] != n), *plain]) for n in range(FOLDS)]
    chosen = {
        id(m): frozenset(name for name, traits in m.candidates if chance(models[part[m.report]], traits) >= LEAST)
        for m in found
    }
    rows: dict[str, Any] = {"claims": sum(m.same for m in found)}
    for language in ("en", "fr"):
        mine = [m for m in found if m.same and m.language == language]
        rows[language] = {"rules": _f1(mine, lambda m: m.rules), "weighed": _f1(mine, lambda m: chosen[id(m)])}
    return rows


def _f1(found: Sequence[Met], given: Any) -> float:
    right = sum(len(m.wanted & given(m)) for m in found)
    return round(2 * right / max(1, sum(len(m.wanted) + len(given(m)) for m in found)), 3)


def _write(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
