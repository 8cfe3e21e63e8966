"""Rates the claims of a world: turns its incidents and disputes into Admiralty codes, and a person's word into the
decision that overrides one. Invariant: nobody is compared with himself, and a decision keeps the words it speaks of."""

from dataclasses import dataclass

from faultline.record.decision import Decision
from faultline.record.text import Lineage
from faultline.resolve.casualties import Counting
from faultline.resolve.credibility import Compared, Rated, check_rating, suggest
from faultline.resolve.deciding import Reviewer, correct
from faultline.resolve.disputes import disputes_in
from faultline.resolve.lineage import Lineages
from faultline.resolve.world import World


@dataclass(frozen=True, slots=True)
class RatedClaim:
    """The code of one claim with the counts behind it, as a row: letter and number in `code`, `way` the steps from the
    page to whoever vouches for the content, `by` who overrode it."""

    claim: str
    incident: str
    code: str
    confirmed: int
    contradicted: int
    reason: str
    way: tuple[Lineage, ...] = ()
    by: str = ""


def ratings(world: World, lineages: Lineages, counting: Counting) -> dict[str, Rated]:
    """The code of every claim that feeds an incident, by claim id; people's overrides follow their claim as every
    decision does."""
    overrides = [decision for made in world.judged.corrections.values() for decision in made]
    return suggest(
        world.case, (compared(world, incident.id, counting) for incident in world.incidents), lineages, overrides
    )


def compared(world: World, incident: str, counting: Counting) -> Compared:
    """What an incident gives to compare. Raises NotFoundError for an id that no incident answers to."""
    found = world.incident(incident)
    positions = (tuple(p.claims for p in d.positions) for d in disputes_in(world, found, counting))
    return Compared(found.id, found.claims, tuple(positions))


def override(world: World, claim: str, rating: tuple[str, str], who: Reviewer) -> Decision:
    """A person's letter or number for a claim: ("reliability", "B") or ("credibility", "2"). Raises UsageError for what
    is not on the scale, NotFoundError for a claim that the world does not hold."""
    check_rating(*rating)
    return correct(world, claim, rating, who)
