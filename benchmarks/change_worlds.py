"""Worlds of Mali's size without and with a change, for the benchmark of the cheap tests. Run nothing here."""

import numpy as np

from faultline.measure.chance import Floats, Ints

DAYS, TURN = 2922, 2922 - 365  # eight years; the last year begins on TURN
KINDS = ("one rate", "events in clumps", "a rate that swings")


def daily_rate(kind: str, mean: float, chance: np.random.Generator, days: int = DAYS) -> Floats:
    """The rate of each day: the same on all, or in a swing of two years of its own phase; clumps are drawn later."""
    if kind == "a rate that swings":
        turn = np.arange(days) / 730 + chance.random()
        return np.asarray(mean * np.exp(0.5 * np.sin(2 * np.pi * turn)), np.float64)
    return np.full(days, mean)


def daily(kind: str, mean: float, chance: np.random.Generator, days: int = DAYS) -> Ints:
    """Events of each day; clumps are bouts of a week in which three times as many come, as fighting does."""
    rate = daily_rate(kind, mean, chance, days)
    if kind == "events in clumps":
        weeks = chance.gamma(1.0, 1.0, -(-days // 7))
        rate = rate * np.repeat(weeks, 7)[:days]
    return chance.poisson(rate).astype(np.int64)


def days_of(counts: Ints) -> Ints:
    """The day of each event, in order."""
    return np.repeat(np.arange(len(counts), dtype=np.int64), counts)
