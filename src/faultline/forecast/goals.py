"""Turns goals.yaml into records. Invariant: the goals were declared before the forecasts were run, and are read, never
worked out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from faultline.record.analysis import Score
from faultline.record.days import Days
from faultline.record.months import month_days, month_number
from faultline.record.packaged import packaged


@dataclass(frozen=True)
class Goals:
    """`forecaster` is held to `windows`: for each its title, first and last month (numbers) and goals by score. Those
    in `once` (first and last month) were scored once and are not run again: their rows stand as they came out."""

    forecaster: str
    windows: tuple[tuple[str, int, int, Mapping[str, Mapping[str, Any]]], ...]
    reference: tuple[str, ...]
    rule: Mapping[str, Any]
    once: frozenset[tuple[int, int]] = frozenset()

    def of(self, window: Days, forecaster: str, score: str) -> Mapping[str, Any]:
        """The goal of a forecaster's score over all units in a window; empty where none was declared."""
        for _, first, last, goals in self.windows:
            if forecaster == self.forecaster and month_days(first, last) == window:
                return goals.get(score, {})
        return {}


@cache
def load_goals() -> Goals:
    """The goals that are shipped with the package."""
    data = packaged("faultline.forecast", "goals.yaml")
    windows = tuple(
        (title, month_number(str(row["first"])), month_number(str(row["last"])), row["goals"])
        for title, row in data["windows"].items()
    )
    rows = zip(windows, data["windows"].values(), strict=True)
    once = frozenset((first, last) for (_, first, last, _), row in rows if "once" in row)
    return Goals(data["forecaster"], windows, tuple(data["reference"]), data["measure_rule"], once)


def judged(
    value: float, goal: Mapping[str, Any], others: Sequence[Score], reference: Sequence[str]
) -> tuple[str, bool]:
    """The goal in words and whether the value meets it; `others` are the same score of the other forecasters."""
    if "below" in goal:
        best = min(others, key=lambda one: one.value)
        return f"below every baseline ({best.forecaster} {best.value:.4g})", value < best.value
    if "of" in goal:
        best = min((one for one in others if one.forecaster in reference), key=lambda one: one.value)
        ratio = value / best.value
        return f"at most {goal['most']:g} of {best.forecaster}: {ratio:.3f}", ratio <= goal["most"]
    least, most = goal.get("least"), float(goal["most"])
    if least is not None:
        return f"{least:g} to {most:g}", bool(least <= value <= most)
    return f"at most {most:g}", value <= most
