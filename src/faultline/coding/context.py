"""Fills what a sentence leaves to the others: the attackers, "the group", the place, the day. Invariant: what is
inherited is marked with where it stands; an open slot that nothing fills stays open."""

from dataclasses import dataclass, field, replace

from faultline.coding.dating import Told, settle_days
from faultline.coding.draft import Draft, Filler, span_of
from faultline.coding.line import Chunk, Line
from faultline.coding.sayers import Sayer
from faultline.coding.speech import Said
from faultline.coding.story import Story
from faultline.record.days import DayPrecision, Days
from faultline.record.text import Span
from faultline.record.vocabulary import Kind

ASSAULTS = frozenset(
    "attack ambush clash hit fire_upon attack_suicide attack_ied killing killing_by massacre kidnapping airstrike "
    "shelling siege_blockade blockade_by come_under_fire mine_strike leave_dead execution assassination hostage_taking "
    "wounding".split()
)
_ATTACKERS = frozenset({"attacker", "gunman", "militant", "jihadist", "rebel", "bomber", "mercenary", "militia"})
_PLACED = frozenset({Kind.EVENT, Kind.QUANTITY, Kind.CONTROL, Kind.ALLEGATION})
_OPEN = frozenset({"attacker", "gunman", "militant", "jihadist", "bomber"})
_HARMED = frozenset({"killed", "wounded", "missing"})


@dataclass(slots=True)
class Memory:
    """What the claims so far have set, and the story of the whole text."""

    story: Story
    published: Days
    attackers: list[Filler] = field(default_factory=list)
    victims: list[Filler] = field(default_factory=list)
    parties: list[Filler] = field(default_factory=list)
    speakers: list[Sayer] = field(default_factory=list)
    places: list[Filler] = field(default_factory=list)
    days: tuple[Days, Span | None] = (Days(), None)
    events: int = 0
    last_said: tuple[int, Said] | None = None

    def see(self, draft: Draft) -> None:
        """Remembers what a draft of the text has set."""
        if draft.frame.id in ASSAULTS:
            self.events += 1
            self.attackers = [a for a in draft.actors if a.chunk.kind in ("actor", "group")] or self.attackers
            people = [r for r in draft.recipients if r.inherited is None and "people" in r.chunk.classes]
            self.victims = people or self.victims
        for filler in (*draft.actors, *draft.recipients):
            if filler.inherited is None and filler.chunk.kind == "actor" and "party" in filler.chunk.classes:
                self.parties = [*[f for f in self.parties if f.chunk.ids != filler.chunk.ids][-5:], filler]
        own = [p for p in draft.places if p.inherited is None]
        if own and draft.frame.kind in (Kind.EVENT, Kind.QUANTITY, Kind.CONTROL):
            self.places = own
        dated = draft.days.precision in (DayPrecision.DAY, DayPrecision.INTERVAL) and not draft.days_inherited
        if draft.days.known and dated and draft.frame.kind in (Kind.EVENT, Kind.QUANTITY):
            self.days = (draft.days, draft.days_span)

    def speaker_for(self, pronoun: str) -> Sayer | None:
        """The last speaker that the pronoun may mean: "it" is no person."""
        neuter = pronoun in ("it", "group")
        fitting = [s for s in self.speakers if not (neuter and s.chunk is not None and "person" in s.chunk.classes)]
        if pronoun == "group":
            fitting = [s for s in fitting if not (s.ids and self.story.known.at_home(s.ids[0]))]
        return fitting[-1] if fitting else None

    def carried(self, draft: Draft) -> Said | None:
        """The speaker of the sentence before, for a toll without a verb ("On their side: three dead"), and the author
        of a statement that the whole text retells."""
        if self.story.statement and draft.sentence > 0:
            return self.story.statement
        if draft.frame.kind == Kind.QUANTITY and self.last_said and draft.sentence - self.last_said[0] == 1:
            return self.last_said[1] if _verbless(draft.line) else None
        return None


TAKING = frozenset({"capture", "recapture", "capture_of", "fall", "holds"})


def attackers_of(draft: Draft) -> list[Filler]:
    """The armed actors of an assault, where the words name them."""
    return [a for a in draft.actors if a.chunk.kind in ("actor", "group") and "armed" in a.chunk.classes]


CLAIMING = frozenset({"claim_responsibility", "claim_event", "attribute", "blame", "accuse", "suspect"})


def blamed(draft: Draft) -> list[Filler]:
    """Whom a claim of responsibility, an accusation or an attribution names as the author."""
    if draft.negated:
        return []
    fillers = draft.actors if draft.frame.id.startswith("claim_") else draft.recipients
    return [f for f in fillers if f.chunk.kind == "actor" and "armed" in f.chunk.classes]


def complete(draft: Draft, memory: Memory, sayer: Sayer | None) -> None:
    """Fills the open slots of a draft from the memory of the document and from who speaks."""
    together = memory.story.together_for(draft.sentence)
    if any(_stands_for_list(f.chunk) for f in draft.actors) and together:
        draft.actors = [_inherit(f, "those listed before") for f in together]
    draft.actors = _unique([_resolved(f, memory, draft.line, sayer) for f in draft.actors if f.chunk.kind != "number"])
    if draft.frame.action == "withdraw":
        draft.recipients = []
    draft.recipients = _unique([_resolved(f, memory, draft.line, sayer) for f in draft.recipients])
    if not draft.actors and draft.subject_pronoun and not draft.frame.swap:
        draft.actors = _pronoun(draft, memory, sayer)
    if draft.own_loss and not draft.recipients and sayer and sayer.chunk:
        span = span_of(draft.line, draft.first, draft.first + 1)
        draft.recipients = [
            Filler(replace(sayer.chunk, ids=sayer.ids, kind="actor"), span, sayer.name, "the speaker's own loss", span)
        ]
    _side(draft, memory)
    _default_actors(draft, memory, sayer)
    _opponent(draft, memory)
    _as_toll(draft, memory, sayer)
    _complete_sides(draft, memory)
    if draft.frame.action == "assault" and not draft.frame.both:
        own = {i for a in draft.actors for i in a.chunk.ids}
        draft.recipients = [r for r in draft.recipients if not (set(r.chunk.ids) & own and "thing" in r.chunk.classes)]
    if not draft.places and draft.frame.kind in _PLACED:
        draft.places = _inherited_places(draft, memory)
    settle_days(draft, Told(memory.days, memory.story, memory.published, memory.places))


def _verbless(line: Line) -> bool:
    return not any(
        t.low in line.pack.auxiliaries
        or ((t.low in line.pack.verbs and not line.chunk_at(n)) and t.low not in line.pack.words["harm_words"])
        for n, t in enumerate(line.tokens)
    )


def _as_toll(draft: Draft, memory: Memory, sayer: Sayer | None) -> None:
    """A death with a number and nobody who did it is a toll once the text has told of the happening, or when said."""
    agentless = draft.actor_open and not any(a.inherited is None for a in draft.actors)
    told = bool(memory.events) or (sayer is not None and draft.frame.id == "death")
    bare = draft.subtype in ("killing", "wounding") and draft.frame.harm in ("killed", "wounded")
    if bare and told and draft.tolls and agentless:
        draft.frame = replace(draft.frame, id="toll", kind=Kind.QUANTITY, subtype="fatalities")
        draft.subtype = "fatalities" if any(t.harm == "killed" for t in draft.tolls) else "wounded"


def _side(draft: Draft, memory: Memory) -> None:
    """ "côté ami", "on the X side": whose toll it is."""
    if draft.frame.kind != Kind.QUANTITY or not draft.tolls or any(r.chunk.group != "people" for r in draft.recipients):
        return
    line, known = draft.line, memory.story.known
    first = draft.tolls[0].chunk.first
    for n in range(max(0, first - 8), min(draft.tolls[-1].last + 7, len(line.tokens))):
        if line.low(n) not in line.pack.words["mark_nouns"]:
            continue
        for at in (n - 1, n + 1):
            if line.low(at) in line.pack.words["friendly"] | line.pack.words["hostile"]:
                draft.own_voice = (
                    known.actor_of("state_force", known.home),
                    line.low(at) in line.pack.words["friendly"],
                )
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
    if low in line.pack.words["hostile"]:
        found = memory.attackers or memory.story.attackers
        return found[0].chunk.ids if found else ()
    return ()


_TAKEN = frozenset({"capture", "recapture", "attack_failed", "control_lost", "fall", "siege_lifted"})


def _opponent(draft: Draft, memory: Memory) -> None:
    """From whom ground was taken: the other side, where the text names it; in a siege the people of the place."""
    known = memory.story.known
    if draft.frame.id in ("siege_blockade", "blockade_by") and not draft.recipients and draft.places:
        place = draft.places[0]
        chunk = replace(
            place.chunk, kind="group", group="civilians", ids=(), label="civilians", classes=frozenset({"people"})
        )
        draft.recipients = [Filler(chunk, place.span, "civilians", "people of the place", place.span)]
    ids = [i for a in draft.actors for i in a.chunk.ids]
    if draft.frame.id not in _TAKEN or draft.recipients or not ids or ids[0] not in known.actors:
        return
    if known.at_home(ids[0]):
        party = (
            memory.attackers[:1] or memory.story.attackers[:1] or [p for p in [memory.story.party_for("attacker")] if p]
        )
        draft.recipients = [_inherit(f, "the other side") for f in party if not set(f.chunk.ids) & set(ids)]
    elif memory.story.home:
        draft.recipients = [_inherit(memory.story.home, "the other side")]


def _default_actors(draft: Draft, memory: Memory, sayer: Sayer | None) -> None:
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
    own = set(sayer.ids if sayer else ())
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
        ids = (known.actor_of("state_force", known.home),) if known.at_home(sayer.ids[0]) else sayer.ids
        span = span_of(draft.line, draft.trigger, draft.trigger + 1)
        if ids[0] in known.actors and "armed" in known.classes(ids[0]):
            chunk = replace(sayer.chunk, ids=ids, kind="actor", label=known.actors[ids[0]].name)
            draft.actors = [Filler(chunk, span, sayer.name, "the speaker's own action", span)]
    if draft.frame.kind == Kind.RESTRICTION and known.actor_of("government", known.home):
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


def span_text(draft: Draft) -> str:
    """The word of the trigger."""
    return draft.line.tokens[draft.trigger].text


def _complete_sides(draft: Draft, memory: Memory) -> None:
    """Who attacked and who was hit, where the sentence leaves it out."""
    harmed = bool(draft.tolls) and any(t.harm in _HARMED for t in draft.tolls)
    if draft.frame.kind == Kind.QUANTITY and draft.tolls and not draft.recipients and harmed:
        draft.recipients = [_inherit(f, "victims of the story") for f in memory.victims] or _people(draft)
    assault = draft.frame.kind == Kind.EVENT and draft.frame.action == "assault" and draft.actor_open
    if (assault or (draft.frame.kind == Kind.QUANTITY and harmed)) and not draft.actors:
        theirs = {i for f in memory.attackers for i in f.chunk.ids}
        if any(theirs & set(r.chunk.ids) for r in draft.recipients) or any(
            r.chunk.group in _ATTACKERS for r in draft.recipients
        ):
            armed = [v for v in memory.victims if "armed" in v.chunk.classes]
            draft.actors = [_inherit(f, "those attacked in the story") for f in armed]
        else:
            draft.actors = [_inherit(f, "attackers of the story") for f in memory.attackers or memory.story.attackers]
    if assault or draft.frame.id in ASSAULTS or (draft.frame.kind == Kind.QUANTITY and harmed):
        _claimed(draft, memory)


def _people(draft: Draft) -> list[Filler]:
    toll = draft.tolls[0].chunk
    span = span_of(draft.line, toll.first, toll.last)
    return [Filler(replace(toll, kind="group", group="people", label="people"), span, "people", "those counted")]


def _claimed(draft: Draft, memory: Memory) -> None:
    """Attackers whom the text does not name are those who claimed it or are blamed for it in the text."""
    open_actors = all(a.chunk.group in _OPEN and not a.chunk.ids for a in draft.actors)
    claimants = memory.story.claimants_for(draft.sentence)
    ids = {i for f in claimants for i in f.chunk.ids}
    if claimants and open_actors and not any(ids & set(r.chunk.ids) for r in draft.recipients):
        draft.actors = [_inherit(f, "claimed or blamed in the text") for f in claimants]


def _inherited_places(draft: Draft, memory: Memory) -> list[Filler]:
    if memory.places:
        return [_inherit(f, "place of the story") for f in memory.places]
    scene = memory.story.place_for(draft.sentence)
    return [_inherit(scene, "place of the story")] if scene else []


def _inherit(filler: Filler, rule: str) -> Filler:
    return Filler(filler.chunk, filler.inherited or filler.span, filler.value, rule, filler.inherited or filler.span)


def _unique(fillers: list[Filler]) -> list[Filler]:
    seen: set[object] = set()
    result = []
    for filler in fillers:
        key = filler.chunk.ids or filler.value
        if key not in seen:
            seen.add(key)
            result.append(filler)
    return result


def _stands_for_list(chunk: Chunk) -> bool:
    """ "the three", "the two groups", "the three states"."""
    few = chunk.quantity is not None and chunk.quantity.best in (2, 3, 4)
    return chunk.kind == "number" or (few and chunk.group in ("anaphor", "government", "junta"))


def _resolved(filler: Filler, memory: Memory, line: Line, sayer: Sayer | None) -> Filler:
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


def _pronoun(draft: Draft, memory: Memory, sayer: Sayer | None) -> list[Filler]:
    """ "it attacked" in a party's mouth is that party; else the party last named."""
    word = draft.subject_pronoun
    if sayer and sayer.ids and sayer.chunk and sayer.voice == "named":
        span = span_of(draft.line, draft.first, draft.first + 1)
        chunk = replace(sayer.chunk, ids=sayer.ids, kind="actor")
        return [Filler(chunk, span, sayer.name, f"pronoun {word}, the speaker", span)]
    together = memory.story.together_for(draft.sentence)
    if word in ("they", "ils", "elles", "them") and len(together) > 2:
        return [_inherit(f, f"pronoun {word}") for f in together]
    groups = [p for p in memory.parties if "person" not in p.chunk.classes]
    if groups and word in ("it", "they", "ils", "il", "elle", "elles"):
        return [_inherit(groups[-1], f"pronoun {word}")]
    if memory.parties and word in ("it", "they", "il", "ils", "elle", "elles"):
        return [_inherit(memory.parties[-1], f"pronoun {word}")]
    return []
