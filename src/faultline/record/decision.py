"""Decisions and the incidents they make. Invariant: a decision is appended and reversed by a later one, never
overwritten; an incident is a view over decisions."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime

from faultline.record.days import Days
from faultline.record.ids import content_id
from faultline.record.vocabulary import DecisionKind

MACHINE = "machine"
FIRST = ("@subject", "@object")  # marks behind a slot


@dataclass(frozen=True, slots=True)
class Decision:
    """A judgement about one subject, or about a subject and an object.

    `subject` and `object` are ids of claims or incidents; `quote` is the subject's words, by which it is re-anchored
    after a rebuild; a mark of FIRST at the end of `slot` says that this claim was the first of several of its kind on
    its words, which its id does not give away; `by` is a person's name or "machine"; `probability` (0 to 1) is set for
    machine decisions; `undoes` is the id of the decision that this one takes back. To withhold words of a document,
    `subject` is its id and `value` is "START-END/LENGTH": code points, the end exclusive, in a text of that length.
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

    @property
    def named_slot(self) -> str:
        """The slot that a correction names, without marks; "" for none."""
        return self.slot.partition("@")[0]


@dataclass(frozen=True, slots=True)
class Incident:
    """One happening in the world, gathering claims; `provisional` while a machine merge in it is unreviewed."""

    id: str
    claims: tuple[str, ...]
    days: Days = Days()
    places: tuple[str, ...] = ()
    part_of: str = ""
    provisional: bool = True


def standing(decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    """Those of the decisions, given in the order of recording, that no later one took back; one that was itself taken
    back takes nothing back."""
    undone: set[str] = set()
    for decision in reversed(decisions):
        if decision.undoes and decision.id not in undone:
            undone.add(decision.undoes)
    return tuple(decision for decision in decisions if decision.id not in undone)


def decision_id(decision: Decision) -> str:
    """Id of a decision from everything it says, its moment included: two people may say the same thing twice, and a
    machine may say it again with another probability."""
    return content_id("dec", *(_comparable(getattr(decision, f.name)) for f in fields(decision) if f.name != "id"))


def _comparable(value: object) -> object:
    """One moment has one text, in whatever time zone it was written."""
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) and value.tzinfo else value
