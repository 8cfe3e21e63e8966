"""Scores models of daily counts on days that they were not fitted to. Invariant: a day is scored once, by a fit that
left its whole block out; a score is a log probability, higher is better."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from faultline.measure.chance import between, block_sample
from faultline.measure.feedback.model import Plan, fit
from faultline.measure.negbin import log_pmf

Floats = npt.NDArray[np.float64]

FOLDS = 5
BLOCK = 28  # days: longer than any memory that is told from the baseline
DRAWS = 999


@dataclass(frozen=True, slots=True)
class Gain:
    """Mean gain of one score over another, log units a day, and its 90 % interval."""

    mean: float
    low: float
    high: float


def heldout(counts: Floats, plan: Plan) -> Floats:
    """Log probability of each day's counts (one number a day, marks added up) under the fit that left its block out.

    Blocks of 28 days in turn belong to five folds, so that the baseline is never asked to run beyond its data: what is
    scored is memory, not the forecast of a level. Source: block cross-validation, Racine (2000), doi
    10.1016/S0304-4076(00)00030-0.
    """
    fold = (np.arange(len(counts)) // BLOCK) % FOLDS
    whole = fit(counts, plan)
    score = np.empty(len(counts))
    for number in range(FOLDS):
        out = fold == number
        found = fit(counts, plan, np.where(out, 0.0, 1.0), whole)
        score[out] = log_pmf(counts[out], found.mean[out], found.sizes).sum(axis=1)
    return score


def gain(better: Floats, worse: Floats, chance: np.random.Generator) -> Gain:
    """Mean gain a day of one score over another, its interval by moving blocks of 28 days."""
    apart = better - worse
    draws = np.array([apart[block_sample(len(apart), BLOCK, chance)].mean() for _ in range(DRAWS)])
    return Gain(float(apart.mean()), *between(draws))
