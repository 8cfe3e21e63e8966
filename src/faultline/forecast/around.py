"""What goes on around a unit: the deaths of the states that it shares a border with, month by month. Invariant: a month
is told from that month and earlier ones; a unit without known neighbours has none of their deaths."""

from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np

from faultline.forecast.kernels import Flags
from faultline.forecast.sums import total
from faultline.measure.chance import Floats
from faultline.record.packaged import packaged

MONTHS = (6, 24)
NAMES = (
    *(f"around {kind} {months}" for months in MONTHS for kind in ("mean", "most")),
    "around any 12",
    "around over 25 12",
)
_WAR = 25.0  # deaths in twelve months


@cache
def _borders() -> Mapping[str, frozenset[str]]:
    rows: dict[int, list[int]] = packaged("faultline.forecast", "neighbours.yaml")
    return {str(number): frozenset(map(str, others)) for number, others in rows.items()}


def bordering(units: Sequence[str]) -> Flags:
    """Which of the states, by their numbers, share a land border: (units, units), the same both ways."""
    return np.array([[other in _borders().get(unit, ()) for other in units] for unit in units], bool)


def around(deaths: Floats, near: Flags | None) -> Floats:
    """Features by unit and month of deaths (units, months) in the units that are `near`, in the order of NAMES:
    (features, units, months). Zero where a unit has no neighbour, or where none are known (None)."""
    if near is None or not near.any():
        return np.zeros((len(NAMES), *deaths.shape))
    count = np.maximum(near.sum(axis=1, keepdims=True), 1)
    found = []
    for months in MONTHS:
        logs = np.log1p(total(deaths, months) / months)
        found += [near @ logs / count, _most(logs, near)]
    year = total(deaths, 12)
    found += [near @ (year > 0).astype(float), near @ (year >= _WAR).astype(float)]
    return np.stack(found)


def _most(logs: Floats, near: Flags) -> Floats:
    return np.stack([logs[row].max(axis=0, initial=0.0) for row in near])
