"""Applies people's corrections to the slots of claims. Invariant: a corrected slot keeps its span and says who
corrected it; the claim in the ledger stays as it was read."""

from collections.abc import Callable
from dataclasses import replace

from faultline.record.claim import Casualties, Claim, Slot, Speaker
from faultline.record.days import parse_days
from faultline.record.decision import Decision
from faultline.record.errors import UsageError
from faultline.record.text import Candidate
from faultline.record.vocabulary import Modality, SlotName
from faultline.resolve.credibility import RATINGS, check_rating

_COUNT_FORM = 'HARM LOW-BEST-HIGH, as in "killed 3-5-8 civilians"; an end left empty stays open'


def correct(claim: Claim, decision: Decision) -> Claim:
    """The claim with the slot that the decision names holding its value.

    `place`, `actor` and `recipient` take an id ("" empties the slot), `days` a day as in parse_days, `count` a harm
    with its triple and whose people, `speaker` an id or a name, `modality` a word of the vocabulary, `action` a
    subtype. Raises UsageError where the value does not fit the slot.
    """
    if decision.slot in RATINGS:
        check_rating(decision.slot, decision.value)
        return claim  # a rating is about a claim and no part of it
    try:
        name = SlotName(decision.slot)
    except ValueError:
        raise UsageError("slot", repr(decision.slot), f"one of {', '.join(_WAYS)}") from None
    if name not in _WAYS:
        raise UsageError("slot", repr(decision.slot), f"one of {', '.join(_WAYS)}")
    return _WAYS[name](claim, decision)


def _filled(claim: Claim, decision: Decision, value: str) -> tuple[Slot, ...]:
    """The slots of the claim, those of that name replaced by one."""
    name = SlotName(decision.slot)
    old = next((slot for slot in claim.slots if slot.name == name), None)
    kept = tuple(slot for slot in claim.slots if slot.name != name)
    if not value:
        return kept
    reason = f"{decision.by}: {decision.why}" if decision.why else decision.by
    new = Slot(name, value, old.span if old else claim.span, "corrected", reason, 1.0, (Candidate(value, 1.0, reason),))
    return (*kept, new)


def _slot(claim: Claim, decision: Decision) -> Claim:
    return replace(claim, slots=_filled(claim, decision, decision.value.strip()))


def _days(claim: Claim, decision: Decision) -> Claim:
    return replace(_slot(claim, decision), days=parse_days(decision.value, "days"))


def _modality(claim: Claim, decision: Decision) -> Claim:
    if decision.value not in set(Modality):
        raise UsageError("modality", repr(decision.value), f"one of {', '.join(Modality)}")
    return replace(_slot(claim, decision), modality=Modality(decision.value))


def _speaker(claim: Claim, decision: Decision) -> Claim:
    chain = (*claim.speaker.chain[:1], decision.value)
    return replace(_slot(claim, decision), speaker=Speaker(chain, decision.value))


def _action(claim: Claim, decision: Decision) -> Claim:
    return replace(_slot(claim, decision), subtype=decision.value)


def _count(claim: Claim, decision: Decision) -> Claim:
    harm, _, rest = decision.value.strip().partition(" ")
    triple, _, group = rest.partition(" ")
    ends = triple.split("-")
    ends = ends * 3 if len(ends) == 1 else ends
    if not harm or len(ends) != 3 or not any(ends) or any(end and not end.isdecimal() for end in ends):
        raise UsageError("count", repr(decision.value), _COUNT_FORM)
    low, best, high = (int(end) if end else None for end in ends)
    same = next((c for c in claim.casualties if c.harm == harm), Casualties(harm))
    new = Casualties(harm, low, best, high, group or same.group, same.cumulative_since)
    others = tuple(c for c in claim.casualties if c.harm != harm)
    return replace(claim, casualties=(new, *others), slots=_count_slots(claim, decision, harm))


def _count_slots(claim: Claim, decision: Decision, harm: str) -> tuple[Slot, ...]:
    """The corrected figure first; the slots of the other harms keep their spans, in the order of the figures."""
    counts = [slot for slot in claim.slots if slot.name == SlotName.COUNT]
    by_harm = list(zip(claim.casualties, counts, strict=False))
    others = tuple(slot for figure, slot in by_harm if figure.harm != harm)
    rest = tuple(slot for slot in claim.slots if slot.name != SlotName.COUNT)
    spans = [slot.span for figure, slot in by_harm if figure.harm == harm]
    new = Slot(SlotName.COUNT, decision.value, spans[0] if spans else claim.span, "corrected", decision.by)
    return (*rest, new, *others)


_WAYS: dict[SlotName, Callable[[Claim, Decision], Claim]] = {
    SlotName.PLACE: _slot,
    SlotName.ACTOR: _slot,
    SlotName.RECIPIENT: _slot,
    SlotName.DAYS: _days,
    SlotName.COUNT: _count,
    SlotName.SPEAKER: _speaker,
    SlotName.MODALITY: _modality,
    SlotName.ACTION: _action,
}
