"""Fits the weights of traits to answers that were right or wrong. Invariant: the penalty is chosen by reports that were
not fitted on, and the weights are then fitted on all of them; no chance is used."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from faultline.coding.confidence import chance
from recipes.softmax import counted, fit

PENALTIES = (0.02, 0.04, 0.08, 0.15, 0.3, 1.0)
PARTS = 5
LEAST = 6  # answers that a trait must have been seen with
_SMALL = 0.01  # weights below it are left out


@dataclass(frozen=True, slots=True)
class Told:
    """An answer with the traits that were known, the report that it is of, and how much it weighs."""

    report: str
    traits: Sequence[str]
    right: bool
    weight: float = 1.0


def fit_weights(found: Sequence[Told]) -> tuple[dict[str, float], float]:
    """(weight of each trait with the bias under "", the penalty that was chosen)."""
    best = min(PENALTIES, key=lambda penalty: _brier(found, penalty))
    return weights_of(found, best), best


def _brier(found: Sequence[Told], penalty: float) -> float:
    """Mean squared error on reports left out, a part after the other."""
    part = {report: n % PARTS for n, report in enumerate(sorted({told.report for told in found}))}
    errors: list[float] = []
    for n in range(PARTS):
        weights = weights_of([t for t in found if part[t.report] != n], penalty)
        errors += [(chance(weights, t.traits) - t.right) ** 2 for t in found if part[t.report] == n]
    return float(np.mean(errors))


def weights_of(found: Sequence[Told], penalty: float, least: int = LEAST) -> dict[str, float]:
    """Weight of each trait, with the bias under ""; a trait that is seen less often than `least` has none."""
    met = Counter(trait for told in found for trait in set(told.traits))
    kept = sorted(trait for trait, n in met.items() if n >= least)
    index = {trait: n for n, trait in enumerate(kept)}
    right = np.array([int(told.right) for told in found])
    if right.min() == right.max():
        return {"": 4.0 if right[0] else -4.0}
    table = counted([_known(told.traits, index) for told in found], max(1, len(kept)))
    weights, bias = fit(table, right, np.array([told.weight for told in found]), penalty)
    apart = weights[:, 1] - weights[:, 0]
    said = {trait: round(float(apart[n]), 3) for trait, n in index.items() if abs(apart[n]) >= _SMALL}
    return {"": round(float(bias[1] - bias[0]), 3), **said}


def _known(traits: Iterable[str], index: Mapping[str, int]) -> list[int]:
    return sorted({index[trait] for trait in traits if trait in index})
