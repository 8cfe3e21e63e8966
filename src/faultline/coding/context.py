"""Fills what a sentence leaves to the others: the attackers, "the group", the place, the day. Invariant: what is
inherited is marked with where it stands; an open slot that nothing fills stays open."""

from dataclasses import replace

from faultline.coding.dating import Told, settle_days
from faultline.coding.draft import Draft, Filler, span_of
from faultline.coding.line import Chunk
from faultline.coding.memory import Memory
from faultline.coding.referents import (
    contingents,
    gapped_fillers,
    inherit,
    object_fillers,
    pronoun_fillers,
    resolved,
    stands_for_list,
    undergoer_fillers,
)
from faultline.coding.sayers import Sayer
from faultline.coding.sides import (
    as_toll,
    complete_sides,
    default_actors,
    fight_back,
    fill_opponent,
    fill_victims,
    name_side,
)
from faultline.coding.story import coarse
from faultline.coding.tolls import undergone
from faultline.coding.totals import mark_totals
from faultline.record.vocabulary import Kind

_PLACED = frozenset({Kind.EVENT, Kind.QUANTITY, Kind.CONTROL, Kind.ALLEGATION})


def complete(draft: Draft, memory: Memory, sayer: Sayer | None) -> None:
    """Fills the open slots of a draft from the memory of the document and from who speaks."""
    together = memory.story.together_for(draft.sentence)
    if any(stands_for_list(f.chunk) for f in draft.actors) and together:
        draft.actors = [inherit(f, "those listed before") for f in together]
    draft.actors = _unique([resolved(f, memory, draft.line, sayer) for f in draft.actors if f.chunk.kind != "number"])
    if draft.frame.action == "withdraw":
        draft.recipients = []
    if draft.frame.action == "take":  # a village that is taken is ground; those who lose it are the other side
        draft.recipients = [f for f in draft.recipients if "settlement" not in f.chunk.classes]
    acting = {i for f in draft.actors for i in f.chunk.ids}
    meant = [(f, resolved(f, memory, draft.line, sayer)) for f in draft.recipients]
    draft.recipients = _unique([f if set(r.chunk.ids) & acting else r for f, r in meant])
    undergoes = draft.frame.swap or draft.rule.endswith("(passive)")
    if undergoes and draft.subject_pronoun and not draft.recipients:
        draft.recipients = undergoer_fillers(draft, memory, sayer)
    if not draft.actors and draft.subject_pronoun and not undergoes:
        draft.actors = pronoun_fillers(draft, memory, sayer)
    if not draft.actors and draft.gapped and not draft.frame.swap:
        draft.actors = gapped_fillers(draft, memory)
    if draft.object_pronoun and not draft.recipients and draft.actors:
        draft.recipients = object_fillers(draft, memory)
    known = memory.story.known
    fights = sayer is not None and any(
        known.fights(i) or "armed" in known.classes(i) or (known.at_home(i) and not draft.admitted) for i in sayer.ids
    )
    if draft.own_loss and not draft.recipients and sayer and sayer.chunk and fights:
        span = span_of(draft.line, draft.first, draft.first + 1)
        ids = memory.story.known.forces_of(sayer.ids)
        chunk = replace(sayer.chunk, ids=ids, kind="actor")
        draft.recipients = [Filler(chunk, span, sayer.name, "the speaker's own loss", span)]
    draft.recipients = [_owned(f, draft, sayer) for f in draft.recipients]
    draft.recipients = [f for f in draft.recipients if f.chunk.ids or "aircraft" not in f.chunk.classes]
    draft.actors, draft.recipients = contingents(draft.actors, memory), contingents(draft.recipients, memory)
    _count(draft)
    if draft.frame.id == "displacement" and draft.tolls:
        draft.frame = replace(draft.frame, kind=Kind.QUANTITY, action=None)
        draft.subtype = "displaced"
    name_side(draft, memory)
    agentless = draft.actor_open and not draft.actors
    default_actors(draft, memory, sayer)
    fill_opponent(draft, memory)
    if agentless:
        as_toll(draft, memory, sayer)
    complete_sides(draft, memory, sayer)
    fight_back(draft, memory)
    fill_victims(draft, memory)
    if draft.frame.action == "mobilize":  # the troops that an army sends are its own
        own = {i for a in draft.actors for i in a.chunk.ids}
        draft.recipients = [r for r in draft.recipients if not set(r.chunk.ids) & own]
    if draft.frame.action in ("assault", "take") and not draft.frame.both:
        own = {i for a in draft.actors for i in a.chunk.ids}
        draft.recipients = [r for r in draft.recipients if not (set(r.chunk.ids) & own and "thing" in r.chunk.classes)]
    if not draft.places and draft.frame.kind in _PLACED:
        draft.places = _inherited_places(draft, memory)
    if not draft.places and draft.frame.kind == Kind.RESTRICTION and draft.frame.action == "coerce":
        draft.places = _ruled(draft, memory)
    mark_totals(draft)
    settle_days(draft, Told(memory.days, memory.aside, memory.story, memory.published, memory.places))


_OF_A_BODY = frozenset({"dissolution", "dismissal"})  # what is done to a body has no place


def _ruled(draft: Draft, memory: Memory) -> list[Filler]:
    """The case's first country, for what its rulers impose without saying where; [] for what others impose."""
    known = memory.story.known
    home = [f for f in draft.actors if f.chunk.ids and known.at_home(f.chunk.ids[0]) and "party" in f.chunk.classes]
    if not home or not known.home or (draft.subtype or draft.frame.subtype) in _OF_A_BODY:
        return []
    span = span_of(draft.line, draft.trigger, draft.trigger + 1)
    label = known.land_label(known.home)
    chunk = Chunk(draft.trigger, draft.trigger + 1, "country", label, country=known.home)
    return [Filler(chunk, span, label, "the country ruled", span)]


def _owned(filler: Filler, draft: Draft, sayer: Sayer | None) -> Filler:
    """ "one of its helicopters" in a party's mouth is that party's."""
    words = range(max(0, filler.chunk.first - 1), min(filler.chunk.last, len(draft.line.tokens)))
    own = any(draft.line.low(n) in draft.line.pack.words["possessives"] for n in words)
    if "aircraft" not in filler.chunk.classes or not own or not sayer or not sayer.ids or sayer.chunk is None:
        return filler
    return replace(filler, chunk=replace(sayer.chunk, ids=sayer.ids, kind="actor"), rule="the speaker's own")


def _count(draft: Draft) -> None:
    """The toll of a verb of harm whose words hold none: those to whom it was done, where they are counted or named."""
    if draft.tolls or draft.frame.kind != Kind.EVENT or draft.frame.harm not in _COUNTED or draft.negated:
        return
    chunks = [f.chunk for f in draft.recipients if f.inherited is None and f.chunk.first < len(draft.line.tokens)]
    persons = [c for c in chunks if "person" in c.classes]  # "the minister, X" is one
    found = [undergone(draft.line, c, draft.frame.harm) for c in persons or chunks]
    draft.tolls = [toll for toll in found if toll]


_COUNTED = frozenset({"killed", "wounded", "kidnapped", "captured", "freed"})


def _inherited_places(draft: Draft, memory: Memory) -> list[Filler]:
    scene = memory.story.place_for(draft.sentence)
    if scene and all(coarse(f.chunk) for f in memory.places):
        return [inherit(scene, "place of the story")]  # a country is no scene where a place is named
    if memory.scene and draft.frame.kind == Kind.QUANTITY and not all(coarse(f.chunk) for f in memory.scene):
        return [inherit(f, "where they fought") for f in memory.scene]
    if memory.places:
        return [inherit(f, "place of the story") for f in memory.places]
    return [inherit(scene, "place of the story")] if scene else []


def _unique(fillers: list[Filler]) -> list[Filler]:
    seen: set[object] = set()
    result = []
    for filler in fillers:
        key = filler.chunk.ids or filler.value
        if key not in seen:
            seen.add(key)
            result.append(filler)
    return result
