"""Turns a finished draft into a claim record with its slots. Invariant: the claim's span is the clause that states it,
inside one sentence; a slot has a span unless nothing in the text carries it."""

from collections.abc import Iterable

from faultline.coding.draft import HEADLINE, Draft, Filler, span_of
from faultline.coding.names import Name
from faultline.coding.status import Stance
from faultline.record.claim import Claim, Slot
from faultline.record.text import Candidate, Mention, Span
from faultline.record.vocabulary import MentionKind, SlotName


def claim_of(document: str, draft: Draft, stance: Stance, text: str) -> Claim:
    """The claim of a draft; its id is set when all claims of the document are known, its confidence by a Judge."""
    span = span_of(draft.line, draft.first, draft.last)
    return Claim(
        id="",
        document=document,
        kind=draft.frame.kind,
        span=span,
        action=draft.frame.action,
        subtype=draft.subtype or draft.frame.subtype,
        speaker=stance.speaker,
        modality=stance.modality,
        days=draft.days,
        casualties=tuple(toll.casualties for toll in draft.tolls),
        slots=_slots(draft, stance, text),
    )


def mentions_of(document: str, names: Iterable[Name], text: str) -> tuple[Mention, ...]:
    """Names of actors and places in the text with what they may mean."""
    mentions = []
    for name in names:
        for kind, wanted in ((MentionKind.ACTOR, "actor"), (MentionKind.PLACE, "place")):
            ids = [e.id for e in name.entries if e.kind == wanted]
            if ids:
                candidates = tuple(Candidate(i, 1 / len(ids), "alias of the case") for i in ids)
                mentions.append(
                    Mention(document, Span(name.start, name.end), kind, text[name.start : name.end], candidates)
                )
    return tuple(mentions)


def _slots(draft: Draft, stance: Stance, text: str) -> tuple[Slot, ...]:
    line = draft.line
    trigger = span_of(line, draft.trigger, draft.trigger + 1)
    slots = [
        Slot(
            SlotName.ACTION,
            draft.frame.id,
            trigger,
            draft.rule,
            f"{trigger.of(text)!r} is of frame {draft.frame.id}",
        )
    ]
    for name, fillers in (
        (SlotName.ACTOR, draft.actors),
        (SlotName.RECIPIENT, draft.recipients),
        (SlotName.PLACE, draft.places),
    ):
        slots += [role_slot(name, filler) for filler in fillers]
    if draft.days.known:
        reason = f"resolved against {draft.days.anchor}" if draft.days.anchor else "as written"
        inherited = draft.days_span if draft.days_inherited else None
        slots.append(
            Slot(
                SlotName.DAYS,
                str(draft.days),
                draft.days_span,
                "day grammar",
                reason,
                inherited_from=inherited,
            )
        )
    slots += _toll_slots(draft) + _speaker_slots(stance)
    slots.append(Slot(SlotName.MODALITY, stance.modality.value, trigger, "status", stance.reason))
    return tuple(slots)


def _toll_slots(draft: Draft) -> list[Slot]:
    line = draft.line
    slots: list[Slot] = []
    for toll in draft.tolls:
        c = toll.casualties
        value = f"{c.harm} " + "-".join("" if n is None else str(n) for n in (c.low, c.best, c.high))
        slots.append(
            Slot(
                SlotName.COUNT,
                value,
                span_of(line, toll.chunk.first, toll.chunk.last),
                f"harm word {line.low(toll.word)}",
            )
        )
    return slots


def _speaker_slots(stance: Stance) -> list[Slot]:
    slots: list[Slot] = []
    if stance.said:
        said = stance.said
        slots.append(
            Slot(
                SlotName.SPEAKER,
                said.sayer.name or stance.speaker.innermost,
                said.source,
                f"{said.grade} verb" if said.verb >= 0 else "according to",
            )
        )
    return slots


def role_slot(name: SlotName, filler: Filler) -> Slot:
    """The slot of somebody or some place."""
    ids = filler.chunk.ids
    sure = filler.chunk.kind in ("actor", "place")
    each = (1.0 if sure else 0.7) / len(ids) if ids else 0.0
    candidates = tuple(Candidate(i, each, filler.rule) for i in ids)
    titled = filler.inherited == HEADLINE  # no words of the text carry it
    return Slot(
        name,
        filler.value,
        None if titled else filler.span,
        f"{filler.rule}, by the headline" if titled else filler.rule,
        filler.chunk.group or filler.chunk.kind,
        candidates=candidates,
        inherited_from=None if titled else filler.inherited,
    )
