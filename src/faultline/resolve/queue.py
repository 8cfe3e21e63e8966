"""Ranks what a reviewer should look at first. Invariant: what was decided does not come back, save a decision whose
claim is gone; the rank is uncertainty x deaths x novelty, and the same world gives the same queue."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import log1p
from typing import Literal

from faultline.record.claim import Claim
from faultline.record.decision import Decision
from faultline.resolve.judged import Pair, pair
from faultline.resolve.world import World

_LEAST, _MOST = 0.03, 0.97  # probabilities between which a pair is worth a question
_UNSURE = 0.5  # confidence of a claim below which its reading is worth one
_DEADLY = 5  # people killed from which a claim's reading is worth one


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to decide. A "pair" asks whether two claims speak of one happening (`merged`: the machine holds them to
    be), a "claim" whether a claim is read rightly, a "decision" what becomes of one whose claim is gone. `rank` is the
    product of `uncertainty` (0 to 1), `deaths` (1 + ln(1 + those killed)) and `novelty` (1: nobody decided anything
    here yet)."""

    asks: Literal["pair", "claim", "decision"]
    subject: str
    object: str = ""
    probability: float | None = None
    merged: bool = False
    uncertainty: float = 1.0
    deaths: float = 1.0
    novelty: float = 1.0
    lost: Decision | None = None

    @property
    def rank(self) -> float:
        """What the queue is ordered by, highest first."""
        return self.uncertainty * self.deaths * self.novelty


def questions(world: World) -> tuple[Question, ...]:
    """What is open, first the decisions that lost their claim, then by rank."""
    open_ones = [*_pairs(world), *_claims(world)]
    ranked = sorted(open_ones, key=lambda q: (-q.rank, q.subject, q.object))
    return (*(Question("decision", d.subject, d.object, lost=d) for d in world.lost), *ranked)


def _pairs(world: World) -> Iterator[Question]:
    touched, killed = _touched(world), _killed_in_tellings(world)
    for (one, other), probability in sorted(world.links.items()):
        if not _LEAST < probability < _MOST or _settled(world, (one, other)):
            continue
        homes = [world.home.get(one, ""), world.home.get(other, "")]
        yield Question(
            "pair",
            one,
            other,
            probability,
            homes[0] == homes[1],
            uncertainty=4 * probability * (1 - probability),
            deaths=1 + log1p(max(killed[one], killed[other])),
            novelty=1 / (1 + sum(touched.get(home, 0) for home in set(homes))),
        )


def _settled(world: World, key: Pair) -> bool:
    """Whether people's decisions already say what the two are to one another."""
    if key in world.judged.same or key in world.judged.apart:
        return True
    return world.home.get(key[0]) == world.home.get(key[1]) and not world.incident(key[0]).provisional


def _claims(world: World) -> Iterator[Question]:
    touched = _touched(world)
    for id, claim in sorted(world.claims.items()):
        if claim.confidence >= _UNSURE or _killed(claim) < _DEADLY or id in world.judged.standing:
            continue
        if id in world.home:
            novelty = 1 / (1 + touched.get(world.home[id], 0))
            deaths = 1 + log1p(_killed(claim))
            yield Question("claim", id, uncertainty=1 - claim.confidence, deaths=deaths, novelty=novelty)


def _touched(world: World) -> dict[str, int]:
    """How many decisions people made about each incident."""
    found: dict[str, int] = {}
    for key in (*world.judged.same, *world.judged.apart):
        for home in {world.home.get(claim, "") for claim in pair(*key)}:
            found[home] = found.get(home, 0) + 1
    return found


def _killed_in_tellings(world: World) -> dict[str, int]:
    """The most killed by a claim of each telling, by the telling's lead."""
    found: dict[str, int] = {}
    for claim, lead in world.leads.items():
        found[lead] = max(found.get(lead, 0), _killed(world.claims[claim]))
    return found


def _killed(claim: Claim) -> int:
    return max((c.best or c.low or 0 for c in claim.casualties if c.harm == "killed"), default=0)
