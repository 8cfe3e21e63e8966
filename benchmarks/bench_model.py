"""Recovery of the coupled model on simulated countries: speed, bias and coverage of its parameters, loops found where
there is none, forecasts beside simple ones. `python -m benchmarks.bench_model speed`, `origins [COUNTRIES [FIRST
SEED]]`, `rows recovery|bootstrap|nulls|power [COUNTRIES [FIRST SEED]]` for rows to keep, `table FILE...` of those,
`held [CASE]` who holds the places of a case."""

import json
import resource
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from benchmarks.measure_pages import grid
from benchmarks.model_held import held
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
from benchmarks.model_tables import MONTH, SIMPLE, compiled, forecasts, real, scored, scores
from benchmarks.model_turns import turned, turns_table
from benchmarks.model_worlds import LAG, MALI, SMALL, Truth, country, ring

from faultline.measure.chance import generator
from faultline.model.admit import admit
from faultline.model.columns import Past
from faultline.model.doubt import refits
from faultline.model.fit import Fit, fit
from faultline.model.plan import Block, Plan
from faultline.model.walk import Walk, dynamics_of, start_of

REFITS = 10  # of one chunk of a bootstrap, as the desk shares it out


def main(arguments: list[str]) -> None:
    """Prints the tables of one part."""
    parts: dict[str, Callable[..., None]] = {"speed": speed, "origins": origins, "table": table, "rows": rows}
    parts |= {"real": real, "compiled": compiled, "held": held}
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
    whole = timed("fit, every term", lambda: fit(past, FULL))
    timed("admission of three blocks at six origins", lambda: admit(past, chance))
    assert isinstance(found, Fit) and isinstance(whole, Fit)
    name = f"{20 * REFITS} refits of a bootstrap, every term"
    timed(name, lambda: [len(refits(whole, past, REFITS, chance)) for _ in range(20)])
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
        print(_TABLES.get(part, recovery_table)(mine), flush=True)
    for key, part in (("bound", "bootstrap, refits held at zero"), ("plain", "without bootstrap")):
        mine = [{**row, "part": part, "terms": row[key]} for row in kept if key in row]
        if mine:
            print(recovery_table(mine), flush=True)


_TABLES: dict[str, Callable[[Sequence[Row]], str]] = {
    "nulls": admission_table,
    "power": admission_table,
    "turns": turns_table,
}
_ROWS: dict[str, Callable[[int], list[Row]]] = {
    "recovery": recovered,
    "bootstrap": bootstrapped,
    "nulls": null,
    "power": power,
    "turns": turned,
}


def origins(worlds: str = "20", first: str = "0") -> None:
    """Counts of the next 28 days of each mark, forecast at six origins beside three simple forecasts."""
    truth = Truth(cross=ring(SMALL.marks, 0.2), rate=0.3)
    found: dict[str, list[np.ndarray]] = {name: [] for name in ("model", *SIMPLE)}
    for n, seed in enumerate(range(int(first), int(first) + int(worlds)), 1):
        chance = generator(seed, "model", "origins")
        made = country(truth, SMALL, chance)
        for origin in range(800, SMALL.days - MONTH, 200):
            came = made.counts[origin : origin + MONTH].sum(axis=(0, 1))
            plan = Plan((Block.CROSS_COUNTRY,), LAG)
            for name, draws in forecasts(Past(made.until(origin), LAG), plan, chance).items():
                found[name].append(scores(draws, came, chance))
        if n % 5 == 0 or n == int(worlds):
            note = f"{n} countries of 4 marks at 20 places, 6 origins each, a loop of 0.2 in them; lower is better"
            print(scored(found, "The next 28 days of each mark", note), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
