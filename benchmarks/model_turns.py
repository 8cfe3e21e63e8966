"""Simulated countries whose places change hands: what the hazard recovers, which causes it admits, and its forecast of
who holds a place beside "the last report persists". Run by bench_model."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from benchmarks.measure_pages import grid, share

from faultline.measure.chance import generator
from faultline.model.hazard import Cause, Hazard, Weeks, admit, fit

Row = dict[str, Any]
WEEKS, PLACES = 450, 25
LOST, REGAINED = 0.006, 0.012
AHEAD = 13  # weeks
_SURE = 1.6449
EFFECTS = {
    "none": {},
    "violence, times 4": {Cause.VIOLENCE: np.log(4)},
    "siege, times 2 in 7 weeks": {Cause.SIEGE: 1 / 3},
}


def world(effects: dict[Cause, float], chance: np.random.Generator) -> Weeks:
    """Places that turn by those effects; three weeks in ten nobody knows the side."""
    causes = {
        Cause.VIOLENCE: (chance.random((WEEKS, PLACES)) < 0.2).astype(float),
        Cause.SIEGE: np.log1p(_ages(chance)),
        Cause.BACKING: np.outer(np.log1p((np.arange(WEEKS) < chance.integers(150, 300)) + 1.0), np.ones(PLACES)),
        Cause.TALKS: np.outer(chance.random(WEEKS) < 0.3, np.ones(PLACES)).astype(float),
    }
    side = np.zeros((WEEKS, PLACES), np.int64)
    for week in range(1, WEEKS):
        rate = np.where(side[week - 1] == 1, REGAINED, LOST)
        for cause, value in effects.items():
            rate = rate * np.exp(value * causes[cause][week - 1])
        turned = chance.random(PLACES) < -np.expm1(-rate)
        side[week] = np.where(turned, 1 - side[week - 1], side[week - 1])
    side[chance.random(side.shape) < 0.3] = -1
    return Weeks(side, causes)


def _ages(chance: np.random.Generator) -> np.ndarray:
    """Weeks under siege: begun with a chance of one in a hundred, of twenty weeks on average."""
    age = np.zeros((WEEKS, PLACES))
    for week in range(1, WEEKS):
        goes_on = np.where(age[week - 1] > 0, chance.random(PLACES) > 0.05, chance.random(PLACES) < 0.01)
        age[week] = np.where(goes_on, age[week - 1] + 1, 0)
    return age


def turned(seed: int) -> list[Row]:
    """One country for each set of effects: rates with their intervals, the true cause's coefficient, what was admitted,
    and scores of forecasts."""
    rows = []
    for name, effects in EFFECTS.items():
        chance = generator(seed, "model", "turns", name)
        weeks = world(effects, chance)
        plain, (found, tried) = fit(weeks, tuple(effects)), admit(weeks, chance)
        draws, _ = plain.draws(999, chance)
        inside = [
            int(low <= truth <= high)
            for truth, (low, high) in zip((LOST, REGAINED), np.quantile(draws, [0.05, 0.95], axis=0).T, strict=True)
        ]
        made: Row = {"part": "turns", "seed": seed, "effects": name, "turns": int(plain.turns.sum())}
        made |= {
            "rates": [float(r) for r in plain.rates()],
            "inside": inside,
            "admitted": [t.block.name for t in tried if t.admitted],
        }
        made["true"] = [cause.name for cause in effects]
        made["effect"] = [
            [float(v), float(e), float(effects[c])]
            for v, e, c in zip(plain.theta, plain.error, plain.causes, strict=True)
        ]
        made["scores"] = _forecast(weeks, tuple(found.causes))
        rows.append(made)
    return rows


def _forecast(weeks: Weeks, causes: tuple[Cause, ...]) -> dict[str, list[float]]:
    """Log score (bits) and Brier score of who holds each place thirteen weeks on, by the hazard, by the last report,
    which is right as often as it was before, and by how often places were held; sums and the number."""
    scores = {name: np.zeros(2) for name in ("hazard", "last report persists", "climatology")}
    number = 0
    for origin in range(250, WEEKS - AHEAD, 25):
        past = weeks.until(origin)
        known = (past.side[-1] >= 0) & (weeks.side[origin - 1 + AHEAD] >= 0)
        now, came = past.side[-1][known], weeks.side[origin - 1 + AHEAD][known]
        number += len(came)
        for name, chance_lost in three(fit(past, causes), past, (now, known)).items():
            right = np.where(came == 1, chance_lost, 1 - chance_lost)
            scores[name] += [-np.log2(right).sum(), ((came - chance_lost) ** 2).sum()]
    return {name: [*map(float, found), number] for name, found in scores.items()}


def three(
    found: Hazard, past: Weeks, where: tuple[np.ndarray, np.ndarray], ahead: int = AHEAD
) -> dict[str, np.ndarray]:
    """Chance that each place is lost so many weeks on; `where` are their sides now, and which places they are."""
    now, known = where
    weight = np.ones(len(now))
    for cause, value in zip(found.causes, found.theta, strict=True):
        usual = past.causes[cause].mean() if cause is not Cause.SIEGE else past.causes[cause][-1][known]
        weight = weight * np.exp(value * usual)
    loses, regains = found.rates()[0] * weight, found.rates()[1] * weight
    end = loses / (loses + regains)
    stays = np.exp(-(loses + regains) * ahead)
    both = (past.side[:-ahead] >= 0) & (past.side[ahead:] >= 0)
    same = float((past.side[:-ahead] == past.side[ahead:])[both].mean())
    lost = float((past.side[past.side >= 0] == 1).mean())
    last = np.where(now == 1, same, 1 - same)
    return {"hazard": end + (now - end) * stays, "last report persists": last, "climatology": np.full(len(now), lost)}


def turns_table(rows: Sequence[Row]) -> str:
    """Recovery, admission and forecasts, by what was at work."""
    made, scored = [], []
    for name in EFFECTS:
        mine = [row for row in rows if row["effects"] == name]
        n = len(mine)
        means = np.mean([row["rates"] for row in mine], axis=0)
        effect = np.array([pair for row in mine for pair in row["effect"]])
        cover = (
            share(int((np.abs(effect[:, 0] - effect[:, 2]) <= _SURE * effect[:, 1]).sum()), n) if len(effect) else ""
        )
        read = f"{effect[:, 0].mean():.2f} of {effect[0, 2]:.2f}" if len(effect) else ""
        found = share(sum(bool(set(row["true"]) & set(row["admitted"])) for row in mine), n) if len(effect) else ""
        false = sum(len(set(row["admitted"]) - set(row["true"])) for row in mine)
        tried = sum(4 - len(row["true"]) for row in mine)
        rates = [share(sum(row["inside"][k] for row in mine), n) for k in (0, 1)]
        made.append((name, f"{means[0]:.4f}, {means[1]:.4f}", *rates, read, cover, found, share(false, tried)))
        for way in ("hazard", "last report persists", "climatology"):
            whole = np.sum([row["scores"][way] for row in mine], axis=0)
            scored.append((name, way, f"{whole[0] / whole[2]:.4f}", f"{whole[1] / whole[2]:.4f}"))
    columns = (
        "at work",
        "rates",
        "lost, in 90 %",
        "regained, in 90 %",
        "coefficient",
        "in 90 %",
        "found",
        "false causes",
    )
    number = len(rows) // len(EFFECTS)
    note = f"{number} countries each of {PLACES} places over {WEEKS} weeks; true rates {LOST}, {REGAINED}"
    first = grid("Turns of places", columns, made, note)
    return (
        first
        + "\n\n"
        + grid("Who holds a place 13 weeks on", ("at work", "forecast", "log score, bits", "Brier"), scored)
    )
