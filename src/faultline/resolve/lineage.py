"""Turns reports into the lineages of their claims: what each was taken from. Invariant: copies add nothing, whoever
copies, in whatever order they come; only the text, the filing and the case are read, never a label."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from faultline.case import Case
from faultline.record.claim import Claim
from faultline.record.errors import NotFoundError
from faultline.record.halting import breathe
from faultline.record.text import Filing, Lineage, Source, Span
from faultline.record.vocabulary import SourceKind
from faultline.resolve.lineage_copies import Copies, find_copies
from faultline.resolve.lineage_credits import Credit, Reach, credits_of_title, find_credits
from faultline.resolve.lineage_outlets import Outlet, Outlets, outlets_of, unlisted
from faultline.resolve.lineage_sentences import Sentences
from faultline.resolve.lineage_voices import Voices
from faultline.resolve.report import Report

CREDITS = "credits"  # key of the front matter: whom a page rests on


@dataclass(frozen=True)
class Lineages:
    """What each claim was taken from. `ways` are the steps from the publisher to whoever vouches for the content,
    `roots` the keys by which two claims are one lineage, `order` puts claims in time."""

    ways: Mapping[str, tuple[Lineage, ...]] = field(default_factory=dict)
    roots: Mapping[str, frozenset[str]] = field(default_factory=dict)
    order: Mapping[str, int] = field(default_factory=dict)

    def of(self, claim_id: str) -> tuple[Lineage, ...]:
        """The steps from the page to whoever vouches for the content, the last one last. Raises NotFoundError."""
        if claim_id not in self.ways:
            raise NotFoundError(claim_id, "no such claim", "a claim of the reports that were traced")
        return self.ways[claim_id]

    def groups(self, claim_ids: Iterable[str]) -> tuple[tuple[str, ...], ...]:
        """The claims by independent lineage, oldest first; claims of one group corroborate nothing in each other.

        A claim that rests on two ("AFP and Reuters say") stands with one that is there without it and adds none.
        Raises NotFoundError for a claim that was not traced.
        """
        wanted = sorted(set(claim_ids), key=lambda c: (len(self._roots(c)), self.order[c]))
        opened: list[tuple[frozenset[str], list[str]]] = []
        by_root: dict[str, list[str]] = {}
        for claim in wanted:
            roots = self._roots(claim)
            home = next((by_root[root] for root in sorted(roots) if root in by_root), None)
            if home is None:
                home = []
                opened.append((roots, home))
                by_root.update(dict.fromkeys(roots, home))
            home.append(claim)
        found = (tuple(sorted(group, key=lambda c: self.order[c])) for _, group in opened)
        return tuple(sorted(found, key=lambda group: self.order[group[0]]))

    def count(self, claim_ids: Iterable[str]) -> int:
        """How many independent lineages the claims have; 0 for no claims."""
        return len(self.groups(claim_ids))

    def _roots(self, claim_id: str) -> frozenset[str]:
        self.of(claim_id)
        return self.roots[claim_id]


def trace(case: Case, reports: Sequence[Report], as_of: date | None = None) -> Lineages:
    """The lineages of every claim of the reports, by what these reports hold and, of the case's ties, by what was known
    on `as_of` (None: all of them)."""
    tracer = _Tracer(case, reports, as_of)
    ways, roots = {}, {}
    for report in tracer.reports:
        for claim, steps, ends in tracer.claims_of(report):
            ways[claim.id], roots[claim.id] = steps, ends
    return Lineages(ways, roots, {claim: number for number, claim in enumerate(ways)})


@dataclass(frozen=True)
class _Read:
    """What one report says of its own sources: for all of it, and sentence by sentence."""

    sentences: Sentences
    whole: tuple[Outlet, ...]
    parts: tuple[Credit, ...]


class _Tracer:
    def __init__(self, case: Case, reports: Sequence[Report], as_of: date | None) -> None:
        self.copies: Copies = find_copies(reports)
        self.reports = sorted(reports, key=lambda r: self.copies.ages[r.document])
        self._by_document = {report.document: report for report in self.reports}
        self._outlets: Outlets = outlets_of(case)
        self._voices = Voices(case, self._outlets, as_of)
        self._sources = {source.id: source for source in case.sources}
        self._read = {report.document: self._reading(report) for report in self.reports}

    def claims_of(self, report: Report) -> Iterator[tuple[Claim, tuple[Lineage, ...], frozenset[str]]]:
        """Each claim with the steps of its lineage and the keys of its roots."""
        read = self._read[report.document]
        for claim in report.claims:
            breathe()
            steps, roots = self._way(report, claim, read.sentences.around(claim.span))
            voice, name = self._voices.of_claim(claim, report.filing.published)
            if voice:
                steps, roots = [*steps, Lineage(voice, name, "speaker")], {voice}
            yield claim, tuple(steps), frozenset(roots)

    def _way(self, report: Report, claim: Claim, around: Span) -> tuple[list[Lineage], set[str]]:
        """From the page to what the text was taken from."""
        read = self._read[report.document]
        first = self._page(report.filing)
        steps, roots = [first], {first.id}
        origin = self.copies.origin(report.document, around.of(report.text))
        if origin:
            older = [self._by_document[document].filing for document in self.copies.contend(origin)]
            if origin != report.document:
                steps.append(Lineage(self._page(older[0]).id, older[0].source, "copy", older[0].url or older[0].origin))
            roots = {self._page(filing).id for filing in older}
        credited = [c.outlet for c in read.parts if c.span.overlaps(around)]
        credited = credited or self._conduits.get(origin, []) or list(self._read[origin or report.document].whole)
        named = {self._voices.of_house(outlet.key): outlet for outlet in credited}
        steps += [Lineage(key, outlet.name, "credit") for key, outlet in sorted(named.items())]
        return steps, set(named) or roots

    def _page(self, filing: Filing) -> Lineage:
        """The house that publishes a page, with its address where the report retells it."""
        source = self._sources.get(filing.source)
        key = self._voices.of_source(source) if source else f"house {filing.source or filing.origin}"
        if source and source.laundering:
            return Lineage(key, filing.source, "laundering", filing.url)
        via = "retelling" if filing.retold_from else "family"
        return Lineage(key, filing.source, via, filing.retold_from or filing.url)

    @cached_property
    def _conduits(self) -> dict[str, list[Outlet]]:
        """For the leader of each family of copies: the agencies whose text it is, by the credit lines of any member
        or because one of them is an agency's own page."""
        found: dict[str, list[Outlet]] = defaultdict(list)
        for leader, members in self.copies.families.items():
            for document in members:
                found[leader] += self._read[document].whole or self._wire(self._by_document[document].filing)
        return found

    def _wire(self, filing: Filing) -> list[Outlet]:
        source: Source | None = self._sources.get(filing.source)
        if source is None or source.kind is not SourceKind.WIRE:
            return []
        return [Outlet(source.family or source.id, source.name)]

    def _reading(self, report: Report) -> _Read:
        breathe()
        filing, text = report.filing, report.text
        named = find_credits(text, filing.language, self._outlets)
        whole = [c.outlet for c in named if c.reach is not Reach.SENTENCE]
        whole += [c.outlet for c in credits_of_title(filing.title, filing.language, self._outlets)]
        known = {c.outlet.key for c in named} | {outlet.key for outlet in whole}
        whole += [o for o in self._said(filing) if o.key not in known and not o.body]  # a body is quoted, not copied
        parts = tuple(c for c in named if c.reach is Reach.SENTENCE)
        return _Read(Sentences(text), tuple(dict.fromkeys(whole)), parts)

    def _said(self, filing: Filing) -> list[Outlet]:
        """What the front matter says of whom the page rests on."""
        names = json.loads(filing.extra).get(CREDITS, []) if filing.extra else []
        listed = names if isinstance(names, list) else [names]
        return [self._outlets.named(str(name)) or unlisted(str(name)) for name in listed]
