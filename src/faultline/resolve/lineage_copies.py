"""Turns texts into families of copies: which documents carry one text, and which passages stand in another document.
Invariant: copies are found by words alone, never by a label, and the order of the documents does not matter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from faultline.record.days import Days
from faultline.resolve.report import Report
from faultline.resolve.shingles import Hashes, shared, sharing_pairs, shingles

WHOLE = 0.15  # share of a text's shingles that stand in another one from which on it is a copy
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
    ordered = sorted({report.document: report for report in reports}.values(), key=lambda r: r.document)
    texts = {report.document: shingles(report.text) for report in ordered}
    ages = {report.document: age(report) for report in ordered}
    near = _near(texts)
    taken: dict[str, str] = {}
    for document in sorted(near, key=lambda d: ages[d]):
        offered = [(common, o) for o, common in near[document] if common >= WHOLE * len(texts[document])]
        older = [(-common, ages[o], o) for common, o in offered if _may_precede(ages, texts, o, document, common)]
        taken[document] = next((o for _, _, o in sorted(older) if _root(taken, o) != document), "")
    copying = {document: origin for document, origin in taken.items() if origin}
    covered = {*copying, *(o for d, o in copying.items() if _covers(texts[o], dict(near[o])[d]))}
    leader = {d: _root(copying, d) for d in sorted({*covered, *copying.values()})}
    beside = {d: tuple(sorted(o for o, _ in others)) for d, others in near.items() if d not in covered}
    held = {other: texts[other] for others in beside.values() for other in others}
    return Copies(leader, frozenset(covered), beside, held, ages)


def _near(texts: Mapping[str, Hashes]) -> dict[str, list[tuple[str, int]]]:
    """Each document with those that it shares a passage with, and how many shingles of it."""
    names = list(texts)
    found: dict[str, list[tuple[str, int]]] = {}
    for i, j in sharing_pairs(list(texts.values())):
        one, other = names[i], names[j]
        common = shared(texts[one], texts[other])
        if common >= FEWEST or common >= SHORTEST_PASSAGE * PASSAGE:
            found.setdefault(one, []).append((other, common))
            found.setdefault(other, []).append((one, common))
    return found


def _covers(text: Hashes, common: int) -> bool:
    return common >= max(FEWEST, WHOLE * len(text))


def _may_precede(ages: Mapping[str, Age], texts: Mapping[str, Hashes], origin: str, document: str, common: int) -> bool:
    """Whether a text may be what a document was made from: it is older, or nobody knows and it holds far more."""
    if ages[origin] < ages[document]:
        return True
    return ages[origin][1] <= ages[document][0] and not _covers(texts[origin], common)


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
