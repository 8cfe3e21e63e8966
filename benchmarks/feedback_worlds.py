"""Worlds with and without feedback, drawn for the benchmark of feedback. Run nothing here."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from faultline.measure.feedback.worlds import Truth, worlds
from faultline.sandbox.options import SandboxOptions
from faultline.sandbox.pulse import daily_counts

Floats = npt.NDArray[np.float64]
World = Callable[[np.random.Generator], Floats]

DAYS, MARKS, LAG, SIZE = 2000, 4, 5.0, 2.0
RATES = 0.5
PAIR = np.array([[0.3, 0.2, 0.0], [0.15, 0.3, 0.0], [0.0, 0.1, 0.2]])


def counts_of(mean: Floats, branching: Floats, chance: np.random.Generator) -> Floats:
    """Counts about that mean (days x marks) under that branching matrix: the base gives way to it."""
    base = np.maximum(mean - mean @ branching, 0.02)
    return worlds(Truth(base, branching, LAG, np.full(mean.shape[1], SIZE)), 1, chance)[0]


def steady(days: int, marks: int) -> Floats:
    """About one event in two days a mark, in a slow swing over two and a half years."""
    swing = 1 + 0.4 * np.sin(2 * np.pi * np.arange(days) / 900)
    return np.outer(swing, RATES * np.linspace(0.8, 1.2, marks))


def _uneven(chance: np.random.Generator) -> Floats:
    return np.tile(RATES * np.exp(chance.normal(0, 0.3, MARKS)), (DAYS, 1))


def changing(chance: np.random.Generator) -> Floats:
    """(i) No memory; a swing and six bursts of weeks that all marks share, and a swing of each."""
    day = np.arange(DAYS)
    level = np.exp(0.6 * np.sin(2 * np.pi * (day / chance.uniform(300, 900) + chance.random())))
    for first in chance.integers(0, DAYS, 6):
        level[first : first + int(chance.integers(20, 120))] *= chance.uniform(1.5, 3)
    turns = day[:, None] / chance.uniform(200, 900, MARKS) + chance.random(MARKS)
    each = np.exp(0.4 * np.sin(2 * np.pi * turns))
    return counts_of(_uneven(chance) * level[:, None] * each, np.zeros((MARKS, MARKS)), chance)


def _sandbox(chance: np.random.Generator, feedback: float, cross: float, drift: float) -> Floats:
    options = SandboxOptions(seed=int(chance.integers(1 << 40)), days=DAYS, rate=RATES * MARKS, memory=LAG)
    return daily_counts(replace(options, feedback=feedback, cross=cross, drift=drift)).astype(np.float64)


def own_only(chance: np.random.Generator) -> Floats:
    """(ii) The sandbox with feedback of 0.5 and no cross terms, under a yearly swing."""
    return _sandbox(chance, 0.5, 0.0, 0.5)


def batches(chance: np.random.Generator) -> Floats:
    """(iii) No memory; two fifths of the events come two to five on a day, dealt to all marks."""
    mean = _uneven(chance)
    made = counts_of(0.6 * mean, np.zeros((MARKS, MARKS)), chance)
    for day, count in enumerate(chance.poisson(0.4 * mean.sum(axis=1) / 3.5)):
        for _ in range(count):
            made[day] += chance.multinomial(chance.integers(2, 6), mean[day] / mean[day].sum())
    return made


def _seen(made: Floats, share: Floats, chance: np.random.Generator) -> Floats:
    return chance.binomial(made.astype(np.int64), share[:, None]).astype(np.float64)


def ebbs(chance: np.random.Generator) -> Floats:
    """(iv a) Own memory of 0.3; reporting thins out to three tenths in ebbs of 120 days, as in the sandbox."""
    share = 1 - 0.7 * (0.5 - 0.5 * np.cos(2 * np.pi * (np.arange(DAYS) / 120 + chance.random())))
    return _seen(counts_of(_uneven(chance) * 1.5, 0.3 * np.eye(MARKS), chance), share, chance)


def _waves(chance: np.random.Generator, days: float) -> Floats:
    keep, level = np.exp(-1 / days), np.empty(DAYS)
    level[0] = chance.normal()
    for day in range(1, DAYS):
        level[day] = keep * level[day - 1] + np.sqrt(1 - keep**2) * chance.normal()
    made = counts_of(_uneven(chance) * 1.5, 0.3 * np.eye(MARKS), chance)
    return _seen(made, 1 / (1 + np.exp(-level - 0.5)), chance)


def slow_waves(chance: np.random.Generator) -> Floats:
    """(iv b) Own memory of 0.3; reporting rises and falls at random, with a memory of 30 days."""
    return _waves(chance, 30)


def quick_waves(chance: np.random.Generator) -> Floats:
    """(iv c) The same with a memory of 7 days: as quick as feedback itself."""
    return _waves(chance, 7)


def _branching(entries: dict[tuple[int, int], float]) -> Floats:
    found = 0.2 * np.eye(MARKS)
    for at, value in entries.items():
        found[at] = value
    return found


def pair(chance: np.random.Generator) -> Floats:
    """Two of four marks answer each other, 0.3 each way."""
    return counts_of(_uneven(chance), _branching({(0, 1): 0.3, (1, 0): 0.3}), chance)


def weak_pair(chance: np.random.Generator) -> Floats:
    """Two of four marks answer each other, 0.15 each way."""
    return counts_of(_uneven(chance), _branching({(0, 1): 0.15, (1, 0): 0.15}), chance)


def ring(chance: np.random.Generator) -> Floats:
    """Each mark brings about 0.3 of the next."""
    return counts_of(_uneven(chance), _branching({(k, (k + 1) % MARKS): 0.3 for k in range(MARKS)}), chance)


def all_to_all(chance: np.random.Generator) -> Floats:
    """The sandbox with feedback of 0.6, half of it equally to all others."""
    return _sandbox(chance, 0.6, 0.5, 0.0)


def one_way(chance: np.random.Generator) -> Floats:
    """One mark brings about 0.4 of another and nothing comes back."""
    return counts_of(_uneven(chance), _branching({(0, 1): 0.4}), chance)


FALSE: dict[str, World] = {
    "(i) a changing rate, no memory": changing,
    "(ii) own memory, no cross terms": own_only,
    "(iii) batches on a day, no memory": batches,
    "(iv) reporting ebbs every 120 days": ebbs,
    "(iv) reporting waves of 30 days": slow_waves,
    "(iv) reporting waves of 7 days": quick_waves,
}
TRUE: dict[str, World] = {
    "two marks, 0.3 each way": pair,
    "two marks, 0.15 each way": weak_pair,
    "ring of four, 0.3": ring,
    "all to all, 0.1 each": all_to_all,
    "one way only, 0.4": one_way,
}
