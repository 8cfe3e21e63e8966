"""Turns what a sentence leaves out of a happening into its two sides: who did it, who was hit, whose loss it is.
Invariant: a side comes from the text or from who speaks, and its rule is named; what nothing gives stays open."""

from dataclasses import replace

from faultline.coding.draft import Draft, Filler, span_of
from faultline.coding.line import Chunk, Line
from faultline.coding.memory import ASSAULTS, Memory
from faultline.coding.owners import mainly_of
from faultline.coding.referents import inherit
from faultline.coding.sayers import Sayer
from faultline.record.days import DayPrecision
from faultline.record.vocabulary import ActorKind, Kind

_ATTACKERS = frozenset({"attacker", "gunman", "militant", "jihadist", "rebel", "bomber", "mercenary", "militia"})


_OPEN = frozenset({"attacker", "gunman", "militant", "jihadist", "bomber", "people"})


_HARMED = frozenset({"killed", "wounded", "missing"})


def as_toll(draft: Draft, memory: Memory, sayer: Sayer | None) -> None:
    """A death with a number and nobody who did it is a toll once the text has told of the happening, unless its words
    set another place or day; in somebody's mouth, unless they set both; over a long spell, at once."""
    bare = draft.subtype in ("killing", "wounding") and draft.frame.harm in ("killed", "wounded")
    counted = any(t.casualties.best != 1 for t in draft.tolls)  # "a soldier died" is no count
    own_day = draft.days.known and not draft.days_inherited
    own_place = any(p.inherited is None for p in draft.places)
    spell = draft.days.precision in _SPELLS and (draft.days.length or _PERIOD + 1) > _PERIOD
    told = memory.events and not _another(draft, memory)
    later = draft.sentence > 0
    hurt = draft.frame.harm == "wounded" and later
    if bare and counted and (hurt or (spell and own_day) or told or (later and not (own_day and own_place))):
        draft.frame = replace(draft.frame, id="toll", kind=Kind.QUANTITY, subtype="fatalities")
        draft.subtype = "fatalities" if any(t.harm == "killed" for t in draft.tolls) else "wounded"


_SPELLS = frozenset({DayPrecision.INTERVAL, DayPrecision.SEASON, DayPrecision.YEAR})
_PERIOD = 45  # days; longer than the fights of one happening


def _another(draft: Draft, memory: Memory) -> bool:
    """Whether a place and a day of its own make it another happening than the one told before."""
    places = {i for p in draft.places if p.inherited is None for i in p.chunk.ids}
    scene = {i for p in memory.places for i in p.chunk.ids}
    elsewhere = bool(places) and bool(scene) and not places & scene
    told = memory.days[0]
    return elsewhere or (draft.days.known and told.known and not draft.days.overlaps(told))


def name_side(draft: Draft, memory: Memory) -> None:
    """ "côté ami", "on the X side": whose toll it is."""
    if draft.frame.kind != Kind.QUANTITY or not draft.tolls or any(r.chunk.group != "people" for r in draft.recipients):
        return
    line, known = draft.line, memory.story.known
    first = draft.tolls[0].chunk.first
    marks = [
        n
        for n in range(max(0, first - 8), min(draft.tolls[-1].last + 7, len(line.tokens)))
        if line.low(n) in line.pack.words["mark_nouns"]
    ]
    beside = [n for n in marks if not any(line.low(k) == "," for k in range(min(n, first), max(n, first)))]
    for n in beside or marks:
        for at in (n - 1, n + 1):
            if line.low(at) in line.pack.words["friendly"] | line.pack.words["hostile"]:
                draft.own_voice = (
                    known.actor_of("state_force", known.home),
                    line.low(at) in line.pack.words["friendly"],
                )
            if line.low(at) in line.pack.words["hostile"] and (theirs := _enemy(draft, memory)):
                draft.recipients = [inherit(f, "the enemy of who speaks") for f in theirs]
                return
            ids = _sided_ids(line, at, memory)
            if ids:
                chunk = Chunk(n, n + 1, "actor", known.actors[ids[0]].name, ids, known.classes(ids[0]))
                span = span_of(line, min(n, at), max(n, at) + 1)
                draft.recipients = [Filler(chunk, span, line.tokens[at].text, "the side named")]
                return


def _sided_ids(line: Line, at: int, memory: Memory) -> tuple[str, ...]:
    known = memory.story.known
    chunk, low = line.chunk_at(at), line.low(at)
    home = known.actor_of("state_force", known.home)
    if chunk and chunk.kind == "actor":
        return chunk.ids
    if low in line.pack.words["friendly"] or (known.demonym(low) == known.home and home):
        return (home,) if home else ()
    return ()


def _enemy(draft: Draft, memory: Memory) -> list[Filler]:
    """The attackers of the story."""
    return memory.attackers or memory.story.attackers


_TAKEN = frozenset({"capture", "recapture", "attack_failed", "control_lost", "fall", "siege_lifted"})


def fill_opponent(draft: Draft, memory: Memory) -> None:
    """From whom ground was taken: the other side, where the text names it; in a siege the people of the place."""
    known = memory.story.known
    if draft.frame.id in ("siege_blockade", "blockade_by") and not draft.recipients and draft.places:
        place = draft.places[0]
        chunk = replace(
            place.chunk, kind="group", group="civilians", ids=(), label="civilians", classes=frozenset({"people"})
        )
        draft.recipients = [Filler(chunk, place.span, "civilians", "people of the place", place.span)]
    ids = [i for a in draft.actors for i in a.chunk.ids]
    if draft.subtype == "coup" and not draft.recipients:
        draft.recipients = _overthrown(draft, memory)
    if draft.frame.id not in _TAKEN or draft.recipients or not ids or ids[0] not in known.actors:
        return
    if known.at_home(ids[0]):
        party = (
            memory.attackers[:1] or memory.story.attackers[:1] or [p for p in [memory.story.party_for("attacker")] if p]
        )
        draft.recipients = [inherit(f, "the other side") for f in party if not set(f.chunk.ids) & set(ids)]
    else:
        other = memory.story.home or _other_party(ids[0], memory)
        facing = other is not None and not set(other.chunk.ids) & set(ids)
        draft.recipients = [inherit(other, "the other side")] if other and facing else []


def _overthrown(draft: Draft, memory: Memory) -> list[Filler]:
    """Against whom a coup is: the government of the case's first country, where it is not the government that acts."""
    known = memory.story.known
    ids, label = known.government(known.home)
    if not ids or any(set(ids) & set(a.chunk.ids) for a in draft.actors):
        return []
    span = span_of(draft.line, draft.trigger, draft.trigger + 1)
    chunk = Chunk(draft.trigger, draft.trigger + 1, "actor", label, ids, frozenset({"party", "people"}))
    return [Filler(chunk, span, label, "a coup is against the government", span)]


def _other_party(actor: str, memory: Memory) -> Filler | None:
    """The only fighting party of the text on another side than the actor's."""
    known = memory.story.known
    side = known.actors[actor].side
    others = {
        f.chunk.ids[0]: f
        for _, f in memory.story.parties
        if known.actors[f.chunk.ids[0]].side not in ("", side) and "person" not in f.chunk.classes
    }
    return next(iter(others.values())) if side and len(others) == 1 else None


def fight_back(draft: Draft, memory: Memory) -> None:
    """Whom a party attacks where the words leave it out: those whom it fought in the sentences before."""
    ids = {i for a in draft.actors for i in a.chunk.ids}
    if draft.frame.id not in ASSAULTS or draft.recipients or not ids or draft.frame.both:
        return
    for sentence, first, second in reversed(memory.fought):
        if draft.sentence - sentence > 2:
            return
        for own, others in ((first, second), (second, first)):
            armed = [f for f in others if f.chunk.kind == "actor" and "armed" in f.chunk.classes]
            if armed and any(ids & set(f.chunk.ids) for f in own):
                draft.recipients = [inherit(f, "those fought before") for f in armed]
                return


def fill_victims(draft: Draft, memory: Memory) -> None:
    """Who was hit where a verb of assault leaves it out ("opened fire", "the attack lasted hours"): those whom the
    story has told of, unless a place, a day or an attacker of its own makes it another happening."""
    assault = draft.frame.kind == Kind.EVENT and draft.frame.id in _RESUMED
    if not assault or draft.recipients or draft.frame.both or not memory.events or _another(draft, memory):
        return
    if draft.rule.startswith("noun") and not _known_already(draft):
        return
    own = {i for a in draft.actors for i in a.chunk.ids}
    theirs = {i for a in memory.attackers for i in a.chunk.ids}
    if own and theirs and not own & theirs:
        return
    those = [f for f in memory.victims or memory.story.victims if "person" not in f.chunk.classes]
    draft.recipients = [inherit(f, "victims of the story") for f in those if not set(f.chunk.ids) & own]


_RESUMED = frozenset({"attack", "fire_upon", "ambush", "seizure", "kidnapping", "attack_suicide", "come_under_fire"})


def _known_already(draft: Draft) -> bool:
    """Whether an article says that the happening is known: "the attack", "l'assaut"."""
    line = draft.line
    return any(line.low(n) in line.pack.words["definite"] for n in range(max(0, draft.trigger - 3), draft.trigger))


def default_actors(draft: Draft, memory: Memory, sayer: Sayer | None) -> None:
    """A party that tells of the enemy's losses without an author speaks of itself; authorities restrict."""
    known = memory.story.known
    if draft.actors:
        return
    fighting = sayer is not None and bool(sayer.ids) and (known.at_home(sayer.ids[0]) or known.fights(sayer.ids[0]))
    enemy = fighting and any(
        r.chunk.group in _ATTACKERS or (known.fights(i) or known.at_home(i))
        for r in draft.recipients
        for i in (*r.chunk.ids, "")
    )
    own = set(sayer.ids) | set(known.forces_of(sayer.ids)) if sayer else set()
    enemy = enemy and not any(set(r.chunk.ids) & own for r in draft.recipients)
    strikes = draft.frame.id in ("airstrike", "attack_repelled", "shelling")
    if (
        sayer
        and sayer.ids
        and sayer.chunk
        and draft.actor_open
        and draft.frame.kind in (Kind.EVENT, Kind.QUANTITY)
        and (enemy or (strikes and fighting))
    ):
        ids = known.forces_of(sayer.ids)
        span = span_of(draft.line, draft.trigger, draft.trigger + 1)
        if ids[0] in known.actors and "armed" in known.classes(ids[0]):
            chunk = replace(sayer.chunk, ids=ids, kind="actor", label=known.actors[ids[0]].name)
            draft.actors = [Filler(chunk, span, sayer.name, "the speaker's own action", span)]
    if draft.frame.kind == Kind.RESTRICTION and _imposed_from_outside(draft):
        draft.actors = [inherit(f, "the bloc of the text") for f in _blocs(memory)[-1:]]
    elif draft.frame.kind == Kind.RESTRICTION and known.actor_of("government", known.home):
        ids = (known.actor_of("government", known.home),)
        span = span_of(draft.line, draft.trigger, draft.trigger + 1)
        chunk = Chunk(
            draft.trigger,
            draft.trigger + 1,
            "group",
            known.actors[ids[0]].name,
            ids,
            frozenset({"party"}),
            group="government",
        )
        draft.actors = [Filler(chunk, span, span_text(draft), "authorities restrict", span)]


_OUTSIDE = frozenset({"sanctions", "embargo"})


def _imposed_from_outside(draft: Draft) -> bool:
    """Whether it is sanctions that are told of: no state is under those of its own."""
    words = range(draft.first, draft.last)
    nouns = (draft.line.pack.nouns.at(draft.line.tokens, n) for n in words)
    return draft.frame.id in _OUTSIDE or any(found and found.value.id in _OUTSIDE for found in nouns)


def _blocs(memory: Memory) -> list[Filler]:
    """The regional bodies that the text names, in its order."""
    named = [f for _, f in memory.story.named if f.chunk.kind == "actor" and f.chunk.ids]
    return [f for f in named if memory.story.known.actors[f.chunk.ids[0]].kind == ActorKind.REGIONAL_BODY]


def span_text(draft: Draft) -> str:
    """The word of the trigger."""
    return draft.line.tokens[draft.trigger].text


def complete_sides(draft: Draft, memory: Memory, sayer: Sayer | None) -> None:
    """Who attacked and who was hit, where the sentence leaves it out."""
    harmed = bool(draft.tolls) and any(t.harm in _HARMED for t in draft.tolls)
    vague = all(r.chunk.group == "people" or r.chunk.kind == "number" for r in draft.recipients)
    if draft.tolls and vague and harmed and (among := _among(draft, memory)):
        draft.recipients, vague = among, False
    if draft.frame.kind == Kind.QUANTITY and draft.tolls and vague and harmed:
        those = [v for v in memory.victims if v.chunk.group != "people"] or memory.story.victims
        victims = [inherit(f, "victims of the story") for f in those if "person" not in f.chunk.classes]
        draft.recipients = victims or draft.recipients or _people(draft)
    if not draft.recipients and draft.frame.kind == Kind.QUANTITY and any(t.harm == "displaced" for t in draft.tolls):
        draft.recipients = _people(draft, "civilians")
    assault = draft.frame.kind == Kind.EVENT and draft.frame.action == "assault" and draft.actor_open
    if (assault or (draft.frame.kind == Kind.QUANTITY and harmed)) and not draft.actors:
        draft.actors = _authors(draft, memory, sayer, assault)
        if draft.frame.kind == Kind.QUANTITY:  # a toll is laid only on somebody who is named
            draft.actors = [f for f in draft.actors if f.chunk.ids]
    if assault or draft.frame.id in ASSAULTS or (draft.frame.kind == Kind.QUANTITY and harmed):
        _claimed(draft, memory)


def _authors(draft: Draft, memory: Memory, sayer: Sayer | None, assault: bool) -> list[Filler]:
    """Who did what the sentence tells only of those hit: for dead attackers those whom they had attacked."""
    hit = {i for r in draft.recipients for i in r.chunk.ids}
    theirs = {i for f in memory.attackers for i in f.chunk.ids}
    if theirs & hit or any(r.chunk.group in _ATTACKERS for r in draft.recipients):
        attacked = [v for v in memory.victims or memory.story.victims if "armed" in v.chunk.classes]
        attacked = [v for v in attacked if v.chunk.group not in _ATTACKERS]
        return [inherit(f, "those attacked in the story") for f in attacked if not set(f.chunk.ids) & hit]
    those = [f for f in memory.attackers or memory.story.attackers if not set(f.chunk.ids) & hit]
    if not those and assault and not draft.frame.both:
        hit |= set(sayer.ids) if sayer else set()  # who tells of it does not accuse itself
        return [inherit(f, "the only party of the text") for f in _only_enemy(hit, memory)]
    return [inherit(f, "attackers of the story") for f in those]


def _only_enemy(others: set[str], memory: Memory) -> list[Filler]:
    """The armed party that is the only one that the text names, unless it is one of the others: who was hit, who says
    so."""
    named = {f.chunk.ids: f for _, f in memory.story.parties if "person" not in f.chunk.classes}
    found = [f for f in named.values() if not set(f.chunk.ids) & others]
    return found if len(named) == 1 else []


def _among(draft: Draft, memory: Memory) -> list[Filler]:
    """ "17 dead among the soldiers", "dix corps de militaires": of whom the dead are."""
    line, last = draft.line, draft.tolls[-1].last
    if mainly := mainly_of(line, draft.tolls[0].chunk, len(line.tokens)):
        value = " ".join(t.text for t in line.tokens[mainly.first : mainly.last])
        return [Filler(mainly, span_of(line, mainly.first, mainly.last), value, "of whom most are")]
    for n in range(draft.tolls[0].chunk.last, min(last + 4, len(line.tokens))):
        if line.low(n) in line.pack.words["among_words"] or (n == last and line.low(n) in line.pack.words["of"]):
            near = line.low(n + 1) in line.pack.words["determiners"]
            chunk = line.chunk_at(n + 1) or (line.chunk_at(n + 2) if near else None)
            if chunk is not None and chunk.kind in ("actor", "group") and chunk.group != "people":
                value = " ".join(t.text for t in line.tokens[chunk.first : chunk.last])
                return [Filler(chunk, span_of(line, chunk.first, chunk.last), value, "of whom they are")]
    return []


def _people(draft: Draft, group: str = "people") -> list[Filler]:
    toll = draft.tolls[0].chunk
    span = span_of(draft.line, toll.first, toll.last)
    return [Filler(replace(toll, kind="group", group=group, label=group), span, group, "those counted")]


def _claimed(draft: Draft, memory: Memory) -> None:
    """Attackers whom the text does not name are those who claimed it or are blamed for it in the text."""
    open_actors = all(a.chunk.group in _OPEN and not a.chunk.ids for a in draft.actors)
    claimants = memory.story.claimants_for(draft.sentence)
    ids = {i for f in claimants for i in f.chunk.ids}
    if claimants and open_actors and not any(ids & set(r.chunk.ids) for r in draft.recipients):
        draft.actors = [inherit(f, "claimed or blamed in the text") for f in claimants]
