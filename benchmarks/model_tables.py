"""Forecasts of the coupled model on an event table of real countries, beside simple ones, and a fit of as many marks
and events as a published compiled fit had. Run by bench_model; a table is given by its path and never kept here."""

import csv
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
from benchmarks.measure_pages import grid, share

from faultline.forecast.score import covered, crps, ignorance, pit
from faultline.measure.chance import generator
from faultline.model.admit import likeliest
from faultline.model.cells import Cells
from faultline.model.columns import Past
from faultline.model.doubt import draws_of
from faultline.model.fit import fit
from faultline.model.plan import LAGS, Block, Plan
from faultline.model.walk import Dynamics, Start, Walk, dynamics_of, start_of

MONTH, DRAWS, LEAST = 28, 400, 50
SIMPLE = ("the last 28 days persist", "mean of the last 84 days", "climatology")


def forecasts(past: Past, plan: Plan, chance: np.random.Generator) -> dict[str, np.ndarray]:
    """marks x 400 draws of the total of the next 28 days, by the model and three simple ways."""
    found = fit(past, plan)
    walk = Walk(dynamics_of(found, past, draws_of(found, DRAWS, chance)), start_of(past), DRAWS, chance)
    model = sum(walk.step().sum(axis=1) for _ in range(MONTH))
    daily = past.cells.counts.sum(axis=1)
    totals = daily[len(daily) % MONTH :].reshape(-1, MONTH, daily.shape[1]).sum(axis=1)
    last, three = totals[-1], totals[-3:].mean(axis=0)
    draws = [chance.poisson(np.maximum(mean, 0.5), (DRAWS, len(mean))).T for mean in (last, three)]
    draws.append(totals[chance.integers(0, len(totals), DRAWS)].T)
    return {"model": np.asarray(model).T, **dict(zip(SIMPLE, (np.asarray(d, float) for d in draws), strict=True))}


def scores(draws: np.ndarray, came: np.ndarray, chance: np.random.Generator) -> np.ndarray:
    """CRPS, log score, whether in the 90 % interval, PIT: four rows."""
    return np.array([crps(draws, came), ignorance(draws, came), covered(draws, came), pit(draws, came, chance)])


def scored(found: dict[str, list[np.ndarray]], title: str, note: str) -> str:
    """The table of scores."""
    rows = []
    for name, parts in found.items():
        whole = np.concatenate(parts, axis=1)
        tails = f"{float((whole[3] < 0.1).mean()):.2f}, {float((whole[3] > 0.9).mean()):.2f}"
        means = [f"{whole[k].mean():.2f}" for k in (0, 1)]
        rows.append((name, *means, share(int(whole[2].sum()), whole.shape[1]), tails))
    columns = ("forecast", "CRPS", "log score, bits", "in the 90 % interval", "PIT under 0.1, over 0.9")
    return grid(title, columns, rows, note)


def real(file: str, first: str = "196") -> None:
    """Rolling origins every 28 days on each country of a table with the columns country, date and type_of_violence; a
    kind of violence with 50 events before the origin is a mark."""
    days: dict[str, list[tuple[int, str]]] = {}
    with Path(file).open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            days.setdefault(row["country"], []).append(
                (date.fromisoformat(row["date"]).toordinal(), row["type_of_violence"])
            )
    low, high = (turn(day for rows in days.values() for day, _ in rows) for turn in (min, max))
    found: dict[str, list[np.ndarray]] = {name: [] for name in ("model", *SIMPLE)}
    gains, steady, countries = [], [], set()
    for name, rows in sorted(days.items()):
        for origin in range(int(first), high - low + 2 - MONTH, MONTH):
            counts = _counts(rows, low, origin)
            if counts is None:
                continue
            chance = generator(origin, "model", name)
            seen = Cells(
                counts[:origin], np.zeros((1, 1)), tuple(map(str, range(counts.shape[2]))), ("x",), ("x",), low
            )
            past = likeliest(seen, LAGS, (np.inf,))
            came = counts[origin:].sum(axis=(0, 1))
            made = {
                way: scores(draws, came, chance) for way, draws in forecasts(past, Plan((), past.lag), chance).items()
            }
            for way, rows_of in made.items():
                found[way].append(rows_of)
            gains.append({way: float((made[way][1] - made["model"][1]).mean()) for way in SIMPLE})
            before = counts[origin - MONTH : origin].sum()
            steady.append(0.75 * before <= came.sum() <= 1.33 * before)
            countries.add(name)
    totals = sum(part.shape[1] for part in found["model"])
    note = f"{len(countries)} countries of a real table, {len(gains)} origins, {totals} totals; lower is better"
    print(scored(found, "The next 28 days of each kind of violence", note), flush=True)
    for way in SIMPLE:
        beats = sum(one[way] > 0 for one in gains)
        print(f"better than {way} by the log score at {beats} of {len(gains)} origins", flush=True)
        for said, kept in (("within a quarter of", True), ("further from", False)):
            mine = [one[way] for one, flag in zip(gains, steady, strict=True) if flag is kept]
            won = f"better at {sum(gain > 0 for gain in mine)} of {len(mine)}, by {np.mean(mine):+.2f} bits on average"
            print(f"  where the total is {said} that of the 28 days before: {won}", flush=True)


def _counts(rows: Sequence[tuple[int, str]], low: int, origin: int) -> np.ndarray | None:
    """days x 1 x kinds up to 28 days after the origin; None where no kind has 50 events before it."""
    made = []
    for kind in sorted({kind for _, kind in rows}):
        daily = np.bincount(
            [day - low for day, one in rows if one == kind and day - low < origin + MONTH], minlength=origin + MONTH
        )
        if daily[:origin].sum() >= LEAST:
            made.append(daily)
    return np.stack(made, axis=-1)[:, None].astype(float) if made else None


MARKS, DAYS, EVENTS = 6, 1000, 6810


def compiled(worlds: str = "10") -> None:
    """Time and error of the matrix on data of the size of the published fit: 6 marks and about 6,810 events."""
    rows = []
    for seed in range(int(worlds)):
        chance = generator(seed, "model", "compiled")
        truth = chance.uniform(0, 0.25, (MARKS, MARKS)) * (chance.random((MARKS, MARKS)) < 0.5)
        made = _one_place(truth, chance)
        past = Past(made, 7.0)
        begun = time.process_time()
        found = fit(past, Plan((Block.CROSS_COUNTRY,), 7.0)).branching
        rows.append(
            (
                made.counts.sum(),
                time.process_time() - begun,
                np.abs(found - truth).mean(),
                np.sqrt(((found - truth) ** 2).mean()),
            )
        )
    events, seconds, mean, root = np.mean(rows, axis=0)
    shown = [("published compiled fit", "6,810", "0.1 s", "0.035", "")]
    shown.append(
        (f"this model, {worlds} worlds", f"{events:,.0f}", f"{seconds:.2f} s of CPU", f"{mean:.3f}", f"{root:.3f}")
    )
    columns = ("fit", "events", "time", "mean error of an entry", "root of the mean square")
    print(grid("6 marks in one place", columns, shown, f"{DAYS} days"), flush=True)


def _one_place(truth: np.ndarray, chance: np.random.Generator) -> Cells:
    """A place with as many events as the published data had, about a steady level."""
    rate = EVENTS / DAYS / MARKS * np.ones(MARKS)
    level, own = np.zeros((1, 7, MARKS)), np.zeros((1, 2, MARKS))
    level[0, 0] = np.maximum(rate - rate @ truth, 0.1 * rate)
    own[0, 1] = np.diag(truth)
    cross = (truth - np.diag(np.diag(truth)))[None]
    none, flat = np.zeros((1, MARKS)), np.zeros((1, MARKS, MARKS))
    moving = Dynamics(7.0, level, own, none, flat, cross, np.zeros((1, 2, MARKS)), none + 5.0, none)
    begun = Start(
        np.ones((1, MARKS)), np.ones(1), rate[None], rate, np.full(3, rate.sum()), np.zeros(1), np.zeros((1, 1))
    )
    walk = Walk(moving, begun, 1, chance)
    counts = np.array([walk.step()[0] for _ in range(DAYS)])
    return Cells(counts, np.zeros((1, 1)), tuple(f"m{k}" for k in range(MARKS)), ("x",), ("x",), 735_000)
