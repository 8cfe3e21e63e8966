"""What a measure sees: a case, the systematic tables and the curated claims that were known on a day. Invariant:
nothing published after `as_of` is in it, and a measure has no other way to data."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, cached_property
from typing import Protocol

import numpy as np

from faultline.case import Case
from faultline.evidence import Snapshot
from faultline.measure.events import Events, events_of
from faultline.record.analysis import Figure, Frame
from faultline.record.claim import Claim
from faultline.record.declared import Declared
from faultline.record.halting import breathe
from faultline.record.text import Filing
from faultline.record.vocabulary import ActorKind, Kind, TieKind
from faultline.resolve.lineage import Lineages
from faultline.resolve.world import World


class Resolved(Protocol):
    """What resolve makes of a snapshot, made when first asked for."""

    @property
    def world(self) -> World:
        """Incidents by the claims and decisions in view."""
        ...

    @property
    def lineages(self) -> Lineages:
        """What each claim in view was taken from."""
        ...


@dataclass(frozen=True)
class Sight:
    """`tables` are the event tables by the id of their systematic frame; `claims` the curated claims in the order of
    the snapshot, with `filings` by document; `figures` published numbers; `text_of` gives a document's text by its id,
    "" where there is none; `resolved` the incidents and lineages of the claims, None where nobody made them. `seed`
    starts every draw."""

    case: Case
    as_of: date
    tables: Mapping[str, Events] = field(default_factory=dict)
    claims: tuple[Claim, ...] = ()
    filings: Mapping[str, Filing] = field(default_factory=dict)
    figures: tuple[Figure, ...] = ()
    declared: Declared = Declared()
    text_of: Callable[[str], str] = field(default=lambda document: "", compare=False, repr=False)
    resolved: Resolved | None = field(default=None, compare=False, repr=False)

    @property
    def seed(self) -> int:
        """What every draw starts from."""
        return self.declared.seed

    @property
    def events(self) -> Events | None:
        """The largest systematic event table; None where the case holds none: then no rate is given."""
        return max(self.tables.values(), key=len, default=None)

    def members(self, party: str) -> frozenset[str]:
        """The ids that count as that party: a coalition's declared members and no other, an actor with its
        members. Membership changes over the years: whoever declares a coalition says whom it holds."""
        coalition = self.declared.coalition(party)
        if coalition:
            return frozenset(coalition.members)
        wanted = {party}
        while True:
            more = {actor for actor, whole in self._parts if whole in wanted} - wanted
            if not more:
                return frozenset(wanted)
            wanted |= more

    def of_kinds(self, *kinds: Kind) -> tuple[Claim, ...]:
        """The curated claims of those kinds."""
        return tuple(claim for claim in self.claims if claim.kind in kinds)

    def published(self, claim: Claim) -> date | None:
        """The last possible day on which the claim became public; None where unknown."""
        filing = self.filings.get(claim.document)
        return filing.published.last_day if filing else None

    def words(self, claim: Claim) -> str:
        """The words under the claim's span."""
        return self.text_of(claim.document)[claim.span.start : claim.span.end]

    def quoted(self, claim: Claim, most: int = 90) -> str:
        """The words under the claim's span on one line, cut after `most` characters."""
        line = " ".join(self.words(claim).split())
        return line if len(line) <= most else f"{line[:most].rstrip()}…"

    @cached_property
    def kinds(self) -> Mapping[str, ActorKind]:
        """What each actor of the case is, by its id."""
        return {actor.id: actor.kind for actor in self.case.actors}

    @cached_property
    def _parts(self) -> tuple[tuple[str, str], ...]:
        return tuple(
            (actor.id, tie.other) for actor in self.case.actors for tie in actor.ties if tie.kind is TieKind.MEMBER
        )


def see(case: Case, snapshot: Snapshot, resolved: Resolved | None = None) -> Sight:
    """What was known on the snapshot's day: rows of systematic frames become tables, all other claims stay claims."""
    frames = {frame.id: frame for frame in case.frames}
    filings = {held.document_id: held.filing for held in snapshot.documents()}
    rows: dict[str, list[tuple[Claim, Filing]]] = {}
    claims = []
    for claim in snapshot.claims():
        breathe()
        filing = filings[claim.document]
        frame = frames.get(filing.frame)
        if frame and frame.systematic:
            rows.setdefault(frame.id, []).append((claim, filing))
        else:
            claims.append(claim)
    return Sight(
        case,
        snapshot.as_of,
        {frame: events_of(case, found, frames[frame]) for frame, found in rows.items()},
        tuple(claims),
        filings,
        snapshot.figures(),
        case.declared,
        cache(lambda document: snapshot.document(document)[0].text),
        resolved,
    )


def see_table(sight: Sight, rows: Iterable[tuple[Claim, Filing]], frame: Frame, countries: Iterable[str] = ()) -> Sight:
    """The same sight with one outside event table in place of the case's: its events until `as_of` (inclusive), of the
    named countries (all where none is named). The table is taken to be what `frame` says."""
    last = sight.as_of
    seen = ((claim, filing) for claim, filing in rows if claim.days.first_day and claim.days.first_day <= last)
    events = events_of(sight.case, seen, frame)
    wanted = set(countries)
    if wanted:
        events = events.only(np.isin(events.country, sorted(wanted)))
    return replace(sight, tables={frame.id: events})


def names_of_country(case: Case) -> frozenset[str]:
    """What the case calls its countries: names and variants of its places that are one (GeoNames feature PCL...)."""
    whole = [place for place in case.places if place.feature.startswith("PCL") and place.country in case.countries]
    return frozenset(name for place in whole for name in (place.name, *place.variants))
