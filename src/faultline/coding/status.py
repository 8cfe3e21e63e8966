"""Turns who speaks and how into a speaker and a modality. Invariant: content that is only claimed, denied, planned,
threatened, negated or possible is never left asserted."""

from collections.abc import Sequence
from dataclasses import dataclass

from faultline.coding.draft import Draft, Filler
from faultline.coding.hearsay import OPEN
from faultline.coding.known import Known
from faultline.coding.line import Line
from faultline.coding.said import Said
from faultline.coding.sayer_words import speaker_noun
from faultline.coding.tally import NOBODY
from faultline.coding.verbs import in_conditional
from faultline.record.actor import Actor
from faultline.record.claim import REPORTER, UNNAMED, Speaker
from faultline.record.vocabulary import ActorKind, Kind, Modality

_PARTY_KINDS = frozenset(
    {ActorKind.STATE_FORCE, ActorKind.ARMED_GROUP, ActorKind.COALITION, ActorKind.MILITIA, ActorKind.JUNTA,
     ActorKind.PRIVATE_MILITARY, ActorKind.FOREIGN_FORCE, ActorKind.GOVERNMENT, ActorKind.STATE}
)  # fmt: skip
_AT_WAR = frozenset(
    {ActorKind.ARMED_GROUP, ActorKind.COALITION, ActorKind.MILITIA, ActorKind.PRIVATE_MILITARY, ActorKind.UNKNOWN}
)
_PARTY_GROUPS = frozenset(
    {
        "state_force",
        "rebel",
        "jihadist",
        "junta",
        "government",
        "militia",
        "attacker",
        "militant",
        "mercenary",
        "mutineer",
    }
)
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
    party, friendly = draft.own_voice
    if said is None and party:
        speaker = Speaker((REPORTER, known.actors[party].name), party)
        return Stance(speaker, Modality.CONFIRMED if friendly else Modality.CLAIMED, None, "own and enemy side")
    said = None if said and _enacted(draft, said) else said
    own = _own_words(draft, said)
    speaker = own or _speaker(said, known)
    modality, reason = _modality(draft, said, known)
    if said is None and own is None and modality == Modality.REPORTED and reason == "conditional":
        speaker = Speaker((REPORTER, UNNAMED))
    return Stance(speaker, modality, said, reason)


_OWN_WORDS = frozenset("claim_responsibility claim_event deny accuse blame threaten ultimatum warn attribute".split())


def _own_words(draft: Draft, said: Said | None) -> Speaker | None:
    """Who claims, denies, accuses or threatens is the speaker of it."""
    if draft.frame.id not in _OWN_WORDS or not draft.actors or (said and draft.subtype == "support"):
        return None
    first = draft.actors[0]
    if first.inherited is None and _a_source(draft.line, first):
        return Speaker((REPORTER, UNNAMED))
    name = first.chunk.label or first.value
    return Speaker((REPORTER, name), first.chunk.ids[0] if len(first.chunk.ids) == 1 else "")


def _enacted(draft: Draft, said: Said) -> bool:
    """ "announced a curfew": what is announced so is done by it."""
    line = draft.line
    named = draft.frame.kind == Kind.RESTRICTION and draft.rule.startswith("noun")
    return named and said.verb >= 0 and line.low(said.verb) in line.pack.words["enacting"]


def _a_source(line: Line, filler: Filler) -> bool:
    """ "an army source denied it": a source that its party only describes."""
    first, at = filler.chunk.first, filler.chunk.last
    if first >= len(line.tokens) or line.tokens[first].start != filler.span.start:
        return False  # the words stand in another sentence
    found = line.pack.speakers.at(line.tokens, at) if at < len(line.tokens) and line.pack.language == "en" else None
    before = speaker_noun(line, filler.chunk.first - 1) if line.pack.language == "fr" else ""
    return (found is not None and found.value == "unnamed") or before == "unnamed"


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
    if draft.frame.kind == Kind.ASSESSMENT:
        return Modality.ASSESSMENT, "an opinion, also where it denies"
    if draft.negated:
        return (Modality.DENIED, "negated") if said and said.grade == "denied" else (Modality.NEGATED, "negated")
    if fixed and not (fixed == Modality.DEMANDED and said and not _speaks_for_itself(draft, said)):
        return fixed, f"frame {draft.frame.id}"
    if said and said.grade == "denied":
        return Modality.DENIED, "verb of denial"
    if said and said.grade == OPEN:
        return Modality.HYPOTHETICAL, "not confirmed"
    if draft.frame.kind == Kind.QUANTITY and _replaced(draft):
        return Modality.SUPERSEDED, "a figure that the sentence replaces"
    modal = _modal(draft)
    if modal:
        return modal, f"modal {draft.modal}"
    if _open_question(draft):
        return Modality.HYPOTHETICAL, "whether"
    if said is None:
        return (Modality.REPORTED, "conditional") if _conditional(draft) else (Modality.ASSERTED, "voice of the text")
    return _by_speaker(draft, said, known)


def _speaks_for_itself(draft: Draft, said: Said) -> bool:
    """Whether who demands is who speaks: what a third tells of a demand is told."""
    own = {i for f in draft.actors for i in f.chunk.ids}
    return not draft.actors or bool(own & set(said.sayer.ids))


def _replaced(draft: Draft) -> bool:
    """ "d'abord fixé à 40 morts", "revised up from 30", "first confirmed eight"."""
    line = draft.line
    first = draft.tolls[0].chunk.first if draft.tolls else draft.first
    for n in range(max(0, first - 7), first):
        beside = line.low(n - 1) in line.pack.reporting or line.low(n + 1) in line.pack.reporting
        if beside and line.low(n) in line.pack.words["at_first"]:
            return True
    words = " ".join(line.low(n) for n in range(max(0, first - 7), first))
    near = " ".join(line.low(n) for n in range(max(0, first - 4), first))
    return any(phrase in (near if " " not in phrase else words) for phrase in line.pack.status["superseded"])


def _open_question(draft: Draft) -> bool:
    """What hangs on "whether" or "if" is not said to be so."""
    line = draft.line
    inverted = draft.first == 1 and line.low(0) in line.pack.words["inverted"]
    opened = range(0 if draft.conditional else max(0, draft.first - 2), draft.trigger)  # "Si X part, Y prendrait Z"
    return inverted or any(line.low(n) in line.pack.words["whether"] for n in opened)


def _conditional(draft: Draft) -> bool:
    """The press conditional in the verb or, for a toll, in its clause; words of hearsay. That nobody "was reported"
    hurt is the text's own account."""
    if draft.conditional or draft.rule == NOBODY:
        return draft.conditional
    line = draft.line
    first = draft.first
    while first > 0 and line.low(first - 1) not in (",", ";", ":", "."):
        first -= 1
    last = draft.last
    while last < len(line.tokens) and line.low(last) not in _MARKS and draft.frame.kind == Kind.QUANTITY:
        last += 1
    words = [line.low(n) for n in range(first, last)]
    near = _between_commas(draft)
    hearsay = any(w in line.pack.words["nobody"] for w in near) or any(
        h in " ".join(words) for h in line.pack.words["hearsay"]
    )
    if hearsay or (draft.frame.kind == Kind.QUANTITY and any(_is_conditional(line, w) for w in words)):
        return True
    return draft.mood in ("participle", "infinitive", "perfect") and any(
        _is_conditional(line, t.low) for t in line.tokens[: draft.trigger]
    )


_MARKS = frozenset({",", ";", ":", "."})
_SURE = ("pou", "dev", "vou")  # "pourrait", "devrait" say something else


def _is_conditional(line: Line, word: str) -> bool:
    """Whether a word is in the conditional of the French press: "serait", "compterait"."""
    if word in line.pack.words["conditional_words"]:
        return True
    told = word in line.pack.reporting or word in line.pack.verbs
    return line.pack.language == "fr" and told and in_conditional(line, word) and not word.startswith(_SURE)


def _between_commas(draft: Draft) -> list[str]:
    """The words of the draft between the marks around its trigger."""
    line, first, last = draft.line, draft.trigger, draft.trigger
    while first > 0 and line.low(first - 1) not in _MARKS:
        first -= 1
    while last < len(line.tokens) and line.low(last) not in _MARKS:
        last += 1
    return [line.low(n) for n in range(first, last)]


def _modal(draft: Draft) -> Modality | None:
    table = draft.line.pack.status["modals"]
    return Modality(table[draft.modal]) if draft.modal in table else None


def _by_speaker(draft: Draft, said: Said, known: Known) -> tuple[Modality, str]:
    party = _is_party(draft, said, known)
    if said.grade == "confirmed" and said.sayer.voice != "unnamed":
        if party and _own_success(draft, said, known):
            return Modality.CLAIMED, "a party on its own success"
        return Modality.CONFIRMED, "verb of confirmation"
    if _own(draft, said, known):
        return Modality.CONFIRMED, "a party on its own losses" if party else "a speaker on its own losses"
    if party:
        return Modality.CLAIMED, "a party's account"
    if said.grade == "claimed" and said.sayer.voice != "unnamed":
        return Modality.CLAIMED, "graded verb"  # a witness without a name has no stake in it
    if draft.frame.kind == Kind.ASSESSMENT:
        return Modality.ASSESSMENT, "an opinion"
    return Modality.REPORTED, "said by a third"


def _is_party(draft: Draft, said: Said, known: Known) -> bool:
    """Whether the speaker is a belligerent of what it tells: an armed group, a force at home, or one of the roles."""
    country = said.sayer.chunk.country if said.sayer.chunk else ""
    if not said.sayer.ids:
        return said.sayer.group in _PARTY_GROUPS and country in ("", known.home)
    speaker = known.actors[said.sayer.ids[0]]
    if speaker.kind == ActorKind.PERSON:
        return said.sayer.group in _PARTY_GROUPS or any(
            _at_war(known.actors[i], known) for i in known.houses(speaker.id)
        )
    if _at_war(speaker, known):
        return True
    return speaker.kind in _PARTY_KINDS and _shares_side(speaker.id, draft.actors + draft.recipients, known)


def _at_war(actor: Actor, known: Known) -> bool:
    return actor.kind in _AT_WAR or (actor.kind in _PARTY_KINDS and known.at_home(actor.id))


def _shares_side(speaker: str, fillers: Sequence[Filler], known: Known) -> bool:
    side = known.actors[speaker].side
    ids = {i for f in fillers for i in f.chunk.ids}
    return speaker in ids or (bool(side) and any(known.actors[i].side == side for i in ids if i in known.actors))


def _own_success(draft: Draft, said: Said, known: Known) -> bool:
    """Whether the speaker's side is the one that killed or took ground: to confirm it is to claim it."""
    won = draft.frame.kind == Kind.EVENT and draft.frame.action in ("assault", "take")
    return won and any(_shares_side(s, draft.actors, known) for s in said.sayer.ids if s in known.actors)


def _own(draft: Draft, said: Said, known: Known) -> bool:
    """Whether the speaker is the one who lost men, or gave up ground."""
    speakers = [*said.sayer.ids[:1], *(h for i in said.sayer.ids[:1] for h in known.houses(i))]
    if not speakers and said.sayer.group in ("government", "state_force"):
        speakers = [known.actor_of("state_force", known.home)]  # "the defence minister, X"
    speakers = [s for s in speakers if s in known.actors]
    country = said.sayer.chunk.country if said.sayer.chunk is not None and not said.sayer.ids else ""
    if draft.frame.action == "withdraw":
        return any(_shares_side(s, draft.actors, known) for s in speakers) or _of_land(country, draft.actors)
    if any(_shares_side(s, draft.actors, known) for s in speakers):
        return False  # "it killed 18 attackers"
    lost = draft.tolls and any(t.harm in _OWN_LOSS and t.casualties.high != 0 and not t.soft for t in draft.tolls)
    theirs = any(_shares_side(s, draft.recipients, known) for s in speakers) or _of_land(country, draft.recipients)
    return bool(lost) and theirs


def _of_land(country: str, fillers: Sequence[Filler]) -> bool:
    """Whether those of a country that the case has no actor for are among the fillers."""
    return bool(country) and any(f.chunk.country == country and not f.chunk.ids for f in fillers)
