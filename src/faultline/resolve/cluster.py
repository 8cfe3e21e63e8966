"""Turns probabilities of pairs into groups by average link. Invariant: the groups depend on the set of units, pairs and
links, never on their order; what must not stand together never does, unless a person says that it does."""

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from faultline.record.halting import breathe

Pair = tuple[int, int]
Scored = tuple[int, int, float]

NEGLIGIBLE = 0.01  # a pair below this counts as zero
_DIGITS = 9  # means that differ further behind are ties


@dataclass(frozen=True)
class Links:
    """`must` holds pairs that people say are one, `cannot` pairs that people say are not; `apart` gives each unit a
    number, and units of one number stay apart unless a `must` joins them."""

    apart: Sequence[int] = ()
    must: tuple[Pair, ...] = ()
    cannot: tuple[Pair, ...] = ()


def average_link(units: Sequence[str], pairs: Iterable[Scored], links: Links, threshold: float) -> tuple[int, ...]:
    """For each unit, by its id, the position of the first unit (by id) of its group.

    Two groups merge while the mean probability over all pairs between them, 0 for pairs not given, is at least
    `threshold`, the likeliest first; a tie goes to the smaller ids.
    """
    rank = {unit: n for n, unit in enumerate(sorted(units))}
    place = [rank[unit] for unit in units]
    state = _State.of(place, pairs, links)
    for a, b in sorted(tuple(sorted((place[a], place[b]))) for a, b in links.must):
        state.join(a, b)
    state.run(threshold)
    position = {n: i for i, n in enumerate(place)}
    return tuple(position[state.first_of(n)] for n in place)


@dataclass
class _State:
    """Groups by their first unit: `sums` of probabilities towards each neighbour, members, and what keeps apart."""

    sums: list[dict[int, float]]
    members: list[list[int]]
    apart: list[set[int]]
    banned: list[set[int]]
    group: list[int]
    version: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, place: Sequence[int], pairs: Iterable[Scored], links: Links) -> "_State":
        """Every unit alone."""
        size = len(place)
        state = cls([{} for _ in place], [[n] for n in range(size)], [set() for _ in place], [set() for _ in place], [])
        state.group, state.version = list(range(size)), [0] * size
        for n, mark in zip(place, links.apart, strict=False):
            state.apart[n].add(mark)
        for a, b, probability in pairs:
            if probability >= NEGLIGIBLE:
                state.sums[place[a]][place[b]] = state.sums[place[b]][place[a]] = probability
        for a, b in links.cannot:
            state.banned[place[a]].add(place[b])
            state.banned[place[b]].add(place[a])
        return state

    def first_of(self, unit: int) -> int:
        """The first unit of the group that the unit is in."""
        return self.members[self.group[unit]][0]

    def run(self, threshold: float) -> None:
        """Merges while a mean reaches the threshold."""
        heap: list[tuple[float, int, int, int, int]] = []
        for a in range(len(self.sums)):
            if self.group[a] == a:
                self._offer(heap, a, threshold, later_only=True)
        heapq.heapify(heap)
        while heap:
            breathe()
            _, a, b, at_a, at_b = heapq.heappop(heap)
            if self.version[a] != at_a or self.version[b] != at_b or self._kept_apart(a, b):
                continue
            kept = self.join(a, b)
            fresh: list[tuple[float, int, int, int, int]] = []
            self._offer(fresh, kept, threshold)
            for offer in fresh:
                heapq.heappush(heap, offer)

    def join(self, a: int, b: int) -> int:
        """Makes the groups of two units one; returns its number, the smaller of the two."""
        keep, gone = sorted((self.group[a], self.group[b]))
        if keep == gone:
            return keep
        for unit in self.members[gone]:
            self.group[unit] = keep
        self.members[keep] = sorted(self.members[keep] + self.members[gone])
        self.apart[keep] |= self.apart[gone]
        self.banned[keep] |= self.banned[gone]
        for other, total in self.sums[gone].items():
            del self.sums[other][gone]
            if other != keep:
                self.sums[keep][other] = self.sums[other][keep] = self.sums[keep].get(other, 0.0) + total
        self.sums[gone] = {}
        self.version[keep] += 1
        self.version[gone] = -1
        return keep

    def _offer(
        self, heap: list[tuple[float, int, int, int, int]], a: int, threshold: float, later_only: bool = False
    ) -> None:
        for b, total in self.sums[a].items():
            if later_only and b < a:
                continue
            mean = round(total / (len(self.members[a]) * len(self.members[b])), _DIGITS)
            if mean >= threshold:
                low, high = min(a, b), max(a, b)
                heap.append((-mean, low, high, self.version[low], self.version[high]))

    def _kept_apart(self, a: int, b: int) -> bool:
        small, large = sorted((a, b), key=lambda n: len(self.members[n]))
        if self.apart[a] & self.apart[b]:
            return True
        return any(self.group[unit] == large for unit in self.banned[small])
