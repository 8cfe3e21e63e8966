"""Turns two ways of grouping the same things into figures of agreement. Invariant: names of groups play no part."""

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Agreement:
    """Pair and B-cubed precision and recall (Bagga & Baldwin 1998) of found groups against true ones, each from 0 to 1,
    and the groups found over the true groups, less one."""

    pair_precision: float
    pair_recall: float
    b_precision: float
    b_recall: float
    count_error: float

    @property
    def pair_f1(self) -> float:
        """Harmonic mean of pair precision and recall."""
        return _f1(self.pair_precision, self.pair_recall)

    @property
    def b_cubed(self) -> float:
        """Harmonic mean of B-cubed precision and recall."""
        return _f1(self.b_precision, self.b_recall)


def agreement(truth: Sequence[Hashable], found: Sequence[Hashable]) -> Agreement:
    """How well the found group of each thing agrees with its true group."""
    true, made = Counter(truth), Counter(found)
    both = Counter(zip(truth, found, strict=True))
    shared, of_truth, of_found = (_pairs(c) for c in (both, true, made))
    size = max(1, len(truth))
    return Agreement(
        pair_precision=shared / of_found if of_found else 1.0,
        pair_recall=shared / of_truth if of_truth else 1.0,
        b_precision=sum(n * n / made[f] for (_, f), n in both.items()) / size,
        b_recall=sum(n * n / true[t] for (t, _), n in both.items()) / size,
        count_error=len(made) / max(1, len(true)) - 1,
    )


def likeness_of_groups(truth: Sequence[Hashable], found: Sequence[Hashable]) -> float:
    """What a threshold is chosen by: the mean of pair F1 and B-cubed, less a tenth of the error in the number."""
    figures = agreement(truth, found)
    return (figures.pair_f1 + figures.b_cubed) / 2 - 0.1 * abs(figures.count_error)


def _pairs(counts: Counter[Hashable] | Counter[tuple[Hashable, Hashable]]) -> int:
    return sum(n * (n - 1) // 2 for n in counts.values())


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
