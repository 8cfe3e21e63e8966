"""Sends a factual assertion to what can test it: a state, a trend, the places of a day, a part of the country, a siege,
a first time, else the reports of the same act. Invariant: what the words ask decides, never what comes out."""

from collections.abc import Sequence

from faultline.examine.alike import GUESSED, acts_in
from faultline.examine.asks import Asks, asked_by
from faultline.examine.described import fronts_tested
from faultline.examine.earlier import earlier_tested
from faultline.examine.facts import fact_tested
from faultline.examine.grounds import Grounds
from faultline.examine.holding import loosened_in, part_tested
from faultline.examine.losses import losses_tested
from faultline.examine.often import often_tested
from faultline.examine.presence import presence_tested
from faultline.examine.sentences import named_in, sentence_days
from faultline.examine.states import siege_tested, state_tested
from faultline.examine.trends import rising_tested
from faultline.record.claim import Claim
from faultline.record.examination import Tested
from faultline.record.vocabulary import Action, Kind, SlotName, Verdict

_WHO_OR_WHERE = frozenset({SlotName.ACTOR, SlotName.RECIPIENT, SlotName.PLACE})
_ACT = frozenset({"other", ""})  # subtypes of claims that tell no act


def said_tested(grounds: Grounds, claim: Claim, levels: Sequence[str]) -> Tested:
    """The verdict on a fact."""
    words = claim.span.of(grounds.article.text)
    published = grounds.article.filing.published
    last = published.last_day or grounds.as_of
    asked = asked_by(words, published.first_day or last)
    if asked.what is Asks.RISING and claim.kind is Kind.EVENT and claim.subtype in _ACT:
        return rising_tested(grounds, asked, published.first_day or last)
    if asked.what is Asks.FRONTS and (fronts := fronts_tested(grounds, claim.days)):
        return fronts
    placed = any(slot.name is SlotName.PLACE and slot.leading for slot in claim.slots)
    part = None if placed else part_tested(grounds, claim, words)
    if part:
        return part
    tested = state_tested(grounds, claim) or presence_tested(grounds, claim) or fact_tested(grounds, claim)
    if tested.verdict is not Verdict.NOT_TESTABLE:
        return tested
    nobodys = claim.action is Action.ASSAULT and claim.days.known and not _named(claim)
    if nobodys and (fronts := fronts_tested(grounds, sentence_days(grounds.article, claim) or claim.days)):
        return fronts
    lost = losses_tested(grounds, claim)
    if lost:
        return lost
    if asked.also & {"first", "rare"} and levels:
        return earlier_tested(grounds, asked, named_in(grounds.sight.case, words), levels)
    if "often" in asked.also:
        return often_tested(grounds, asked, named_in(grounds.sight.case, words))
    held = loosened_in(grounds, claim, levels)
    if held:
        return held
    if "siege_blockade" in acts_in(words) or claim.subtype in ("siege", "siege_blockade", "blockade"):
        return siege_tested(grounds, claim) or tested
    return tested


def _named(claim: Claim) -> bool:
    """Whether a word of the sentence itself names a party or a place of the case."""
    own = (slot for slot in claim.slots if slot.name in _WHO_OR_WHERE and not slot.rule.endswith(GUESSED))
    return any(slot.leading for slot in own)
