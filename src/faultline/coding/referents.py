"""Turns pronouns and nouns that refer back ("they", "the group", "its fighters") into those of the text whom they mean.
Invariant: what is resolved keeps where it stands and where it was taken from; what nothing fits stays as written."""

from dataclasses import replace

from faultline.coding.draft import Draft, Filler, span_of
from faultline.coding.line import Chunk, Line
from faultline.coding.memory import Memory
from faultline.coding.sayers import Sayer


def inherit(filler: Filler, rule: str) -> Filler:
    """The same filler, marked as taken from where it stands."""
    return Filler(filler.chunk, filler.inherited or filler.span, filler.value, rule, filler.inherited or filler.span)


def stands_for_list(chunk: Chunk) -> bool:
    """ "the three", "the two groups", "the three states"."""
    few = chunk.quantity is not None and chunk.quantity.best in (2, 3, 4)
    return chunk.kind == "number" or (few and chunk.group in ("anaphor", "government", "junta"))


def resolved(filler: Filler, memory: Memory, line: Line, sayer: Sayer | None) -> Filler:
    """ "the attackers", "its fighters", "the group": those of the story or of the speaker."""
    chunk = filler.chunk
    if chunk.kind != "group" and not _is_open(chunk, memory):
        return filler
    if (chunk.group == "anaphor" or _possessed(line, chunk)) and sayer and sayer.ids and sayer.chunk:
        return Filler(replace(sayer.chunk, ids=sayer.ids, kind="actor"), filler.span, filler.value, "the speaker's own")
    if chunk.group == "attacker" and memory.attackers and memory.attackers[0].chunk.group != "attacker":
        return _known(filler, memory.attackers[0], "attackers of the story")
    if chunk.group == "anaphor" and memory.parties:
        return _known(filler, memory.parties[-1], "the group of the story")
    if chunk.group == "nationals" and (force := memory.story.national_party(chunk.country)):
        return _known(filler, force, "its force in the text")
    if chunk.group == "jihadist" and memory.story.claimants:
        return filler
    group = "rebel" if _is_open(chunk, memory) else chunk.group
    party = memory.story.party_for(group) if group in ("rebel", "jihadist", "anaphor", "attacker") else None
    return _known(filler, party, f"the {group} party of the text") if party else filler


def _is_open(chunk: Chunk, memory: Memory) -> bool:
    """A case's actor for texts that name no movement ("Tuareg rebels")."""
    actor = memory.story.known.actors.get(chunk.ids[0]) if chunk.ids else None
    return actor is not None and actor.kind == "unknown" and "rebel" in actor.name.lower()


def _known(filler: Filler, known: Filler, rule: str) -> Filler:
    return Filler(known.chunk, filler.span, filler.value, rule, known.inherited or known.span)


def _possessed(line: Line, chunk: Chunk) -> bool:
    noun = (
        line.low(chunk.last - 1) in line.pack.words["members"]
        or line.low(chunk.first + 1) in line.pack.words["members"]
    )
    return noun and any(
        line.low(n) in line.pack.words["possessives"] for n in range(max(0, chunk.first - 1), chunk.last)
    )


def pronoun_fillers(draft: Draft, memory: Memory, sayer: Sayer | None) -> list[Filler]:
    """ "it attacked" in a party's mouth is that party; else the party last named."""
    word = draft.subject_pronoun
    if sayer and sayer.ids and sayer.chunk and sayer.voice == "named":
        span = span_of(draft.line, draft.first, draft.first + 1)
        chunk = replace(sayer.chunk, ids=sayer.ids, kind="actor")
        return [Filler(chunk, span, sayer.name, f"pronoun {word}, the speaker", span)]
    together = memory.story.together_for(draft.sentence)
    if word in ("they", "ils", "elles", "them") and len(together) > 2:
        return [inherit(f, f"pronoun {word}") for f in together]
    groups = [p for p in memory.parties if "person" not in p.chunk.classes]
    if groups and word in ("it", "they", "ils", "il", "elle", "elles"):
        return [inherit(groups[-1], f"pronoun {word}")]
    if memory.parties and word in ("it", "they", "il", "ils", "elle", "elles"):
        return [inherit(memory.parties[-1], f"pronoun {word}")]
    return []
