"""Turns pronouns and nouns that refer back ("they", "the group", "its fighters") into those of the text whom they mean.
Invariant: what is resolved keeps where it stands and where it was taken from; what nothing fits stays as written."""

from dataclasses import replace

from faultline.coding.draft import Draft, Filler, span_of
from faultline.coding.line import Chunk, Line
from faultline.coding.memory import Memory
from faultline.coding.sayers import Sayer
from faultline.record.vocabulary import ActorKind, Kind

_FAR = 2  # sentences back that a pronoun may reach
SOME = "some"  # a number or a word for a part ("nine were freed") in place of a pronoun


_BY_CAPTORS = frozenset({"yield", "coerce"})
_JUNTA = frozenset({"junta", "mutineer"})


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
    if "person" in chunk.classes and not chunk.ids and (whole := _in_short(filler, memory, line)):
        return _known(filler, whole, "its name in full")
    if mission := _mission_of(chunk, memory):
        return replace(filler, chunk=mission, rule=f"{filler.rule}, the mission of that time")
    if chunk.kind != "group" and not _is_open(chunk, memory):
        return filler
    if _possessed(line, chunk, "possessives_many") and (those := _plural_owner(filler, memory)):
        return _known(filler, those, "whose they are")
    own = _possessed(line, chunk) or (chunk.group == "anaphor" and sayer and _is_such(sayer.ids, chunk, memory, line))
    if own and sayer and sayer.ids and sayer.chunk:
        return Filler(replace(sayer.chunk, ids=sayer.ids, kind="actor"), filler.span, filler.value, "the speaker's own")
    if own and sayer and sayer.chunk and sayer.chunk.kind == "country":  # of a country that the case has no actor for
        state = memory.story.known.acting(sayer.chunk)
        return Filler(state, filler.span, state.label, "the speaker's own")
    if chunk.group == "attacker" and (assailants := _assailants(memory)) and assailants.chunk.group != "attacker":
        return _known(filler, assailants, "attackers of the story")
    if chunk.group == "anaphor" and (meant := _group_meant(filler, memory, line)):
        return _known(filler, meant, "the group of the story")
    junta = memory.story.known.junta_on(memory.published.last_day) if chunk.group in _JUNTA else ""
    if junta and chunk.country in ("", memory.story.known.home):
        known = memory.story.known
        named = replace(
            chunk, ids=(junta,), label=known.actors[junta].name, classes=known.classes(junta) | chunk.classes
        )
        return replace(filler, chunk=named, rule="the junta of that time")
    if chunk.group == "nationals" and (force := memory.story.national_party(chunk.country)):
        return _known(filler, force, "its force in the text")
    if chunk.group == "jihadist" and (memory.story.claimants or not _definite(line, chunk)):
        return filler  # "suspected jihadists" are nobody in particular
    group = "rebel" if _is_open(chunk, memory) else chunk.group
    party = memory.story.party_for(group) if group in ("rebel", "jihadist", "anaphor", "attacker") else None
    return _known(filler, party, f"the {group} party of the text") if party else filler


def _assailants(memory: Memory) -> Filler | None:
    """The first of the attackers that is not the state's own force: nobody calls that one "the assailants"."""
    known = memory.story.known
    fitting = [f for f in memory.attackers if not (f.chunk.ids and known.at_home(f.chunk.ids[0]))]
    return fitting[0] if fitting else None


_BODIES = frozenset({ActorKind.ORGANISATION, ActorKind.REGIONAL_BODY})


def _mission_of(chunk: Chunk, memory: Memory) -> Chunk | None:
    """ "peacekeepers", "UN soldiers", "a base of the UN": the mission of that time; None for anybody else."""
    known = memory.story.known
    body = chunk.ids[0] if chunk.ids and chunk.ids[0] in known.actors else ""
    soldiers = chunk.group == "peacekeeper" and not body
    sent = bool(body) and known.actors[body].kind in _BODIES and bool(chunk.classes & {"armed", "manned"})
    mission = known.mission_on(body, memory.published.last_day) if soldiers or sent else ""
    if not mission:
        return None
    return replace(
        chunk,
        kind="actor",
        ids=(mission,),
        label=known.actors[mission].name,
        classes=known.classes(mission) | chunk.classes,
    )


def contingents(fillers: list[Filler], memory: Memory) -> list[Filler]:
    """The fillers, and the country of those who are soldiers of a mission ("Chadian peacekeepers"), whom both lose."""
    known, found = memory.story.known, list(fillers)
    for filler in fillers:
        chunk = filler.chunk
        mission = (
            chunk.ids and chunk.ids[0] in known.actors and known.actors[chunk.ids[0]].kind == ActorKind.PEACEKEEPING
        )
        if mission and chunk.country and chunk.country != known.home:
            ids, label = known.government(chunk.country)
            own = replace(chunk, kind="actor", ids=ids, label=label, group="", classes=frozenset({"party", "people"}))
            found.append(Filler(own, filler.span, label, "contingent of a mission", filler.inherited))
    return found


def _in_short(filler: Filler, memory: Memory, line: Line) -> Filler | None:
    """The party or person named before by a longer name that holds all words of this one ("the Council")."""
    chunk, small = filler.chunk, line.pack.words["determiners"] | line.pack.words["titles"]
    words = {line.low(n) for n in range(chunk.first, chunk.last)} - small
    for _, named in reversed(memory.story.named):
        before = named.span.end <= filler.span.start and named.chunk.ids and named.chunk.kind == "actor"
        if before and words and words < set(memory.story.known.words_of(named.chunk.ids[0])):
            return named
    return None


_KINDS = {
    "fighting": {ActorKind.ARMED_GROUP, ActorKind.COALITION, ActorKind.MILITIA, ActorKind.UNKNOWN},
    "force": {ActorKind.PEACEKEEPING, ActorKind.FOREIGN_FORCE, ActorKind.PRIVATE_MILITARY},
    "bloc": {ActorKind.REGIONAL_BODY, ActorKind.COALITION},
    "junta": {ActorKind.JUNTA},
    "body": {ActorKind.ORGANISATION, ActorKind.REGIONAL_BODY, ActorKind.CIVIL_SOCIETY, ActorKind.POLITICAL},
}


def _group_meant(filler: Filler, memory: Memory, line: Line) -> Filler | None:
    """The last party named before "the movement", "la mission", "the bloc" that is of such a kind."""
    for _, named in reversed(memory.story.named):
        before = named.span.start < filler.span.start and named.chunk.kind == "actor"
        if before and _is_such(named.chunk.ids, filler.chunk, memory, line):
            return named
    return memory.parties[-1] if memory.parties else None


def _is_such(ids: tuple[str, ...], chunk: Chunk, memory: Memory, line: Line) -> bool:
    """Whether an actor is of a kind that "the movement", "la mission", "the bloc" may mean."""
    actor = memory.story.known.actors.get(ids[0]) if ids else None
    words = {line.low(n) for n in range(chunk.first, chunk.last)}
    names = {name for form, name in line.pack.anaphors.items() if form in words}
    return actor is not None and (not names or "any" in names or any(actor.kind in _KINDS[n] for n in names))


def _definite(line: Line, chunk: Chunk) -> bool:
    """Whether an article says that they are known: "the jihadists", "les jihadistes", "ces combattants"."""
    return any(line.low(n) in line.pack.words["definite"] for n in (chunk.first - 1, chunk.first))


def _is_open(chunk: Chunk, memory: Memory) -> bool:
    """A case's actor for texts that name no movement ("Tuareg rebels")."""
    actor = memory.story.known.actors.get(chunk.ids[0]) if chunk.ids else None
    return actor is not None and actor.kind == "unknown" and "rebel" in actor.name.lower()


def _known(filler: Filler, known: Filler, rule: str) -> Filler:
    return Filler(known.chunk, filler.span, filler.value, rule, known.inherited or known.span)


def _plural_owner(filler: Filler, memory: Memory) -> Filler | None:
    """Those of the sentences before whom "their" means: several, or a party in the plural."""
    for _, first, second in reversed(memory.roles[-3:]):
        for chosen in (first, second):
            fitting = [f for f in chosen if f.chunk.kind == "actor" and "armed" in f.chunk.classes]
            if fitting:
                return fitting[0]
    return None


def _possessed(line: Line, chunk: Chunk, words: str = "possessives") -> bool:
    noun = (
        line.low(chunk.last - 1) in line.pack.words["members"]
        or line.low(chunk.first + 1) in line.pack.words["members"]
    )
    return noun and any(line.low(n) in line.pack.words[words] for n in range(max(0, chunk.first - 1), chunk.last))


def pronoun_fillers(draft: Draft, memory: Memory, sayer: Sayer | None) -> list[Filler]:
    """Whom the pronoun that is the subject means: who speaks, those listed together, the last subject that fits."""
    word = draft.subject_pronoun
    if sayer and sayer.chunk and sayer.voice == "named" and _speaks_of_itself(draft, sayer, word):
        span = span_of(draft.line, draft.first, draft.first + 1)
        chunk = replace(sayer.chunk, ids=sayer.ids, kind="actor") if sayer.ids else sayer.chunk
        speaker = Filler(chunk, span, sayer.name, f"pronoun {word}, the speaker", span)
        return [speaker if sayer.ids else resolved(speaker, memory, draft.line, None)]
    together = memory.story.together_for(draft.sentence)
    if _number(draft.line, word) == "parties" and len(together) > 2:
        return [inherit(f, f"pronoun {word}") for f in together]
    return [inherit(f, f"pronoun {word}") for f in _antecedent(draft, memory, _number(draft.line, word), False)]


def undergoer_fillers(draft: Draft, memory: Memory, sayer: Sayer | None) -> list[Filler]:
    """Whom the pronoun or the bare number means that is the subject of a passive ("they were freed", "some were
    freed"): first those to whom the last thing was done."""
    word = draft.subject_pronoun
    if word not in draft.line.pack.words["partitives"] and word != SOME:
        return pronoun_fillers(draft, memory, sayer)
    for sentence, fillers, doers in reversed(memory.undergone):
        people = [f for f in fillers if "people" in f.chunk.classes]
        if people and draft.sentence - sentence <= _FAR:
            if draft.frame.action in _BY_CAPTORS and not draft.actors:
                draft.actors = [inherit(f, "who held them") for f in doers]
            return [inherit(f, "of those before") for f in people]
    return []


def gapped_fillers(draft: Draft, memory: Memory) -> list[Filler]:
    """Whose verb it is that has no subject ("..., and wants the Council to meet"): the last subject of the sentence."""
    for sentence, subjects, _ in reversed(memory.roles):
        if sentence != draft.sentence:
            break
        fitting = [f for f in subjects if f.chunk.kind in ("actor", "group", "person") and f.chunk.kind != "asset"]
        if fitting:
            return [inherit(f, "the subject before") for f in fitting]
    return []


def object_fillers(draft: Draft, memory: Memory) -> list[Filler]:
    """Whom the pronoun that is the object means ("killed them", "les a enlevés"): not those who act."""
    word = draft.object_pronoun
    if word in draft.line.pack.words["of_things"] or draft.frame.kind == Kind.TALK:
        return []
    number = {"them": "parties", "les": "parties", "leur": "parties"}.get(word, "any")
    number = "person" if word in ("him", "her") else number
    return [inherit(f, f"pronoun {word}") for f in _antecedent(draft, memory, number, True)]


def _speaks_of_itself(draft: Draft, sayer: Sayer, word: str) -> bool:
    """Whether the pronoun in somebody's mouth may be the speaker: "he" is no movement, "it" no person."""
    person = sayer.chunk is not None and "person" in sayer.chunk.classes
    number = _number(draft.line, word)
    return not person or number in ("person", "any") or word in draft.line.pack.words["we"]


def _number(line: Line, word: str) -> str:
    """What a pronoun stands for: person, party, parties, or any where the word does not say."""
    return str(line.pack.names["pronouns"].get(word, "any"))


def _antecedent(draft: Draft, memory: Memory, number: str, object_: bool) -> list[Filler]:
    """The last subjects of the text before a draft that fit; for an object those to whom the last thing was done."""
    own = {f.chunk.ids or f.value for f in draft.actors}
    for sentence, subjects, others in reversed(memory.roles):
        if draft.sentence - sentence > _FAR:
            break
        for chosen in (others, subjects) if object_ else (subjects, others):
            fitting = [f for f in chosen if f.chunk.kind in ("actor", "group", "person")]
            if fitting and not any((f.chunk.ids or f.value) in own for f in fitting) and _fits(fitting, number):
                return fitting
    for sentence, filler in reversed(memory.story.named):
        before = sentence < draft.sentence or (
            sentence == draft.sentence and filler.span.end <= draft.line.tokens[draft.first].start
        )
        if before and draft.sentence - sentence <= _FAR and _fits([filler], number) and filler.chunk.ids:
            return [filler] if (filler.chunk.ids or filler.value) not in own else []
    return []


_MANY = frozenset({"people", "civilians", "worker", "hostage", "refugees", "protester", "official"})  # never "it"


def _fits(fillers: list[Filler], number: str) -> bool:
    """Whether those found may be meant by a pronoun of that number."""
    one = fillers[0].chunk
    single = "person" in one.classes or one.kind == "person" or (one.group == "official" and not one.quantity)
    if number == "person":
        return len(fillers) == 1 and single
    if number == "party":
        many = one.group in _MANY or (one.quantity is not None and one.quantity.best != 1 and not one.ids)
        return len(fillers) == 1 and not single and not many
    if number == "parties":
        return len(fillers) > 1 or not single
    return True
