"""Tests that a party had losses of which no number is said, by whom others tell of as killed, captured or shot down.
Invariant: that there were some is what is found, never how many or how heavy they were."""

from datetime import timedelta

from faultline.examine.alike import GUESSED
from faultline.examine.described import FACT, MOST
from faultline.examine.grounds import Grounds
from faultline.examine.sentences import named_in
from faultline.record.claim import Claim
from faultline.record.days import Days
from faultline.record.examination import Tested
from faultline.record.vocabulary import Kind, SlotName, Verdict

_LATELY = timedelta(days=60)  # before the article, where no time is said
_HARMS = frozenset({"killed", "wounded", "captured", "missing"})
_ASSETS = frozenset({"shoot_down", "destruction"})
_LONG = 62  # days: longer intervals are those of running totals


def losses_tested(grounds: Grounds, claim: Claim) -> Tested | None:
    """Whether independent reports tell of losses of the party in the time that is said, else in the two months before
    the article; None for any claim with a number, of nobody known, or where nobody tells of any."""
    of = {s.leading for s in claim.slots if s.name is SlotName.RECIPIENT and not s.rule.endswith(GUESSED) and s.leading}
    of |= named_in(grounds.sight.case, claim.span.of(grounds.article.text)).actors if not of else set()
    if claim.kind is not Kind.QUANTITY or claim.casualties or not of:
        return None
    kin = frozenset(grounds.context.kin(of))
    found = grounds.independent(claim.id, (c.id for c in grounds.claims if _lost(c, kin) and _then(grounds, claim, c)))
    if not found:
        return None
    voices = grounds.voices(found)
    how = "one voice" if voices == 1 else f"{voices} independent voices"
    why = (
        f"{len(found)} reports of their dead, wounded or captured, or of arms lost, from {how}; how heavy is not tested"
    )
    change = "the number and its period"
    kept = found[:MOST]
    return Tested(Verdict.SUPPORTED, grounds.as_of, why, supporting=kept, voices=voices, would_change=change)


def _lost(claim: Claim, kin: frozenset[str]) -> bool:
    """Whether a claim tells that one of them was harmed, or lost what was shot down or destroyed."""
    whose = {slot.leading for slot in claim.slots if slot.name is SlotName.RECIPIENT and slot.leading}
    harmed = any(c.harm in _HARMS and (c.best or c.low or 0) > 0 for c in claim.casualties)
    return claim.modality in FACT and bool(whose & kin) and (harmed or claim.subtype in _ASSETS)


def _then(grounds: Grounds, claim: Claim, other: Claim) -> bool:
    last = grounds.article.filing.published.last_day or grounds.as_of
    said = claim.days.first_day is not None and (claim.days.length or 0) > 1
    when = claim.days if said else Days(last - _LATELY, last)
    return other.days.first_day is not None and (other.days.length or 999) <= _LONG and other.days.overlaps(when)
