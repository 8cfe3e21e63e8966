"""Tests a factual assertion against incidents. Invariant: support comes from lineages that the article does not
share; a record that is silent contradicts nothing."""

from collections.abc import Iterator

from faultline.examine.grounds import Grounds
from faultline.record.claim import Claim
from faultline.record.errors import NotFoundError
from faultline.record.examination import Tested
from faultline.record.vocabulary import Kind, Modality, SlotName, Verdict
from faultline.resolve.disputes import Dispute, disputes_in

CLOSE = 3  # days within which two reports may mean one act
_NOT_SO = frozenset({Modality.DENIED, Modality.NEGATED, Modality.HYPOTHETICAL, Modality.PLANNED, Modality.THREATENED})
_SILENT = "a report of it by anybody else, dated and placed"


def fact_tested(grounds: Grounds, claim: Claim) -> Tested:
    """What independent reports of the same incident say: supported, contradicted in a named respect, mixed, or
    nothing on record."""
    try:
        incident = grounds.world.incident(claim.id)
    except NotFoundError:
        return _by_likeness(grounds, claim) or _nothing(
            grounds, claim, "the assertion speaks of no happening of known day and place"
        )
    own = {c.id for c in grounds.article.claims}
    others = grounds.independent(claim.id, (c for c in incident.claims if c not in own))
    against = [d for d in disputes_in(grounds.world, incident, grounds.counting) if _parts(d, claim.id, own)]
    denying = {c for d in against for c in _other_side(d, claim.id, own)}
    agreeing = tuple(c for c in others if c not in denying and _says_so(grounds, c))
    denied = tuple(c for c in others if c in denying)
    voices = grounds.voices(agreeing) if agreeing else 0
    why = "; ".join(_said(d, claim.id) for d in against if set(_other_side(d, claim.id, own)) & set(denied))
    if denied and agreeing:
        return _tested(grounds, Verdict.MIXED, (why, agreeing, denied, voices))
    if denied:
        return _tested(grounds, Verdict.CONTRADICTED, (why, (), denied, 0))
    if agreeing:
        told = "one other independent voice tells it" if voices == 1 else f"{voices} other independent voices tell it"
        return _tested(grounds, Verdict.SUPPORTED, (told, agreeing, (), voices))
    return _by_likeness(grounds, claim) or _nothing(grounds, claim, "nobody independent tells it in the record")


def _by_likeness(grounds: Grounds, claim: Claim) -> Tested | None:
    """Where no incident joins them: independent claims of the same act by the same parties (and, where both name one,
    at the same place) within three days. Days that do not overlap contradict in when; None where there is no such
    claim."""
    if claim.days.first_day is None or (claim.days.length or 99) > CLOSE:
        return None
    like = [c for c in _others(grounds) if _alike(claim, c)]
    found = set(grounds.independent(claim.id, (c.id for c in like)))
    agree = tuple(c.id for c in like if c.id in found and c.days.overlaps(claim.days))
    differ = tuple(c.id for c in like if c.id in found and not c.days.overlaps(claim.days))
    if not agree and not differ:
        return None
    days = ", ".join(sorted({str(c.days) for c in like if c.id in differ}))
    why = f"when: the article has {claim.days}, others {days}" if differ else "others tell the same act of those days"
    verdict = Verdict.MIXED if agree and differ else Verdict.CONTRADICTED if differ else Verdict.SUPPORTED
    return _tested(grounds, verdict, (why, agree, differ, grounds.voices(agree) if agree else 0))


def _others(grounds: Grounds) -> Iterator[Claim]:
    for report in grounds.others:
        yield from report.claims


def _alike(one: Claim, other: Claim) -> bool:
    if one.kind is not other.kind or one.action is not other.action or other.modality in _NOT_SO:
        return False
    if other.days.first_day is None or (other.days.length or 99) > CLOSE or one.days.first_day is None:
        return False
    if abs((one.days.first_day - other.days.first_day).days) > CLOSE:
        return False
    mine, theirs = _parties(one), _parties(other)
    places, elsewhere = set(one.values(SlotName.PLACE)), set(other.values(SlotName.PLACE))
    if places and elsewhere and not places & elsewhere:
        return False
    shared = len(mine & theirs)
    return shared >= 2 or (shared == 1 and bool(places & elsewhere))


def _parties(claim: Claim) -> set[str]:
    """The parties that are known by an id: names that nobody places are no common ground."""
    slots = (slot for slot in claim.slots if slot.name in (SlotName.ACTOR, SlotName.RECIPIENT))
    return {slot.leading for slot in slots if slot.leading}


def _parts(dispute: Dispute, claim: str, own: set[str]) -> bool:
    """Whether the dispute parts the article's claim from somebody else's."""
    return any(claim in p.claims for p in dispute.positions) and bool(_other_side(dispute, claim, own))


def _other_side(dispute: Dispute, claim: str, own: set[str]) -> tuple[str, ...]:
    mine = {c for p in dispute.positions if claim in p.claims for c in p.claims}
    return tuple(c for p in dispute.positions for c in p.claims if c not in mine and c not in own)


def _said(dispute: Dispute, claim: str) -> str:
    mine = next(p.value for p in dispute.positions if claim in p.claims)
    others = ", ".join(f"{p.value} ({', '.join(p.claimants[:3])})" for p in dispute.positions if claim not in p.claims)
    return f"{dispute.about}: the article has {mine}, others {others}"


def _says_so(grounds: Grounds, claim: str) -> bool:
    found = grounds.world.claims[claim]
    return found.modality not in (Modality.DENIED, Modality.NEGATED, Modality.HYPOTHETICAL, Modality.PLANNED)


def _tested(grounds: Grounds, verdict: Verdict, found: tuple[str, tuple[str, ...], tuple[str, ...], int]) -> Tested:
    why, supporting, against, voices = found
    change = (
        "an independent report that has it otherwise" if not against else "another independent report on either side"
    )
    return Tested(
        verdict, grounds.as_of, why, supporting=supporting, against=against, voices=voices, would_change=change
    )


def _nothing(grounds: Grounds, claim: Claim, why: str) -> Tested:
    missing = "a series of such totals with their periods" if claim.kind is Kind.QUANTITY else _SILENT
    return Tested(Verdict.NOT_TESTABLE, grounds.as_of, why, would_change=missing)
