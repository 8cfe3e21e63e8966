"""Checks a fit on what it was not fitted to: worlds walked from it over the same days, beside the country itself.
Invariant: a check that the worlds miss is printed like any other."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from faultline.model.columns import Past
from faultline.model.doubt import world_of
from faultline.model.fit import Fit
from faultline.model.hazard import Hazard, Weeks
from faultline.model.plan import FRONTS

Floats = npt.NDArray[np.float64]
WORLDS = 39
SOON = 13  # weeks


@dataclass(frozen=True, slots=True)
class Check:
    """One figure of the country beside the middle 90 % of worlds drawn from the fit; `inside` whether it lies there."""

    name: str
    unit: str
    seen: float
    low: float
    high: float

    @property
    def inside(self) -> bool:
        """Whether the worlds hold the figure."""
        return self.low <= self.seen <= self.high


def checks_of(found: Fit, past: Past, chance: np.random.Generator, worlds: int = WORLDS) -> tuple[Check, ...]:
    """Dispersion of daily counts, days on which several fronts are hit, the longest quiet, how uneven the places
    are, how near to the capital events lie."""
    far = past.cells.far
    drawn = [figures(world, far) for world in world_of(found, past, worlds, chance)]
    seen = figures(past.cells.counts, far)
    made = []
    for n, (name, unit, value) in enumerate(seen):
        low, high = (float(v) for v in np.quantile([world[n][2] for world in drawn], [0.05, 0.95]))
        made.append(Check(name, unit, value, low, high))
    return tuple(made)


def figures(counts: Floats, far: Floats | None = None) -> list[tuple[str, str, float]]:
    """What is compared, of counts days x places x marks, with the places' distances from the capital: name, unit,
    value."""
    daily = counts.sum(axis=(1, 2))
    weekly = daily[: len(daily) // 7 * 7].reshape(-1, 7).sum(axis=1)
    fronts = (counts.sum(axis=2) > 0).sum(axis=1)
    by_place = np.sort(counts.sum(axis=(0, 2)))[::-1]
    tenth = max(1, len(by_place) // 10)
    made: list[tuple[str, str, float]] = [
        ("variance over mean, daily", "ratio", float(daily.var() / max(daily.mean(), 1e-9))),
        ("variance over mean, weekly", "ratio", float(weekly.var() / max(weekly.mean(), 1e-9))),
        ("longest gap between events", "days", float(_gaps(daily).max(initial=0))),
        ("mean gap between days with events", "days", float(_gaps(daily).mean()) if (daily > 0).sum() > 1 else 0.0),
    ]
    if len(by_place) < 2:  # where all is one place there are no fronts and no distances
        return made
    made.append((f"days with {FRONTS} fronts or more", "share", float((fronts >= FRONTS).mean())))
    busiest = float(by_place[:tenth].sum() / max(by_place.sum(), 1.0))
    made.append(("busiest tenth of places", "share of events", busiest))
    return made if far is None else [*made, *_distances(counts.sum(axis=(0, 2)), far)]


def _distances(by_place: Floats, far: Floats) -> list[tuple[str, str, float]]:
    """How far from the capital the nearest tenth and the nearest half of the events lie."""
    known = np.isfinite(far) & (by_place > 0)
    order = np.argsort(far[known], kind="stable")
    share = np.cumsum(by_place[known][order]) / max(by_place[known].sum(), 1.0)
    at = [(part, int(np.searchsorted(share, part))) for part in (0.1, 0.5)] if known.any() else []
    return [(f"{part:.0%} of the events lie within", "km", float(far[known][order][k])) for part, k in at]


def control_checks(found: Hazard, weeks: Weeks, chance: np.random.Generator, worlds: int = WORLDS) -> tuple[Check, ...]:
    """Runs of control, to which nothing was fitted, beside those of worlds in which places turn by the fit: over the
    same weeks, seen in the same ones."""
    seen = runs(weeks.side)
    drawn = [runs(walked(found, weeks, chance)) for _ in range(worlds)]
    made = []
    for n, (name, unit, value) in enumerate(seen):
        low, high = (float(v) for v in np.quantile([world[n][2] for world in drawn], [0.05, 0.95]))
        made.append(Check(name, unit, value, low, high))
    return tuple(made)


def runs(side: npt.NDArray[np.int64]) -> list[tuple[str, str, float]]:
    """What is compared, of sides weeks x places (-1 unknown)."""
    lengths, soon, turns = [], 0, 0
    for one in side.T:
        known = one[one >= 0]
        ends = np.flatnonzero(np.diff(known)) + 1
        between = np.diff(ends)
        lengths += [int(n) for n in np.diff(np.concatenate([[0], ends, [len(known)]]))] if len(known) else []
        soon, turns = soon + int((between <= SOON).sum()), turns + len(ends)
    made = np.array(lengths, np.float64)
    return [
        ("longest run of control by one side", "weeks", float(made.max(initial=0))),
        ("mean run of control", "weeks", float(made.mean()) if len(made) else 0.0),
        (f"turns undone within {SOON} weeks", "share of turns", soon / max(turns, 1)),
        ("places that never turn", "share", float(np.mean([not np.diff(one[one >= 0]).any() for one in side.T]))),
    ]


def walked(found: Hazard, weeks: Weeks, chance: np.random.Generator) -> npt.NDArray[np.int64]:
    """Sides of a world that starts from each place's first known side and turns by the fit, unknown where they are."""
    first = np.argmax(weeks.side >= 0, axis=0)
    now = np.maximum(weeks.side[first, np.arange(weeks.side.shape[1])], 0)  # a place never known is never shown
    rates, made = found.rates(), np.full(weeks.side.shape, -1)
    for week in range(len(weeks.side)):
        made[week] = now
        rate = rates[np.maximum(now, 0)]
        for cause, value in zip(found.causes, found.theta, strict=True):
            rate = rate * np.exp(value * weeks.causes[cause][week])
        turned = (chance.random(len(now)) < -np.expm1(-rate)) & (week >= first)
        now = np.where(turned, 1 - now, now)
    return np.where(weeks.side >= 0, made, -1)


def _gaps(daily: Floats) -> Floats:
    return np.diff(np.flatnonzero(daily > 0)).astype(np.float64)
