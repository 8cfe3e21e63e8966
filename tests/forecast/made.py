"""Invented tables of deaths: a few countries with levels of their own. Invariant: seeded, nothing of the world."""

import numpy as np

from faultline.forecast.outcomes import Monthly
from faultline.measure.chance import generator
from faultline.record.analysis import Frame
from faultline.record.months import month_number

FIRST = month_number("1995-01")


def invented(units: int = 24, months: int = 252, seed: int = 1) -> Monthly:
    """Countries whose level wanders; a third of them never has a death."""
    chance = generator(seed, "invented")
    start = chance.normal(1.5, 1.5, size=(units, 1))
    level = start + np.cumsum(chance.normal(0, 0.15, size=(units, months)), axis=1)
    deaths = chance.poisson(np.exp(np.clip(level, -3, 7)) * (chance.random((units, months)) < 0.8)).astype(float)
    deaths[::3] = 0
    names = tuple(f"u{k}" for k in range(units))
    everywhere = np.ones((units, months), bool)
    frame = Frame("invented", "nobody", "deaths", systematic=True)
    return Monthly(frame, names, FIRST, deaths, everywhere, np.zeros(months, bool))
