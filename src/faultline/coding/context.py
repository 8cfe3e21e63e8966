"""Fills what a sentence leaves to those before it: the attackers, "the group", the place, the day. Invariant: what is
inherited is marked with where it stands; an open slot that nothing fills stays open."""

from dataclasses import dataclass, field

from faultline.coding.chunks import Chunk, Line
from faultline.coding.draft import Draft, Filler, span_of
from faultline.record.days import DayPrecision, Days
from faultline.record.text import Span
from faultline.record.vocabulary import Kind

_ASSAULTS = frozenset(
    {
        "attack",
        "ambush",
        "clash",
        "hit",
        "fire_upon",
        "attack_suicide",
        "attack_ied",
        "killing",
        "killing_by",
        "massacre",
        "kidnapping",
        "airstrike",
        "shelling",
        "siege_blockade",
        "blockade_by",
    }
)
_VAGUE_ATTACKERS = frozenset({"attacker", "gunman", "militant", "jihadist", "rebel", "bomber", "mercenary", "militia"})
_INHERIT_PLACE = frozenset({Kind.EVENT, Kind.QUANTITY, Kind.CONTROL, Kind.ALLEGATION})


@dataclass(slots=True)
class Memory:
    """What the document has set so far."""

    attackers: list[Filler] = field(default_factory=list)
    victims: list[Filler] = field(default_factory=list)
    parties: list[Filler] = field(default_factory=list)
    speaker: tuple[str, tuple[str, ...], str] = ("", (), "")
    places: list[Filler] = field(default_factory=list)
    place_sentence: int = -9
    story: Days = Days()
    story_span: Span | None = None
    events: int = 0

    def see(self, draft: Draft) -> None:
        """Remembers what a draft of the text has set."""
        if draft.frame.id in _ASSAULTS:
            self.events += 1
            own = [a for a in draft.actors if a.inherited is None and a.chunk.kind in ("actor", "group")]
            if own:
                self.attackers = own
            people = [r for r in draft.recipients if r.inherited is None and "people" in r.chunk.classes]
            if people:
                self.victims = people
        for filler in (*draft.actors, *draft.recipients):
            if filler.inherited is None and filler.chunk.kind == "actor" and "party" in filler.chunk.classes:
                self.parties = [f for f in self.parties if f.chunk.ids != filler.chunk.ids][-5:] + [filler]
        own_places = [p for p in draft.places if p.inherited is None]
        if own_places and draft.frame.kind in (Kind.EVENT, Kind.QUANTITY, Kind.CONTROL):
            self.places, self.place_sentence = own_places, draft.sentence
        if (
            draft.days.known
            and not draft.days_inherited
            and draft.frame.kind in (Kind.EVENT, Kind.QUANTITY)
            and draft.days.precision == DayPrecision.DAY
        ):
            self.story, self.story_span = draft.days, draft.days_span


def remember_places(memory: Memory, line: Line, sentence: int, text: str) -> None:
    """Places named in a sentence that states no event still set the scene for the next ones."""
    for chunk in line.chunks:
        if chunk.kind in ("place", "capital") and not memory.places:
            span = span_of(line, chunk.first, chunk.last)
            memory.places, memory.place_sentence = [Filler(chunk, span, span.of(text), "scene")], sentence


def complete(draft: Draft, memory: Memory) -> None:
    """Fills the open slots of a draft from the memory of the document."""
    draft.actors = [_resolved(f, memory) for f in draft.actors]
    draft.recipients = [_resolved(f, memory) for f in draft.recipients]
    if not draft.actors and draft.subject_pronoun:
        draft.actors = _pronoun(draft.subject_pronoun, memory)
    if (
        draft.frame.kind == Kind.EVENT
        and draft.frame.action == "assault"
        and draft.actor_open
        and not draft.actors
        and memory.attackers
    ):
        draft.actors = [_inherit(f, "attackers of the story") for f in memory.attackers]
    if not draft.places and draft.frame.kind in _INHERIT_PLACE and memory.places:
        draft.places = [_inherit(f, "place of the story") for f in memory.places]
    if not draft.days.known and draft.frame.kind in _INHERIT_PLACE and memory.story.known:
        draft.days, draft.days_span, draft.days_inherited = memory.story, memory.story_span, True


def _inherit(filler: Filler, rule: str) -> Filler:
    return Filler(filler.chunk, filler.inherited or filler.span, filler.value, rule, filler.inherited or filler.span)


def _resolved(filler: Filler, memory: Memory) -> Filler:
    """ "the attackers", "les assaillants": those of the story, where it has named them more exactly."""
    if filler.chunk.group == "attacker" and memory.attackers and memory.attackers[0].chunk.group != "attacker":
        known = memory.attackers[0]
        return Filler(known.chunk, filler.span, filler.value, "attackers of the story", known.inherited or known.span)
    return filler


def _pronoun(word: str, memory: Memory) -> list[Filler]:
    if memory.parties and word in ("it", "they", "il", "ils", "elle", "elles"):
        return [_inherit(memory.parties[-1], f"pronoun {word}")]
    return []


def is_group_noun(chunk: Chunk) -> bool:
    """Whether the chunk is a group that the story may have named."""
    return chunk.group in _VAGUE_ATTACKERS
