"""Turns texts into families of copies: which documents carry one text, and which passages stand in another document.
Invariant: copies are found by words alone, never by a label, and the order of the documents does not matter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from faultline.record.days import Days
from faultline.resolve.report import Report
from faultline.resolve.shingles import Hashes, shared, sharing_pairs, shingles

WHOLE = 0.2  # share of a text's shingles that stand in another one from which on it is a copy
PASSAGE = 0.5  # share of a passage's shingles that stand in the other text
FEWEST = 6  # shingles that a copy shares at least: a formula of agencies is no copy
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
    """The families of copies among the reports, and the pairs that share only passages."""
    ordered = sorted({report.document: report for report in reports}.values(), key=lambda r: r.document)
    texts = {report.document: shingles(report.text) for report in ordered}
    ages = {report.document: age(report) for report in ordered}
    joined: dict[str, str] = {}
    covered: set[str] = set()
    beside: dict[str, set[str]] = {}
    names = list(texts)
    for one, other in ((names[i], names[j]) for i, j in sharing_pairs(list(texts.values()))):
        common = shared(texts[one], texts[other])
        copying = {d for d in (one, other) if common >= max(FEWEST, WHOLE * len(texts[d]))}
        if copying:
            _join(joined, one, other, ages)
        covered |= copying
        if common >= SHORTEST_PASSAGE * PASSAGE:
            beside.setdefault(one, set()).add(other)
            beside.setdefault(other, set()).add(one)
    leader = {document: _root(joined, document) for document in sorted({*joined, *covered})}
    near = {d: tuple(sorted(others)) for d, others in beside.items() if d not in covered}
    held = {other: texts[other] for others in near.values() for other in others}
    return Copies(leader, frozenset(covered), near, held, ages)


def age(report: Report) -> Age:
    """What orders documents in time."""
    days = min((f.published for f in (report.filing, *report.also)), key=_ends)
    return (*_ends(days), report.document)


def _ends(days: Days) -> tuple[date, date]:
    return days.last_day or date.max, days.first_day or date.max


def _join(joined: dict[str, str], one: str, other: str, ages: Mapping[str, Age]) -> None:
    a, b = _root(joined, one), _root(joined, other)
    if a != b:
        old, new = (a, b) if ages[a] <= ages[b] else (b, a)
        joined[new] = old


def _root(joined: Mapping[str, str], document: str) -> str:
    while document in joined:
        document = joined[document]
    return document
