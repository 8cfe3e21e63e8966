"""Tests that a force from abroad came, is there or left by the dated ties of the case with those it backs. Invariant: a
tie says that it was there over its days; a force of no such tie is asked of reports alone."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from faultline.examine.grounds import Grounds
from faultline.record.actor import Tie
from faultline.record.claim import Claim
from faultline.record.examination import Tested
from faultline.record.vocabulary import Kind, Modality, SlotName, TieKind, Verdict

_CAME, _LEFT = frozenset({"deployment", "arrival"}), frozenset({"withdrawal", "departure", "expulsion"})
_HERE, _WITH = ("presence",), frozenset({TieKind.BACKING, TieKind.ALLIANCE})
_STAYS = re.compile(
    r"\b(operat(?:es?|ed|ing)|stationed|op[eé]r(?:e|ent|ait|aient)|opère|présents?|stationnés?)\b", re.IGNORECASE
)
_NEAR = timedelta(days=92)  # how far the beginning or end of a tie may lie from what is said
_LATELY = timedelta(days=365)  # how far back a coming or leaving of no said day is looked for
_NOT_SO = frozenset({Modality.DENIED, Modality.NEGATED, Modality.HYPOTHETICAL, Modality.PLANNED})


def presence_tested(grounds: Grounds, claim: Claim) -> Tested | None:
    """By the ties by which a force named backs somebody of the country, where the claim puts it in the country: that it
    came or left by their beginnings and ends, that it is there by their days. None for any other claim, or where the
    case has no such tie: then reports are asked."""
    form = _form(claim, claim.span.of(grounds.article.text))
    ties = list(_ties(grounds, claim)) if form and claim.modality not in _NOT_SO and _at_large(grounds, claim) else []
    if not ties:
        return None
    first = claim.days.first_day
    last = claim.days.last_day or grounds.article.filing.published.last_day or grounds.as_of
    fits = [tie for tie in ties if _fits(tie, form, first, last)]
    if not fits:
        return None
    listed = "; ".join(f"{tie.actor} {tie.kind} {tie.other}, {tie.days}" for tie in fits[:3])
    change = "a source that dates the tie otherwise"
    return Tested(Verdict.SUPPORTED, grounds.as_of, f"in the case: {listed}", would_change=change)


def _form(claim: Claim, words: str) -> str:
    if claim.kind is Kind.CONTROL and claim.values(SlotName.ACTION) == _HERE:
        return "here"
    if claim.kind is Kind.EVENT and claim.subtype == "other" and _STAYS.search(words):
        return "here"
    if claim.kind is Kind.EVENT:
        return "came" if claim.subtype in _CAME else "left" if claim.subtype in _LEFT else ""
    return ""


def _fits(tie: Tie, form: str, first: date | None, last: date) -> bool:
    """Whether the days of the tie are those of what is said."""
    begun, ended = tie.days.first_day, tie.days.last_day
    if begun is None:
        return False
    if form == "here":  # over all the days said, as far as known
        return begun <= (first or last) + _NEAR and (ended is None or ended >= (first or last))
    day = begun if form == "came" else ended
    low = (first or last - _LATELY) - (_NEAR if first else timedelta(0))
    return day is not None and low <= day <= last + (_NEAR if first else timedelta(0))


def _at_large(grounds: Grounds, claim: Claim) -> bool:
    """Whether the claim puts it in the country as a whole: a town is another question."""
    case = grounds.sight.case
    places = {slot.leading for slot in claim.slots if slot.name is SlotName.PLACE and slot.leading}
    named = {case.place(place) for place in places}
    whole = [p for p in named if p.feature.startswith("PCL") and p.country in case.countries]
    return bool(whole) and len(whole) == len(named)


def _ties(grounds: Grounds, claim: Claim) -> Iterator[Tie]:
    """The ties of backing or alliance of whom the claim names with those of the country, public by the day of the
    evidence. The one that moves is the last named: who is deployed, not who deploys."""
    known = {actor.id: actor for actor in grounds.sight.case.actors}
    moved = [id for id in claim.values(SlotName.RECIPIENT) if id in known] if claim.subtype == "deployment" else []
    movers = moved or [id for id in claim.values(SlotName.ACTOR) if id in known]
    for id in movers:
        for tie in known[id].ties:
            public = tie.published.last_day or tie.published.first_day
            if tie.kind in _WITH and tie.actor == id and (public or date.min) <= grounds.as_of:
                yield tie
