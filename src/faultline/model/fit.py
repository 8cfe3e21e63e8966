"""Fits the coupled model to cells under a plan, mark by mark, since given the past the marks of a day are independent.
Invariant: cells of batch days are left out of the likelihood, not out of the memory."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from faultline.measure.negbin import log_pmf
from faultline.model.columns import OWN_COUNTRY, OWN_PLACE, Past, Term, columns_of, terms_of
from faultline.model.kernel import SMALL, Found, Sums, bend, climb, gradient
from faultline.model.plan import Block, Plan

Floats = npt.NDArray[np.float64]
SURE_ERRORS = 1.6449  # standard errors of the lower end of a 90 % interval


@dataclass(frozen=True)
class Marked:
    """One mark of a fit: its terms with their coefficients, the size of its counts; `slope` and `bend` are the first
    and minus the second derivatives of the objective there (a slope below zero holds a coefficient at zero); `uneven`
    is how much the slopes of single places differ, terms x terms."""

    name: str
    terms: tuple[Term, ...]
    theta: Floats
    size: float
    slope: Floats
    bend: Floats
    uneven: Floats

    @cached_property
    def error(self) -> Floats:
        """Standard errors of the coefficients, each with the doubt about the others that are above zero in it: of the
        bend, or by how places differ from the model (White 1982, doi 10.2307/1912526; a place is a cluster) where that
        is more."""
        free = np.flatnonzero(self.theta > 0)
        found = np.zeros(len(self.theta))
        found[free] = self._errors(free)
        for held in np.flatnonzero(self.theta <= 0):
            found[held] = self._errors(np.append(free, held))[-1]
        return found

    @cached_property
    def freed(self) -> Floats:
        """The coefficients, those that are held at zero each after one more step below it, with those above zero beside
        it and all others held: near normal also at the bound."""
        free = np.flatnonzero(self.theta > 0)
        found = self.theta.astype(np.float64)
        for held in np.flatnonzero(self.theta <= 0):
            terms = np.append(free, held)
            found[held] = (np.linalg.pinv(self.bend[np.ix_(terms, terms)]) @ self.slope[terms])[-1]
        return found

    def error_of(self, summed: Sequence[int]) -> float:
        """The standard error of a sum of coefficients."""
        if len(summed) == 1:
            return float(self.error[summed[0]])
        terms = np.union1d(np.flatnonzero(self.theta > 0), np.asarray(summed))
        weight = np.isin(terms, summed).astype(np.float64)
        turned = np.linalg.pinv(self.bend[np.ix_(terms, terms)])
        return float(max(float(weight @ turned @ weight), 0.0) ** 0.5)

    def _errors(self, terms: npt.NDArray[np.int64]) -> Floats:
        """Of those terms, all others held."""
        pairs = np.ix_(terms, terms)
        turned = np.linalg.pinv(self.bend[pairs])
        by_place = turned @ self.uneven[pairs] @ turned
        return np.asarray(np.sqrt(np.maximum(np.maximum(np.diag(turned), np.diag(by_place)), 0.0)), np.float64)

    def value(self, name: str, source: str = "") -> float:
        """The coefficient of a term, zero where the plan leaves it out."""
        return next((float(t) for term, t in zip(self.terms, self.theta, strict=True) if _is(term, name, source)), 0.0)


@dataclass(frozen=True)
class Fit:
    """The coupled model as fitted: one entry a mark, the log likelihood with the prior."""

    plan: Plan
    marks: tuple[Marked, ...]
    value: float

    @property
    def branching(self) -> Floats:
        """marks x marks: how many events of the column one of the row brings about, at its place and in the country."""
        return self._matrix(lambda theta, error: theta)

    @property
    def sure(self) -> Floats:
        """The lower ends of the 90 % intervals of those entries, the terms' errors taken one by one."""
        return self._matrix(lambda theta, error: np.maximum(theta - SURE_ERRORS * error, 0.0))

    def _matrix(self, of: Callable[[Floats, Floats], Floats]) -> Floats:
        names = [one.name for one in self.marks]
        found = np.zeros((len(names), len(names)))
        for k, mark in enumerate(self.marks):
            for term, value in zip(mark.terms, of(mark.theta, mark.error), strict=True):
                if term.name in (OWN_PLACE, OWN_COUNTRY) or term.block in _MEMORY:
                    found[names.index(term.source), k] += value
        return found


_MEMORY = (Block.SPACE, Block.CROSS_PLACE, Block.CROSS_COUNTRY)


class Ground:
    """One mark's columns under the widest plan, with sums by stretch of days, so that any smaller plan and any stretch
    is fitted without building them again. `cuts` are the days between stretches, the first 0 and the last all days."""

    def __init__(self, past: Past, mark: int, widest: Plan, cuts: Sequence[int]) -> None:
        self.terms = terms_of(past.cells, mark, widest)
        self.name = past.cells.marks[mark]
        self.lag = widest.lag
        self.cuts = tuple(cuts)
        self.x = columns_of(past, mark, widest)
        self.y = past.cells.counts[:, :, mark]
        self.scored = ~past.batches[:, mark]
        self.shrink = np.array([term.sd**-2.0 for term in self.terms])
        kept = self.x * self.scored[:, None, None]
        stretches = [kept[a:b].reshape(-1, len(self.terms)) for a, b in zip(self.cuts, self.cuts[1:], strict=False)]
        self.sums = np.cumsum([part.sum(axis=0) for part in stretches], axis=0)
        self.products = np.cumsum([part.T @ part for part in stretches], axis=0)
        self._ones: dict[float, tuple[npt.NDArray[np.int64], Floats, Floats]] = {}

    def columns(self, plan: Plan) -> npt.NDArray[np.int64]:
        """The numbers of the plan's terms."""
        found = [n for n, term in enumerate(self.terms) if term.block is None or term.block in plan.blocks]
        return np.array(found, np.int64)

    def fit(self, plan: Plan, until: int, warm: Found | None = None) -> Found:
        """The likeliest coefficients for the days before the cut of that number (1 is the first stretch alone)."""
        chosen = self.columns(plan)
        found = warm or self._begin(chosen, until)
        for _ in range(2):
            limit = SMALL * found.size
            level = 2.0 ** np.floor(np.log2(max(limit, 1e-4)))  # few limits, so that few sets of cells are gathered
            found = climb(self._sums(level, until).of(chosen), found.theta, found.size)
            if SMALL * found.size >= level / 2:
                break
        return found

    def marked(self, found: Found, plan: Plan, until: int) -> Marked:
        """The mark with the shape of its objective at what was found."""
        level = 2.0 ** np.floor(np.log2(max(SMALL * found.size, 1e-4)))
        sums = self._sums(level, until).of(self.columns(plan))
        terms = tuple(self.terms[n] for n in self.columns(plan))
        at = found.theta, found.size
        return Marked(self.name, terms, *at, gradient(sums, *at), bend(sums, *at), self._uneven(found, plan, until))

    def _uneven(self, found: Found, plan: Plan, until: int) -> Floats:
        """The slopes of the places' own log likelihoods, multiplied and added up."""
        days = self.cuts[until]
        mean, y = self.means(found, plan)[:days], self.y[:days]
        slope = (y / mean - (y + found.size) / (mean + found.size)) * self.scored[:days, None]
        by_place = np.einsum("tp,tpk->pk", slope, self._of(plan, (0, days)))
        places = len(by_place)
        return np.asarray(by_place.T @ by_place * places / max(places - 1, 1), np.float64)

    def scores(self, found: Found, plan: Plan, days: tuple[int, int]) -> Floats:
        """Log probability of the mark's counts of each day from `days[0]` on, before `days[1]`; zero on batch days."""
        a, b = days
        mean = np.maximum(self._of(plan, days) @ found.theta, 1e-9)
        y = self.y[a:b]
        score = -found.size * np.log1p(mean / found.size)
        hit = y > 0
        score[hit] = log_pmf(y[hit], mean[hit], found.size)
        return np.asarray(score.sum(axis=1) * self.scored[a:b], np.float64)

    def means(self, found: Found, plan: Plan) -> Floats:
        """days x places: the mean of every cell."""
        return np.maximum(self._of(plan, (0, len(self.x))) @ found.theta, 1e-9)

    def _of(self, plan: Plan, days: tuple[int, int]) -> Floats:
        """The columns of the plan on those days, not copied where they are all there are."""
        chosen, x = self.columns(plan), self.x[days[0] : days[1]]
        return x if len(chosen) == len(self.terms) else x[:, :, chosen]

    def _begin(self, chosen: npt.NDArray[np.int64], until: int) -> Found:
        theta = np.zeros(len(chosen))
        days = max(1, self.cuts[until])
        rate = max(float(self.y[:days].sum()) / days, 1e-3)
        theta[0], theta[4] = 0.3 * rate, 0.3
        theta[1:4], theta[7:9] = 0.02, 0.1
        theta[5:7], theta[9:] = 0.05, 0.02
        return Found(theta, 1.0, 0.0)

    def _sums(self, limit: float, until: int) -> Sums:
        """The cells of the stretches: those that enter one by one (an event, or a crude mean over the limit)."""
        if limit not in self._ones:
            crude = self.x[:, :, [0, 4, 7, 8]].sum(axis=-1) + 0.2 * self.x[:, :, 1:4].sum(axis=-1)
            rows = np.flatnonzero((((self.y > 0) | (crude > limit)) & self.scored[:, None]).reshape(-1))
            flat = self.x.reshape(-1, len(self.terms))
            self._ones[limit] = rows, np.ascontiguousarray(flat[rows]), self.y.reshape(-1)[rows]
        rows, x, y = self._ones[limit]
        end = int(np.searchsorted(rows, self.cuts[until] * self.y.shape[1]))
        x, y = x[:end], y[:end]
        return Sums(x, y, self.sums[until - 1] - x.sum(axis=0), self.products[until - 1] - x.T @ x, self.shrink)


def fit(past: Past, plan: Plan, warm: Fit | None = None) -> Fit:
    """The likeliest model of the plan for all days of the cells."""
    made, value = [], 0.0
    for k in range(len(past.cells.marks)):
        ground = Ground(past, k, plan, (0, past.cells.days))
        before = Found(warm.marks[k].theta, warm.marks[k].size, 0.0) if warm else None
        found = ground.fit(plan, 1, before)
        made.append(ground.marked(found, plan, 1))
        value += found.value
    return Fit(plan, tuple(made), value)


def _is(term: Term, name: str, source: str) -> bool:
    return term.name == name and source in ("", term.source)
