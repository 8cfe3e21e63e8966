"""Turns answers into how far the coder's confidence can be believed: by steps of confidence, how often it was right.
Invariant: what is said of a confidence rests on the answers counted beside it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from faultline.evaluate.answers import Answer

STEPS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)


@dataclass(frozen=True, slots=True)
class Step:
    """Answers with a confidence from `low` to below `high` (the last inclusive): how many, their mean confidence, the
    share that was right."""

    low: float
    high: float
    n: int
    mean: float
    right: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """The confidences of one kind of answer ("claim", "actor", ...). `right` is the share that was right, `mean` the
    mean confidence, `brier` the mean squared distance of confidence and outcome, `base` that of always saying `right`:
    a `brier` below `base` tells more than the share alone. Steps without answers are left out."""

    of: str
    n: int
    right: float
    mean: float
    brier: float
    base: float
    bins: tuple[Step, ...]


def calibrations(answers: Iterable[Answer]) -> tuple[Calibration, ...]:
    """One for each kind of answer, the claim first, then by name."""
    kinds: dict[str, list[Answer]] = {}
    for answer in answers:
        kinds.setdefault(answer.of, []).append(answer)
    return tuple(_calibration(of, kinds[of]) for of in sorted(kinds, key=lambda of: (of != "claim", of)))


def _calibration(of: str, found: Sequence[Answer]) -> Calibration:
    right = sum(a.right for a in found) / len(found)
    mean = sum(a.confidence for a in found) / len(found)
    brier = sum((a.confidence - a.right) ** 2 for a in found) / len(found)
    bins = [_step(low, high, found) for low, high in pairwise(STEPS)]
    some = tuple(b for b in bins if b.n)
    return Calibration(
        of, len(found), round(right, 3), round(mean, 3), round(brier, 3), round(right * (1 - right), 3), some
    )


def _step(low: float, high: float, found: Sequence[Answer]) -> Step:
    inside = [a for a in found if low <= a.confidence < high or high == STEPS[-1] == a.confidence]
    size = max(1, len(inside))
    return Step(low, high, len(inside), sum(a.confidence for a in inside) / size, sum(a.right for a in inside) / size)
