"""Joins groups that tell one happening twice. Reports that speak of it in two stretches of their text put a telling
into each of two groups, which average link keeps apart because two tellings of one report never meet. Invariant: what
most of the reports in both tell apart stays apart, and an exact copy of a report changes nothing.

Two groups that share reports meet where the mean probability over their pairs of different reports reaches the
threshold of the links.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from faultline.resolve.happening import Happening
from faultline.resolve.judged import Pair
from faultline.resolve.linking import Linked
from faultline.resolve.report import Report
from faultline.resolve.telling import Told, at_one_time_and_place, says_another

Group = frozenset[str]


@dataclass(frozen=True)
class Within:
    """What reports say of their own tellings: `told` and `views` by the id of the lead claim."""

    reports: Mapping[str, Report]
    told: Mapping[str, Told]
    views: Mapping[str, Happening]

    def tells_apart(self, one: str, other: str) -> bool:
        """Whether the report of two tellings tells them apart: rows of a table, "another attack", other days or places,
        other numbers of dead."""
        a, b = self.views[one], self.views[other]
        report = self.reports[a.document]
        if report.table or not at_one_time_and_place(a, b) or _other_toll(a, b):
            return True
        return any(says_another(report.text, part) for id in (one, other) for part in self.told[id])


def folded(linked: Linked, ids: Sequence[str], within: Within, apart: frozenset[Pair]) -> tuple[tuple[int, ...], ...]:
    """The groups of indices into `ids`, those joined that tell one happening twice; `apart` holds pairs of ids that
    must not meet. The likeliest meet first; of equals those with the smallest ids."""
    groups = [frozenset(ids[n] for n in group) for group in linked.groups]
    barred = _by_id(apart)

    def forbidden(one: Group, other: Group) -> bool:
        if any(barred[id] & other for id in one):
            return True
        of = _of_documents(other, within)
        said = [within.tells_apart(a, b) for a in one if a not in linked.copies for b in of[within.views[a].document]]
        return 2 * sum(said) > len(said)

    while True:
        joined = _joined(groups, _likely(groups, linked, within), forbidden)
        if len(joined) == len(groups):
            break
        groups = joined
    row = {id: n for n, id in enumerate(ids)}
    return tuple(sorted(tuple(sorted(row[id] for id in group)) for group in groups))


def _likely(groups: Sequence[Group], linked: Linked, within: Within) -> list[tuple[float, int, int]]:
    """Groups that share reports and are likely enough, the likeliest first. Copies do not count."""
    home = {id: n for n, group in enumerate(groups) for id in group if id not in linked.copies}
    sums: defaultdict[tuple[int, int], float] = defaultdict(float)
    for (one, other), probability in linked.links.items():
        if one in home and other in home and home[one] != home[other]:
            low, high = sorted((home[one], home[other]))
            sums[low, high] += probability
    crowd = {n: Counter(within.views[id].document for id in group if id in home) for n, group in enumerate(groups)}
    found = []
    for (a, b), total in sums.items():
        same = sum(count * crowd[b][document] for document, count in crowd[a].items())
        pairs = crowd[a].total() * crowd[b].total() - same
        if same and pairs and total >= linked.threshold * pairs:
            found.append((round(total / pairs, 9), a, b))
    return sorted(found, key=lambda one: (-one[0], *sorted((min(groups[one[1]]), min(groups[one[2]])))))


def _joined(
    groups: Sequence[Group], likely: Sequence[tuple[float, int, int]], forbidden: Callable[[Group, Group], bool]
) -> list[Group]:
    """The groups after one round, in which each meets one other at most."""
    taken: set[int] = set()
    made: list[Group] = []
    for _, a, b in likely:
        if not {a, b} & taken and not forbidden(groups[a], groups[b]):
            taken |= {a, b}
            made.append(groups[a] | groups[b])
    return [group for n, group in enumerate(groups) if n not in taken] + made


def _by_id(pairs: frozenset[Pair]) -> defaultdict[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for a, b in pairs:
        found[a].add(b)
        found[b].add(a)
    return found


def _of_documents(group: Group, within: Within) -> defaultdict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for id in sorted(group):
        found[within.views[id].document].append(id)
    return found


def _other_toll(one: Happening, other: Happening) -> bool:
    a, b = _dead(one), _dead(other)
    return bool(a and b and not a & b)


def _dead(view: Happening) -> set[int]:
    return {count.best for count in view.counts if count.harm == "killed" and count.best}
