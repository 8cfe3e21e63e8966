"""Turns what a text says acts on what into slots of its claims. Invariant: nothing that the coder has read is taken
away; a dispatch gains no claim, an analysis those that state a level or an arrow."""

from collections.abc import Sequence
from dataclasses import replace

from faultline.record.claim import Claim
from faultline.record.text import Span
from faultline.record.vocabulary import Kind, SlotName

OUTLOOK = frozenset({Kind.ASSESSMENT, Kind.PREDICTION, Kind.INTENT})
_CARRIED = frozenset({SlotName.MECHANISM, SlotName.ARROW, SlotName.SIGN})


def with_mechanisms(claims: Sequence[Claim], judged: Sequence[Claim], analysis: bool) -> list[Claim]:
    """The claims, with the mechanisms and arrows of `judged` in those opinions that state the same words; in an
    analysis those of `judged` that none states as claims of their own, in the order of the text."""
    found = list(claims)
    added = []
    for claim in judged:
        host = next((n for n, c in enumerate(found) if c.kind in OUTLOOK and _same_words(c.span, claim.span)), -1)
        if host >= 0:
            known = {(slot.name, slot.value) for slot in found[host].slots}
            new = [s for s in claim.slots if s.name in _CARRIED and (s.name, s.value) not in known]
            found[host] = replace(found[host], slots=(*found[host].slots, *new))
        elif analysis:
            added.append(claim)
    return sorted([*found, *added], key=lambda c: c.span.start) if added else found


def _same_words(a: Span, b: Span) -> bool:
    shared = min(a.end, b.end) - max(a.start, b.start)
    return 2 * shared >= min(a.end - a.start, b.end - b.start)
