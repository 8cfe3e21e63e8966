"""Decides who of a disputed incident has an assertion otherwise. Invariant: a claim stands against the article only in
a respect that the article's own sentence states, and only if it tells the same act."""

import re
from collections.abc import Iterable
from datetime import timedelta

from faultline.coding.tokens import fold
from faultline.examine.alike import CLOSE, GUESSED, Told, bears, dates, elsewhere, one_act
from faultline.examine.asks import MONTHS
from faultline.examine.grounds import Grounds
from faultline.record.claim import Claim
from faultline.record.vocabulary import Action, Kind, SlotName
from faultline.resolve.disputes import About, Dispute

_VIOLENT = (Action.ASSAULT, Action.TAKE, Action.BLOCKADE)
_AT = re.compile(r"\b(?:in|at|near|à|près de)\s+([A-ZÀ-Ý][\w'’-]{2,})")
_RIVALS = 2  # voices that must name another actor: who did it is the part that single reports get wrong most
_LATER = timedelta(days=14)  # how long after an act a report of no day is taken to tell it


def parts(dispute: Dispute, claim: str, own: set[str]) -> bool:
    """Whether the dispute parts the article's claim from somebody else's."""
    return any(claim in p.claims for p in dispute.positions) and bool(_other_side(dispute, claim, own))


def against(grounds: Grounds, told: Told, dispute: Dispute, own: set[str]) -> tuple[str, ...]:
    """The claims of others, of other lineages, that have the act otherwise than the article in what the dispute is
    about."""
    claim = told.claim
    others = grounds.independent(claim.id, _other_side(dispute, claim.id, own))
    differs = _RESPECTS[dispute.about]
    found = tuple(c for c in others if differs(told, grounds.world.claims[c]))
    alone = dispute.about is About.WHO and len(found) > 0 and grounds.voices(found) < _RIVALS
    return () if alone else found


def tells_then(grounds: Grounds, told: Told, other: Claim) -> bool:
    """Whether a claim of the same incident can tell the act of the day that the article's sentence says: it has that
    day, or it has none and came out soon after."""
    window = told.window
    if not told.dated or window is None or window.first_day is None:
        return True
    if other.days.first_day is not None:
        return other.days.overlaps(window)
    out = grounds.sight.published(other)
    return out is not None and window.first_day <= out <= (window.last_day or window.first_day) + _LATER


def not_by(grounds: Grounds, told: Told, supporting: Iterable[str]) -> str:
    """That none of those who tell the violence names the actor whom the article's sentence names; "" where one does, or
    where it is told by a sentence that nobody coded: that names the parties."""
    mine = _said(told, SlotName.ACTOR)
    kin = set(told.context.kin(mine))
    coded = [grounds.claim_of[c] for c in supporting if c in grounds.claim_of]
    violent = told.claim.kind is Kind.EVENT and told.claim.action in _VIOLENT
    if not mine or not violent or len(coded) < len(tuple(supporting)):
        return ""
    if any(kin & {s.leading for s in claim.slots if s.name in (SlotName.ACTOR, SlotName.SPEAKER)} for claim in coded):
        return ""
    return f"that it was {', '.join(sorted(mine))} none of them says"


def not_at(grounds: Grounds, told: Told) -> str:
    """That the violence was at a place of a name that the case does not know, so that nobody can be held to it; ""
    where its sentence has no such name, or another that is known."""
    violent = told.claim.kind is Kind.EVENT and told.claim.action in _VIOLENT
    if not violent or told.places:
        return ""
    words = told.claim.span.of(grounds.article.text)
    names = (m.group(1) for m in _AT.finditer(words))
    case = grounds.sight.case
    unknown = [n for n in names if not (fold(n) in MONTHS or case.place_candidates(n) or case.actor_candidates(n))]
    return f"{unknown[0]!r} is no place that the case knows" if unknown else ""


def _other_side(dispute: Dispute, claim: str, own: set[str]) -> tuple[str, ...]:
    """The claims of others that stand against the article's in the dispute."""
    mine = {c for p in dispute.positions if claim in p.claims for c in p.claims}
    return tuple(c for p in dispute.positions for c in p.claims if c not in mine and c not in own)


def _whether(told: Told, other: Claim) -> bool:
    return _near(told, other) and bears(told, other)


def _who(told: Told, other: Claim) -> bool:
    """Another actor, who is none of the article's or theirs, where its sentence names one."""
    mine = set(told.context.kin(_said(told, SlotName.ACTOR)))
    theirs = {slot.leading for slot in other.slots if slot.name is SlotName.ACTOR and slot.leading}
    return bool(mine and theirs) and not mine & theirs and _near(told, other) and bears(told, other)


def _where(told: Told, other: Claim) -> bool:
    """A place far from those of the article's sentence, of an act of the same parties."""
    theirs = {slot.leading for slot in other.slots if slot.name in (SlotName.ACTOR, SlotName.RECIPIENT)}
    return bool(told.places) and _near(told, other) and bool(told.kin & theirs) and elsewhere(told, other)


def _when(told: Told, other: Claim) -> bool:
    """Another day, near by, of what is one act on whichever day."""
    apart = told.window is not None and not other.days.overlaps(told.window) and dates(other)
    return told.dated and apart and _near(told, other) and bears(told, other) and one_act(told, other)


def _number(told: Told, other: Claim) -> bool:
    return _near(told, other) and bears(told, other)


_RESPECTS = {
    About.WHETHER: _whether,
    About.WHO: _who,
    About.WHERE: _where,
    About.WHEN: _when,
    About.HOW_MANY: _number,
    About.WHOM: _number,
}


def _said(told: Told, name: SlotName) -> frozenset[str]:
    """Who stands in a role of the claim by a word of its sentence."""
    slots = (slot for slot in told.claim.slots if slot.name is name and not slot.rule.endswith(GUESSED))
    return frozenset(slot.leading for slot in slots if slot.leading)


def _near(told: Told, other: Claim) -> bool:
    """Whether the days of the two, where both are known, lie within three of one another."""
    mine, theirs = told.window, other.days
    if mine is None or mine.first_day is None or theirs.first_day is None:
        return True
    wide = timedelta(days=CLOSE)
    last, their_last = mine.last_day or mine.first_day, theirs.last_day or theirs.first_day
    return mine.first_day - wide <= their_last and theirs.first_day <= last + wide
