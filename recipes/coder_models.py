"""Trains whom the coder takes a claim to mean (recipes/slot_models.py) and what tells it how sure it is: the second
opinion, and the weights of the confidences. One command,

    OMP_NUM_THREADS=1 python -m recipes.coder_models

writes models/slots, models/second and models/confidence of the coder with their cards. Invariant: only development
reports are learned from; the held-out ones give the totals of the cards and nothing else; no chance is used."""

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from faultline.case import load_case
from faultline.coding import confidence, second
from faultline.coding.coder import RuleCoder
from faultline.coding.confidence import CLAIM, RATED, Judge, load_judge
from faultline.coding.gold import Labels, to_gold
from faultline.coding.score import name_table
from faultline.coding.second import ROWS, Second, features
from faultline.evaluate.answers import Answer, Marked, answers
from faultline.evaluate.calibration import calibrations
from faultline.evaluate.coder import names_of_case
from faultline.intake.gold import Gold, read_gold
from recipes import slot_models
from recipes.claim_words import GOLD, HELD_OUT, MALI, Example, claims_of_the_case, documents, examples, of
from recipes.coder_cards import confidence_page, second_page
from recipes.logistic import LEAST, Told, fit_weights
from recipes.softmax import Floats, counted, fit, probabilities

FOLDS = 4
TRUST = {"gold": 3.0, "records": 1.0, "sandbox": 0.3, "case": 0.3}  # weight of an example; chosen on the folds
PENALTY = 1.5e-3  # of the second opinion, chosen on the folds

Fitted = dict[str, tuple[dict[str, float], float]]  # what is rated -> weights of its traits, penalty


def main() -> None:
    """Trains, writes, and prints the totals."""
    slot_models.main()  # first: how sure a claim is depends on whom it is taken to mean
    found = [*examples(), *claims_of_the_case()]
    labels = tuple(sorted({e.label for e in found}))
    develop, held_out = of(found, "gold", "development"), of(found, "gold", HELD_OUT)
    learned = [e for e in found if e.half != HELD_OUT]
    fold = {report: n % FOLDS for n, report in enumerate(sorted({e.report for e in develop}))}
    apart = [_trained([e for e in learned if fold.get(e.report) != n], labels) for n in range(FOLDS)]
    whole = _trained(learned, labels)
    guessed = [_scores(apart[n], [e for e in develop if fold[e.report] == n]) for n in range(FOLDS)]
    _write_second(whole, _about_second(found, held_out, whole, guessed))
    gold = read_gold(GOLD)
    _write_confidence(_weights(gold, lambda report: apart[fold[report]] if report in fold else whole), gold)


def _trained(found: Sequence[Example], labels: Sequence[str]) -> Second:
    table = counted([features(e.words) for e in found], ROWS)
    wanted = np.array([labels.index(e.label) for e in found])
    weights, bias = fit(table, wanted, np.array([TRUST[e.source] for e in found]), PENALTY)
    return Second(labels, weights.astype(np.float32), bias.astype(np.float32))


@dataclass(frozen=True, slots=True)
class Guessed:
    """How a model does on examples: how many, the share of right labels, the mean log loss."""

    n: int
    right: float
    log_loss: float


def _scores(model: Second, found: Sequence[Example]) -> Guessed:
    chances: Floats = probabilities(counted([features(e.words) for e in found], ROWS) @ model.weights + model.bias)
    wanted = np.array([model.labels.index(e.label) for e in found])
    given = chances[np.arange(len(wanted)), wanted]
    return Guessed(len(found), float((chances.argmax(axis=1) == wanted).mean()), float(-np.log(given).mean()))


def _about_second(
    found: Sequence[Example], held_out: Sequence[Example], whole: Second, folds: Sequence[Guessed]
) -> dict[str, Any]:
    commonest = Counter(e.label for e in of(found, "gold", "development")).most_common(1)[0][0]
    mean = np.average([g.right for g in folds], weights=[g.n for g in folds])
    score = _scores(whole, held_out)
    return {
        "labels": whole.labels,
        "examples": dict(Counter(e.source for e in found if e.half != HELD_OUT)),
        "trust": TRUST,
        "penalty": PENALTY,
        "development": {"claims": sum(g.n for g in folds), "right": round(float(mean), 3), "folds": FOLDS},
        "held_out": {"claims": score.n, "right": round(score.right, 3), "log_loss": round(score.log_loss, 3)},
        "commonest": {"label": commonest, "right": round(sum(e.label == commonest for e in held_out) / score.n, 3)},
    }


def _write_second(model: Second, about: Mapping[str, Any]) -> None:
    """Rows that matter, as 8-bit numbers with one scale."""
    second.MODEL.mkdir(parents=True, exist_ok=True)
    scale = np.float32(np.abs(model.weights).max() / 127)
    small = np.rint(model.weights / scale).astype(np.int8)
    rows = np.flatnonzero(small.any(axis=1)).astype(np.int32)
    path = second.MODEL / "weights.npz"
    np.savez_compressed(path, rows=rows, weights=small[rows], scale=scale, bias=model.bias)
    card = {**about, "rows": len(rows), "bytes": path.stat().st_size}
    _write(second.MODEL, "card.json", card)
    (second.MODEL / "MODEL.md").write_text(second_page(card), encoding="utf-8")
    print(json.dumps(card["development"]), json.dumps(card["held_out"]), json.dumps(card["commonest"]))


class _Recorder(Judge):
    """Numbers every claim and slot instead of rating it: its confidence is where its traits stand in `traits`."""

    def __init__(self, model: Second) -> None:
        super().__init__(model, {})
        self.traits: list[list[str]] = []

    def probability(self, of: str, traits: Any) -> float:
        self.traits.append(list(traits))
        return float(len(self.traits) - 1)


def _weights(gold: Gold, model_for: Callable[[str], Second]) -> Fitted:
    """The weights of every trait, and the penalty chosen, by what is rated."""
    seen: dict[str, list[Told]] = {}
    for report, half, answered, recorder in _answered(gold, lambda report: _Recorder(model_for(report))):
        if half != HELD_OUT:
            for answer in answered:
                told = Told(report, recorder.traits[int(answer.confidence)], answer.right)
                seen.setdefault(answer.of, []).append(told)
    return {of: fit_weights(found) for of, found in sorted(seen.items())}


def _answered(gold: Gold, judge_for: Callable[[str], Any]) -> Any:
    """Report, half, answers and judge of each report that belongs to a half."""
    case = load_case(MALI)
    names, labels = (name_table(gold.names) if gold.names else names_of_case(case)), Labels(case)
    for report, half, document, filing in documents(gold):
        judge = judge_for(report)
        coded = RuleCoder(case, judge=judge).code(document, filing)
        lines = [{**line, "doc": report} for line in to_gold(case, document, coded)]
        mine = [line for line in gold.lines if line["doc"] == report]
        yield report, half, answers(Marked(coded.claims, lines, mine), names, labels), judge


def _write_confidence(fitted: Fitted, gold: Gold) -> None:
    confidence.MODEL.mkdir(parents=True, exist_ok=True)
    _write(confidence.MODEL, "weights.json", {of: weights for of, (weights, _) in fitted.items()})
    load_judge.cache_clear()
    second.load_second.cache_clear()
    by_half: dict[str, list[Answer]] = {}
    for _, half, answered, _ in _answered(gold, lambda report: load_judge()):
        by_half.setdefault(half, []).extend(answered)
    tables = {half: calibrations(found) for half, found in sorted(by_half.items())}
    card = {
        "rated": [CLAIM, *sorted(RATED)],
        "least": LEAST,
        "penalty": {of: penalty for of, (_, penalty) in fitted.items()},
        "traits": {of: len(weights) for of, (weights, _) in fitted.items()},
        "halves": {half: {c.of: _row(c) for c in found} for half, found in tables.items()},
    }
    _write(confidence.MODEL, "card.json", card)
    (confidence.MODEL / "MODEL.md").write_text(confidence_page(card), encoding="utf-8")
    for half, found in tables.items():
        for c in found:
            print(f"{half:12} {c.of:10} n {c.n:4} right {c.right} mean {c.mean} Brier {c.brier} base {c.base}")


def _row(c: Any) -> dict[str, Any]:
    bins = [[b.low, b.high, b.n, round(b.mean, 3), round(b.right, 3)] for b in c.bins]
    return {"answers": c.n, "right": c.right, "mean": c.mean, "brier": c.brier, "base": c.base, "bins": bins}


def _write(folder: Any, name: str, value: Any) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=1, sort_keys=name == "weights.json") + "\n"
    (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
