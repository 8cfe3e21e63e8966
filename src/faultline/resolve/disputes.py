"""Finds where the sources of an incident disagree: whether it happened, who did it, where, when, how many were killed,
who they were. Invariant: silence is no disagreement, and one voice never disagrees with itself."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import permutations
from math import log, log1p

from faultline.record.claim import Claim
from faultline.record.decision import Incident
from faultline.record.place import distance_km
from faultline.record.vocabulary import Kind, Modality, SlotName
from faultline.resolve.casualties import KILLED, Counting, stated_in
from faultline.resolve.happening import Happening
from faultline.resolve.lexicon import folded, holds
from faultline.resolve.parties import CIVILIAN, FIGHTER, FORCES
from faultline.resolve.profiles import said_on
from faultline.resolve.stated import Stated
from faultline.resolve.telling import families
from faultline.resolve.world import World

_NAMELESS = frozenset({"", "other"})  # say nothing of what was done
_NOT_SAID = frozenset({Modality.DENIED, Modality.NEGATED, Modality.SUPERSEDED, Modality.HYPOTHETICAL})


class About(StrEnum):
    """What a dispute is about."""

    WHETHER = "whether"
    WHO = "who"
    WHERE = "where"
    WHEN = "when"
    HOW_MANY = "how many"
    WHOM = "whom"  # fighters or civilians


@dataclass(frozen=True, slots=True)
class Position:
    """What some say: the value (an id, days, a number, yes or no), who says it, by which claims."""

    value: str
    claimants: tuple[str, ...]
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dispute:
    """A disagreement over an incident; `weight` ranks it: how far the positions lie apart x the deaths at stake x the
    voices that take part."""

    incident: str
    about: About
    positions: tuple[Position, ...]
    weight: float


def disputes(world: World, counting: Counting) -> tuple[Dispute, ...]:
    """Every dispute of the world, the heaviest first."""
    found = [dispute for incident in world.incidents for dispute in disputes_in(world, incident, counting)]
    return tuple(sorted(found, key=lambda d: (-d.weight, d.incident, d.about)))


def disputes_in(world: World, incident: Incident, counting: Counting) -> tuple[Dispute, ...]:
    """What the sources of one incident disagree on."""
    if len(incident.claims) < 2:
        return ()
    stated = (s for s in stated_in(world, incident.id) if s.harm == KILLED and s.scope == "incident")
    numbers = [s.value for s in stated if s.value is not None]
    stake = 1 + log1p(max(numbers, default=0))
    found = []
    for about, positions, apart in _all(world, incident):
        if len({claimant for position in positions for claimant in position.claimants}) > 1:
            voices = len(counting.voices.groups(tuple(c for position in positions for c in position.claims)))
            found.append(Dispute(incident.id, about, positions, round(apart * stake * log1p(voices), 3)))
    return tuple(found)


_Found = tuple[About, tuple[Position, ...], float]


def _all(world: World, incident: Incident) -> Iterator[_Found]:
    told = _told(world, incident)
    views = world.views[incident.id]
    yield from _whether(world, told)
    yield from _who(world, told)
    yield from _by_view(world, About.WHERE, views, lambda h: ", ".join(h.places), lambda a, b: _far(world, a, b))
    yield from _by_view(world, About.WHEN, views, lambda h: str(h.days) if h.days.known else "", _other_days)
    stated = [s for s in stated_in(world, incident.id) if s.harm == KILLED and s.scope == "incident"]
    stated = [s for s in stated if s.modality not in _NOT_SAID]
    yield from _how_many(world, [s for s in stated if s.counts or s.stands == "enemy"])
    yield from _whom(world, stated)


@dataclass(frozen=True, slots=True)
class _Said:
    """A claim with the happening that it tells of."""

    view: Happening
    claim: Claim

    @property
    def alleges(self) -> bool:
        return self.claim.subtype in ("responsibility", "accusation")

    def values(self, slot: SlotName) -> list[str]:
        return [s.leading for s in self.claim.slots if s.name == slot and s.leading]


def denials(world: World, incident: Incident) -> tuple[Claim, ...]:
    """The claims of an incident that deny an act which others tell of; that nobody claimed it, or that something beside
    it did not happen, denies nothing."""
    return tuple(s.claim for s in _denied(_told(world, incident)))


def _told(world: World, incident: Incident) -> list[_Said]:
    return [_Said(h, world.claims[h.id]) for parts in world.members[incident.id] for h in parts]


def _denied(told: list[_Said]) -> list[_Said]:
    said = [s for s in told if _happened(s)]
    return [s for s in told if _denies(s) and any(_one_act(s, other) for other in said)]


def _happened(said: _Said) -> bool:
    return said.claim.kind is Kind.EVENT and said.claim.modality not in _NOT_SAID


def _whether(world: World, told: list[_Said]) -> Iterator[_Found]:
    """Somebody says that it happened, somebody else that it did not."""
    yes = _position(world, "yes", [s.claim for s in told if _happened(s)])
    no = _position(world, "no", [s.claim for s in _denied(told)])
    if yes and no and set(no.claimants) - set(yes.claimants):
        yield About.WHETHER, (yes, no), 2.0


def _denies(said: _Said) -> bool:
    """Whether a claim says that an act that has a name did not happen."""
    if said.claim.kind is Kind.EVENT:
        named = said.claim.subtype not in _NAMELESS
        return named and said.claim.modality in (Modality.DENIED, Modality.NEGATED)
    denied = said.claim.subtype == "denial" or said.claim.modality is Modality.DENIED
    return said.claim.kind is Kind.ALLEGATION and denied


def _one_act(one: _Said, other: _Said) -> bool:
    a, b = families(one.view), families(other.view)
    return not a or not b or bool(a & b)


def _who(world: World, told: list[_Said]) -> Iterator[_Found]:
    """Who acted, by those claims that name one party that is at odds with another one named for the same act."""
    by_party: dict[str, list[_Said]] = {}
    for said in told:
        party = _doer(world, said)
        if party:
            by_party.setdefault(party, []).append(said)
    at_odds = {
        party
        for a in by_party
        for b in by_party
        if not world.parties.together(a, b)
        and any(_same_deed(world, (a, one), (b, other)) for one in by_party[a] for other in by_party[b])
        for party in (a, b)
    }
    positions = (_position(world, party, [s.claim for s in by_party[party]]) for party in sorted(at_odds))
    if at_odds:
        yield About.WHO, tuple(p for p in positions if p), 1.5


def _doer(world: World, said: _Said) -> str:
    """The party that did it by a claim; "" where it names none, or such as do not stand together."""
    claim = said.claim
    acts = claim.kind is Kind.EVENT or said.alleges
    if not acts or claim.subtype == "clash" or claim.modality in _NOT_SAID:
        return ""
    slot = SlotName.RECIPIENT if claim.subtype == "accusation" else SlotName.ACTOR
    named = [id for id in said.values(slot) if world.parties.party_of(id)]
    return named[0] if named and all(world.parties.together(named[0], other) for other in named) else ""


def _same_deed(world: World, one: tuple[str, _Said], other: tuple[str, _Said]) -> bool:
    """Whether two claims may speak of one deed: one word for it or one victim, and neither doer is whom the other says
    he did it to. Who claims or blames may mean any deed."""
    (a, said), (b, also) = one, other
    if _harmed(world, also, a) or _harmed(world, said, b):
        return False
    if said.alleges or also.alleges:
        return True
    hit = set(said.values(SlotName.RECIPIENT)) & set(also.values(SlotName.RECIPIENT))
    return _one_act(said, also) and (said.claim.subtype == also.claim.subtype or bool(hit))


def _harmed(world: World, said: _Said, party: str) -> bool:
    """Whether an act is said to have been done to the party; who blames somebody does not harm him."""
    if said.claim.subtype == "accusation":
        return False
    return any(world.parties.together(party, id) for id in said.values(SlotName.RECIPIENT))


def _by_view(
    world: World,
    about: About,
    views: Sequence[Happening],
    value: Callable[[Happening], str],
    clash: Callable[[Happening, Happening], bool],
) -> Iterator[_Found]:
    by_value: dict[str, list[Happening]] = {}
    for view in views:
        if value(view):
            by_value.setdefault(value(view), []).append(view)
    clashing = {
        h.id
        for some, others in permutations(by_value.values(), 2)
        if clash(some[0], others[0])
        for a in some
        for b in others
        if families(a) & families(b)
        for h in (a, b)
    }
    told = ((key, [h for h in found if h.id in clashing]) for key, found in by_value.items())
    kept = {key: found for key, found in told if found}
    positions = tuple(
        p for key in sorted(kept) if (p := _position(world, key, [world.claims[h.id] for h in kept[key]]))
    )
    if len(positions) > 1:
        yield about, positions, 1.0


def _far(world: World, one: Happening, other: Happening) -> bool:
    """Whether the places lie apart by more than both their radii."""
    pairs = [(a, b) for a in map(world.find_place, one.places) for b in map(world.find_place, other.places) if a and b]
    return bool(pairs) and all(distance_km(a, b) > a.radius_km + b.radius_km for a, b in pairs)


def _other_days(one: Happening, other: Happening) -> bool:
    return not one.days.overlaps(other.days)


def _how_many(world: World, stated: list[Stated]) -> Iterator[_Found]:
    """Figures for the same people: for everybody, or for one side's dead. A party's figures for its enemy take part;
    what it says of its own dead stands against what others say of those. Of each the last it said. The widest gap is
    told."""
    by_people: dict[str, dict[int, list[Claim]]] = {}
    for people, one in _last_said(world, stated):
        by_value = by_people.setdefault(people, {})
        by_value.setdefault(one.value or 0, []).append(world.claims[one.claim])
    gaps = [(log(max(1, *by_value) / max(1, min(by_value))), people) for people, by_value in by_people.items()]
    gap, people = max(gaps, default=(0.0, ""))
    if gap > 0:
        by_value = by_people[people]
        positions = tuple(p for n in sorted(by_value) if (p := _position(world, str(n), by_value[n])))
        yield About.HOW_MANY, positions, gap + 0.1


def _last_said(world: World, stated: list[Stated]) -> list[tuple[str, Stated]]:
    """Whose dead each figure counts, with the figure; left out is what its claimant replaced on a later day."""
    told = [((_people(world, s), s.party or s.claimant), s) for s in stated if s.value is not None]
    last: dict[tuple[str, str], date] = {}
    for key, one in told:
        last[key] = max(last.get(key, date.min), said_on(one))
    return [(people, one) for (people, who), one in told if said_on(one) == last[people, who]]


def _people(world: World, stated: Stated) -> str:
    """Whose dead a figure counts: "civilian", "peacekeepers", the fighters of a "state" or of an "armed group", the
    label of others, or "" for everybody."""
    own = world.parties.force(stated.party)
    if own and stated.stands != "other":
        return own if stated.stands == "own" else next(name for name in FORCES if name != own)
    if stated.everybody:
        return ""
    if holds("peacekeepers", stated.group):
        return "peacekeepers"  # neither side's
    force = world.parties.force(stated.group_id or stated.group)
    return CIVILIAN if stated.status == CIVILIAN else force or folded(stated.group)


def _whom(world: World, stated: list[Stated]) -> Iterator[_Found]:
    """Those whom their enemy calls fighters are called civilians by somebody else."""
    fighters = [world.claims[s.claim] for s in stated if s.status == FIGHTER and s.stands == "enemy"]
    civilians = [world.claims[s.claim] for s in stated if s.status == CIVILIAN]
    one, other = _position(world, FIGHTER, fighters), _position(world, CIVILIAN, civilians)
    if one and other and set(other.claimants) - set(one.claimants):
        yield About.WHOM, (one, other), 1.5


def _position(world: World, value: str, claims: list[Claim]) -> Position | None:
    if not claims:
        return None
    voices = (world.parties.voice(c.speaker, world.reports[c.document].filing.source) for c in claims)
    names = dict.fromkeys(voice.party or voice.name for voice in voices)
    return Position(value, tuple(names), tuple(dict.fromkeys(claim.id for claim in claims)))
