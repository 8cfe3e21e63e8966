"""Turns numbers of a measure into short words. Invariant: a number is never shown without its unit, and an absent one
is a word that says why."""

import math

from faultline.record.analysis import Measured

_FINEST = 0.001


def number(value: float | None) -> str:
    """Three significant digits; "" for none, "not finite" for what no number is."""
    if value is None:
        return ""
    if not math.isfinite(value):
        return "not finite"
    if value == round(value) and abs(value) < 1e7:
        return f"{int(value):,}"
    return f"{value:.3g}" if abs(value) < 1000 else f"{value:,.0f}"


def statistic(row: Measured) -> str:
    """The statistic with its unit, or the verdict that stands in its place."""
    return f"{number(row.statistic)} {row.unit}".strip() if row.statistic is not None else row.verdict


def beside(row: Measured) -> str:
    """What the null model expects, and the interval in brackets."""
    null = f"null {number(row.null)}" if row.null is not None else ""
    if row.low is None and row.high is None:
        return null
    return f"{null} [{number(row.low) or '..'} to {number(row.high) or '..'}]".strip()


def p_value(row: Measured) -> str:
    """The p-value, never shown as 0."""
    if row.p_value is None:
        return ""
    return f"p < {_FINEST}" if row.p_value < _FINEST else f"p = {row.p_value:.3f}".rstrip("0").rstrip(".")
