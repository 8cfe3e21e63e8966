"""Turns an incident into the words of other datasets: who stood on which side, which type of violence, which type of
event. Invariant: what others have no word for has none here; a side that is not known is not guessed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from faultline.publish.export.leaving import Leaving
from faultline.publish.export.rows import IncidentRow
from faultline.publish.incidents import role_of
from faultline.publish.names import actor_name
from faultline.record.claim import Slot
from faultline.record.packaged import packaged
from faultline.record.vocabulary import SlotName
from faultline.resolve.parties import CIVILIAN, FIGHTER

_FIGHTING = frozenset({"state", "armed"})


@dataclass(frozen=True, slots=True)
class Sides:
    """Names on both sides and what they are: subsets of "state", "armed", "civilians"."""

    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    acting: frozenset[str]
    harmed: frozenset[str]

    @property
    def violence(self) -> int | None:
        """UCDP's type of violence: 1 state-based, 2 non-state, 3 one-sided; None where the sides do not tell."""
        if self.harmed == {"civilians"}:
            return 3 if self.acting & _FIGHTING else None
        harmed = self.harmed & _FIGHTING
        if not self.acting or not harmed:
            return None
        fighting = self.acting | harmed
        if fighting == _FIGHTING:
            return 1
        return 2 if fighting == {"armed"} and set(self.actors) != set(self.recipients) else None


def sides_of(leaving: Leaving, row: IncidentRow) -> Sides:
    """Who acts and who is harmed by those claims of the row that tell of the act or its toll and may leave; who denies,
    condemns or claims it is on no side by that."""
    telling = [one.claim for one in leaving.told(row) if role_of(one.claim) in ("act", "toll")]
    slots = [(claim.document, slot) for claim in telling for slot in claim.slots]
    acting = [pair for pair in slots if pair[1].name == SlotName.ACTOR]
    harmed = [pair for pair in slots if pair[1].name == SlotName.RECIPIENT]
    return Sides(
        actors=_named(leaving, acting),
        recipients=_named(leaving, harmed),
        acting=frozenset(filter(None, (_side(leaving, slot) for _, slot in acting))),
        harmed=frozenset(filter(None, (_side(leaving, slot) for _, slot in harmed))),
    )


def act_of(row: IncidentRow) -> str:
    """The act of the row that counts by the precedence of `exchange.yaml`; "" where none has a word there."""
    return next((act for act in exchange()["acts"] if act in row.acts), "")


def acled_types(act: str, sides: Sides) -> tuple[str, str]:
    """ACLED's event type and sub-event type of an act."""
    words = exchange()["acts"][act]
    event, sub_event = words["civilians"] if sides.violence == 3 and "civilians" in words else words["acled"]
    return str(event), str(sub_event)


@cache
def exchange() -> Mapping[str, Any]:
    """The table of our acts in the words of others."""
    read: Mapping[str, Any] = packaged("faultline.publish.export", "exchange.yaml")
    return read


def _named(leaving: Leaving, slots: Iterable[tuple[str, Slot]]) -> tuple[str, ...]:
    """Those the case knows by their name first; those it does not know only where nobody else is named."""
    slots = list(slots)
    known = tuple(dict.fromkeys(actor_name(leaving.case, slot.leading) for _, slot in slots if slot.leading))
    return known or tuple(dict.fromkeys(leaving.gate.masked(document, slot.value) for document, slot in slots))


def _side(leaving: Leaving, slot: Slot) -> str:
    """ "state", "armed", "civilians", or "" where neither the case nor the word tells."""
    parties = leaving.seen.world.parties
    label = slot.leading or slot.value
    status, force = parties.status(label), parties.force(label)
    if status == CIVILIAN:
        return "civilians"
    return "state" if force == "state" else "armed" if force or status == FIGHTER else ""
