"""Fits the event model to daily counts, mark by mark, since given the past the marks of a day are independent.
Invariant: what explains a day is known before it; the branching matrix reads from row to column."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from faultline.measure.feedback.basis import Bands, roughness, spline_basis
from faultline.measure.feedback.kernel import Design, Theta, climb, gradient, information, means, objective, start
from faultline.measure.feedback.memory import average, remember

Floats = npt.NDArray[np.float64]

QUARTER, HALF_YEAR, YEAR, CONSTANT = 365.25 / 4, 365.25 / 2, 365.25, float("inf")
BASELINES = (("constant", CONSTANT), ("year", YEAR), ("half-year", HALF_YEAR), ("quarter", QUARTER))
LAGS = (2.0, 4.0, 7.0, 12.0)  # mean lags in days that are tried
SWELL_LAGS = (3.0, 14.0, 45.0)
AVERAGES = (7, 28, 91)
OWN_SD = 0.5
_BEND, _SLACK = 1.0, 1e-3  # precision of the second differences of the log baseline; of any coefficient
_FEW = 2  # rounds from a warm start
_LINE = 1.0  # precision of the coefficient of a logarithm of past counts


@dataclass(frozen=True, slots=True)
class Plan:
    """What is fitted: knots of the baseline every `spacing` days, memory of mean lag `lag` days, of the mark's `own`
    past and `cross` from others; `swell`: the level follows the memory of all marks together, at three lags;
    `averages`: it follows moving averages of the mark's own and of all counts."""

    spacing: float = QUARTER
    lag: float = 5.0
    own: bool = True
    cross: bool = True
    swell: bool = False
    averages: bool = False


@dataclass(frozen=True)
class Fit:
    """Coefficients of each mark; `branching[j, k]` is how many events of mark k one event of mark j brings about;
    `mean` days x marks, of which `base` comes from the baseline; `value` the log likelihood with the prior."""

    plan: Plan
    thetas: tuple[Theta, ...]
    branching: Floats
    mean: Floats
    base: Floats
    value: float

    @property
    def sizes(self) -> Floats:
        """Size of each mark's counts: how far they are from Poisson's (infinity)."""
        return np.array([theta.size for theta in self.thetas])

    @property
    def gain(self) -> float:
        """The loop gain."""
        return spectral_radius(self.branching)


def spectral_radius(matrix: Floats) -> float:
    """Largest modulus of the eigenvalues."""
    return float(np.abs(np.linalg.eigvals(matrix)).max(initial=0.0))


def prior_sd(marks: int) -> Floats:
    """Scale of the half-normal prior of each entry of the branching matrix: cross entries share what own ones have."""
    cross = np.full((marks, marks), OWN_SD / max(1, marks - 1))
    cross[np.diag_indices(marks)] = OWN_SD
    return cross


def prior_gain(marks: int, chance: np.random.Generator, draws: int = 2000) -> Floats:
    """Draws of the loop gain from that prior alone: what the shrinkage believes before it sees a count."""
    entries = np.abs(chance.normal(size=(draws, marks, marks))) * prior_sd(marks)
    return np.asarray(np.abs(np.linalg.eigvals(entries)).max(axis=1), np.float64)


@dataclass(frozen=True)
class History:
    """What all marks share: the baseline's columns, the memories, and what follows past counts."""

    counts: Floats
    plan: Plan
    splines: Bands
    memory: Floats
    lines: Floats  # days x common columns

    def design(self, mark: int, weight: Floats) -> Design:
        """What explains a mark under the plan."""
        marks = self.counts.shape[1]
        columns = [j for j in range(marks) if (self.plan.own if j == mark else self.plan.cross)]
        lines = self.lines
        if self.plan.averages:
            lines = np.concatenate([lines, _logs(_own_averages(self.counts[:, [mark]]))], axis=1)
        n = self.splines.columns
        smooth = np.diag(np.full(n + lines.shape[1], _LINE))
        smooth[:n, :n] = _BEND * roughness(n) + _SLACK * np.eye(n)
        shrink = prior_sd(marks)[columns, mark] ** -2.0
        return Design(self.splines, lines, self.memory[:, columns], smooth, shrink, weight)


def history(counts: Floats, plan: Plan) -> History:
    """What the plan makes of the counts (days x marks)."""
    whole = counts.sum(axis=1, keepdims=True)
    parts = [np.zeros((len(counts), 0))]
    if plan.swell:
        parts += [_logs(remember(whole, lag)) for lag in SWELL_LAGS]
    if plan.averages:
        parts.append(_logs(_own_averages(whole)))
    splines = spline_basis(len(counts), plan.spacing)
    return History(counts, plan, splines, remember(counts, plan.lag), np.concatenate(parts, axis=1))


def fit(counts: Floats, plan: Plan, weight: Floats | None = None, warm: Fit | None = None) -> Fit:
    """The likeliest model of the plan for daily counts (days x marks); `weight` 0 holds a day out of the likelihood,
    not out of the memory; `warm` is a fit of the same shape to begin from, near enough for two rounds."""
    weighed = np.ones(len(counts)) if weight is None else weight
    past = history(counts, plan)
    thetas, values, mean, base = [], [], np.empty_like(counts), np.empty_like(counts)
    for mark in range(counts.shape[1]):
        design, y = past.design(mark, weighed), counts[:, mark]
        theta = climb(design, y, warm.thetas[mark], _FEW) if warm else climb(design, y, start(design, y))
        thetas.append(theta)
        values.append(objective(design, y, theta))
        mean[:, mark], base[:, mark] = means(design, theta)
    entries = branching_of(plan, [theta.memory for theta in thetas])
    return Fit(plan, tuple(thetas), entries, mean, base, float(sum(values)))


def branching_of(plan: Plan, memory: list[Floats]) -> Floats:
    """Marks x marks from each mark's memory coefficients; entries that the plan leaves out are zero."""
    marks = len(memory)
    found = np.zeros((marks, marks))
    for mark, entries in enumerate(memory):
        columns = [j for j in range(marks) if (plan.own if j == mark else plan.cross)]
        found[columns, mark] = entries
    return found


def unbounded(counts: Floats, found: Fit) -> Floats:
    """The branching matrix after one more step that may fall below zero: near normal also where the fit is at the
    bound, which is what intervals need."""
    past, ones = history(counts, found.plan), np.ones(len(counts))
    memory = []
    for mark, theta in enumerate(found.thetas):
        design = past.design(mark, ones)
        matrix = information(design, theta)
        matrix[np.diag_indices_from(matrix)] += 1e-9
        step = np.linalg.solve(matrix, gradient(design, counts[:, mark], theta))
        memory.append(theta.memory + step[len(theta.level) :])
    return branching_of(found.plan, memory)


def evidence(counts: Floats, found: Fit) -> float:
    """Log likelihood of the counts averaged over the coefficients (Laplace's approximation; the sizes held), up to a
    constant that fits of one shape share. Source: Tierney & Kadane (1986), doi 10.1080/01621459.1986.10478240."""
    past, ones = history(counts, found.plan), np.ones(len(counts))
    bends = [np.linalg.slogdet(information(past.design(mark, ones), theta)) for mark, theta in enumerate(found.thetas)]
    return found.value - 0.5 * float(sum(bend.logabsdet for bend in bends))


def profile_lag(counts: Floats, plan: Plan, lags: tuple[float, ...]) -> tuple[float, tuple[float, ...]]:
    """The mean lag under which the counts are likeliest, and the log likelihood of each."""
    values: list[float] = []
    found: Fit | None = None
    for lag in lags:
        found = fit(counts, replace(plan, lag=lag), warm=found)
        values.append(found.value)
    return lags[int(np.argmax(values))], tuple(values)


def _own_averages(counts: Floats) -> Floats:
    return np.concatenate([average(counts, days) for days in AVERAGES], axis=1)


def _logs(past: Floats) -> Floats:
    """Logarithms of past levels over their mean, finite where the past was empty, centred."""
    level = np.log1p(past / max(float(past.mean()), 1e-6) * 4.0)
    return np.asarray(level - level.mean(axis=0), np.float64)
