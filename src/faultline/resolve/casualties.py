"""Turns the claims of an incident into its casualty ledger. Invariant: deaths are counted where they are said to have
happened; a whole counts the sum of its parts and states what its own figure leaves over; silence is never zero."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from faultline.record.vocabulary import Reliability
from faultline.resolve.part_of import only_named
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
    `parts` the sum of the parts that give one, `silent` the number of parts that give none, those at the places
    `named` among them: the whole lists these and no report tells of them by itself. `left` is None where the whole has
    no figure of its own; it is negative where the parts say more than the whole."""

    harm: str
    best: int | None
    parts: int
    silent: int
    left: int | None
    named: tuple[str, ...] = ()


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
    toll = killed(world, incident, counting)
    return toll.best if toll else None


def killed(world: World, incident: str, counting: Counting) -> Toll | None:
    """The toll of those killed: of a leaf by its own claims; of a whole, where its parts say more, what they come to,
    and then `why` says so. None where nobody speaks of anyone killed."""
    own = ledger(world, incident, counting)
    children = world.children(own.incident)
    parts = [toll for child in children if (toll := killed(world, child.id, counting)) and toll.best is not None]
    said = own.toll()
    if not parts or sum(toll.best or 0 for toll in parts) <= (said.best if said and said.best else 0):
        return said
    return _added(parts, len(children), counting.profile)


def _added(parts: Sequence[Toll], children: int, profile: Profile) -> Toll:
    highs = [toll.high for toll in parts]
    return Toll(
        KILLED,
        "",
        low=sum(toll.low or 0 for toll in parts),
        best=sum(toll.best or 0 for toll in parts),
        high=None if None in highs else sum(filter(None, highs)),
        profile=profile,
        voices=max(toll.voices for toll in parts),
        claims=tuple(dict.fromkeys(claim for toll in parts for claim in toll.claims)),
        why=f"sum of the {len(parts)} of {children} parts that give a figure",
    )


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
    named = only_named(world.incident(incident), children)
    return (Residual(KILLED, best, sum(known), len(numbers) - len(known) + len(named), left, named),)
