"""Turns the claims of an incident into its casualty ledger. Invariant: deaths are counted where they are said to have
happened; a whole counts the sum of its parts and states what its own figure leaves over; silence is never zero."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from faultline.record.vocabulary import Reliability
from faultline.resolve.profiles import Profile, Toll, Weighing, tolls
from faultline.resolve.stated import Stated, stated_of
from faultline.resolve.world import World

KILLED = "killed"


class Voices(Protocol):
    """Who repeats whom (`lineage.trace`)."""

    def groups(self, claims: Sequence[str]) -> tuple[tuple[str, ...], ...]:
        """The claims of one independent lineage together."""
        ...


@dataclass(frozen=True, slots=True)
class Residual:
    """What the figure for a whole leaves over when those of its parts are taken from it: `best` of its own claims,
    `parts` the sum of the parts that give one, `silent` the number of parts that give none. `left` is None where the
    whole has no figure of its own; it is negative where the parts say more than the whole."""

    harm: str
    best: int | None
    parts: int
    silent: int
    left: int | None


@dataclass(frozen=True, slots=True)
class Ledger:
    """Every figure of an incident and what they come to by one profile. `statuses` are the words for those harmed that
    claimants use, with who uses them: ("fighter", "Army"), ..."""

    incident: str
    profile: Profile
    stated: tuple[Stated, ...]
    tolls: tuple[Toll, ...]
    statuses: tuple[tuple[str, str], ...]
    residuals: tuple[Residual, ...]

    def toll(self, harm: str = KILLED) -> Toll | None:
        """The whole toll of that harm; None where nobody speaks of it."""
        return next((toll for toll in self.tolls if toll.harm == harm and not toll.group), None)


@dataclass(frozen=True)
class Counting:
    """How figures are weighed: by which profile, and by whom repeats whom."""

    voices: Voices
    profile: Profile = Profile.REPRESENTATIVE


def ledger(world: World, incident: str, counting: Counting) -> Ledger:
    """The ledger of the incident that answers to that id. Raises NotFoundError."""
    found = world.incident(incident)
    stated = stated_in(world, found.id)
    own = tolls(stated, _weighing(world, counting))
    said = dict.fromkeys((s.status, s.claimant) for s in stated if s.status)
    return Ledger(found.id, counting.profile, stated, own, tuple(said), _residuals(world, found.id, own, counting))


def deaths(world: World, incident: str, counting: Counting) -> int | None:
    """The best estimate of those killed: of a leaf by its own claims, of a whole the larger of its own figure and the
    sum of its parts. None where no figure may count."""
    own = ledger(world, incident, counting)
    toll = own.toll()
    parts = [deaths(world, child.id, counting) for child in world.children(own.incident)]
    known = [
        n for n in (toll.best if toll else None, sum(filter(None, parts)) if any(parts) else None) if n is not None
    ]
    return max(known, default=None)


def stated_in(world: World, incident: str) -> tuple[Stated, ...]:
    """Every figure that the claims of an incident state, in the order of its claims."""
    found: list[Stated] = []
    for id in world.incident(incident).claims:
        claim = world.claims[id]
        found += stated_of(world.parties, world.reports[claim.document], claim)
    return tuple(found)


def reliability_of(world: World) -> Mapping[str, Reliability]:
    """The Admiralty letter of each source of the case."""
    return {source.id: source.reliability for source in world.case.sources}


def _weighing(world: World, counting: Counting) -> Weighing:
    return Weighing(counting.profile, reliability_of(world), counting.voices.groups)


def _residuals(world: World, incident: str, own: Sequence[Toll], counting: Counting) -> tuple[Residual, ...]:
    children = world.children(incident)
    if not children:
        return ()
    best = next((toll.best for toll in own if toll.harm == KILLED and not toll.group), None)
    numbers = [deaths(world, child.id, counting) for child in children]
    known = [n for n in numbers if n is not None]
    left = best - sum(known) if best is not None else None
    return (Residual(KILLED, best, sum(known), len(numbers) - len(known), left),)
