"""Recovery of the coupled model on simulated countries: speed, bias and coverage of its parameters, loops found where
there is none, forecasts beside simple ones. Prints tables; `python -m benchmarks.bench_model PART
[WORLDS [FIRST SEED]]`."""

import resource
import sys
import time
from collections.abc import Callable

import numpy as np
from benchmarks.feedback_worlds import FALSE, TRUE
from benchmarks.measure_pages import grid, share
from benchmarks.model_worlds import LAG, MALI, SMALL, Truth, country, placed, ring

from faultline.forecast.score import covered, crps, ignorance, pit
from faultline.measure.chance import generator
from faultline.model.admit import admit
from faultline.model.columns import OWN_COUNTRY, OWN_PLACE, Past
from faultline.model.doubt import draws_of
from faultline.model.fit import Fit, fit
from faultline.model.plan import Block, Plan
from faultline.model.walk import Walk, dynamics_of, start_of

FULL = Plan((Block.SPACE, Block.CROSS_PLACE, Block.CROSS_COUNTRY), LAG)
LOOPED = Truth(cross=ring(MALI.marks, 0.2))


def main(arguments: list[str]) -> None:
    """Prints the tables of one part."""
    parts: dict[str, Callable[..., None]] = {"speed": speed, "recovery": recovery, "nulls": nulls, "loops": loops}
    parts["origins"] = origins
    part = parts[arguments[0]]
    begun = time.process_time()
    part(*(int(word) for word in arguments[1:]))
    print(f"{time.process_time() - begun:.0f} s of one core", flush=True)


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


def recovery(worlds: int = 200, first: int = 0) -> None:
    """Bias and coverage of every reported parameter, all terms in."""
    truth, found = LOOPED, list[Fit]()
    for seed in range(first, first + worlds):
        chance = generator(seed, "model", "recovery")
        found.append(fit(Past(country(truth, MALI, chance), LAG), FULL))
        if len(found) % 5 == 0 or len(found) == worlds:
            print(_recovered(truth, found), flush=True)


def _recovered(truth: Truth, found: list[Fit]) -> str:
    cross = truth.cross
    assert cross is not None
    rows = []
    for name, value in ((OWN_PLACE, truth.own[0]), (OWN_COUNTRY, truth.own[1])):
        drawn = [_term(one, k, name, "") for one in found for k in range(MALI.marks)]
        rows.append(_row(name, value, drawn))
    drawn = [_term(one, k, "own memory of neighbours", "") for one in found for k in range(MALI.marks)]
    rows.append(_row("own memory of neighbours", truth.near, drawn))
    for title, present in (("cross in the country, there", True), ("cross in the country, none", False)):
        pairs = [(j, k) for j in range(MALI.marks) for k in range(MALI.marks) if j != k]
        chosen = [(j, k) for j, k in pairs if (cross[j, k] > 0) == present]
        drawn = [_term(one, k, "in the country", f"m{j}") for one in found for j, k in chosen]
        rows.append(_row(title, 0.2 if present else 0.0, drawn))
    drawn = [_term(one, k, "at the place", f"m{j}") for one in found for j in range(3) for k in range(3) if j != k]
    rows.append(_row("cross at the place, none", 0.0, drawn))
    sizes = np.array([mark.size for one in found for mark in one.marks])
    bound = f"{int((sizes > 100).sum())} of {len(sizes)} ran to the bound"
    rows.append(("size of the counts, median", f"{truth.size:.2f}", f"{np.median(sizes):.2f}", "", bound))
    title = f"Recovery, {len(found)} countries of Mali's size"
    return grid(title, ("parameter", "truth", "mean", "spread", "truth in the 90 % interval"), rows)


def _term(found: Fit, mark: int, name: str, source: str) -> tuple[float, float]:
    one = found.marks[mark]
    at = next(n for n, term in enumerate(one.terms) if term.name == name and source in ("", term.source))
    return float(one.theta[at]), float(one.error[at])


def _row(name: str, truth: float, drawn: list[tuple[float, float]]) -> tuple[str, ...]:
    values, errors = np.array(drawn).T
    inside = int((np.abs(values - truth) <= 1.6449 * errors).sum())
    return name, f"{truth:.2f}", f"{values.mean():.3f}", f"{values.std():.3f}", share(inside, len(drawn))


def nulls(worlds: int = 200, first: int = 0) -> None:
    """How often a country without cross terms passes for one with them."""
    _admissions("False loops", dict(FALSE), range(first, first + worlds))


def loops(worlds: int = 40, first: int = 0) -> None:
    """How often a loop that is there is found."""
    _admissions("Loops that are there", dict(TRUE), range(first, first + worlds))


def _admissions(title: str, kinds: dict[str, Callable[[np.random.Generator], np.ndarray]], seeds: range) -> None:
    hits = {name: np.zeros(3, np.int64) for name in kinds}
    for n, seed in enumerate(seeds, 1):
        for name, make in kinds.items():
            chance = generator(seed, "model", name)
            found = admit(Past(placed(make(chance), SMALL.places, chance), LAG), chance)
            hits[name] += [Block.SPACE in found.plan.blocks, found.cross, found.loop]
        if n % 5 == 0 or n == len(seeds):
            rows = [(name, *(share(int(hit), n) for hit in counted)) for name, counted in hits.items()]
            columns = ("world", "space admitted", "cross terms admitted", "called a loop")
            note = f"{n} worlds each of 4 marks at 20 places over 2,000 days"
            print(grid(title, columns, rows, note), flush=True)


def origins(worlds: int = 20, first: int = 0) -> None:
    """Counts of the next 28 days of each mark, forecast at six origins beside three simple forecasts."""
    truth = Truth(cross=ring(SMALL.marks, 0.2), rate=0.3)
    scores: dict[str, list[np.ndarray]] = {name: [] for name in ("model", *_SIMPLE)}
    for n, seed in enumerate(range(first, first + worlds), 1):
        chance = generator(seed, "model", "origins")
        made = country(truth, SMALL, chance)
        for origin in range(800, SMALL.days - MONTH, 200):
            came = made.counts[origin : origin + MONTH].sum(axis=(0, 1))
            for name, draws in _forecasts(Past(made.until(origin), LAG), chance).items():
                found = [crps(draws, came), ignorance(draws, came), covered(draws, came), pit(draws, came, chance)]
                scores[name].append(np.array(found))
        if n % 5 == 0 or n == worlds:
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
