"""Decides which blocks of terms the model may hold: each has to gain on days that no fit had seen. Invariant: what was
refused keeps its figure, and a day is scored by a fit to earlier days alone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from faultline.measure.feedback.heldout import Gain, gain
from faultline.measure.feedback.judge import circle
from faultline.model.cells import Cells
from faultline.model.columns import Past
from faultline.model.fit import Fit, Ground, fit
from faultline.model.kernel import Found
from faultline.model.plan import Block, Plan
from faultline.model.standing import stands

Floats = npt.NDArray[np.float64]
ORIGINS = 6
SCORED = 0.4  # share of the days that is scored, the last ones
SHORTEST = 360  # days: a year, but for quiet days at its ends


@dataclass(frozen=True, slots=True)
class Trial:
    """What a block gains over the plan before it, log units a day on unseen days, with its 90 % interval; `tables` is
    in how many drawn tables of how many it gains."""

    block: str
    gain: Gain
    admitted: bool
    tables: tuple[int, int] = (1, 1)


@dataclass(frozen=True)
class Admitted:
    """The plan that was reached, the trials in their order, the fit of the plan to all days, the marks that a circle of
    sure arrows joins where cross terms are in, and whether such a circle stands beside a level of each mark's own."""

    plan: Plan
    trials: tuple[Trial, ...]
    fit: Fit
    circle: tuple[int, ...] = ()
    stands: bool = False

    @property
    def cross(self) -> bool:
        """Whether a cross term was admitted."""
        return bool({Block.CROSS_PLACE, Block.CROSS_COUNTRY} & set(self.plan.blocks))

    @property
    def loop(self) -> bool:
        """Whether cross terms are in, sure ones close a circle, and it stands."""
        return self.cross and bool(self.circle) and self.stands


def candidates(past: Past) -> tuple[Block, ...]:
    """The blocks that the cells can speak of."""
    missing = {Block.CONTROL} if past.cells.held is None else set()
    missing |= {Block.TOLD} if past.cells.told is None else set()
    missing |= {Block.SPACE} if not past.cells.near.any() else set()
    missing |= {Block.CROSS_PLACE, Block.CROSS_COUNTRY} if len(past.cells.marks) < 2 else set()
    missing |= {Block.CROSS_PLACE} if len(past.cells.places) < 2 else set()  # the place is the country
    return tuple(block for block in Block if block not in missing)


def admit(past: Past, chance: np.random.Generator, blocks: Sequence[Block] | None = None) -> Admitted:
    """The plan that earns its place, as `reached`, with whether a circle in it stands: that is asked where there is
    one, for it takes as long as all the rest."""
    found = reached(past, chance, blocks)
    return replace(found, stands=bool(found.circle) and stands(past.cells, chance))


def reached(past: Past, chance: np.random.Generator, blocks: Sequence[Block] | None = None) -> Admitted:
    """The plan that earns its place: level and own memory, then block by block in the order of `Block` what gains over
    the plan so far, the lower end of the block-bootstrap interval above zero."""
    asked = candidates(past) if blocks is None else tuple(blocks)
    plan = Plan((), past.lag)
    widest = Plan(tuple(block for block in Block if block in asked), past.lag)
    cuts = cuts_of(past.cells.days)
    grounds = [Ground(past, k, widest, cuts) for k in range(len(past.cells.marks))]
    before = rolling(grounds, plan)
    trials = []
    for block in widest.blocks:
        tried = plan.having(block)
        scores = rolling(grounds, tried)
        found = gain(scores, before, chance)
        admitted = found.low > 0
        trials.append(Trial(block, found, admitted))
        if admitted:
            plan, before = tried, scores
    whole = fit(past, plan)
    return Admitted(plan, tuple(trials), whole, circle(whole.sure))


def cuts_of(days: int, origins: int = ORIGINS) -> tuple[int, ...]:
    """Day 0, the days at which a fit ends and scoring begins, and the end."""
    first = int(days * (1 - SCORED))
    return (0, *(int(cut) for cut in np.linspace(first, days, origins + 1)))


def rolling(grounds: Sequence[Ground], plan: Plan) -> Floats:
    """Log probability of each scored day, marks added up, under the fit to the days before its origin."""
    cuts = grounds[0].cuts
    score = np.zeros(cuts[-1] - cuts[1])
    for ground in grounds:
        found: Found | None = None
        for n in range(1, len(cuts) - 1):
            found = ground.fit(plan, n, found)
            score[cuts[n] - cuts[1] : cuts[n + 1] - cuts[1]] += ground.scores(found, plan, (cuts[n], cuts[n + 1]))
    return score


def likeliest(cells: Cells, lags: Sequence[float], windows: Sequence[float]) -> Past:
    """The cells at the mean lag, then with the window of shares, under which level and own memory make them
    likeliest."""
    best, found = _best([Past(cells, lag) for lag in lags], None)
    others = [Past(cells, best.lag, window) for window in windows if window != best.window]
    return _best([best, *others], found)[0]


def _best(pasts: Sequence[Past], found: Fit | None) -> tuple[Past, Fit]:
    """The likeliest of the pasts with its fit; `found` is that of the first, where it is known."""
    fits = [found or fit(pasts[0], Plan((), pasts[0].lag))]
    for past in pasts[1:]:
        fits.append(fit(past, Plan((), past.lag), fits[-1]))
    most = int(np.argmax([one.value for one in fits]))
    return pasts[most], fits[most]
