"""Recovery of synchrony on simulated worlds: how often a world without it passes for one with it, and how often a
planted one is found. Writes docs/guide/measures/synchrony.md between its markers."""

import time

import numpy as np
from benchmarks.measure_pages import grid, share, write_page

from faultline.measure.chance import generator, p_above
from faultline.measure.events import Ints
from faultline.measure.synchrony.jitter import Jitter, coincidences, hits, null_coincidences

WORLDS, POWER_WORLDS, DRAWS = 2_000, 400, 99
DAYS, FRONTS, RATE = 730, 8, 0.06  # two years, hits a front and day: about 350 hits, one coalition of Mali's size
SETTINGS = ((1, 7), (2, 7), (3, 14), (7, 28))


def main() -> None:
    """Prints and writes the two tables."""
    begun = time.perf_counter()
    text = "\n\n".join([_sizes(), _powers()])
    print(text)
    write_page("synchrony", f"{text}\n\n{time.perf_counter() - begun:.0f} s on one core.")


def _world(seed: int, kind: str, together: int) -> tuple[Ints, Ints]:
    """Fronts and days of the hits of one world. `together` days a year hit four fronts at once."""
    chance = generator(seed, "synchrony", kind)
    level = np.full(DAYS, RATE)
    if kind == "a rate that swings over the year":
        level = RATE * np.exp(0.9 * np.sin(2 * np.pi * np.arange(DAYS) / 365.25))
    if kind == "a rate that jumps":
        level = RATE * np.where(np.arange(DAYS) < DAYS // 2, 0.5, 1.5)
    table = chance.random((FRONTS, DAYS)) < level
    for day in chance.integers(0, DAYS, 2 * together):
        table[chance.choice(FRONTS, 4, replace=False), day] = True
    fronts, days = np.nonzero(table)
    return hits(fronts.astype(np.int64), days.astype(np.int64))


def _found(seed: int, kind: str, setting: tuple[int, int], together: int = 0) -> bool:
    window, width = setting
    fronts, days = _world(seed, kind, together)
    draws = null_coincidences(Jitter((fronts, days), width, DAYS), window, DRAWS, generator(seed, "null", window))
    return p_above(coincidences(fronts, days, window), draws) <= 0.05


def _sizes() -> str:
    kinds = ("a constant rate", "a rate that swings over the year", "a rate that jumps")
    rows = []
    for window, width in SETTINGS:
        found = [sum(_found(seed, kind, (window, width)) for seed in range(WORLDS)) for kind in kinds]
        rows.append((f"{window} / {width}", *(share(number, WORLDS) for number in found)))
    note = f"{WORLDS} worlds each, {FRONTS} fronts, {DAYS} days; share with p <= 0.05 and its 95 % interval."
    return grid("False synchrony", ("window / bin, days", *kinds), rows, note)


def _powers() -> str:
    often = (2, 4, 8, 12)
    rows = []
    for setting in SETTINGS:
        found = [sum(_found(seed, "planted", setting, n) for seed in range(POWER_WORLDS)) for n in often]
        rows.append((f"{setting[0]} / {setting[1]}", *(share(number, POWER_WORLDS) for number in found)))
    note = "Days a year on which four of eight fronts are hit at once, beside the hits of each front's own rate."
    return grid("Planted synchrony found", ("window / bin, days", *(f"{n} days a year" for n in often)), rows, note)


if __name__ == "__main__":
    main()
