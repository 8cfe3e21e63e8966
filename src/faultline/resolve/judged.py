"""Turns decisions into what binds the world: which claims are one happening, which are not, which are parts, rejected,
corrected. Invariant: of two decisions about one thing the later one binds, and a machine's binds nobody."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from faultline.record.decision import MACHINE, Decision
from faultline.record.vocabulary import DecisionKind

PAIRED = frozenset({DecisionKind.SAME_AS, DecisionKind.NOT_SAME, DecisionKind.PART_OF})
_ON_ONE = frozenset({DecisionKind.ACCEPT, DecisionKind.REJECT, DecisionKind.RETRACT})

Pair = tuple[str, str]


@dataclass(frozen=True)
class Judged:
    """What people decided, by claim id. `same` and `apart` are pairs with the smaller id first, `part_of` leads from a
    part to its whole; `standing` holds the last word on a single claim or document: accept, reject or retract."""

    same: Mapping[Pair, Decision] = field(default_factory=dict)
    apart: Mapping[Pair, Decision] = field(default_factory=dict)
    part_of: Mapping[str, Decision] = field(default_factory=dict)
    standing: Mapping[str, Decision] = field(default_factory=dict)
    corrections: Mapping[str, tuple[Decision, ...]] = field(default_factory=dict)

    def out(self, claim: str, document: str) -> bool:
        """Whether a claim feeds nothing: rejected, retracted, or of a document that was."""
        last = self.standing.get(claim) or self.standing.get(document)
        return last is not None and last.kind is not DecisionKind.ACCEPT

    def accepted(self, claim: str) -> bool:
        """Whether a person accepted the claim as it reads."""
        last = self.standing.get(claim)
        return last is not None and last.kind is DecisionKind.ACCEPT


def pair(one: str, other: str) -> Pair:
    """The two ids, the smaller one first."""
    return (one, other) if one <= other else (other, one)


def judge(decisions: Iterable[Decision]) -> Judged:
    """What the decisions, in the order of recording, come to. One that takes another back says nothing else; those
    taken back are expected to be left out already (`Snapshot.decisions`)."""
    last: dict[Pair, Decision] = {}
    standing: dict[str, Decision] = {}
    corrections: dict[str, dict[str, Decision]] = {}
    for decision in decisions:
        if decision.by == MACHINE or decision.undoes:
            continue
        if decision.kind in PAIRED and decision.object:
            last[pair(decision.subject, decision.object)] = decision
        elif decision.kind in _ON_ONE:
            standing[decision.subject] = decision
        elif decision.kind is DecisionKind.CORRECT:
            corrections.setdefault(decision.subject, {})[decision.slot] = decision
    return Judged(
        same={key: d for key, d in last.items() if d.kind is DecisionKind.SAME_AS},
        apart={key: d for key, d in last.items() if d.kind is not DecisionKind.SAME_AS},
        part_of={d.subject: d for d in last.values() if d.kind is DecisionKind.PART_OF},
        standing=standing,
        corrections={claim: tuple(slots.values()) for claim, slots in corrections.items()},
    )
