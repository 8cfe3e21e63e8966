"""Finds where the sources of an incident disagree: whether it happened, who did it, where, when, how many were killed,
who they were. Invariant: silence is no disagreement, and one voice never disagrees with itself."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import log, log1p

from faultline.record.claim import Claim
from faultline.record.decision import Incident
from faultline.record.place import distance_km
from faultline.record.vocabulary import Kind, Modality, SlotName
from faultline.resolve.casualties import KILLED, Counting, stated_in
from faultline.resolve.happening import Happening
from faultline.resolve.parties import CIVILIAN, FIGHTER
from faultline.resolve.stated import Stated
from faultline.resolve.world import World

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
    numbers = [s.value for s in stated_in(world, incident.id) if s.harm == KILLED and s.value is not None]
    stake = 1 + log1p(max(numbers, default=0))
    found = []
    for about, positions, apart in _all(world, incident):
        if len({claimant for position in positions for claimant in position.claimants}) > 1:
            voices = len(counting.voices.groups(tuple(c for position in positions for c in position.claims)))
            found.append(Dispute(incident.id, about, positions, round(apart * stake * log1p(voices), 3)))
    return tuple(found)


_Found = tuple[About, tuple[Position, ...], float]


def _all(world: World, incident: Incident) -> Iterator[_Found]:
    claims = [world.claims[id] for id in incident.claims]
    views = world.views[incident.id]
    yield from _whether(world, claims)
    yield from _who(world, claims)
    yield from _by_view(world, About.WHERE, views, lambda h: ", ".join(h.places), lambda a, b: _far(world, a, b))
    yield from _by_view(world, About.WHEN, views, lambda h: str(h.days) if h.days.known else "", _other_days)
    stated = [s for s in stated_in(world, incident.id) if s.harm == KILLED and s.scope == "incident"]
    stated = [s for s in stated if s.modality not in _NOT_SAID]
    yield from _how_many(world, stated)
    yield from _whom(world, stated)


def _whether(world: World, claims: list[Claim]) -> Iterator[_Found]:
    """Somebody says that it happened, somebody else that it did not."""
    denied = [c for c in claims if c.modality in (Modality.DENIED, Modality.NEGATED) and c.kind is not Kind.QUANTITY]
    said = [c for c in claims if c.kind is Kind.EVENT and c.modality not in _NOT_SAID]
    yes, no = _position(world, "yes", said), _position(world, "no", denied)
    if yes and no and set(no.claimants) - set(yes.claimants):
        yield About.WHETHER, (yes, no), 2.0


def _who(world: World, claims: list[Claim]) -> Iterator[_Found]:
    """Who acted, by those claims that name one party that is at odds with another one named."""
    by_party: dict[str, list[Claim]] = {}
    for claim in claims:
        acts = claim.kind is Kind.EVENT or claim.subtype in ("responsibility", "accusation")
        if not acts or claim.subtype == "clash" or claim.modality in _NOT_SAID:
            continue
        slot = SlotName.RECIPIENT if claim.subtype == "accusation" else SlotName.ACTOR
        named = [s.leading for s in claim.slots if s.name == slot and world.parties.party_of(s.leading)]
        if named:
            by_party.setdefault(named[0], []).append(claim)
    parties = sorted(by_party)
    if any(not world.parties.together(a, b) for a in parties for b in parties if a < b):
        positions = tuple(p for party in parties if (p := _position(world, party, by_party[party])))
        yield About.WHO, positions, 1.5


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
    firsts = [found[0] for found in by_value.values()]
    clashing = {h.id for a in firsts for b in firsts if a is not b and clash(a, b) for h in (a, b)}
    kept = {key: found for key, found in by_value.items() if found[0].id in clashing}
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
    """Figures for everybody, or for the one group that anybody counts; a party's figures for its enemy take part."""
    one_group = len({s.group_id or s.group for s in stated}) == 1
    by_value: dict[int, list[Claim]] = {}
    for one in stated:
        if one.value is not None and (one.everybody or one_group):
            by_value.setdefault(one.value, []).append(world.claims[one.claim])
    if len(by_value) > 1:
        positions = tuple(p for n in sorted(by_value) if (p := _position(world, str(n), by_value[n])))
        yield About.HOW_MANY, positions, log(max(by_value) / max(1, min(by_value))) + 0.1


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
