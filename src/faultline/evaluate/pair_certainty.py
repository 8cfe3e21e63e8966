"""Chooses from which margin on a merge is shown as certain. Invariant: what is asked is how many merges are right, not
how many pairs, and merges that are wrong together, in one group, do not pass for many witnesses."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from faultline.resolve.certainty import joins
from faultline.resolve.columns import Floats, Ints

SEVERAL = 20  # merges of a fold that say something about it
Z = 1.645  # of the one-sided 95 % interval
NONE_SURE = 2.0  # above every margin

Rows = Iterable[tuple[int, int, float]]


@dataclass(frozen=True)
class Merges:
    """Merges whose answer is known: the `margin` of each (`certainty.Join`), whether it is `right`, the `fold` that it
    lies in and the `group` that it belongs to."""

    margin: Floats
    right: NDArray[np.bool_]
    fold: Ints
    group: Ints


def merges(groups: Sequence[Hashable], pairs: Rows, answers: Mapping[tuple[int, int], bool], fold: Ints) -> Merges:
    """The merges behind the groups, given by the name of each row's group, as far as `answers` (smaller row first)
    knows of the two rows; the rows of a group arrive in their order."""
    near: dict[int, dict[int, float]] = defaultdict(dict)
    for a, b, probability in pairs:
        near[a][b] = near[b][a] = probability
    members: dict[Hashable, list[int]] = defaultdict(list)
    for row, name in enumerate(groups):
        members[name].append(row)
    found = [
        (join.margin, answers[key], fold[join.one], number)
        for number, rows in enumerate(members.values())
        for join in joins(rows, near)
        if (key := (min(join.one, join.to), max(join.one, join.to))) in answers
    ]
    margin, right, where, group = zip(*found, strict=True) if found else ((), (), (), ())
    return Merges(np.array(margin), np.array(right, bool), np.array(where, int), np.array(group, int))


def sure_from(found: Merges, purity: float) -> float:
    """The smallest margin from which on at least `purity` of the merges are right; NONE_SURE where there is none.

    What is shown as certain has to hold in a block of time that nobody has seen. So the lower end of the one-sided 95 %
    interval (Wilson 1927, doi 10.1080/01621459.1927.10502953) counts, for as many merges as the groups that they lie in
    are worth (`_worth`), and no fold with SEVERAL such merges may fall short by itself.
    """
    order = np.argsort(-found.margin, kind="stable")
    margin, right = found.margin[order], found.right[order]
    shown = np.arange(1, len(order) + 1)
    enough = _lower_end(np.cumsum(right) / shown, _worth(right, found.group[order])) >= purity
    for one in np.unique(found.fold):
        mine = found.fold[order] == one
        there = np.cumsum(mine)
        enough &= (there < SEVERAL) | (np.cumsum(mine & right) >= purity * there)
    last = np.flatnonzero(enough & (np.diff(margin, append=-NONE_SURE) < 0))  # all of one margin or none
    return float(margin[last[-1]]) if len(last) else NONE_SURE


def _worth(right: NDArray[np.bool_], group: Ints) -> Floats:
    """For how many independent ones the first n answers stand, for each n: fewer than n where those of one group are
    wrong together (effective size of a clustered sample; Kish 1965)."""
    found, numbers = np.zeros(len(right)), np.unique(group, return_inverse=True)[1]
    for n in range(1, len(right) + 1):
        share = right[:n].mean()
        beside = np.bincount(numbers[:n], right[:n] - share)
        alone = n * share * (1 - share)
        found[n - 1] = n / max(1.0, float((beside**2).sum() / alone)) if alone else n
    return found


def _lower_end(share: Floats, shown: Floats) -> Floats:
    spread = Z * np.sqrt(share * (1 - share) / shown + (Z / (2 * shown)) ** 2)
    found: Floats = (share + Z**2 / (2 * shown) - spread) / (1 + Z**2 / shown)
    return found
