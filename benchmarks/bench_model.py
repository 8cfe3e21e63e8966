"""Recovery of the coupled model on simulated countries: speed, bias and coverage of its parameters, loops found where
there is none, forecasts beside simple ones. `python -m benchmarks.bench_model speed`, `origins [COUNTRIES [FIRST
SEED]]`, `rows recovery|bootstrap|nulls|power [COUNTRIES [FIRST SEED]]` for rows to keep, `table FILE...` of those."""

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from benchmarks.measure_pages import grid, share
from benchmarks.model_proof import (
    FULL,
    LOOPED,
    Row,
    admission_table,
    bootstrapped,
    null,
    power,
    recovered,
    recovery_table,
)
from benchmarks.model_worlds import LAG, MALI, SMALL, Truth, country, ring

from faultline.forecast.score import covered, crps, ignorance, pit
from faultline.measure.chance import generator
from faultline.model.admit import admit
from faultline.model.columns import Past
from faultline.model.doubt import draws_of
from faultline.model.fit import Fit, fit
from faultline.model.plan import Block, Plan
from faultline.model.walk import Walk, dynamics_of, start_of


def main(arguments: list[str]) -> None:
    """Prints the tables of one part."""
    parts: dict[str, Callable[..., None]] = {"speed": speed, "origins": origins, "table": table, "rows": rows}
    begun = time.process_time()
    parts[arguments[0]](*arguments[1:])
    print(f"{time.process_time() - begun:.0f} s of one core", file=sys.stderr, flush=True)


def speed(paths: int = 2000) -> None:
    """CPU time and memory of a fit, an admission and a simulation at Mali's size."""
    chance = generator(1, "model", "speed")
    made = country(LOOPED, MALI, chance)
    rows = []

    def timed(name: str, work: Callable[[], object]) -> object:
        begun = time.process_time()
        found = work()
        rows.append((name, f"{time.process_time() - begun:.1f} s"))
        return found

    past = Past(made, LAG)
    found = timed("fit, level and own memory", lambda: fit(past, Plan((), LAG)))
    timed("fit, every term", lambda: fit(past, FULL))
    timed("admission of three blocks at six origins", lambda: admit(past, chance))
    assert isinstance(found, Fit)
    walk = Walk(dynamics_of(found, past), start_of(past), paths, chance)
    timed(f"{paths} paths of 26 weeks", lambda: [walk.step() for _ in range(182)])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    rows.append(("largest memory", f"{peak:.0f} MB"))
    size = f"{MALI.places} places x {MALI.marks} marks x {MALI.days} days, {int(made.counts.sum()):,} events"
    print(grid(f"Speed at {size}", ("work", "CPU time"), rows), flush=True)


def rows(part: str, worlds: str = "200", first: str = "0") -> None:
    """One country after the other, each a JSON row as soon as it is done, so that a run cut short is of use."""
    for seed in range(int(first), int(first) + int(worlds)):
        for row in _ROWS[part](seed):
            print(json.dumps(row), flush=True)


def table(*files: str) -> None:
    """The tables of rows that were kept."""
    kept = [json.loads(line) for file in files for line in Path(file).read_text(encoding="utf-8").splitlines()]
    for part in dict.fromkeys(row["part"] for row in kept):
        mine = [row for row in kept if row["part"] == part]
        print(admission_table(mine) if "world" in mine[0] else recovery_table(mine), flush=True)
    plain = [{**row, "part": "without bootstrap", "terms": row["plain"]} for row in kept if "plain" in row]
    if plain:
        print(recovery_table(plain), flush=True)


_ROWS: dict[str, Callable[[int], list[Row]]] = {
    "recovery": recovered,
    "bootstrap": bootstrapped,
    "nulls": null,
    "power": power,
}


def origins(worlds: str = "20", first: str = "0") -> None:
    """Counts of the next 28 days of each mark, forecast at six origins beside three simple forecasts."""
    truth = Truth(cross=ring(SMALL.marks, 0.2), rate=0.3)
    scores: dict[str, list[np.ndarray]] = {name: [] for name in ("model", *_SIMPLE)}
    for n, seed in enumerate(range(int(first), int(first) + int(worlds)), 1):
        chance = generator(seed, "model", "origins")
        made = country(truth, SMALL, chance)
        for origin in range(800, SMALL.days - MONTH, 200):
            came = made.counts[origin : origin + MONTH].sum(axis=(0, 1))
            for name, draws in _forecasts(Past(made.until(origin), LAG), chance).items():
                found = [crps(draws, came), ignorance(draws, came), covered(draws, came), pit(draws, came, chance)]
                scores[name].append(np.array(found))
        if n % 5 == 0 or n == int(worlds):
            print(_scored(scores, n), flush=True)


MONTH = 28
_SIMPLE = ("the last 28 days persist", "mean of the last 84 days", "climatology")


def _forecasts(past: Past, chance: np.random.Generator) -> dict[str, np.ndarray]:
    """marks x 400 draws of the total of the next 28 days."""
    found = fit(past, Plan((Block.CROSS_COUNTRY,), LAG))
    walk = Walk(dynamics_of(found, past, draws_of(found, 400, chance)), start_of(past), 400, chance)
    model = sum(walk.step().sum(axis=1) for _ in range(MONTH))
    daily = past.cells.counts.sum(axis=1)
    totals = daily[len(daily) % MONTH :].reshape(-1, MONTH, daily.shape[1]).sum(axis=1)
    last, three = totals[-1], totals[-3:].mean(axis=0)
    draws = [chance.poisson(np.maximum(mean, 0.5), (400, len(mean))).T for mean in (last, three)]
    draws.append(totals[chance.integers(0, len(totals), 400)].T)
    return {"model": np.asarray(model).T, **dict(zip(_SIMPLE, (np.asarray(d, float) for d in draws), strict=True))}


def _scored(scores: dict[str, list[np.ndarray]], worlds: int) -> str:
    rows = []
    for name, found in scores.items():
        whole = np.concatenate(found, axis=1)
        low = float((whole[3] < 0.1).mean())
        means = [f"{whole[k].mean():.2f}" for k in (0, 1)]
        rows.append((name, *means, share(int(whole[2].sum()), whole.shape[1]), f"{low:.2f}"))
    columns = ("forecast", "CRPS", "log score, bits", "in the 90 % interval", "PIT under 0.1")
    note = f"{worlds} countries of 4 marks at 20 places, 6 origins each, a loop of 0.2 in them; lower is better"
    return grid("The next 28 days of each mark", columns, rows, note)


if __name__ == "__main__":
    main(sys.argv[1:])
