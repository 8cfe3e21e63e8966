"""Turns who speaks and how into a speaker and a modality. Invariant: content that is only claimed, denied, planned,
threatened, negated or possible is never left asserted."""

from collections.abc import Sequence
from dataclasses import dataclass

from faultline.coding.draft import Draft
from faultline.coding.known import Known
from faultline.coding.speech import Said
from faultline.record.claim import REPORTER, UNNAMED, Speaker
from faultline.record.vocabulary import ActorKind, Kind, Modality

_PARTY_KINDS = frozenset(
    {ActorKind.STATE_FORCE, ActorKind.ARMED_GROUP, ActorKind.COALITION, ActorKind.MILITIA, ActorKind.JUNTA,
     ActorKind.PRIVATE_MILITARY, ActorKind.FOREIGN_FORCE, ActorKind.GOVERNMENT, ActorKind.STATE}
)  # fmt: skip
_PARTY_GROUPS = frozenset({"state_force", "rebel", "jihadist", "junta", "government", "militia"})
_OWN_LOSS = frozenset({"killed", "wounded", "missing", "captured"})


@dataclass(frozen=True, slots=True)
class Stance:
    """Speaker and modality of a draft, and why."""

    speaker: Speaker
    modality: Modality
    said: Said | None
    reason: str


def stance_of(draft: Draft, said: Said | None, known: Known) -> Stance:
    """Who says it and with what commitment."""
    speaker = _speaker(said, known)
    modality, reason = _modality(draft, said, known)
    return Stance(speaker, modality, said, reason)


def innermost(draft: Draft, speech: Sequence[Said]) -> Said | None:
    """The speaker whose stretch holds the trigger; of several the shortest stretch, and none who is the trigger."""
    holding = [
        s
        for s in speech
        if s.first <= draft.trigger < s.last
        and s.verb != draft.trigger
        and not s.source_first <= draft.trigger < s.source_last
    ]
    return min(holding, key=lambda s: s.last - s.first) if holding else None


def _speaker(said: Said | None, known: Known) -> Speaker:
    if said is None:
        return Speaker((REPORTER,))
    name = UNNAMED if said.sayer.voice == "unnamed" else said.sayer.name or UNNAMED
    return Speaker((REPORTER, name), said.sayer.ids[0] if len(said.sayer.ids) == 1 else "")


def _modality(draft: Draft, said: Said | None, known: Known) -> tuple[Modality, str]:
    fixed = draft.modality or draft.frame.modality
    if draft.negated:
        return (Modality.DENIED, "negated") if said and said.grade == "denied" else (Modality.NEGATED, "negated")
    if fixed:
        return fixed, f"frame {draft.frame.id}"
    if said and said.grade == "denied":
        return Modality.DENIED, "verb of denial"
    modal = _modal(draft)
    if modal:
        return modal, f"modal {draft.modal}"
    if said is None:
        return (
            (Modality.REPORTED, "conditional")
            if draft.conditional or _hedged(draft)
            else (Modality.ASSERTED, "voice of the text")
        )
    return _by_speaker(draft, said, known)


def _modal(draft: Draft) -> Modality | None:
    table = draft.line.pack.status["modals"]
    return Modality(table[draft.modal]) if draft.modal in table else None


def _hedged(draft: Draft) -> bool:
    line = draft.line
    words = line.pack.status["nobody"]
    return any(line.low(n) in words for n in range(draft.first, draft.last))


def _by_speaker(draft: Draft, said: Said, known: Known) -> tuple[Modality, str]:
    if said.grade == "confirmed":
        return Modality.CONFIRMED, "verb of confirmation"
    party = _is_party(said, known)
    if party and _own(draft, said):
        return Modality.CONFIRMED, "a party on its own losses"
    if party:
        return Modality.CLAIMED, "a party's account"
    if said.grade == "claimed":
        return Modality.CLAIMED, "graded verb"
    if draft.frame.kind == Kind.ASSESSMENT:
        return Modality.ASSESSMENT, "an opinion"
    return Modality.REPORTED, "said by a third"


def _is_party(said: Said, known: Known) -> bool:
    if said.sayer.ids:
        return known.actors[said.sayer.ids[0]].kind in _PARTY_KINDS
    return said.sayer.group in _PARTY_GROUPS


def _own(draft: Draft, said: Said) -> bool:
    """Whether the speaker is the one who lost men, or gave up ground."""
    if not said.sayer.ids:
        return False
    who = (
        draft.recipients
        if draft.frame.kind in (Kind.EVENT, Kind.QUANTITY) and draft.frame.action != "withdraw"
        else draft.actors
    )
    own = any(said.sayer.ids[0] in f.chunk.ids for f in who)
    if draft.frame.action == "withdraw":
        return own
    return own and bool(draft.tolls) and any(t.harm in _OWN_LOSS for t in draft.tolls)
