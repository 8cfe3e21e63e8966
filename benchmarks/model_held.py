"""Who holds the followed places of a case thirteen weeks on: the hazard beside "the last report persists", at rolling
origins over what reports told. Run by bench_model."""

from pathlib import Path

import numpy as np
from benchmarks.measure_pages import grid
from benchmarks.model_turns import three

from faultline.desk import open_desk
from faultline.measure import see
from faultline.measure.chance import generator
from faultline.measure.control import Followed, follow
from faultline.model.hazard import SURE, Weeks, fit
from faultline.model.turns import carried, lost_chances

CASE = Path(__file__).resolve().parents[1] / "cases/mali"
AHEAD, STEP, FIRST = 13, 4, 104  # weeks: ahead, between origins, before the first
FRESH = 4  # weeks: a place counts at a target only where a report of that time speaks of it
_DRAWS = 2000
WAYS = ("hazard", "last report persists", "climatology")


def held(folder: str = str(CASE)) -> None:
    """Prints the table. A side is what the chain of control holds likely by two thirds, from reports of earlier days; a
    target is scored only where a report of the four weeks before it speaks of the place."""
    desk = open_desk(Path(folder), "")
    followed = follow(see(desk.case, desk.snapshot()))
    units = tuple(unit for unit in followed.units if "/" not in unit)
    lost = lost_chances(followed, units)[6::7]
    side = np.where(lost >= SURE, 1, np.where(lost <= 1 - SURE, 0, -1))
    cases = _cases(carried(side), np.where(_fresh(followed, units, len(side)), side, -1))
    print(_table(cases, Weeks(carried(side), {})))


def _fresh(followed: Followed, units: tuple[str, ...], weeks: int) -> np.ndarray:
    """weeks x units: whether a report of the last four weeks speaks of the place."""
    found = np.zeros((weeks, len(units)), np.bool_)
    for k, unit in enumerate(units):
        for weighed in followed.messages[unit]:
            week = (weighed.message.day - followed.first.toordinal()) // 7
            found[max(week, 0) : week + FRESH, k] = True
    return found


def _cases(side: np.ndarray, told: np.ndarray) -> np.ndarray:
    """Rows of origin, place, side then, side told at the target, and the chance that it is lost by each way."""
    rows = []
    for origin in range(FIRST, len(side) - AHEAD + 1, STEP):
        past = Weeks(side[:origin], {})
        known = (past.side[-1] >= 0) & (told[origin - 1 + AHEAD] >= 0)
        if known.any() and past.known.any():
            now, came = past.side[-1][known], told[origin - 1 + AHEAD][known]
            chances = three(fit(past, ()), past, (now, known), AHEAD)
            found = np.clip([chances[way] for way in WAYS], 0.01, 0.99)
            rows.append(np.vstack([np.full(len(now), origin), np.flatnonzero(known), now, came, found]))
    return np.concatenate(rows, axis=1) if rows else np.zeros((4 + len(WAYS), 0))


def _table(cases: np.ndarray, weeks: Weeks) -> str:
    place, now, came = cases[1], cases[2], cases[3]
    logs = np.array([-np.log2(np.where(came == 1, p, 1 - p)) for p in cases[4:]])
    briers = (cases[4:] - came) ** 2
    chance, places = generator(1, "model", "held"), np.unique(place)
    sums = np.array([[row[place == p].sum() for p in places] for row in (*logs, np.ones(len(place)))])
    drawn = sums[:, chance.integers(0, len(places), (_DRAWS, len(places)))].sum(axis=2)
    rows = []
    for k, way in enumerate(WAYS):
        low, high = np.quantile((drawn[1] - drawn[k]) / drawn[-1], [0.05, 0.95])
        gain = "" if k == 1 else f"{logs[1].mean() - logs[k].mean():+.3f} [{low:+.3f} to {high:+.3f}]"
        rows.append((way, f"{logs[k].mean():.3f}", f"{briers[k].mean():.4f}", gain))
    note = f"{len(place)} targets at {len(places)} places, {int((now != came).sum())} of them changed sides;"
    note += f" {int(weeks.turned.sum())} turns in {weeks.side.shape[0]} weeks; the interval draws places"
    return grid(
        "Who holds a place 13 weeks on",
        ("forecast", "log score, bits", "Brier", "gain over the last report"),
        rows,
        note,
    )
