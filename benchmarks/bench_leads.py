"""How often the order of days that the examiner asks for is told in simulated worlds without an arrow, and with one.
`python -m benchmarks.bench_leads [WORLDS [FIRST SEED]]` prints the tables of docs/guide/examine.md."""

import sys
import time

import numpy as np
from benchmarks.measure_pages import grid, share

from faultline.examine.leads import Floats, lead
from faultline.measure.chance import generator

DAYS, RATE, OWN = 2000, 0.4, 0.4
KINDS = ("even", "a trend", "a swing", "memory", "memory and a swing", "batches", "waves of reporting", "swings apart")
PLANTED = (("memory and a swing", 0.1), ("memory and a swing", 0.2), ("memory and a swing", 0.4), ("a swing", -0.4))
_DECAY = np.exp(-np.arange(1, 22) / 5.0)
_AFTER = _DECAY / _DECAY.sum()
ALARM = 0.05


def world(kind: str, chance: np.random.Generator, arrow: float = 0.0) -> tuple[Floats, Floats]:
    """Daily counts of two kinds of events; with an arrow, an event of the first brings about so many of the second over
    three weeks (below zero: it keeps so large a share of them from happening)."""
    rates = _rates(kind, chance)
    own = OWN if kind.startswith("memory") else 0.0
    memory, counts = np.zeros((2, DAYS + 30)), np.zeros((2, DAYS))
    batch = chance.random(DAYS) < (0.02 if kind == "batches" else 0.0)
    for day in range(DAYS):
        brought = max(0.0, 1.0 + memory[1, day]) if arrow < 0 else 1.0
        means = rates[:, day] * (1 - own) * (1.0, brought) + (memory[0, day], 0.0 if arrow < 0 else memory[1, day])
        counts[:, day] += chance.poisson(means)
        if batch[day]:
            later = np.minimum(day + chance.integers(0, 3, 6), DAYS - 1)
            np.add.at(counts, (chance.integers(0, 2, 6), later), 1)
        memory[0, day + 1 : day + 22] += own * counts[0, day] * _AFTER
        own_second = 0.0 if arrow < 0 else own * counts[1, day]
        memory[1, day + 1 : day + 22] += (own_second + arrow * counts[0, day]) * _AFTER
    if kind == "waves of reporting":
        seen = 0.3 + 0.7 * (np.sin(2 * np.pi * np.arange(DAYS) / 90 + 6 * chance.random()) > 0)
        counts = chance.binomial(counts.astype(np.int64), seen).astype(np.float64)
    return counts[0], counts[1]


def _rates(kind: str, chance: np.random.Generator) -> Floats:
    day = np.arange(DAYS)
    if kind == "a trend":
        return np.tile(0.15 + 0.6 * day / DAYS, (2, 1))
    if kind == "swings apart":  # two months between the swells of the one and of the other
        return np.stack([RATE * (1 + 0.8 * np.sin(2 * np.pi * (day - late) / 365)) for late in (0, 60)])
    if kind in ("a swing", "memory and a swing", "waves of reporting"):
        walk = np.cumsum(chance.normal(0, 0.06, DAYS))
        return np.tile(RATE * np.exp(np.clip(walk - walk.mean(), -2, 2)), (2, 1))
    return np.full((2, DAYS), RATE)


def main(arguments: list[str]) -> None:
    """Prints both tables."""
    worlds, first = (int(one) for one in [*arguments, *("2000", "100000")[len(arguments) :]])
    begun = time.process_time()
    rows = []
    for kind in KINDS:
        found = [_told(kind, seed) for seed in range(first, first + worlds)]
        rows.append((kind, str(worlds), *(share(sum(one[k] for one in found), worlds) for k in range(2))))
        print(rows[-1], file=sys.stderr, flush=True)
    columns = ("world", "worlds", "p <= 0.05", "an arrow of more supported")
    print(grid("An order of days where there is none", columns, rows))
    rows = []
    for kind, arrow in PLANTED:
        found = [_told(kind, seed, arrow) for seed in range(first, first + worlds // 5)]
        rows.append(
            (f"{arrow:+g} ({kind})", str(len(found)), share(sum(one[1 + (arrow < 0)] for one in found), len(found)))
        )
    print(grid("Arrows that are there", ("planted", "worlds", "told with its sign"), rows))
    print(f"{time.process_time() - begun:.0f} s of one core", file=sys.stderr)


def _told(kind: str, seed: int, arrow: float = 0.0) -> tuple[bool, bool, bool]:
    """Whether an order is told, and whether it is that of an arrow of more, of less."""
    counts = world(kind, generator(seed, "leads", kind, arrow), arrow)
    found = lead(*counts, generator(seed, "leads", "signs"))
    told = found.p_value <= ALARM
    return told, told and found.forward and found.sign > 0, told and found.forward and found.sign < 0


if __name__ == "__main__":
    main(sys.argv[1:])
