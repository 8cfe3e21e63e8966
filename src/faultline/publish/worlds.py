"""Turns a snapshot into the world that resolve makes of it. Invariant: the world sees what the snapshot sees, claims
and decisions alike, and nothing else."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from threading import Lock

from faultline.case import Case
from faultline.evidence import Held, Snapshot
from faultline.record.claim import Claim
from faultline.record.decision import Decision
from faultline.record.halting import breathe
from faultline.resolve.anchor import marked
from faultline.resolve.casualties import Counting
from faultline.resolve.lineage import Lineages, trace
from faultline.resolve.linker import Remembering, link
from faultline.resolve.linking import Linker
from faultline.resolve.profiles import Profile
from faultline.resolve.reading import Readings
from faultline.resolve.report import Report
from faultline.resolve.world import World, resolve

_TABLES = ("text/csv", "text/tab-separated-values")


@dataclass(frozen=True)
class Memory:
    """What was read and compared for the last world: with it the next one is the same and quicker. Of two threads that
    ask at once the second goes without."""

    readings: Readings = field(default_factory=Readings)
    linker: Linker = field(default_factory=Remembering)
    busy: Lock = field(default_factory=Lock, compare=False)

    def resolved(self, case: Case, reports: Sequence[Report], decisions: Iterable[Decision]) -> World:
        """The world of the reports and decisions (`resolve.world.resolve`)."""
        if not self.busy.acquire(blocking=False):
            return resolve(case, reports, decisions, link)
        try:
            return resolve(case, reports, decisions, self.linker, self.readings)
        finally:
            self.busy.release()


@dataclass(frozen=True)
class Seen:
    """A snapshot with its world and the lineages of its claims, each made when first asked for, by way of a memory."""

    case: Case
    snapshot: Snapshot
    profile: Profile = Profile.REPRESENTATIVE
    memory: Memory = field(default_factory=Memory, compare=False)

    @cached_property
    def reports(self) -> tuple[Report, ...]:
        """Every document in view with its claims."""
        return reports_of(self.snapshot)

    @cached_property
    def world(self) -> World:
        """Incidents by the claims and decisions in view."""
        return self.memory.resolved(self.case, self.reports, decisions_of(self.snapshot))

    @cached_property
    def lineages(self) -> Lineages:
        """What each claim in view was taken from."""
        return trace(self.case, self.reports, self.snapshot.as_of)

    def weighed(self, profile: Profile) -> "Seen":
        """The same world with figures weighed by another profile; what was made of it already is kept."""
        other = replace(self, profile=profile)
        for name in ("reports", "world", "lineages"):
            if name in self.__dict__:
                other.__dict__[name] = self.__dict__[name]
        return other

    @property
    def counting(self) -> Counting:
        """By which profile and by whose independence figures are weighed."""
        return Counting(self.lineages, self.profile)


def decisions_of(snapshot: Snapshot) -> tuple[Decision, ...]:
    """The decisions in view, ready to be found again on the claims of today (`resolve.anchor.marked`)."""
    found = snapshot.decisions()
    asked = {id for decision in found for id in (decision.subject, decision.object) if id}
    return marked(found, snapshot.firsts(asked)) if asked else found


def reports_of(snapshot: Snapshot) -> tuple[Report, ...]:
    """Every document in view with its text, filings and claims, by day of publication."""
    by_document: dict[str, list[Claim]] = defaultdict(list)
    for claim in snapshot.claims():
        breathe()
        by_document[claim.document].append(claim)
    return tuple(_report(snapshot, held, by_document[held.document_id]) for held in snapshot.documents())


def _report(snapshot: Snapshot, held: Held, claims: Sequence[Claim]) -> Report:
    breathe()
    document, _ = snapshot.document(held.document_id)
    return Report(
        filing=held.filing,
        text=document.text,
        claims=tuple(sorted(claims, key=lambda c: (c.span.start, c.span.end, c.id))),
        also=held.also,
        table=document.media_type.startswith(_TABLES),
    )
