"""Other orders of the same bouts, many at once, and how well each is in the order of fight, talk, withdrawal.
Invariant: an order that is drawn could have been told: no two bouts of one form so near that they would be one.

Starts stay where they were, and bouts change places only within a run in which no 60 days pass without a start: starts
are the same in every order, ends are not. Steps of one form less than a month apart are one bout, so that not every
permutation is a possible record: one that sets fight beside fight has fewer steps in order than any record has, and the
test would find too much. Orders are drawn by swaps from the record itself, first back, then forth (Besag & Clifford
1989, doi 10.1093/biomet/76.4.633).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

FIGHT, TALK, LEAVE = 0, 1, 2  # roles in a triple
_SWEEPS = 4  # swaps that are tried for each bout of the longest run
_CELLS = 2_000_000  # pairs of bouts that are looked at at once


@dataclass(frozen=True)
class Bouts:
    """Bouts in the order of their first days: `first` day, `length` in days, `reported` so many days after the first,
    `form` (bouts of one form `quiet` days apart or less are one), `role` in a triple (-1 none), and the number of the
    `run` that each belongs to."""

    first: Ints
    length: Ints
    reported: Ints
    form: Ints
    role: Ints
    run: Ints
    quiet: int
    soon: int

    def in_order(self, orders: Ints) -> tuple[Ints, Floats]:
        """Of each order (rows; which bout stands at each place) the number of triples, and a part of one that tells
        orders of as many triples apart: how many steps are in order, then how soon they follow."""
        rows = max(1, _CELLS // max(1, len(self.first) ** 2))
        parts = [self._in_order(orders[k : k + rows]) for k in range(0, len(orders), rows)]
        return np.concatenate([part[0] for part in parts]), np.concatenate([part[1] for part in parts])

    def _in_order(self, orders: Ints) -> tuple[Ints, Floats]:
        last, role = self.first + self.length[orders], self.role[orders]
        reported = self.first + self.reported[orders]
        gap = self.first - last[:, :, None]  # days from the end of one to the start of another
        leads = (self.first[:, None] < self.first) & (gap <= self.soon)
        talked = leads & (role[:, :, None] == FIGHT) & (role[:, None, :] == TALK)
        left = leads & (role[:, :, None] == TALK) & (role[:, None, :] == LEAVE)
        left &= reported[:, :, None] <= self.first
        triples = (talked & left.any(axis=2)[:, None, :]).any(axis=2).sum(axis=1)
        steps = talked | left
        sooner = np.where(steps, 1 - np.maximum(gap, 0) / (self.soon + 1), 0.0).sum(axis=(1, 2))
        most = float(len(self.first) ** 2 + 1)
        return triples, np.asarray((steps.sum(axis=(1, 2)) + sooner / most) / most, np.float64)

    def drawn(self, n: int, chance: np.random.Generator) -> Ints:
        """So many other orders: n x bouts."""
        members = _members(self.run)
        if not len(members):
            return np.tile(np.arange(len(self.first)), (n, 1))
        tries = _SWEEPS * members.shape[1]
        back = np.arange(len(self.first))[None]
        for _ in range(tries):
            self._swap(back, members, chance)
        forth = np.repeat(back, n, axis=0)
        for _ in range(tries):
            self._swap(forth, members, chance)
        return forth

    def _swap(self, orders: Ints, members: Ints, chance: np.random.Generator) -> None:
        """In each order and run two bouts change places, where the outcome could have been told."""
        rows, runs = np.arange(len(orders))[:, None], np.arange(len(members))
        size = (members >= 0).sum(axis=1)
        one, other = (members[runs, chance.integers(0, size, (len(orders), len(size)))] for _ in range(2))
        kept = orders[rows, one], orders[rows, other]
        orders[rows, one], orders[rows, other] = kept[1], kept[0]
        fine = self._apart(orders, one, members) & self._apart(orders, other, members)
        orders[rows, one] = np.where(fine, kept[1], kept[0])
        orders[rows, other] = np.where(fine, kept[0], kept[1])

    def _apart(self, orders: Ints, at: Ints, members: Ints) -> Flags:
        """Whether the bout at each of those places is further than `quiet` from the others of its form and run."""
        rows = np.arange(len(orders))[:, None]
        here, there = orders[rows, at], orders[:, np.maximum(members, 0)]
        start, end = self.first[at][..., None], (self.first[at] + self.length[here])[..., None]
        begins = self.first[np.maximum(members, 0)]
        ends = begins + self.length[there]
        far = np.where(members > at[..., None], begins - end, start - ends) > self.quiet
        other = (members < 0) | (members == at[..., None]) | (self.form[there] != self.form[here][..., None])
        return np.asarray((far | other).all(axis=2), np.bool_)


def _members(run: Ints) -> Ints:
    """The places of each run of two bouts or more, one row a run, filled up with -1."""
    numbers, counts = np.unique(run, return_counts=True)
    longer: Sequence[int] = numbers[counts > 1].tolist()
    found = np.full((len(longer), int(counts.max(initial=0))), -1, np.int64)
    for row, number in enumerate(longer):
        places = np.flatnonzero(run == number)
        found[row, : len(places)] = places
    return found
