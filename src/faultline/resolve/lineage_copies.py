"""Turns texts into families of copies: which documents carry one text, and which passages stand in another document.
Invariant: copies are found by words alone, never by a label, and the order of the documents does not matter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray

from faultline.record.days import Days
from faultline.record.halting import breathe
from faultline.resolve.report import Report
from faultline.resolve.shingles import Hashes, runs, shared, sharing_pairs, shingles, stretches, words_of

RUN = 3  # words of a shingle
WHOLE = 0.18  # share of a text's shingles that stand in another one from which on it is a copy
PART = 0.12  # from which on it may be one,
SPREAD = (
    0.138  # and is if this much is left when of each stretch only the first STRETCH count: names are long stretches
)
STRETCH = 3
REWORDED = (
    0.36  # share of what a text's words weigh that stands in another one from which on it may be a copy, worked over
)
COUPLES = 0.14  # and is if this share of its pairs of neighbouring words stand there too
MANY = 200  # texts from which on it is known what words weigh
PASSAGE = 0.5  # share of a passage's shingles that stand in the other text
FEWEST = 5  # shingles that a copy shares at least: a formula of agencies is no copy
SHORTEST_PASSAGE = 10  # shingles; what is shorter may be a formula

_NONE = shingles("")
Age = tuple[date, date, str]  # last and first possible day of publication, unknown ones last, then the id


@dataclass(frozen=True)
class Copies:
    """Who shares text with whom. `leader` maps each document of a family of copies to the one that it is counted as:
    the first published, of equals the one with the smallest id. `covered` documents are copies in most of what they
    say; of the others only the passages count that stand elsewhere. `beside` are those that share passages only."""

    leader: Mapping[str, str] = field(default_factory=dict)
    covered: frozenset[str] = frozenset()
    beside: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    texts: Mapping[str, Hashes] = field(default_factory=dict)
    ages: Mapping[str, Age] = field(default_factory=dict)

    def origin(self, document: str, passage: str) -> str:
        """The document that this passage of a document is counted as: the leader of its family, or the oldest that
        holds the passage too, maybe itself; "" where nobody shares it. `passage` is the text of a sentence or more."""
        if document in self.covered:
            return self.leader[document]
        words = shingles(passage) if document in self.beside else _NONE
        if len(words) < SHORTEST_PASSAGE:
            return ""
        others = [o for o in self.beside[document] if shared(words, self.texts[o]) >= PASSAGE * len(words)]
        if not others:
            return ""
        leaders = {self.leader.get(o, o) for o in (*others, document)}
        return min(leaders, key=lambda o: self.ages[o])

    @cached_property
    def families(self) -> Mapping[str, tuple[str, ...]]:
        """The covered documents of each family by its leader, sorted; the leader is among them if it is covered."""
        found: dict[str, list[str]] = {}
        for document in sorted(self.covered):
            found.setdefault(self.leader[document], []).append(document)
        return {leader: tuple(members) for leader, members in found.items()}

    def contend(self, leader: str) -> tuple[str, ...]:
        """The covered members that may have been first: nobody can say which of them copies. The leader is first."""
        last = self.ages[leader][0]
        first = {document: self.ages[document][1] for document in self.families.get(leader, ())}
        return (leader, *(d for d, day in first.items() if d != leader and (day <= last or day == date.max)))


def find_copies(reports: Sequence[Report]) -> Copies:
    """The families of copies among the reports, and the pairs that share only passages.

    A text is counted as the one older text that it shares most with: a digest of two stories does not make one of them.
    """
    found = _Texts({report.document: report for report in reports})
    taken: dict[str, str] = {}
    for document in sorted(found.near, key=lambda d: found.ages[d]):
        older = [other for other in found.near[document] if found.may_copy(document, other)]
        ranked = sorted(older, key=lambda o: (-found.near[document][o], found.ages[o]))
        taken[document] = next((other for other in ranked if _root(taken, other) != document), "")
    copying = {document: origin for document, origin in taken.items() if origin}
    covered = {*copying, *(origin for document, origin in copying.items() if found.covers(origin, document))}
    leader = {document: _root(copying, document) for document in sorted({*covered, *copying.values()})}
    beside = {d: tuple(sorted(others)) for d, others in found.near.items() if d not in covered}
    held = {other: found.texts[other] for others in beside.values() for other in others}
    return Copies(leader, frozenset(covered), beside, held, found.ages)


class _Texts:
    """Texts by document, and which of them share words."""

    def __init__(self, reports: Mapping[str, Report]) -> None:
        self._words = {document: words_of(reports[document].text) for document in sorted(reports)}
        self.ages = {document: age(reports[document]) for document in self._words}
        self.texts = {document: np.unique(runs(words, RUN)) for document, words in self._words.items()}
        self.near: dict[str, dict[str, int]] = {}
        self.covers = cache(self._covers)
        self._once = cache(lambda document, size: np.unique(runs(self._words[document], size)))
        names = list(self.texts)
        for i, j in sharing_pairs(list(self.texts.values())):
            breathe()
            common = shared(self.texts[names[i]], self.texts[names[j]])
            if common >= FEWEST:
                self.near.setdefault(names[i], {})[names[j]] = common
                self.near.setdefault(names[j], {})[names[i]] = common

    def _covers(self, document: str, other: str) -> bool:
        """Whether a document is in most of what it says a copy of the other, or the other of it. Names that two
        accounts of one event share are few and long stretches; a text that was worked over leaves many short ones,
        or keeps its rare words."""
        size, common = len(self.texts[document]), self.near[document][other]
        if common >= WHOLE * size:
            return True
        if common >= PART * size:
            found = stretches(runs(self._words[document], RUN), self.texts[other])
            if sum(min(length, STRETCH) for length in found) >= SPREAD * size:
                return True
        return len(self.texts) >= MANY and self._reworded(document, other)

    def _reworded(self, document: str, other: str) -> bool:
        """Whether most of what a text's words weigh stands in the other, and some of its neighbouring words."""
        one, held = self._once(document, 1), self._once(other, 1)
        weights = self._rarity[1][np.searchsorted(self._rarity[0], one)]
        if weights[np.isin(one, held)].sum() < REWORDED * weights.sum():
            return False
        couples = self._once(document, 2)
        return shared(couples, self._once(other, 2)) >= COUPLES * len(couples)

    @cached_property
    def _rarity(self) -> tuple[Hashes, NDArray[np.float64]]:
        """Every word, sorted, and what it weighs: the logarithm of how few texts use it."""
        words, uses = np.unique(np.concatenate([self._once(d, 1) for d in self._words]), return_counts=True)
        return words, np.log((1 + len(self._words)) / (1 + uses))

    def may_copy(self, document: str, other: str) -> bool:
        """Whether a document may be made from the other: it is younger, or nobody knows and the other holds more."""
        if not self.covers(document, other):
            return False
        if self.ages[other] < self.ages[document]:
            return True
        return self.ages[other][1] <= self.ages[document][0] and not self.covers(other, document)


def age(report: Report) -> Age:
    """What orders documents in time."""
    days = min((f.published for f in (report.filing, *report.also)), key=_ends)
    return (*_ends(days), report.document)


def _ends(days: Days) -> tuple[date, date]:
    return days.last_day or date.max, days.first_day or date.max


def _root(joined: Mapping[str, str], document: str) -> str:
    while document in joined:
        document = joined[document]
    return document
