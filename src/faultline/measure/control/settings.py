"""Turns settings.yaml into what the chain runs on. Invariant: rows of the transition matrix are distributions, and its
states stand in one order: held by each holder, then those that nobody holds alone."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from faultline.record.packaged import packaged

Floats = npt.NDArray[np.float64]

CONTESTED, BESIEGED, PACT, VACATED = "contested", "besieged", "pact", "vacated"
NOBODYS = (CONTESTED, BESIEGED, PACT, VACATED)  # the states after the holders, in this order


@dataclass(frozen=True)
class Settings:
    """What settings.yaml says; `stay` and `trust` scale the mean spells and the worth of every report."""

    table: Mapping[str, Any] = field(default_factory=dict)
    stay: float = 1.0
    trust: float = 1.0

    def number(self, name: str) -> float:
        """One number of the table."""
        return float(self.table[name])

    def words(self, group: str, name: str = "") -> tuple[str, ...]:
        """One list of words of the table."""
        found = self.table[group]
        return tuple(found[name] if name else found)

    def letter(self, reliability: str) -> float:
        """The chance that a report of such a source is right; that of F where the letter is unknown."""
        letters = self.table["letters"]
        return float(letters.get(reliability, letters["F"]))

    def modality(self, modality: str) -> float:
        """What the modality leaves of a report, 0 where it says nothing about what is."""
        return float(self.table["modalities"].get(modality, 0.0))

    def row(self, form: str) -> Mapping[str, float]:
        """How well each kind of state explains a message of that form."""
        return {str(kind): float(value) for kind, value in self.table["messages"][form].items()}

    def scaled(self, stay: float = 1.0, trust: float = 1.0) -> "Settings":
        """The same with other spells or another worth of reports."""
        return replace(self, stay=stay, trust=trust)


@cache
def standard() -> Settings:
    """The settings as shipped."""
    return Settings(packaged("faultline.measure.control", "settings.yaml"))


def transitions(settings: Settings, armed: int) -> Floats:
    """(K, K) chances from one day to the next, K = 1 + armed + 4: the state, armed holders, NOBODYS."""
    kinds = ["state", *["armed"] * armed, *NOBODYS]
    matrix = np.zeros((len(kinds), len(kinds)))
    for row, kind in enumerate(kinds):
        goes = settings.table["goes"][kind]
        weights = np.array([_weight(goes, kinds, row, column) for column in range(len(kinds))])
        leaving = min(1.0, 1.0 / (settings.stay * float(settings.table["stay"][kind])))
        matrix[row] = leaving * weights / weights.sum() if weights.sum() else 0.0
        matrix[row, row] = 1.0 - matrix[row].sum()
    return matrix


def long_run(matrix: Floats) -> Floats:
    """The mix that silence tends to."""
    power = np.linalg.matrix_power(matrix, 1 << 20)
    return np.asarray(power[0] / power[0].sum())


def _weight(goes: Mapping[str, float], kinds: list[str], row: int, column: int) -> float:
    if row == column:
        return 0.0
    kind = kinds[column]
    if kind != "armed":
        return float(goes.get(kind, 0.0))
    others = kinds.count("armed") - (kinds[row] == "armed")
    return float(goes.get(kind, 0.0)) / max(others, 1)
