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
_AT_ONCE = 500  # worlds held in memory


def worlds(kind: str, n: int, chance: np.random.Generator, arrow: float = 0.0) -> Floats:
    """Daily counts of two kinds of events in `n` worlds: 2 x worlds x days. With an arrow, an event of the first brings
    about so many of the second over three weeks (below zero: it keeps so large a share of them from happening)."""
    rates = _rates(kind, n, chance)
    own = OWN if kind.startswith("memory") else 0.0
    memory, counts = np.zeros((2, n, DAYS + 30)), np.zeros((2, n, DAYS))
    batch = chance.random((n, DAYS)) < (0.02 if kind == "batches" else 0.0)
    for day in range(DAYS):
        base = rates[:, :, day] * (1 - own)
        hindered = base * (np.ones(n), np.maximum(0.0, 1.0 + memory[1, :, day]))
        means = hindered if arrow < 0 else base + memory[:, :, day]
        counts[:, :, day] += chance.poisson(means)
        for world in np.flatnonzero(batch[:, day]):
            later = np.minimum(day + chance.integers(0, 3, 6), DAYS - 1)
            np.add.at(counts, (chance.integers(0, 2, 6), world, later), 1)
        came = counts[:, :, day, None] * _AFTER
        memory[0, :, day + 1 : day + 22] += own * came[0]
        memory[1, :, day + 1 : day + 22] += (0.0 if arrow < 0 else own) * came[1] + arrow * came[0]
    if kind == "waves of reporting":
        seen = 0.3 + 0.7 * (np.sin(2 * np.pi * np.arange(DAYS) / 90 + 6 * chance.random((n, 1))) > 0)
        counts = chance.binomial(counts.astype(np.int64), seen).astype(np.float64)
    return counts


def _rates(kind: str, n: int, chance: np.random.Generator) -> Floats:
    day = np.arange(DAYS)
    if kind == "a trend":
        return np.tile(0.15 + 0.6 * day / DAYS, (2, n, 1))
    if kind == "swings apart":  # two months between the swells of the one and of the other
        return np.stack([np.tile(RATE * (1 + 0.8 * np.sin(2 * np.pi * (day - x) / 365)), (n, 1)) for x in (0, 60)])
    if kind in ("a swing", "memory and a swing", "waves of reporting"):
        walk = np.cumsum(chance.normal(0, 0.06, (n, DAYS)), axis=1)
        swing = RATE * np.exp(np.clip(walk - walk.mean(axis=1, keepdims=True), -2, 2))
        return np.stack([swing, swing])
    return np.full((2, n, DAYS), RATE)


def main(arguments: list[str]) -> None:
    """Prints both tables."""
    n, seed = (int(one) for one in [*arguments, *("2000", "100000")[len(arguments) :]])
    begun = time.process_time()
    rows = []
    for kind in KINDS:
        found = _told(kind, n, seed)
        rows.append((kind, str(n), share(sum(one[0] for one in found), n), share(sum(one[1] for one in found), n)))
    columns = ("world", "worlds", "p <= 0.05", "an arrow of more is supported")
    print(grid("An order of days where there is none", columns, rows), flush=True)
    rows = []
    for kind, arrow in PLANTED:
        hits = sum(one[2 if arrow < 0 else 1] for one in _told(kind, n // 5, seed, arrow))
        rows.append((f"{arrow:+g} ({kind})", str(n // 5), share(hits, n // 5)))
    print(grid("Arrows that are there", ("planted", "worlds", "told with its sign"), rows))
    print(f"{time.process_time() - begun:.0f} s of one core", file=sys.stderr)


def _told(kind: str, n: int, seed: int, arrow: float = 0.0) -> list[tuple[bool, bool, bool]]:
    """Of each world whether an order is told, and whether it is that of an arrow of more, of less."""
    chance = generator(seed, "leads", kind, arrow)
    found = []
    for begin in range(0, n, _AT_ONCE):
        one, other = worlds(kind, min(_AT_ONCE, n - begin), chance, arrow)
        for pair in zip(one, other, strict=True):
            tested = lead(*pair, chance)
            told = tested.p_value <= ALARM
            found.append(
                (told, told and tested.forward and tested.sign > 0, told and tested.forward and tested.sign < 0)
            )
    return found


if __name__ == "__main__":
    main(sys.argv[1:])
