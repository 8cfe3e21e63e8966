"""Turns goals.yaml, the goals of the coder, into records. Invariant: a field has a least or a most, never both."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from faultline.record.packaged import packaged


@dataclass(frozen=True, slots=True)
class Goal:
    """What a figure has to reach (`least`, inclusive) or to stay under (`most`, exclusive); `coders` is the agreement
    of two people, None where it was not measured."""

    coders: float | None = None
    least: float | None = None
    most: float | None = None

    def met(self, value: float) -> bool:
        """Whether the figure reaches the goal."""
        return value >= self.least if self.least is not None else self.most is None or value < self.most

    def __str__(self) -> str:
        return f"{self.least:.2f}" if self.least is not None else f"under {self.most:.2f}"


@dataclass(frozen=True)
class Goals:
    """Goals by field, for reports and for analyses; how far a language may stay behind the first (0 to 1)."""

    reports: Mapping[str, Goal]
    analyses: Mapping[str, Goal]
    language_gap: float
    genres: frozenset[str]


@cache
def load_goals() -> Goals:
    """The goals that are shipped with the package."""
    data = packaged("faultline.evaluate", "goals.yaml")
    reports, analyses = (
        {field: Goal(**goal) for field, goal in data[name].items()} for name in ("reports", "analyses")
    )
    return Goals(reports, analyses, data["language_gap"], frozenset(data["genres"]))
