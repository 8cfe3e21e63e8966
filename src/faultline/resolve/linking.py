"""The seam between tellings and incidents: which of them are one happening, how surely. Invariant: what people held
together ends in one group and what they held apart never does."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from faultline.resolve.happening import Happening
from faultline.resolve.judged import Judged, Pair, pair


@dataclass(frozen=True)
class Linked:
    """`groups` of indices into the views that were given, and the probability of each pair of ids that was compared
    (smaller id first; what was never compared is held to be unlike); `model` names what gave them. `copies` leads from
    a view that was not compared to the one that stands for it. From a margin of `sure` on (`certainty.Join`) a merge
    is shown as certain; 2, which no margin reaches, where nobody has measured that. Groups merged from a mean
    probability of `threshold` on; 2 where that plays no part."""

    groups: tuple[tuple[int, ...], ...]
    links: Mapping[Pair, float]
    model: str
    copies: Mapping[str, str] = field(default_factory=dict)
    sure: float = 2.0
    threshold: float = 2.0


class Linker(Protocol):
    """Finds which views are one happening."""

    def __call__(self, views: Sequence[Happening], same: frozenset[Pair], apart: frozenset[Pair]) -> Linked:
        """Groups of the views under must-links and cannot-links between their ids."""
        ...


def bonds(judged: Judged, leads: Mapping[str, str]) -> tuple[frozenset[Pair], frozenset[Pair]]:
    """Must-links and cannot-links between views, by the lead of each claim; those inside one view are kept already."""
    return _between(judged.same, leads), _between(judged.apart, leads)


def bound(
    groups: Iterable[Sequence[int]], ids: Sequence[str], same: Iterable[Pair], apart: Iterable[Pair]
) -> list[list[int]]:
    """The groups with those united that a must-link joins, except where a cannot-link stands between them."""
    home = {n: number for number, group in enumerate(groups) for n in group}
    united: dict[int, list[int]] = {}
    for n, number in home.items():
        united.setdefault(number, []).append(n)
    index = {name: n for n, name in enumerate(ids)}
    forbidden = [(index[a], index[b]) for a, b in apart if a in index and b in index]
    for a, b in sorted(same):
        if a not in index or b not in index or home[index[a]] == home[index[b]]:
            continue
        one, other = home[index[a]], home[index[b]]
        if any({home[x], home[y]} == {one, other} for x, y in forbidden):
            continue
        for n in united.pop(other):
            home[n] = one
            united[one].append(n)
    return [sorted(group) for _, group in sorted(united.items())]


def _between(decided: Iterable[Pair], leads: Mapping[str, str]) -> frozenset[Pair]:
    found = ((leads[a], leads[b]) for a, b in decided if a in leads and b in leads)
    return frozenset(pair(a, b) for a, b in found if a != b)
