"""What an article is tested against: everything that was known on a day, without the article itself. Invariant: the
article, its retellings and its copies are never evidence for it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from faultline.measure import MEASURES, Sight
from faultline.measure.control import Followed, follow
from faultline.measure.force.ledger import Ledger, ledger
from faultline.record.claim import Claim
from faultline.record.decision import Decision
from faultline.record.finding import Finding
from faultline.resolve.casualties import Counting
from faultline.resolve.happening import Context
from faultline.resolve.lineage import Lineages, trace
from faultline.resolve.linking import Linker
from faultline.resolve.profiles import Profile
from faultline.resolve.report import Report
from faultline.resolve.world import World, resolve


@dataclass(frozen=True)
class Grounds:
    """The evidence of one day. `sight` is what measures see, `reports` every document in view, `article` the text under
    examination, `name` the id by which retellings of it call it (front matter key `examined`)."""

    sight: Sight
    reports: tuple[Report, ...]
    decisions: tuple[Decision, ...]
    linker: Linker
    article: Report
    name: str = ""
    _found: dict[tuple[str, bool], Finding] = field(default_factory=dict, compare=False, repr=False)

    @property
    def as_of(self) -> date:
        """The day of the evidence."""
        return self.sight.as_of

    @cached_property
    def others(self) -> tuple[Report, ...]:
        """The documents in view that do not retell the article and are not the article."""
        return tuple(r for r in self.reports if r.document != self.article.document and not self._retells(r))

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """The claims of the others."""
        return tuple(claim for report in self.others for claim in report.claims)

    @cached_property
    def context(self) -> Context:
        """What the case says of its parties and places."""
        return Context(self.sight.case)

    @cached_property
    def world(self) -> World:
        """Incidents by the claims of the others and of the article, so that its claims find what they speak of."""
        return resolve(self.sight.case, (*self.others, self.article), self.decisions, self.linker)

    @cached_property
    def lineages(self) -> Lineages:
        """What each claim was taken from, the article's among them: a copy of it shares its lineage."""
        return trace(self.sight.case, (*self.others, self.article), self.as_of)

    @property
    def counting(self) -> Counting:
        """By whose independence figures are weighed."""
        return Counting(self.lineages, Profile.REPRESENTATIVE)

    @cached_property
    def evidence(self) -> Sight:
        """What measures see of the others alone, up to the last possible day of the article: what it says of its own
        time is tested on its own time, also by what was published later."""
        return self._without(self.article.filing.published.last_day or self.as_of)

    @cached_property
    def since(self) -> Sight:
        """What measures see of the others alone up to the day of the evidence: what became of what was foretold."""
        return self._without(self.as_of)

    @cached_property
    def control(self) -> Followed:
        """Who held what, by `evidence`."""
        return follow(self.evidence)

    @cached_property
    def restrictions(self) -> Ledger:
        """What was in force, by `evidence`."""
        return ledger(self.evidence)

    def finding(self, name: str, later: bool = False) -> Finding:
        """What the measure of that name finds in `evidence`, or in `since` where `later`; made once."""
        key = (name, later and self.as_of > (self.article.filing.published.last_day or self.as_of))
        if key not in self._found:
            measure = next(one for one in MEASURES if one.name == name)
            self._found[key] = measure.run(self.since if key[1] else self.evidence)
        return self._found[key]

    def _without(self, until: date) -> Sight:
        kept = {report.document for report in self.others}
        seen = (c for c in self.sight.claims if c.document in kept)
        tables = {name: table.only(table.first <= until.toordinal()) for name, table in self.sight.tables.items()}
        figures = tuple(f for f in self.sight.figures if (f.days.last_day or until) <= until)
        return replace(
            self.sight,
            as_of=min(until, self.as_of),
            claims=tuple(c for c in seen if self._by_then(c, until)),
            tables=tables,
            figures=figures,
        )

    def _by_then(self, claim: Claim, until: date) -> bool:
        """Whether a claim speaks of a day until then; one of no known day if it was public by then."""
        day = claim.days.first_day or self.sight.published(claim)
        return day is not None and day <= until

    def independent(self, claim: str, others: Iterable[str]) -> tuple[str, ...]:
        """Those of the claims that share no lineage with the first."""
        return tuple(other for other in others if len(self.lineages.groups((claim, other))) > 1)

    def voices(self, claims: Iterable[str]) -> int:
        """How many independent lineages the claims have; a document without claims (its id) is one of its source."""
        listed = tuple(claims)
        traced = [c for c in listed if c in self.lineages.roots]
        sources = {report.document: report.filing.source for report in self.others}
        spoken = {sources[self.document_of[c]] for c in traced if c in self.document_of}
        silent = {sources[c] for c in listed if c in sources} - spoken
        return (self.lineages.count(traced) if traced else 0) + len(silent)

    @cached_property
    def claim_of(self) -> Mapping[str, Claim]:
        """The claims of the others by their ids."""
        return {claim.id: claim for claim in self.claims}

    @cached_property
    def document_of(self) -> Mapping[str, str]:
        """The document of each claim of the others."""
        return {claim.id: claim.document for claim in self.claims}

    def _retells(self, report: Report) -> bool:
        """Whether a report says that it retells this article: by its name, or an article of the same days by another
        (a case may call the article otherwise than its file)."""
        filings = (report.filing, *report.also)
        names = [json.loads(filing.extra).get("examined") for filing in filings if filing.extra]
        days = self.article.filing.published
        return bool(self.name in names or (any(names) and days.known and report.filing.published.overlaps(days)))
