"""Tests a factual assertion against incidents and against single claims of others. Invariant: support comes from
lineages that the article does not share, shares who or where with the assertion, and a record that is silent
contradicts nothing."""

from collections.abc import Iterable
from dataclasses import dataclass

from faultline.examine.alike import GUESSED, Told, bears, found_for, told_by
from faultline.examine.grounds import Grounds
from faultline.examine.heard import heard_of
from faultline.examine.otherwise import against, not_at, not_by, parts, tells_then
from faultline.record.claim import Claim
from faultline.record.errors import NotFoundError
from faultline.record.examination import Tested
from faultline.record.vocabulary import Kind, Modality, SlotName, Verdict
from faultline.resolve.disputes import Dispute, disputes_in

_NOT_SO = frozenset({Modality.DENIED, Modality.NEGATED, Modality.HYPOTHETICAL, Modality.PLANNED})
_SILENT = "a report of it by anybody else, dated and placed"


def fact_tested(grounds: Grounds, claim: Claim) -> Tested:
    """What independent reports of the same happening say: supported, contradicted in a named respect, mixed, or
    nothing on record."""
    told = told_by(grounds.context, grounds.article, claim)
    dated = dating(grounds, told)
    joined, denied, why = _joined(grounds, told)
    supporting = tuple(dict.fromkeys(c for c in (*dated.same, *joined) if c not in denied))
    other = tuple(dict.fromkeys((*denied, *(c for c in dated.other if c not in supporting))))
    return _weighed(grounds, told, (supporting, other), "; ".join(filter(None, (why, dated.why))))


@dataclass(frozen=True, slots=True)
class Dating:
    """Ids of what tells the act of an assertion independently of it, on its day and on another; `why` says on which."""

    same: tuple[str, ...]
    other: tuple[str, ...]
    why: str


def dating(grounds: Grounds, told: Told) -> Dating:
    """Who tells the act on the days that the article has, and who on others: single claims, and sentences that name
    the same parties, the act and a day."""
    found = found_for(told, grounds.claims)
    faint = _independent(grounds, told.claim, found.faint)
    if faint and grounds.voices(faint) < 2:
        faint = ()
    heard = [one for one in heard_of(grounds, told) if _of_another_lineage(grounds, told.claim, one.id)]
    same = (*_independent(grounds, told.claim, found.agree), *faint, *(h.id for h in heard if h.same))
    known = {c.id for c in found.differ}
    differ = (*_independent(grounds, told.claim, found.differ), *(h.id for h in heard if not h.same))
    other = tuple(dict.fromkeys(c for c in differ if c not in same))
    days = {str(c.days) for c in found.differ if c.id in known} | {str(h.days) for h in heard if not h.same}
    why = f"when: the article has {told.claim.days}, others {', '.join(sorted(days))}" if other else ""
    return Dating(tuple(dict.fromkeys(same)), other, why)


def _of_another_lineage(grounds: Grounds, claim: Claim, found: str) -> bool:
    """Whether a claim, or a document by any claim of its own, shares no lineage with the article."""
    own = (c for c, document in grounds.document_of.items() if document == found)
    id = found if found in grounds.claim_of else next(own, "")
    return not id or bool(grounds.independent(claim.id, (id,)))


def _independent(grounds: Grounds, claim: Claim, found: Iterable[Claim]) -> tuple[str, ...]:
    return grounds.independent(claim.id, (c.id for c in found))


def _joined(grounds: Grounds, told: Told) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    """Of the incident that the assertion was joined with: the claims that say so, those that have it otherwise, and in
    which respect."""
    claim = told.claim
    try:
        incident = grounds.world.incident(claim.id)
    except NotFoundError:
        return (), (), ""
    own = {c.id for c in grounds.article.claims}
    rest = [c for c in incident.claims if c not in own and bears(told, grounds.world.claims[c])]
    others = grounds.independent(claim.id, rest)
    disputes = [d for d in disputes_in(grounds.world, incident, grounds.counting) if parts(d, claim.id, own)]
    found = [(d, against(grounds, told, d, own)) for d in disputes]
    denied = tuple(dict.fromkeys(c for _, claims in found for c in claims))
    why = "; ".join(_said(dispute, claim.id, claims) for dispute, claims in found if claims)
    same = (c for c in others if c not in denied and _says_so(grounds, c))
    return tuple(c for c in same if tells_then(grounds, told, grounds.world.claims[c])), denied, why


def _said(dispute: Dispute, claim: str, claims: Iterable[str]) -> str:
    """What the article has and what those claims have instead."""
    kept = set(claims)
    mine = next(p.value for p in dispute.positions if claim in p.claims)
    rest = (p for p in dispute.positions if kept & set(p.claims))
    return (
        f"{dispute.about}: the article has {mine}, others {', '.join(f'{p.value} ({_few(p.claimants)})' for p in rest)}"
    )


def _few(claimants: tuple[str, ...]) -> str:
    return ", ".join(claimants[:3])


def _says_so(grounds: Grounds, claim: str) -> bool:
    return grounds.world.claims[claim].modality not in _NOT_SO


def _weighed(grounds: Grounds, told: Told, found: tuple[tuple[str, ...], tuple[str, ...]], why: str) -> Tested:
    """More voices on one side than on the other decide; as many on both, or nobody who says by whom, leave it mixed."""
    supporting, against = found
    voices, denials = (grounds.voices(side) if side else 0 for side in found)
    change = "another independent report on either side" if against else "an independent report that has it otherwise"
    if supporting:
        many = "one other independent voice tells it" if voices == 1 else f"{voices} other independent voices tell it"
        unnamed = "; ".join(filter(None, (not_by(grounds, told, supporting), not_at(grounds, told))))
        verdict = Verdict.MIXED if unnamed or (against and denials >= voices) else Verdict.SUPPORTED
        why = "; ".join(filter(None, (many, unnamed, why)))
    elif against:
        verdict = Verdict.CONTRADICTED
    else:
        return _nothing(grounds, told)
    return Tested(
        verdict, grounds.as_of, why, supporting=supporting, against=against, voices=voices, would_change=change
    )


def _nothing(grounds: Grounds, told: Told) -> Tested:
    if told.claim.kind is Kind.QUANTITY:
        if not told.claim.casualties:
            return _silent(
                grounds, "it gives no number that another could be held against", "the number and its period"
            )
        return _silent(grounds, "no other figure of it on record", "a series of such totals with their periods")
    if not told.parties and not told.places and not told.carried:
        return _silent(grounds, "it names neither a party nor a place by which it could be found", _SILENT)
    unknown = _unknown_place(told.claim)
    if told.window is None or not told.dated:  # days of another sentence are not what it says
        of = "of those parties" if told.parties else "there" if told.places else "without a party that it names"
        why = f"it says no day, and nobody independent tells such an act {of}"
        return _silent(grounds, why + unknown, f"which towns, when; {_SILENT}" if unknown else _SILENT)
    return _silent(
        grounds, f"nobody independent tells such an act of {told.claim.days} in the record{unknown}", _SILENT
    )


def _unknown_place(claim: Claim) -> str:
    """Says which place of the sentence is none of the case ("the north"); "" where there is no such word."""
    said = (s.value for s in claim.slots if s.name is SlotName.PLACE and not s.leading and not s.rule.endswith(GUESSED))
    return "".join(f"; {place!r} is no place that the case knows" for place in said)


def _silent(grounds: Grounds, why: str, missing: str) -> Tested:
    return Tested(Verdict.NOT_TESTABLE, grounds.as_of, why, would_change=missing)
