"""Turns one line of a reviewer into decisions. Invariant: a verb that lacks what it needs decides nothing."""

import re
from collections.abc import Sequence
from enum import StrEnum

from faultline import desk
from faultline.record.decision import Decision
from faultline.record.errors import UsageError
from faultline.record.text import Span
from faultline.record.vocabulary import DecisionKind
from faultline.resolve.deciding import Reviewer, correct, merge, on_claim, on_pair, split, withhold
from faultline.resolve.world import World


class Verb(StrEnum):
    """What can be decided."""

    SAME = "same"
    NOT = "not"
    PART = "part"
    MERGE = "merge"
    SPLIT = "split"
    ACCEPT = "accept"
    REJECT = "reject"
    RETRACT = "retract"
    CORRECT = "correct"
    WITHHOLD = "withhold"
    UNDO = "undo"


_ON_PAIR = {Verb.SAME: DecisionKind.SAME_AS, Verb.NOT: DecisionKind.NOT_SAME, Verb.PART: DecisionKind.PART_OF}
_ON_CLAIM = {
    Verb.ACCEPT: DecisionKind.ACCEPT,
    Verb.REJECT: DecisionKind.REJECT,
    Verb.RETRACT: DecisionKind.RETRACT,
}
_STRETCH = re.compile(r"(\d{1,10})-(\d{1,10})")
_NEEDS = {
    **dict.fromkeys(_ON_PAIR, "two claims"),
    **dict.fromkeys(_ON_CLAIM, "one claim"),
    Verb.MERGE: "two incidents",
    Verb.SPLIT: "an incident and the claims that leave it",
    Verb.CORRECT: "a claim, a slot and its value",
    Verb.WITHHOLD: "a document and a stretch of its text, START-END in code points",
    Verb.UNDO: "one decision",
}


def said(opened: desk.Desk, world: World, line: tuple[Verb, Sequence[str]], who: Reviewer) -> tuple[Decision, ...]:
    """The decisions that a verb with its words comes to, not kept yet. Raises UsageError, NotFoundError."""
    verb, words = line
    match verb, tuple(words):
        case ((Verb.SAME | Verb.NOT | Verb.PART), (one, other)):
            return (on_pair(world, _ON_PAIR[verb], (one, other), who),)
        case ((Verb.ACCEPT | Verb.REJECT | Verb.RETRACT), (claim,)):
            return (on_claim(world, _ON_CLAIM[verb], claim, who),)
        case Verb.MERGE, (one, other):
            return merge(world, one, other, who)
        case Verb.SPLIT, (incident, first, *more):
            return split(world, incident, [first, *more], who)
        case Verb.CORRECT, (claim, slot, *value):
            if value:
                return (correct(world, claim, (slot, " ".join(value)), who),)
        case Verb.WITHHOLD, (document, stretch) if found := _STRETCH.fullmatch(stretch):
            return (withhold(world, document, Span(*sorted(map(int, found.groups()))), who),)
        case Verb.UNDO, (decision,):
            return (desk.taken_back(opened, decision, who.by, who.why),)
    raise UsageError(verb, " ".join(words), _NEEDS[verb])
