"""Decides who speaks where a text says only "rebels" or "the army". Invariant: a speaker that the text names is never
replaced, and a decision keeps its probability and its reason.

A party without a name is held to be the party of its kind (state forces or armed groups) that speaks by name nearest in
the same document; where none does, the one that stands behind the same words in other documents of the incident.
"""

from collections import Counter

from faultline.record.claim import Claim
from faultline.record.text import Candidate
from faultline.resolve.parties import Parties
from faultline.resolve.world import World

ALONE, NEAREST, ELSEWHERE = 0.8, 0.6, 0.5  # rules of thumb, shown as such
_RULE = "speakers rule 1"


def meant(world: World, claim: Claim) -> tuple[Candidate, ...]:
    """Whom the innermost speaker of a claim may be, the likeliest first: a named one for certain; () for nobody of any
    party."""
    if claim.speaker.actor:
        return (Candidate(claim.speaker.actor, 1.0, "named"),)
    force = _unnamed_force(world.parties, claim)
    return (_beside(world, claim, force) or _elsewhere(world, claim, force)) if force else ()


def _unnamed_force(parties: Parties, claim: Claim) -> str:
    """The kind of force that an unnamed party is: "state" or "armed group"; "" where it is none."""
    voice = parties.voice(claim.speaker, "")
    return parties.force(voice.name) if voice.party and not voice.actor else ""


def _beside(world: World, claim: Claim, force: str) -> tuple[Candidate, ...]:
    """The named parties of that kind that speak in the same document, the nearest first."""
    near: dict[str, int] = {}
    for other in world.reports[claim.document].claims:
        party = world.parties.party_of(other.speaker.actor) if other.speaker.actor else ""
        if party and world.parties.force(party) == force:
            apart = max(other.span.start - claim.span.end, claim.span.start - other.span.end, 0)
            near[party] = min(near.get(party, apart), apart)
    ranked = sorted(near, key=lambda party: (near[party], party))
    if len(ranked) < 2:
        return tuple(Candidate(party, ALONE, f"{_RULE}: the only one of its kind that speaks here") for party in ranked)
    rest = (1 - NEAREST) / (len(ranked) - 1)
    first = Candidate(ranked[0], NEAREST, f"{_RULE}: the nearest of its kind that speaks here")
    return (first, *(Candidate(party, rest, f"{_RULE}: speaks here too") for party in ranked[1:]))


def _elsewhere(world: World, claim: Claim, force: str) -> tuple[Candidate, ...]:
    """The party behind the same kind of unnamed speaker in other documents that tell of the incident."""
    home = world.home.get(claim.id)
    if home is None:
        return ()
    documents = {world.claims[id].document for id in world.incident(home).claims} - {claim.document}
    found: Counter[str] = Counter()
    for document in sorted(documents):
        unnamed = (c for c in world.reports[document].claims if _unnamed_force(world.parties, c) == force)
        found.update({candidate.id for other in unnamed for candidate in _beside(world, other, force)[:1]})
    ranked = sorted(found, key=lambda party: (-found[party], party))
    reason = f"{_RULE}: stands behind the same words in another report of the incident"
    return tuple(Candidate(party, ELSEWHERE * found[party] / found.total(), reason) for party in ranked)
