"""Recovery of feedback on simulated worlds: how often a world without a loop passes for one with a loop, how often a
loop is found, how often the 90 % intervals hold. Writes docs/guide/measures/feedback.md between its markers.

`python -m benchmarks.bench_feedback` takes all, or the named part (sizes, powers, coverage) without writing the page.
Results are kept world by world: a run that was cut short goes on where it stopped; `--so-far` takes no new world.
"""

import sys
import time
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from benchmarks.feedback_worlds import DAYS, FALSE, LAG, PAIR, RATES, TRUE, World, counts_of, steady
from benchmarks.measure_pages import grid, share, write_page
from benchmarks.tally import Tally

from benchmarks import feedback_worlds
from faultline.measure import chance, negbin
from faultline.measure.chance import generator
from faultline.measure.feedback import basis, heldout, interval, kernel, memory, model, worlds
from faultline.measure.feedback import judge as judging
from faultline.measure.feedback.interval import intervals, lagged
from faultline.measure.feedback.judge import Draws, Judged, judge
from faultline.measure.feedback.model import BASELINES, LAGS, Plan, fit, profile_lag, spectral_radius

WORLDS, POWER_WORLDS, CURVE_WORLDS = 200, 40, 10
TALLY = Tally(
    "feedback", feedback_worlds, chance, negbin, basis, heldout, interval, judging, kernel, memory, model, worlds
)
DRAWS = Draws(crossless=19, intervals=30)


def main(names: Sequence[str]) -> None:
    """Prints and writes the tables."""
    Tally.so_far = "--so-far" in names
    parts = {"speed": _speed, "curve": _curve, "sizes": _sizes, "powers": _powers, "coverage": _coverage}
    told = [_told(part()) for name, part in parts.items() if name in names or not parts.keys() & set(names)]
    if not parts.keys() & set(names):
        write_page("feedback", "\n\n".join(told))


def _told(text: str) -> str:
    print(text, flush=True)
    return text


def _judged(name: str, make: World, seed: int) -> Judged:
    chance = generator(seed, "feedback", name)
    counts = make(chance)
    lag, _ = profile_lag(counts, Plan(), LAGS)
    return judge(counts, Plan(lag=lag), DRAWS, chance)


def _said(name: str, make: World, seed: int) -> tuple[bool, bool, bool]:
    found = _judged(name, make, seed)
    return found.cross.low > 0, found.survives, found.loop


def _rates(worlds: dict[str, World], n: int) -> list[tuple[str, ...]]:
    rows = []
    for name, make in worlds.items():
        found = TALLY.of(name, lambda seed, name=name, make=make: _said(name, make, seed), n)
        rows.append((name, str(len(found)), *(share(sum(world[k] for world in found), len(found)) for k in range(3))))
        print(rows[-1], flush=True)
    return rows


_COLUMNS = ("world", "worlds", "cross terms gain on held-out days", "and pass the controls", "called a loop")


def _sizes() -> str:
    note = "4 marks over 2,000 days at about 0.5 a day; share and its 95 % binomial interval."
    return grid("False loops", _COLUMNS, _rates(FALSE, WORLDS), note)


def _powers() -> str:
    note = "The same size. One way is no loop: there the last column is an error."
    return grid("Loops that are there", _COLUMNS, _rates(TRUE, POWER_WORLDS), note)


def _held(seed: int) -> list[bool]:
    """Whether the intervals of a world hold each entry and, last, the loop gain; the lag is not known."""
    chance = generator(seed, "feedback", "held")
    counts = counts_of(steady(DAYS, len(PAIR)), PAIR, chance)
    found = intervals(counts, lagged(counts, Plan()), DRAWS.intervals, chance)
    inside = (found.low <= PAIR) & (found.high >= PAIR)
    return [*inside.ravel().tolist(), bool(found.gain_low <= spectral_radius(PAIR) <= found.gain_high)]


def _coverage() -> str:
    """Shares of worlds whose interval holds the truth."""
    found = np.array(TALLY.of("coverage", _held, WORLDS))
    hits, n = found.sum(axis=0), len(found)  # of the entries, then of the gain
    names = [f"{i + 1} on {j + 1}" for i in range(len(PAIR)) for j in range(len(PAIR))]
    truths = [f"{value:.2f}" for value in (*PAIR.ravel(), spectral_radius(PAIR))]
    rows = [
        (name, truth, share(int(hit), n)) for name, truth, hit in zip([*names, "loop gain"], truths, hits, strict=True)
    ]
    above = np.flatnonzero(PAIR.ravel() > 0)
    rows.append(("all entries above zero", "", share(int(hits[above].sum()), len(above) * n)))
    note = f"{n} worlds of 3 marks over 2,000 days, true mean lag {LAG:g} days, quarterly knots; other worlds than"
    note += " those by which the weights of the lags were chosen."
    return grid("Coverage of the 90 % intervals", ("entry", "truth", "held"), rows, note)


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
    main(sys.argv[1:])
