"""Plays the reviewer: answers the pairs that the queue asks first, by the experts' coding. Invariant: an answer is used
as a link and never as a label to learn from; what earlier answers imply is not asked."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import log
from statistics import median

from faultline.evaluate.maverick_blocks import Held
from faultline.resolve.cluster import Links, average_link

BATCH = 25  # answers between two looks at the queue
LEAST, MOST = 0.02, 0.98  # probabilities between which a pair is worth a question


@dataclass
class Review:
    """One held-out block under review: groups of its rows, links by answers so far."""

    held: Held
    ids: Sequence[str]
    documents: Sequence[int]
    must: list[tuple[int, int]] = field(default_factory=list)
    cannot: list[tuple[int, int]] = field(default_factory=list)

    def groups(self) -> dict[int, str]:
        """The id of the first row of its group, for each row."""
        rows = [int(row) for row in self.held.rows]
        place = {row: n for n, row in enumerate(rows)}
        links = Links(
            apart=[self.documents[row] for row in rows],
            must=tuple((place[a], place[b]) for a, b in self.must),
            cannot=tuple((place[a], place[b]) for a, b in self.cannot),
        )
        pairs = [(place[a], place[b], p) for a, b, p in self.pairs()]
        ids = [self.ids[row] for row in rows]
        found = average_link(ids, pairs, links, self.held.model.threshold)
        return {row: ids[n] for row, n in zip(rows, found, strict=True)}

    def pairs(self) -> list[tuple[int, int, float]]:
        """The pairs of the block with their probabilities."""
        held = self.held
        return list(zip(held.a.tolist(), held.b.tolist(), held.probability.tolist(), strict=True))


def answered(reviews: Sequence[Review], events: Sequence[str], deaths: Sequence[int], answers: int) -> int:
    """Answers up to that many questions over all blocks, and puts the answers into the reviews; how many were asked."""
    done = 0
    while done < answers:
        batch = _asked_first(reviews, deaths)[: min(BATCH, answers - done)]
        for review, a, b in batch:
            (review.must if events[a] == events[b] else review.cannot).append((a, b))
        done += len(batch)
        if not batch:
            break
    return done


def _asked_first(reviews: Sequence[Review], deaths: Sequence[int]) -> list[tuple[Review, int, int]]:
    ranked = [(*question, n) for n, review in enumerate(reviews) for question in _questions(review, deaths)]
    ranked.sort(key=lambda q: (-q[0], q[1], q[2]))
    chosen, touched = [], set()
    for _, a, b, n in ranked:
        if a in touched or b in touched:
            continue  # the answer to one may settle the other
        touched |= {a, b}
        chosen.append((reviews[n], a, b))
    return chosen


def _questions(review: Review, deaths: Sequence[int]) -> Iterator[tuple[float, int, int]]:
    """Rank and rows of each open pair: uncertainty x impact, which is the deaths that a merge or split moves and the
    reports that it touches."""
    groups = review.groups()
    members: dict[str, list[int]] = {}
    for row, name in groups.items():
        members.setdefault(name, []).append(deaths[row])
    toll = {name: median(found) for name, found in members.items()}
    bound = _bound(review)
    for a, b, p in review.pairs():
        if not LEAST < p < MOST or bound.settled(a, b):
            continue
        one, other = groups[a], groups[b]
        stake = min(deaths[a], deaths[b]) if one == other else min(toll[one], toll[other])
        reports = len(members[one]) * (1 if one == other else len(members[other]))
        yield 4 * p * (1 - p) * (1 + stake) * (1 + log(reports)), a, b


@dataclass
class _Bound:
    """What the answers imply: rows of one `part` are one event; parts in `apart` are not."""

    part: Mapping[int, int]
    apart: set[tuple[int, int]]

    def settled(self, a: int, b: int) -> bool:
        """Whether the answers so far say what the two are to one another."""
        one, other = self.part.get(a, a), self.part.get(b, b)
        return one == other or (min(one, other), max(one, other)) in self.apart


def _bound(review: Review) -> _Bound:
    part: dict[int, int] = {}

    def root(row: int) -> int:
        while part.get(row, row) != row:
            row = part[row]
        return row

    for a, b in review.must:
        low, high = sorted((root(a), root(b)))
        part[high] = low
    roots = {row: root(row) for row in {*part, *(x for pair in review.cannot for x in pair)}}
    apart = {tuple(sorted((roots.get(a, a), roots.get(b, b)))) for a, b in review.cannot}
    return _Bound(roots, {(low, high) for low, high in apart})
