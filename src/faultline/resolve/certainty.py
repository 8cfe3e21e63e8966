"""Says how surely each telling belongs to the incident that the machine put it into. Invariant: a telling is sure only
as far as it is like all of its incident and like nothing else: what could as well stand elsewhere is not."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from faultline.resolve.judged import Pair, pair

T = TypeVar("T", int, str)

Near = Mapping[T, Mapping[T, float]]


@dataclass(frozen=True, slots=True)
class Join(Generic[T]):
    """A later telling (`one`) joined `to` the earlier one that it is likest to, with the `probability` of the two and
    its `margin`: the mean probability between it and the rest of its group, less the highest between either of the two
    and a telling outside (-1 to 1)."""

    one: T
    to: T
    probability: float
    margin: float


def joins(ordered: Sequence[T], near: Near[T]) -> Iterator[Join[T]]:
    """The joins behind a group, whose tellings are given in order of arrival; `near` holds the probability of each pair
    that was compared, both ways round."""
    group = frozenset(ordered)
    for n, one in enumerate(ordered[1:], start=1):
        likeness, to = max((_between(near, one, other), other) for other in ordered[:n])
        inside = sum(_between(near, one, other) for other in ordered if other != one) / (len(ordered) - 1)
        yield Join(one, to, likeness, inside - max(_outside(near, one, group), _outside(near, to, group)))


def hangs_by(ids: Sequence[T], link: Callable[[T, T], float]) -> float:
    """The probability of the weakest link that a group needs to hang together, taking the strongest ones that there are
    (a maximum spanning tree; Prim 1957, doi 10.1002/j.1538-7305.1957.tb01515.x); 1 for a group of one."""
    outside = {id: link(ids[0], id) for id in ids[1:]}
    weakest = 1.0
    while outside:
        nearest = max(outside, key=lambda id: (outside[id], id))
        weakest = min(weakest, outside.pop(nearest))
        for id in outside:
            outside[id] = max(outside[id], link(nearest, id))
    return weakest


def nearness(links: Mapping[Pair, float], copies: Mapping[str, str], apart: Collection[Pair]) -> Near[str]:
    """The probability of each pair both ways round, without those that people hold apart. A copy is as near to others
    as what it is a copy of."""
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for one, other in links:
        if (one, other) not in apart and one not in copies and other not in copies:
            found[one][other] = found[other][one] = links[one, other]
    for copy, of in sorted(copies.items()):
        beside = {**found[of], of: links[pair(copy, of)]}
        found[copy] = beside
        for other, probability in beside.items():
            found[other][copy] = probability
    return found


def _between(near: Near[T], one: T, other: T) -> float:
    return near.get(one, {}).get(other, 0.0)


def _outside(near: Near[T], one: T, group: Collection[T]) -> float:
    return max((p for other, p in near.get(one, {}).items() if other not in group), default=0.0)
