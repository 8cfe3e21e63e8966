"""Decisions and the incidents they make. Invariant: a decision is appended and reversed by a later one, never
overwritten; an incident is a view over decisions."""

from dataclasses import dataclass
from datetime import datetime

from faultline.record.days import Days
from faultline.record.ids import content_id
from faultline.record.vocabulary import DecisionKind

MACHINE = "machine"


@dataclass(frozen=True, slots=True)
class Decision:
    """A judgement about one subject, or about a subject and an object.

    `subject` and `object` are ids of claims or incidents; `quote` is the subject's words, by which it is re-anchored
    after a rebuild; `by` is a person's name or "machine"; `probability` (0 to 1) is set for machine decisions;
    `undoes` is the id of the decision that this one takes back.
    """

    id: str
    kind: DecisionKind
    subject: str
    object: str = ""
    slot: str = ""
    value: str = ""
    quote: str = ""
    by: str = MACHINE
    why: str = ""
    probability: float | None = None
    model: str = ""
    undoes: str = ""
    made: datetime | None = None


@dataclass(frozen=True, slots=True)
class Incident:
    """One happening in the world, gathering claims; `provisional` while a machine merge in it is unreviewed."""

    id: str
    claims: tuple[str, ...]
    days: Days = Days()
    places: tuple[str, ...] = ()
    part_of: str = ""
    provisional: bool = True


def decision_id(decision: Decision) -> str:
    """Id of a decision from everything it says, its moment included: two people may say the same thing twice."""
    made = decision.made.isoformat() if decision.made else ""
    return content_id(
        "dec",
        decision.kind,
        decision.subject,
        decision.object,
        decision.slot,
        decision.value,
        decision.by,
        decision.undoes,
        made,
    )
