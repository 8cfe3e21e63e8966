"""Turns cells into what explains a mark: columns of numbers that are known before the day. Invariant: no column of a
day knows that day or a later one; a batch counts as one event in every memory."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy.special import pdtrc

from faultline.measure.feedback.memory import remember
from faultline.model.cells import Cells
from faultline.model.plan import CROSS_SD, FRONTS, OWN_SD, SLOW, Block, Plan, swell_lags

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
_RARE = 0.01  # chance of as many fronts on one day from which on they are one operation
_PRIOR = 2.0  # events that a share of places is believed by beforehand
_LOOSE = 5.0  # scale of the prior of level terms
# Where a mark strikes is known from few events: its own shares, those of all marks and even ones are mixed.
OWN_LEVELS = ("own level", "own level, shared as all marks are", "own level, shared evenly")
OWN_PLACE, OWN_COUNTRY = "own memory at the place", "own memory in the country"
TOLD = "claims and threats"


@dataclass(frozen=True)
class Term:
    """One column: the block it belongs to (None: the start), its name, the mark it comes from ("" for none), and the
    scale of its half-normal prior."""

    block: Block | None
    name: str
    source: str
    sd: float


@dataclass(frozen=True)
class Past:
    """What all marks share of cells at one lag: shares of places, memories, batches. Shares are those of all the past,
    or of a past with a mean age of `window` days: a short one makes each event its own place's level, and so takes up
    part of the memory at the place."""

    cells: Cells
    lag: float
    window: float = np.inf

    @cached_property
    def batches(self) -> Flags:
        """days x marks: several fronts hit at once, more than the mark's own level of late makes likely."""
        counts = self.cells.counts
        fronts = (counts > 0).sum(axis=1)
        whole = counts.sum(axis=1)
        level = np.maximum(remember(whole, 7.0), remember(whole, SLOW))
        return np.asarray((fronts >= FRONTS) & (pdtrc(fronts - 1, np.maximum(level, 1e-3)) < _RARE), np.bool_)

    @cached_property
    def singles(self) -> Floats:
        """Counts with each batch as one event, shared by the places that it hit."""
        whole = self.cells.counts.sum(axis=1)
        once: Floats = np.divide(1.0, whole, out=np.ones_like(whole), where=self.batches & (whole > 0))
        return self.cells.counts * once[:, None, :]

    @cached_property
    def local(self) -> Floats:
        """days x places x marks: short memory at the place."""
        flat = self.singles.reshape(self.cells.days, -1)
        return remember(flat, self.lag).reshape(self.singles.shape)

    @cached_property
    def near(self) -> Floats:
        """The same of the neighbours."""
        return np.asarray(np.einsum("qp,tpk->tqk", self.cells.near, self.local, optimize=True), np.float64)

    @cached_property
    def country(self) -> Floats:
        """days x marks: short memory of the whole country."""
        return np.asarray(self.local.sum(axis=1), np.float64)

    @cached_property
    def slow(self) -> Floats:
        """days x marks: the level of the mark in the country."""
        return remember(self.singles.sum(axis=1), SLOW)

    @cached_property
    def swells(self) -> Floats:
        """days x lags: memory of all marks together."""
        whole = self.singles.sum(axis=(1, 2))[:, None]
        return np.concatenate([remember(whole, lag) for lag in swell_lags(self.lag)], axis=1)

    @cached_property
    def told(self) -> Floats:
        """days: short memory of claims and threats; zeros where they are not followed."""
        told = self.cells.told
        return np.zeros(self.cells.days) if told is None else remember(told[:, None], self.lag)[:, 0]

    @cached_property
    def shares(self) -> Floats:
        """days x places x marks: each place's share of a mark by the past, drawn to its share of all marks."""
        return shares_of(self._settled)

    @cached_property
    def overall(self) -> Floats:
        """days x places: each place's share of all marks together."""
        return overall_of(self._settled)

    @cached_property
    def _settled(self) -> Floats:
        kept = self.singles
        return settled(kept.reshape(len(kept), -1), self.window).reshape(kept.shape)


def settled(counts: Floats, window: float) -> Floats:
    """Sums of the past with a mean age of `window` days (infinite: all of it alike), nothing before the first day."""
    keep = 1 - 1 / window
    found = np.zeros_like(counts)
    for day in range(1, len(counts)):
        found[day] = keep * found[day - 1] + counts[day - 1]
    return found


def shares_of(past: Floats) -> Floats:
    """Shares of places (..., places, marks) from settled sums."""
    overall = overall_of(past)[..., None]
    found = (past + _PRIOR * overall) / (past.sum(axis=-2, keepdims=True) + _PRIOR)
    return np.asarray(found / found.sum(axis=-2, keepdims=True), np.float64)


def overall_of(past: Floats) -> Floats:
    """Shares of places (..., places) of all marks together, drawn to even ones."""
    whole = past.sum(axis=-1)
    return np.asarray((whole + _PRIOR / whole.shape[-1]) / (whole.sum(axis=-1, keepdims=True) + _PRIOR), np.float64)


def terms_of(cells: Cells, mark: int, plan: Plan) -> tuple[Term, ...]:
    """The terms of a mark under a plan, in the order of their columns."""
    names = cells.marks
    mine, others = names[mark], [name for k, name in enumerate(names) if k != mark]
    cross = CROSS_SD / max(1, len(others)) ** 0.5
    start = [Term(None, "constant", "", _LOOSE)]
    start += [Term(None, f"swell of {lag:g} days", "", 0.5) for lag in swell_lags(plan.lag)]
    start += [Term(None, name, mine, 1.0) for name in OWN_LEVELS]
    start.append(Term(None, OWN_PLACE, mine, OWN_SD))
    start.append(Term(None, OWN_COUNTRY, mine, OWN_SD))
    more = {
        Block.SPACE: [Term(Block.SPACE, "own memory of neighbours", mine, OWN_SD)],
        Block.CONTROL: [Term(Block.CONTROL, f"level where {who}", mine, 1.0) for who in ("not held", "held")],
        Block.TOLD: [Term(Block.TOLD, TOLD, "", OWN_SD)],
        Block.CROSS_PLACE: [Term(Block.CROSS_PLACE, "at the place", other, cross) for other in others],
        Block.CROSS_COUNTRY: [Term(Block.CROSS_COUNTRY, "in the country", other, cross) for other in others],
    }
    return (*start, *(term for block in plan.blocks for term in more[block]))


def columns_of(past: Past, mark: int, plan: Plan) -> Floats:
    """(days, places, terms): what explains the mark, in the order of `terms_of`."""
    cells = past.cells
    others = [k for k in range(len(cells.marks)) if k != mark]
    share = past.shares[:, :, mark]
    spread = [np.ones(cells.days), *past.swells.T, past.slow[:, mark]]
    made = [share * line[:, None] for line in spread]
    slow = past.slow[:, mark, None]
    made += [slow * past.overall, np.broadcast_to(slow / len(cells.places), share.shape)]
    made += [past.local[:, :, mark], share * past.country[:, mark, None]]
    for block in plan.blocks:
        made += _block(past, block, (mark, others), share)
    whole = np.stack(made, axis=-1)
    return whole if cells.complete is None else whole * cells.complete[:, None, None]


def _block(past: Past, block: Block, marks: tuple[int, list[int]], share: Floats) -> list[Floats]:
    mark, others = marks
    if block is Block.SPACE:
        return [past.near[:, :, mark]]
    if block is Block.CONTROL:
        held = np.zeros(share.shape) if past.cells.held is None else past.cells.held
        level = share * past.slow[:, mark, None]
        return [level * held, level * (1 - held)]
    if block is Block.TOLD:
        return [share * past.told[:, None]]
    if block is Block.CROSS_PLACE:
        return [past.local[:, :, other] for other in others]
    return [share * past.country[:, other, None] for other in others]
