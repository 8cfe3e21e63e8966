"""Turns what a reviewer says into decisions. Invariant: a decision carries the words of the claims it speaks of, so
that a rebuild finds it again, and what the machine held when it was made."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from faultline.record.claim import Claim
from faultline.record.decision import FIRST, Decision, decision_id
from faultline.record.errors import UsageError
from faultline.record.ids import claim_id
from faultline.record.text import Span
from faultline.record.vocabulary import DecisionKind
from faultline.resolve.corrected import correct as corrected
from faultline.resolve.judged import pair
from faultline.resolve.world import World


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Who decides and why. Raises UsageError without a name."""

    by: str
    why: str = ""

    def __post_init__(self) -> None:
        if not self.by.strip():
            raise UsageError("reviewer", "no name", "who decides", "Say it with --by NAME or $FAULTLINE_REVIEWER.")


def on_pair(world: World, kind: DecisionKind, between: tuple[str, str], who: Reviewer) -> Decision:
    """What one claim is to another: same-as, not-same, or part-of (the first is a part of what the second speaks of).

    Raises UsageError for a claim and itself, NotFoundError for a claim that feeds no incident.
    """
    one, other = between
    if one == other:
        raise UsageError("claims", f"{one} twice", "two claims")
    leads = (_lead(world, one), _lead(world, other))
    return Decision(
        id="",
        kind=kind,
        subject=one,
        object=other,
        slot=_firsts(world, one, other),
        quote=_words(world, one),
        value=_words(world, other),
        by=who.by,
        why=who.why,
        probability=world.links.get(pair(*leads)),
        model=world.model,
    )


def on_claim(world: World, kind: DecisionKind, claim: str, who: Reviewer) -> Decision:
    """Accept (read rightly), reject (misread: feeds nothing) or retract (its source took it back) a claim; the last two
    take it out of every incident. A document can be retracted too, by its id."""
    quote = "" if claim in world.reports else _words(world, claim)
    slot = _firsts(world, claim)
    return Decision("", kind, claim, slot=slot, quote=quote, by=who.by, why=who.why, model=world.model)


def withhold(world: World, document: str, span: Span, who: Reviewer) -> Decision:
    """Lets a stretch of a document's text leave by no way from now on. The decision repeats no word of it. Raises
    UsageError where the document is not in view or its text ends before the stretch."""
    report = world.reports.get(document)
    if report is None or not span.start < span.end <= len(report.text):
        raise UsageError(
            "stretch", f"{document} {span.start}-{span.end}", "a document in view and a stretch of its text"
        )
    return withhold_stretch(document, span, len(report.text), who, world.model)


def withhold_stretch(document: str, span: Span, length: int, who: Reviewer, model: str = "") -> Decision:
    """The same of a text of that length."""
    value = f"{span.start}-{span.end}/{length}"
    return Decision("", DecisionKind.WITHHOLD, document, value=value, by=who.by, why=who.why, model=model)


def correct(world: World, claim: str, slot: tuple[str, str], who: Reviewer) -> Decision:
    """Another value for a slot of a claim: (name, value). Raises UsageError where it does not fit (`corrected`)."""
    decision = Decision(
        "",
        DecisionKind.CORRECT,
        claim,
        slot=slot[0].partition("@")[0],
        value=slot[1],
        quote=_words(world, claim),
        by=who.by,
        why=who.why,
        model=world.model,
    )
    corrected(world.claims[claim], decision)
    return replace(decision, slot=decision.slot + _firsts(world, claim))


def merge(world: World, one: str, other: str, who: Reviewer) -> tuple[Decision, ...]:
    """Holds two incidents to be one happening: their founding claims are the same. Raises NotFoundError, and UsageError
    where they are one already."""
    a, b = world.incident(one), world.incident(other)
    if a.id == b.id:
        raise UsageError("incidents", f"{one} and {other} are one", "two incidents")
    found = [on_pair(world, DecisionKind.SAME_AS, (a.claims[0], b.claims[0]), who)]
    # what people held apart between the two is held apart no longer
    for x, y in sorted(world.judged.apart):
        if {world.home.get(x), world.home.get(y)} == {a.id, b.id} and {x, y} != {a.claims[0], b.claims[0]}:
            found.append(on_pair(world, DecisionKind.SAME_AS, (x, y), who))
    return tuple(found)


def split(world: World, incident: str, claims: Iterable[str], who: Reviewer) -> tuple[Decision, ...]:
    """Holds the tellings of those claims apart from the other tellings of their incident. Raises UsageError where a
    claim is not in it, or nothing would be left on one side."""
    found = world.incident(incident)
    wanted = set(claims)
    if not wanted <= set(found.claims):
        raise UsageError("claims", ", ".join(sorted(wanted - set(found.claims))), f"claims of {found.id}")
    tellings = world.members[found.id]
    leaving = [told for told in tellings if wanted & {h.id for h in told}]
    staying = [told for told in tellings if told not in leaving]
    if not staying:
        raise UsageError("claims", "every telling of the incident", "some of them", "Name the claims that leave.")
    pairs = [(_lead(world, a[0].id), _lead(world, b[0].id)) for a in leaving for b in staying]
    known = {pair(*p) for p in pairs}
    # a merge that a person made between the two sides is taken back with it
    bonds = [
        key
        for key in sorted(world.judged.same)
        if key not in known and _parted(key, {h.id for t in leaving for h in t}, {h.id for t in staying for h in t})
    ]
    return tuple(on_pair(world, DecisionKind.NOT_SAME, key, who) for key in (*pairs, *bonds))


def undo(decision: Decision, who: Reviewer) -> Decision:
    """Takes a decision back; what it had replaced stands again."""
    return Decision(
        "",
        DecisionKind.RETRACT,
        decision.subject,
        decision.object,
        quote=decision.quote,
        by=who.by,
        why=who.why,
        undoes=decision.id,
    )


def dated(decision: Decision, made: datetime) -> Decision:
    """The decision with its moment and its id."""
    stamped = replace(decision, made=made)
    return replace(stamped, id=decision_id(stamped))


def _parted(key: tuple[str, str], one: set[str], other: set[str]) -> bool:
    return (key[0] in one and key[1] in other) or (key[0] in other and key[1] in one)


def _words(world: World, claim: str) -> str:
    if claim not in world.claims:
        raise UsageError("claim", claim, "a claim in view that was neither rejected nor retracted")
    return world.text(world.claims[claim])


def _firsts(world: World, *claims: str) -> str:
    """The marks of those of the claims (subject, object) that are the first of several of their kind on their words;
    one that was rejected counts too."""
    found = zip(FIRST, (world.claims.get(claim) for claim in claims), strict=False)
    return "".join(mark for mark, claim in found if claim and claim.ordinal == 0 and _has_next(world, claim))


def _has_next(world: World, claim: Claim) -> bool:
    after = claim_id(claim.document, claim.kind, claim.span.start, claim.span.end, claim.ordinal + 1)
    return after in world.claims or after in world.judged.standing


def _lead(world: World, claim: str) -> str:
    """The id under which the telling of a claim was compared."""
    return world.leads.get(claim, claim)
