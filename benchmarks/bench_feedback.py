"""Recovery of feedback on simulated worlds: how often a world without a loop passes for one with a loop, how often a
loop is found, how often the 90 % intervals hold. Writes docs/guide/measures/feedback.md between its markers."""

import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np
from benchmarks.feedback_worlds import DAYS, FALSE, LAG, PAIR, RATES, TRUE, World, counts_of, steady
from benchmarks.measure_pages import grid, share, write_page

from faultline.measure.chance import generator
from faultline.measure.feedback.interval import fair_lag, intervals
from faultline.measure.feedback.judge import Draws, Judged, judge
from faultline.measure.feedback.model import BASELINES, LAGS, Plan, fit, profile_lag, spectral_radius

WORLDS, POWER_WORLDS, CURVE_WORLDS = 200, 40, 10
DRAWS = Draws(crossless=19, intervals=40, lags=10)


def main() -> None:
    """Prints and writes the tables."""
    begun = time.process_time()
    parts = [_told(part()) for part in (_speed, _curve, _sizes, _powers, _coverage)]
    write_page("feedback", "\n\n".join([*parts, f"{time.process_time() - begun:.0f} s of one core."]))


def _told(text: str) -> str:
    print(text, flush=True)
    return text


def _judged(name: str, make: World, seed: int) -> Judged:
    chance = generator(seed, "feedback", name)
    counts = make(chance)
    lag, _ = profile_lag(counts, Plan(), LAGS)
    return judge(counts, Plan(lag=lag), DRAWS, chance)


def _rates(worlds: dict[str, World], n: int) -> list[tuple[str, ...]]:
    rows = []
    for name, make in worlds.items():
        found = [_judged(name, make, seed) for seed in range(n)]
        tests: tuple[Callable[[Judged], bool], ...] = (
            lambda j: j.cross.low > 0,
            lambda j: j.survives,
            lambda j: j.loop,
        )
        rows.append((name, *(share(sum(test(j) for j in found), n) for test in tests)))
        print(rows[-1], flush=True)
    return rows


_COLUMNS = ("world", "cross terms gain on held-out days", "and pass the controls", "called a loop")


def _sizes() -> str:
    note = f"{WORLDS} worlds each of 4 marks over 2,000 days at about 0.5 a day; share and its 95 % binomial interval."
    return grid("False loops", _COLUMNS, _rates(FALSE, WORLDS), note)


def _powers() -> str:
    note = f"{POWER_WORLDS} worlds each, the same size. One way is no loop: there the last column is an error."
    return grid("Loops that are there", _COLUMNS, _rates(TRUE, POWER_WORLDS), note)


def _coverage() -> str:
    """Shares of worlds whose interval holds the truth, with the lag estimated and with the lag known."""
    gain, inside, gains = spectral_radius(PAIR), np.zeros((2, *PAIR.shape), np.int64), [0, 0]
    for seed in range(WORLDS):
        chance = generator(seed, "feedback", "coverage")
        counts = counts_of(steady(DAYS, len(PAIR)), PAIR, chance)
        for k, lag in enumerate((fair_lag(counts, Plan(), DRAWS.lags, chance), LAG)):
            found = intervals(counts, fit(counts, Plan(lag=lag)), DRAWS.intervals, chance)
            inside[k] += (found.low <= PAIR) & (found.high >= PAIR)
            gains[k] += found.gain_low <= gain <= found.gain_high
    rows = [
        (f"{i + 1} on {j + 1}", f"{PAIR[i, j]:.2f}", *(share(int(hits[i, j]), WORLDS) for hits in inside))
        for i in range(len(PAIR))
        for j in range(len(PAIR))
    ]
    above = PAIR > 0
    n = int(above.sum()) * WORLDS
    rows.append(("all entries above zero", "", *(share(int(hits[above].sum()), n) for hits in inside)))
    rows.append(("loop gain", f"{gain:.2f}", *(share(hits, WORLDS) for hits in gains)))
    note = f"{WORLDS} worlds of 3 marks over 2,000 days, true mean lag {LAG:g} days, quarterly knots."
    return grid("Coverage of the 90 % intervals", ("entry", "truth", "lag estimated", "lag known"), rows, note)


def _curve() -> str:
    rows = []
    for name, make in (*FALSE.items(), *TRUE.items()):
        drawn = [make(generator(seed, "curve", name)) for seed in range(CURVE_WORLDS)]
        gains = [np.mean([fit(counts, Plan(spacing=s)).gain for counts in drawn]) for _, s in BASELINES]
        rows.append((name, *(f"{gain:.2f}" for gain in gains)))
    note = f"Mean over {CURVE_WORLDS} worlds; no memory at all in the first and third; own memory in all others."
    return grid("Loop gain as fitted, by the knots of the baseline", ("world", *(n for n, _ in BASELINES)), rows, note)


def _speed() -> str:
    marks = 6
    branching = np.full((marks, marks), 0.03) + 0.27 * np.eye(marks)
    counts = counts_of(steady(5000, marks) * RATES, branching, generator(1, "speed"))
    rows = []
    for name, plan in (("as in the curve", Plan()), ("with the shared swell", replace(Plan(), swell=True))):
        begun = time.process_time()
        fit(counts, plan)
        rows.append((name, f"{time.process_time() - begun:.2f} s"))
    return grid("One fit of 6 marks and 5,000 days, quarterly knots", ("model", "CPU time"), rows)


if __name__ == "__main__":
    main()
