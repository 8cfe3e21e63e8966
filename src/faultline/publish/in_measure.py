"""Answers the expectations of stage `measure`: who held a place, what was in force. Invariant: only the leading state
answers, with its probability, and a wrong answer shows the claims that it rests on."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from faultline.case import Case
from faultline.case.check_expectations import CONTESTED, NOT
from faultline.evidence import Snapshot
from faultline.measure.control import Followed, Held, follow
from faultline.measure.control.holders import STATE
from faultline.measure.force import Ledger, Standing, ledger
from faultline.measure.in_force import HALF, told
from faultline.measure.sight import Sight, see
from faultline.record.actor import Actor
from faultline.record.analysis import Checked, CheckState, Expectation
from faultline.record.claim import Claim
from faultline.record.vocabulary import TieKind

_MOST_SHOWN = 3
_SAME = frozenset({TieKind.MEMBER, TieKind.SUCCESSOR, TieKind.MERGER})


@dataclass(frozen=True)
class InMeasure:
    """A snapshot asked what its measures say of a day."""

    case: Case
    snapshot: Snapshot

    def holds(self, asked: Expectation) -> Checked:
        """Whether the leading state of the place on that day is the expected one, given all that is in view. Hindsight
        is what did not lead by what was published until that day."""
        held = self._followed.on(asked.subject, asked.day)
        got = self._told(held)
        if not self._as_expected(held, asked):
            way_out = f"Read {asked.source}: correct the expectation, or report the sentences that are misread."
            return Checked(asked, CheckState.FAILED, got, f"{asked.subject} {_wanted(asked)} on {asked.day}", way_out)
        known = self._followed.known(asked.subject, asked.day)
        hindsight = not self._as_expected(known, asked)
        return Checked(asked, CheckState.PASSED, got, known_from=self._known_from(held), hindsight=hindsight)

    def in_force(self, asked: Expectation) -> Checked:
        """Whether what is asked for was in force on that day with probability 0.5 or more ("not X": with less), at the
        place or at one that contains it."""
        kind, demanded = asked.value.removeprefix(NOT), not asked.value.startswith(NOT)
        standing = self._ledger.in_force(kind, asked.subject, asked.day)
        got = self._told_force(standing)
        if (standing.probability >= HALF) != demanded:
            way_out = f"Read {asked.source}: correct the expectation, or report the sentences that are misread."
            return Checked(asked, CheckState.FAILED, got, f"{asked.value} at {asked.subject} on {asked.day}", way_out)
        then = ledger(self._sight, asked.day).in_force(kind, asked.subject, asked.day)
        hindsight = (then.probability >= HALF) != demanded
        claims = standing.interval.claims if standing.interval else ()
        days = [day for day in (self._sight.published(self._claims[id]) for id in claims) if day]
        return Checked(asked, CheckState.PASSED, got, known_from=min(days, default=None), hindsight=hindsight)

    def _told_force(self, standing: Standing) -> str:
        if standing.interval is None:
            return "nothing of that kind is told of there"
        told_of = told(self._sight, standing.interval)
        words = " | ".join(f"{id}: {self._words(id)}" for id in told_of.claims[:_MOST_SHOWN])
        return f"probability {standing.probability:.2f}, nearest: {told_of.text}; {words}"

    def _as_expected(self, held: Held, asked: Expectation) -> bool:
        if asked.value == CONTESTED:
            return held.state == CONTESTED
        holder = self._followed.holders.of(asked.value, asked.day)
        if holder is None or held.holder != self._followed.holders.ids[holder]:
            return False
        # The defender is one chain of command; of a coalition the member that reports name must be the one expected.
        return holder == STATE or any(self._one(asked.value, member) for member in held.members[:1])

    def _one(self, expected: str, member: str) -> bool:
        """Whether the two are the same party, or one is tied to the other as its member, officer or successor."""
        return expected == member or member in self._tied(expected) or expected in self._tied(member)

    def _tied(self, actor_id: str) -> set[str]:
        actor: Actor = self.case.actor(actor_id)
        return {tie.other for tie in actor.ties if tie.kind in _SAME} | {office.holder for office in actor.offices}

    def _told(self, held: Held) -> str:
        ranked = sorted(held.states, key=lambda state: -held.states[state])
        chances = ", ".join(f"{state} {held.states[state]:.2f}" for state in ranked[:_MOST_SHOWN])
        members = f" ({', '.join(held.members[:_MOST_SHOWN])})" if held.members else ""
        words = " | ".join(f"{id}: {self._words(id)}" for id in held.claims[:_MOST_SHOWN])
        return f"{chances}{members}; {words or 'no report of control'}"

    def _words(self, claim_id: str) -> str:
        claim = self._claims.get(claim_id)
        return " ".join(self._sight.words(claim).split()) if claim else "row of an event table"

    def _known_from(self, held: Held) -> date | None:
        """The day from which the nearest report was public."""
        claim = self._claims.get(held.claims[0]) if held.claims else None
        return self._sight.published(claim) if claim else None

    @cached_property
    def _sight(self) -> Sight:
        return see(self.case, self.snapshot)

    @cached_property
    def _claims(self) -> dict[str, Claim]:
        return {claim.id: claim for claim in self._sight.claims}

    @cached_property
    def _ledger(self) -> Ledger:
        return ledger(self._sight)

    @cached_property
    def _followed(self) -> Followed:
        return follow(self._sight)


def _wanted(asked: Expectation) -> str:
    return CONTESTED if asked.value == CONTESTED else f"held by {asked.value}"
