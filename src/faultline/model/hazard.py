"""How often places change hands, and what moves it: recent violence, the age of a siege, backers, talks, each only
where it gains on weeks that no fit had seen. Invariant: a turn counts where a place changes sides between two weeks in
both of which its side is known; a week is scored by a fit to earlier weeks alone.

The rates of losing and of regaining a place have gamma priors and are integrated out; a cause multiplies both by the
exponential of its coefficient. Poisson turns in a week: Holford (1980), doi 10.2307/2529982.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from scipy.special import gammaincinv

from faultline.measure.feedback.heldout import Gain, gain

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
PRIOR_TURNS, PRIOR_WEEKS = 0.5, 100.0  # what is believed beforehand: a turn in four years
SURE = 2 / 3
ORIGINS, SCORED = 6, 0.4
LEAST = 3  # turns before the first origin from which on a cause is tried
_SPREAD = 1.0  # of the normal prior of a coefficient
_STEPS = 30
_ERRORS = 1.6449  # standard errors of the end of a 90 % interval


class Cause(StrEnum):
    """What may move the chance that a place changes hands."""

    VIOLENCE = "violence in the place in the week"
    SIEGE = "age of a siege of the place"
    BACKING = "backers of the defender"
    TALKS = "talks in the four weeks before"


@dataclass(frozen=True)
class Weeks:
    """Weeks x places: `side` is 1 where no state force holds it, 0 where one does, -1 unknown; `causes` what may move
    the turn into the next week."""

    side: Ints
    causes: Mapping[Cause, Floats]

    @property
    def known(self) -> npt.NDArray[np.bool_]:
        """Weeks but the last x places: the side is known in that week and in the next."""
        return np.asarray((self.side[:-1] >= 0) & (self.side[1:] >= 0), np.bool_)

    @property
    def turned(self) -> npt.NDArray[np.bool_]:
        """Where the side of the next week is another."""
        return np.asarray(self.known & (self.side[:-1] != self.side[1:]), np.bool_)

    def until(self, weeks: int) -> "Weeks":
        """The first so many weeks."""
        return Weeks(self.side[:weeks], {cause: rows[:weeks] for cause, rows in self.causes.items()})


@dataclass(frozen=True)
class Hazard:
    """The fit: its causes, their coefficients with the inverse of their covariance, the turns by the side before them
    (held, lost); for each known place-week its `side` and in `rows` its causes."""

    causes: tuple[Cause, ...]
    theta: Floats
    bend: Floats
    turns: Floats
    side: Ints
    rows: Floats

    @property
    def error(self) -> Floats:
        """Standard errors of the coefficients."""
        return np.sqrt(np.diag(np.linalg.inv(self.bend))) if len(self.theta) else np.zeros(0)

    def lines(self) -> Iterator[str]:
        """The rates and the causes in words, each with its 90 % interval."""
        for name, turns, weeks in zip(("lost", "regained"), self.turns, self.exposure(self.theta), strict=True):
            low, high = gammaincinv(turns + PRIOR_TURNS, [0.05, 0.95]) / (weeks + PRIOR_WEEKS)
            mean = (turns + PRIOR_TURNS) / (weeks + PRIOR_WEEKS)
            yield f"a place is {name}, chance a week: {mean:.4f} [{low:.4f} to {high:.4f}], {int(turns)} turns"
        for cause, value, error in zip(self.causes, self.theta, self.error, strict=True):
            low, high = np.exp(value - _ERRORS * error), np.exp(value + _ERRORS * error)
            yield f"places change hands, {cause}: times {np.exp(value):.2f} [{low:.2f} to {high:.2f}]"

    def exposure(self, theta: Floats) -> Floats:
        """Weeks held and weeks lost, each weighed by what the causes make of it."""
        weight = np.exp(self.rows @ theta)
        return np.array([weight[self.side == side].sum() for side in (0, 1)])

    def rates(self) -> Floats:
        """The chance a week of losing and of regaining a place where no cause is at work."""
        return (self.turns + PRIOR_TURNS) / (self.exposure(self.theta) + PRIOR_WEEKS)

    def draws(self, n: int, chance: np.random.Generator) -> tuple[Floats, Floats]:
        """n x 2 rates and n x causes coefficients: the coefficients by the normal law about the fit, the rates by their
        gamma law given those."""
        theta = chance.multivariate_normal(self.theta, np.linalg.inv(self.bend), n) if len(self.theta) else None
        drawn = np.zeros((n, 0)) if theta is None else theta
        weeks = np.array([self.exposure(one) for one in drawn]) + PRIOR_WEEKS
        return np.asarray(chance.gamma(self.turns + PRIOR_TURNS, 1 / weeks), np.float64), drawn


@dataclass(frozen=True, slots=True)
class Tried:
    """What a cause gains over the causes before it, log units a week on unseen weeks; None where there were too few
    turns to try it."""

    block: Cause
    gain: Gain | None
    admitted: bool


def fit(weeks: Weeks, causes: Sequence[Cause]) -> Hazard:
    """The likeliest coefficients of those causes, by Newton steps."""
    known, turned = weeks.known, weeks.turned
    side = weeks.side[:-1][known]
    rows = (
        np.stack([weeks.causes[cause][:-1][known] for cause in causes], axis=-1) if causes else np.zeros((len(side), 0))
    )
    y = turned[known].astype(np.float64)
    turns = np.array([y[side == was].sum() for was in (0, 1)])
    theta = np.zeros(len(causes))
    bend = np.eye(len(causes))
    for _ in range(_STEPS if causes else 0):
        slope, bend = _shape(theta, (y, side, rows), turns)
        step = np.linalg.solve(bend, slope)
        theta = theta + np.clip(step, -1, 1)
        if np.abs(step).max() < 1e-6:
            break
    return Hazard(tuple(causes), theta, bend, turns, side, rows)


def _shape(theta: Floats, seen: tuple[Floats, Ints, Floats], turns: Floats) -> tuple[Floats, Floats]:
    """First and minus second derivatives of the log likelihood with the rates integrated out."""
    y, side, rows = seen
    weight = np.exp(rows @ theta)
    slope = rows.T @ y - theta / _SPREAD**2
    bend = np.eye(len(theta)) / _SPREAD**2
    for was in (0, 1):
        w, x = weight[side == was], rows[side == was]
        whole = w.sum() + PRIOR_WEEKS
        first, second = w @ x / whole, (x * w[:, None]).T @ x / whole
        slope = slope - (turns[was] + PRIOR_TURNS) * first
        bend = bend + (turns[was] + PRIOR_TURNS) * (second - np.outer(first, first))
    return slope, bend


def scores(found: Hazard, weeks: Weeks) -> Floats:
    """Log probability of what each week but the last turned into."""
    rates = found.rates()[np.maximum(weeks.side[:-1], 0)]
    for cause, value in zip(found.causes, found.theta, strict=True):
        rates = rates * np.exp(value * weeks.causes[cause][:-1])
    turned = np.log(-np.expm1(-np.maximum(rates, 1e-12)))
    return np.asarray(np.where(weeks.known, np.where(weeks.turned, turned, -rates), 0.0).sum(axis=1), np.float64)


def admit(weeks: Weeks, chance: np.random.Generator) -> tuple[Hazard, tuple[Tried, ...]]:
    """The causes that earn their place one after the other, and what each gained."""
    cuts = np.linspace(int(len(weeks.side) * (1 - SCORED)), len(weeks.side), ORIGINS + 1).astype(np.int64)
    kept: tuple[Cause, ...] = ()
    enough = len(weeks.side) > 2 and int(weeks.until(int(cuts[0])).turned.sum()) >= LEAST
    before = _rolling(weeks, kept, cuts) if enough else np.zeros(0)
    tried = []
    for cause in (cause for cause in Cause if cause in weeks.causes):
        if not enough or not np.ptp(weeks.causes[cause]):
            tried.append(Tried(cause, None, False))
            continue
        after = _rolling(weeks, (*kept, cause), cuts)
        found = gain(after, before, chance)
        tried.append(Tried(cause, found, found.low > 0))
        if found.low > 0:
            kept, before = (*kept, cause), after
    return fit(weeks, kept), tuple(tried)


def _rolling(weeks: Weeks, causes: tuple[Cause, ...], cuts: Ints) -> Floats:
    parts = [scores(fit(weeks.until(int(a)), causes), weeks.until(int(b)))[int(a) - 1 :] for a, b in pairwise(cuts)]
    return np.concatenate(parts)
