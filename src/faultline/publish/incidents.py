"""Turns incidents into rows that a reader can judge: all voices side by side, each with its words, its source, where it
was taken from and what it counts. Invariant: every number names the claims behind it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from faultline.publish.worlds import Seen
from faultline.record.claim import Claim
from faultline.record.days import Days
from faultline.record.decision import Decision, Incident
from faultline.record.text import Lineage
from faultline.record.vocabulary import Kind, Modality, SlotName
from faultline.resolve.casualties import Ledger, killed, ledger
from faultline.resolve.disputes import Dispute, denials, disputes_in

Role = Literal["act", "toll", "responsibility", "denial", "other"]
SILENCE = "none: nobody speaks of anyone killed"
_UNSAID = frozenset({Modality.DENIED, Modality.NEGATED})
_ROLES: tuple[Role, ...] = ("act", "other", "responsibility", "denial")  # in the order in which they name an incident
_NAMELESS = frozenset({"other", "no_comment"})  # say nothing of what happened


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which incidents: every field narrows, an empty one does not, the values of one field are alternatives. `places`,
    `actors`, `sources` and `side` are ids; one claim has to have the kind, the modality, the source and the side
    together. `voices` is the least number of independent lineages."""

    places: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    period: Days = Days()
    kinds: tuple[Kind, ...] = ()
    sources: tuple[str, ...] = ()
    side: str = ""
    modalities: tuple[Modality, ...] = ()
    voices: int = 0
    standing: Literal["", "provisional", "settled"] = ""

    def fits(self, seen: Seen, incident: Incident) -> bool:
        """Whether the incident lies there, has that party in it, and may fall in the period; one of unknown day never
        falls in a period."""
        if self.period.known and not (incident.days.known and incident.days.overlaps(self.period)):
            return False
        if self.standing and (self.standing == "provisional") is not incident.provisional:
            return False
        if self.places and not {*incident.places, *_named(seen, incident, (SlotName.PLACE,))} & set(self.places):
            return False
        parties = (SlotName.ACTOR, SlotName.RECIPIENT)
        if self.actors and not _named(seen, incident, parties).intersection(self.actors):
            return False
        if self._of_claims and not any(self.told(seen, seen.world.claims[id]) for id in incident.claims):
            return False
        return self.voices < 2 or seen.lineages.count(incident.claims) >= self.voices

    @property
    def _of_claims(self) -> bool:
        return bool(self.kinds or self.sources or self.side or self.modalities)

    def told(self, seen: Seen, claim: Claim) -> bool:
        """Whether a claim has the kind, the modality, the source and the side."""
        source = seen.world.reports[claim.document].filing.source
        return (
            (not self.kinds or claim.kind in self.kinds)
            and (not self.modalities or claim.modality in self.modalities)
            and (not self.sources or source in self.sources)
            and (not self.side or seen.world.parties.voice(claim.speaker, source).party == self.side)
        )


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """An incident in a line. `acts` are what was done, that which names it best first; `says` is "happened",
    "disputed" or "denied"; `killed_best` is None where no figure may count, and `killed_why` says how it was chosen
    or why there is none; `voices` are independent lineages; `certainty` is the probability of the weakest link by
    which it hangs together, None where the machine joined nothing; `certain` says that all of the machine's merges in
    it are shown as certain."""

    id: str
    days: Days
    places: tuple[str, ...]
    actors: tuple[str, ...]
    acts: tuple[str, ...]
    says: Literal["happened", "disputed", "denied"]
    killed_low: int | None
    killed_best: int | None
    killed_high: int | None
    killed_why: str
    claims: int
    documents: int
    voices: int
    provisional: bool
    certainty: float | None
    certain: bool
    part_of: str
    parts: int


@dataclass(frozen=True, slots=True)
class Mouth:
    """One claim of an incident as it stands beside the others: who says it, in which words, taken from where."""

    claim: str
    role: Role
    claimant: str
    party: str
    modality: Modality
    source: str
    document: str
    published: Days
    days: Days
    places: tuple[str, ...]
    words: str
    retold: bool
    lineage: tuple[Lineage, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """An incident with everything that is said of it. `also` are the other ids that it answers to, `merges` the
    machine's decisions in it, `parts` its parts."""

    row: IncidentRow
    also: tuple[str, ...]
    mouths: tuple[Mouth, ...]
    ledger: Ledger
    disputes: tuple[Dispute, ...]
    merges: tuple[Decision, ...]
    parts: tuple[IncidentRow, ...]


def incidents_of(seen: Seen, wanted: Wanted) -> tuple[Incident, ...]:
    """The incidents that are asked for, the latest first, those of unknown day last."""
    found = (one for one in seen.world.incidents if wanted.fits(seen, one))
    return tuple(sorted(found, key=_latest_first))


def incident_row(seen: Seen, incident: Incident) -> IncidentRow:
    """The incident in a line."""
    claims = [seen.world.claims[id] for id in incident.claims]
    toll = killed(seen.world, incident.id, seen.counting)
    return IncidentRow(
        id=incident.id,
        days=incident.days,
        places=incident.places,
        actors=_most(claims, SlotName.ACTOR, seen),
        acts=acts_of(claims),
        says=_says(seen, incident),
        killed_low=toll.low if toll else None,
        killed_best=toll.best if toll else None,
        killed_high=toll.high if toll else None,
        killed_why=toll.why if toll else SILENCE,
        claims=len(claims),
        documents=len({claim.document for claim in claims}),
        voices=seen.lineages.count(incident.claims),
        provisional=incident.provisional,
        certainty=seen.world.certainty_of(incident.id),
        certain=all(m.id in seen.world.certain for m in seen.world.merges_in(incident.id)),
        part_of=incident.part_of,
        parts=len(seen.world.children(incident.id)),
    )


def dossier(seen: Seen, id: str) -> Dossier:
    """All voices of the incident that answers to that id, side by side. Raises NotFoundError."""
    incident = seen.world.incident(id)
    return Dossier(
        row=incident_row(seen, incident),
        also=seen.world.also(incident.id),
        mouths=tuple(mouth(seen, seen.world.claims[id]) for id in incident.claims),
        ledger=ledger(seen.world, incident.id, seen.counting),
        disputes=disputes_in(seen.world, incident, seen.counting),
        merges=seen.world.merges_in(incident.id),
        parts=tuple(incident_row(seen, child) for child in seen.world.children(incident.id)),
    )


def mouth(seen: Seen, claim: Claim) -> Mouth:
    """A claim with who says it and where it was taken from."""
    filing = seen.world.reports[claim.document].filing
    voice = seen.world.parties.voice(claim.speaker, filing.source)
    return Mouth(
        claim=claim.id,
        role=role_of(claim),
        claimant=voice.name,
        party=voice.party,
        modality=claim.modality,
        source=filing.source,
        document=claim.document,
        published=filing.published,
        days=claim.days,
        places=claim.values(SlotName.PLACE),
        words=seen.world.text(claim),
        retold=bool(filing.retold_from),
        lineage=seen.lineages.of(claim.id),
    )


def role_of(claim: Claim) -> Role:
    """What a claim does in its incident."""
    if claim.modality in _UNSAID or claim.subtype == "denial":
        return "denial"
    if claim.kind is Kind.QUANTITY:
        return "toll"
    if claim.kind is Kind.ALLEGATION:
        return "responsibility"
    return "act" if claim.kind is Kind.EVENT else "other"


def acts_of(claims: Sequence[Claim]) -> tuple[str, ...]:
    """What was done, that which names the incident best first: what is told as an act, by most claims. What says
    nothing of it stands only where there is nothing else."""
    told = [claim for claim in claims if claim.kind is not Kind.QUANTITY and claim.subtype]
    counts = Counter(claim.subtype for claim in told)
    ranks: dict[str, int] = {}
    for claim in told:
        rank = _ROLES.index(role_of(claim))
        ranks[claim.subtype] = min(rank, ranks.get(claim.subtype, rank))
    named = [act for act in ranks if act not in _NAMELESS] or list(ranks)
    return tuple(sorted(named, key=lambda act: (ranks[act], -counts[act])))


def _says(seen: Seen, incident: Incident) -> Literal["happened", "disputed", "denied"]:
    """Whether anybody denies the act itself; that something beside it did not happen denies nothing."""
    claims = [seen.world.claims[id] for id in incident.claims]
    said = any(role_of(claim) != "denial" and claim.subtype != "accusation" for claim in claims)
    denied = denials(seen.world, incident) if said else [c for c in claims if role_of(c) == "denial"]
    return "happened" if not denied else "disputed" if said else "denied"


def _most(claims: Iterable[Claim], name: SlotName, seen: Seen) -> tuple[str, ...]:
    """Ids that lead in slots of that name, those named most first."""
    named = [slot.leading for claim in claims for slot in claim.slots if slot.name == name and slot.leading]
    return tuple(sorted(dict.fromkeys(named), key=lambda id: (-named.count(id), id)))


def _named(seen: Seen, incident: Incident, names: tuple[SlotName, ...]) -> set[str]:
    claims = (seen.world.claims[id] for id in incident.claims)
    return {slot.leading for claim in claims for slot in claim.slots if slot.name in names}


def _latest_first(incident: Incident) -> tuple[bool, int, str]:
    day = incident.days.first_day or incident.days.last_day
    return day is None, -(day or date.min).toordinal(), incident.id
