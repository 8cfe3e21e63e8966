"""Fits the model to the tables that an event table may be: one for each draw of uncertain days and unknown hands.
Invariant: a block that does not gain in every one of them is refused; the doubt of the answer holds all of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from faultline.measure.feedback.heldout import gain
from faultline.measure.feedback.judge import circle
from faultline.model.admit import Admitted, Trial, cuts_of, likeliest, reached, rolling
from faultline.model.cells import Cells
from faultline.model.columns import OWN_COUNTRY, OWN_PLACE, Past, Term
from faultline.model.doubt import bootstrapped_sum, draws_of
from faultline.model.fit import SURE_ERRORS, Fit, Ground, fit
from faultline.model.plan import LAGS, WINDOWS, Block, Plan
from faultline.model.standing import stands

Floats = npt.NDArray[np.float64]
TABLES = 3  # draws of a table with uncertain days or unknown hands
COMPLETE = "reporting completeness"
ERRORS = "90 % intervals by the errors of the fit; --bootstrap takes off what priors and bounds take from cross terms"
REFITTED = "values less the bias of {} refits of worlds drawn from the fit, 90 % intervals by their scatter"


@dataclass(frozen=True)
class Fitted:
    """One past and one fit for each drawn table, all under one plan; `admitted` has the trials with the first fit."""

    pasts: tuple[Past, ...]
    fits: tuple[Fit, ...]
    admitted: Admitted

    def draws(self, n: int, chance: np.random.Generator) -> tuple[Fit, ...]:
        """n draws of the model, each drawn table's fit in equal parts."""
        parts = np.array_split(np.arange(n), len(self.fits))
        return tuple(
            one for found, part in zip(self.fits, parts, strict=True) for one in draws_of(found, len(part), chance)
        )

    def lines(self, again: Sequence[Fit] = ()) -> Iterator[str]:
        """Memory terms in words: the mean over tables and the 90 % interval by the errors of the fit, or by those of
        refits and less their bias, and by how tables differ; then which of the two it is."""
        alone = len(self.pasts[0].cells.places) < 2  # the place is the country: the two columns are one
        for k, mark in enumerate(self.fits[0].marks):
            for n, term in enumerate(mark.terms):
                if alone and term.name == OWN_PLACE:
                    continue
                if term.block is not None or term.name in (OWN_PLACE, OWN_COUNTRY):
                    terms = [m for m, one in enumerate(mark.terms) if m == n or (alone and one.name == OWN_PLACE)]
                    summed = terms if term.name == OWN_COUNTRY else [n]
                    yield f"{_named(mark.name, term)}: {self._interval(k, summed, again)}"
        yield REFITTED.format(len(again)) if again else ERRORS

    def _interval(self, mark: int, summed: Sequence[int], again: Sequence[Fit]) -> str:
        """The sum of those terms of a mark with its 90 % interval, none of them below zero."""
        first = self.fits[0].marks[mark]
        values = np.array([one.marks[mark].theta[list(summed)].sum() for one in self.fits])
        middle, error = values[0], first.error_of(summed)
        if again:
            middle, error = bootstrapped_sum(self.fits[0], again, mark, summed)
        middle, error = values.mean() + middle - values[0], np.sqrt(error**2 + values.var())
        ends = np.maximum([middle, middle - SURE_ERRORS * error, middle + SURE_ERRORS * error], 0.0)
        return f"{ends[0]:.3f} [{ends[1]:.3f} to {ends[2]:.3f}]"


def _named(mark: str, term: Term) -> str:
    source = "" if term.source in ("", mark) else f" after {term.source}"
    return f"{mark}{source}, {term.name}"


def fitted(tables: Sequence[Cells], chance: np.random.Generator, delay: float | None = None) -> Fitted:
    """The model of those tables. `delay` is the mean number of days after which an event is reported, where it is
    declared: it enters like a block, if it gains."""
    first = likeliest(tables[0], LAGS, WINDOWS)
    trials: tuple[Trial, ...] = ()
    if delay is not None:
        trials = (_complete(first, delay, chance),)
        tables = [reported(one, delay) for one in tables] if trials[0].admitted else tables
    pasts = tuple(Past(cells, first.lag, first.window) for cells in tables)
    found = [reached(past, chance) for past in pasts]
    tried = tuple(_of_all([one.trials[n] for one in found]) for n in range(len(found[0].trials)))
    kept = {trial.block for trial in tried if trial.admitted}
    plan = Plan(tuple(block for block in Block if block in kept), first.lag)
    fits = tuple(one.fit if one.plan == plan else fit(past, plan) for one, past in zip(found, pasts, strict=True))
    joined = Admitted(plan, (*trials, *tried), fits[0], circle(np.min([one.sure for one in fits], axis=0)))
    # Whether a circle stands takes as long as a fit of all: it is asked of the circle of all tables, until one says no.
    standing = joined.cross and bool(joined.circle) and all(stands(past.cells, chance) for past in pasts)
    return Fitted(pasts, fits, replace(joined, stands=standing))


def reported(cells: Cells, delay: float) -> Cells:
    """The cells with the share of each day's events that has been reported by the last one, after that mean delay."""
    age = np.arange(cells.days, 0, -1, dtype=np.float64)
    return replace(cells, complete=-np.expm1(-age / delay))


def _complete(past: Past, delay: float, chance: np.random.Generator) -> Trial:
    """What the declared delay gains on the days that were scored."""
    cuts, plan = cuts_of(past.cells.days), Plan((), past.lag)
    both = (Past(cells, past.lag, past.window) for cells in (reported(past.cells, delay), past.cells))
    after, before = (rolling([Ground(one, k, plan, cuts) for k in range(len(past.cells.marks))], plan) for one in both)
    found = gain(after, before, chance)
    return Trial(COMPLETE, found, found.low > 0)


def _of_all(trials: Sequence[Trial]) -> Trial:
    """The trial of one block in all tables: the least gain, admitted where every table admits it."""
    held = sum(trial.admitted for trial in trials)
    worst = min(trials, key=lambda trial: trial.gain.low)
    return replace(worst, admitted=held == len(trials), tables=(held, len(trials)))
