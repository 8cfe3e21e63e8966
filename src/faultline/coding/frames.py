"""Turns the verb groups of a line into drafts of claims. Invariant: a verb whose frame asks for an object or a subject
that is not there makes no claim; what is only wanted, refused or feared is not made a happening."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from faultline.coding.draft import Draft, Filler, fill
from faultline.coding.extent import extent_of
from faultline.coding.frame_sides import sides_by_frame, spoken_to
from faultline.coding.known import Known
from faultline.coding.lexicon import Frame, Verb, load_frames
from faultline.coding.line import Chunk, Line
from faultline.coding.misread import FORBIDDING_WHERE_NEGATED, Parts, misread, stative
from faultline.coding.objects import any_class, noun_object
from faultline.coding.owners import companions_of, helpers_in, house_of, mainly_of, owners_of, person_named, soldiers_of
from faultline.coding.realised import goes_on, realised
from faultline.coding.referents import SOME
from faultline.coding.roles import (
    ENTITY,
    Clause,
    after_preposition,
    agents_of,
    antecedent_object,
    clause_of,
    object_pronoun,
    objects_of,
    subject_of,
    without_apposition,
)
from faultline.coding.said import Said
from faultline.coding.tails import tail_end
from faultline.coding.verbs import INTRANSITIVE, VerbGroup
from faultline.record.vocabulary import Kind

_PARTY = frozenset({"party", "armed", "people"})


@dataclass(frozen=True, slots=True)
class Reading:
    """A line with what the grammar needs to read its verbs."""

    line: Line
    text: str
    sentence: int
    clauses: Sequence[Clause]
    groups: Sequence[VerbGroup]
    known: Known
    speech: Sequence[Said] = ()


def verbal_drafts(reading: Reading) -> list[Draft]:
    """A draft for each verb group that states something."""
    drafts = []
    for group in reading.groups:
        draft = _draft(reading, group)
        if draft:
            drafts.append(draft)
    return drafts


def _draft(reading: Reading, group: VerbGroup) -> Draft | None:
    line = reading.line
    clause = _with_content(reading, clause_of(reading.clauses, group.head))
    if group.mood in ("gerund", "perfect") and clause.first == 0 and group.first <= 3:
        clause = _opening(line, group, clause)
    if (group.mood == "infinitive" and not realised(line, group)) or _adjective(line, group):
        return None
    if group.mood == "gerund" and not goes_on(line, group):
        return None
    if (
        group.reduced
        and not _agents(line, group, clause)
        and any(v.frame.harm or v.frame.id in INTRANSITIVE for v in group.verbs)
    ):
        return None  # "two soldiers killed": the toll says it
    subjects, rule = subject_of(line, group, reading.clauses)
    if _object_of_another(reading, group, subjects, clause):
        return None
    wanted = antecedent_object(line, group, clause, rule)
    for verb in group.verbs:
        voice = "passive" if stative(line, verb) else group.voice
        whole = replace(group, last=tail_end(line, group.head, verb), voice=voice)
        objects = [] if voice == "passive" else objects_of(line, whole, clause.last) or wanted
        parts = Parts(whole, verb, subjects, objects, clause, rule)
        if _fits(line, parts):
            return filled(reading, parts)
    return None


def _opening(line: Line, group: VerbGroup, clause: Clause) -> Clause:
    """ "Après avoir occupé X, le Y a ...": what opens the sentence ends with its comma."""
    comma = next((n for n in range(group.last, clause.last) if line.low(n) == ","), clause.last)
    while comma < clause.last and _listed_on(line, comma):
        comma = next((n for n in range(comma + 1, clause.last) if line.low(n) == ","), clause.last)
    return replace(clause, last=comma)


def _listed_on(line: Line, comma: int) -> bool:
    """Whether a comma stands in a list of places ("X, Y et Z")."""
    before, after = line.chunk_at(comma - 1), line.chunk_at(comma + 1)
    return before is not None and after is not None and before.kind == after.kind == "place"


def _object_of_another(reading: Reading, group: VerbGroup, subjects: Sequence[Chunk], clause: Clause) -> bool:
    """ "fired on people gathered for market day": the noun is the object of the verb before, the form a participle."""
    line = reading.line
    tags = line.pack.verb_tags.get(line.low(group.head), frozenset())
    if group.first != group.head or group.mood != "finite" or not subjects or "pp" not in tags:
        return False
    before = [g for g in reading.groups if clause.first <= g.head < group.head]
    if not before or _first_finite(line, before, clause, group.first):
        return False
    between = [line.low(n) for n in range(before[-1].last, group.first)]
    linked = any(w in line.pack.words["coordinators"] or w == "," for w in between)
    return not linked or any(before[-1].head < c.first < group.head for c in subjects)


def _first_finite(line: Line, before: Sequence[VerbGroup], clause: Clause, at: int) -> bool:
    """ "Troops backed by X fought Y": whether only participles and gerunds stand in the clause before a verb form."""
    bare = all(g.reduced or g.mood == "gerund" for g in before)
    return bare and not any(line.low(n) in line.pack.auxiliaries for n in range(clause.first, at))


def _with_content(reading: Reading, clause: Clause) -> Clause:
    """A clause of saying with the clause that it says, for verbs that are both ("claimed the attack")."""
    following = next((c for c in reading.clauses if c.first == clause.last and c.opener == "content"), None)
    return replace(clause, last=following.last) if clause.opener == "said" and following else clause


def _fits(line: Line, parts: Parts) -> bool:
    group, verb, clause, subjects = parts.group, parts.verb, parts.clause, parts.subjects
    frame, objects = verb.frame, parts.objects
    if misread(line, parts):
        return False
    undergoer = subjects if group.voice == "passive" else objects
    if frame.id == "attack_repelled" and not doer_known(subjects) and not undergoer and group.voice != "passive":
        return False
    if frame.id in _GROUND and undergoer and all("person" in c.classes for c in undergoer):
        return False  # "was taken to hospital"
    if frame.object and not any_class(undergoer, frame.object, line, group, clause):
        meant = object_pronoun(line, group)
        if group.voice == "passive" or not _stands_for(line, meant, frame):
            return False
    if "bloc" in frame.object and not any(
        "bloc" in c.classes
        for c in undergoer
        + after_preposition(line, group.last, clause.last, line.pack.words["of"] | frozenset({"from"}), ENTITY)
    ):
        return False
    fit = any(c.classes & frame.subject for c in subjects) or (not subjects and _has_pronoun(line, group, clause))
    if frame.subject and group.voice != "passive" and not fit:
        return False
    if group.reduced and frame.kind not in (Kind.EVENT, Kind.RESTRICTION):
        return frame.id in ("leadership", "founding")
    told = (Kind.EVENT, Kind.RESTRICTION)
    return not (group.mood == "gerund" and frame.kind not in told and line.low(group.first - 1) in (",", "after"))


_GROUND = frozenset({"capture", "recapture", "holds"})
_TAKEN_FROM = frozenset({"capture", "recapture", "seizure", "looting", "theft"})


_GIVERS = frozenset({"actor", "group"})


def _stands_for(line: Line, pronoun: str, frame: Frame) -> bool:
    """Whether an object pronoun may stand for what the frame asks for ("les a tués", "s'en est emparé", "took it")."""
    if pronoun in line.pack.words["of_things"]:
        return bool(frame.object & {"place", "site", "thing", "vehicle"})
    return bool(pronoun) and bool(frame.object & {"people", "party", "place", "site", "vehicle"})


def _has_pronoun(line: Line, group: VerbGroup, clause: Clause) -> bool:
    words = line.pack.words["pronouns"] | line.pack.words["subject_relatives"] | line.pack.words["communique"]
    return group.mood == "perfect" or any(line.low(n) in words for n in range(clause.first, group.first))


def _adjective(line: Line, group: VerbGroup) -> bool:
    """ "suspected and convicted jihadists": a participle right before its noun."""
    chunk = line.chunk_at(group.last)
    return (
        line.pack.language == "en"
        and group.reduced
        and chunk is not None
        and chunk.kind in ENTITY
        and line.low(group.last) not in line.pack.words["by"]
    )


def doer_known(chunks: Sequence[Chunk]) -> bool:
    """Whether somebody stands there who can act."""
    return any(c.kind in ENTITY or "military" in c.classes for c in chunks)


def filled(reading: Reading, parts: Parts) -> Draft:
    """The draft of a verb with its parts: who does it to whom, over which words, how sure."""
    group, verb, clause, subjects = parts.group, parts.verb, parts.clause, parts.subjects
    line, frame, rule = reading.line, verb.frame, parts.rule
    actors, recipients = subjects, parts.objects
    if group.voice == "passive":
        actors, recipients = agents_of(line, group) or _agents(line, group, clause), subjects
    elif frame.swap:
        actors, recipients = _from(line, group, clause), subjects
    if not recipients and not frame.swap and frame.kind != Kind.ASSESSMENT:
        recipients = after_preposition(
            line, group.last, clause.last, line.pack.words["against"] | line.pack.words["with"], ENTITY
        )
        facing = line.pack.words["with"] | {"against", "contre"}
        recipients = [c for c in recipients if c.kind not in ("country", "capital") or line.low(c.first - 1) in facing]
    if frame.id in ("attribute", "blame"):
        accused = after_preposition(line, group.head + 1, clause.last, line.pack.words["laid_on"], ENTITY)
        recipients = accused or (recipients if frame.id == "blame" else [])
    if frame.id == "responsible_for":
        actors, recipients = [], [c for c in subjects if c.kind in ENTITY]
    actors, recipients = sides_by_frame(line, parts, actors, recipients)
    if frame.id == "under_control":
        holders = objects_of(line, group, clause.last)
        actors = holders or after_preposition(line, group.last, clause.last, line.pack.words["of"], ENTITY)
    if frame.id == "fall":  # "fell to the rebels", "tombée aux mains des rebelles"
        takers = line.pack.words["to"] | line.pack.words["of"]
        actors = after_preposition(line, group.head + 1, clause.last, takers, ENTITY) or actors
    if frame.id == "handover":
        receivers = after_preposition(line, group.last, clause.last, line.pack.words["to"], ENTITY)
        actors, recipients = receivers, actors or [c for c in subjects if c.kind in ENTITY]
    if frame.id == "attack_repelled" and noun_object(line, group, clause, frozenset({"event"})):
        attackers = [c for c in line.chunks if group.last <= c.first < clause.last and "armed" in c.classes]
        actors, recipients = attackers[:1], actors
    if frame.id in _TAKEN_FROM and not [c for c in recipients if c.kind in ENTITY and c.classes & {"party", "armed"}]:
        givers = after_preposition(line, group.last, clause.last, line.pack.words["taken_from"], _GIVERS)
        recipients = [c for c in givers if "armed" in c.classes] or recipients
    if frame.subtype == "contested":
        between = after_preposition(line, group.last, clause.last, line.pack.words["with"], ENTITY)
        actors, recipients = actors if group.voice == "active" and not frame.swap else between, []
    if frame.id == "membership_ended":
        recipients = [c for c in line.chunks if group.last <= c.first < clause.last and "bloc" in c.classes]
    if not actors and group.voice == "active" and frame.swap and frame.action == "blockade":
        actors = _agents(line, group, clause)
    draft = Draft(
        line, reading.sentence, frame, *extent_of(line, (group, subjects, clause), frame), group.head,
        f"verb {verb.lemma}{' ' + ' '.join(verb.tail) if verb.tail else ''} ({group.voice})",
        subtype=frame.subtype, negated=_negated(line, subjects, group, clause) or _denied(line, group, verb),
        modal=group.modal, conditional=group.conditional, mood=group.mood,
    )  # fmt: skip
    if rule.startswith("pronoun") and not subjects:
        draft.subject_pronoun = rule.split()[-1]
    elif group.voice == "passive" and _some(line, subjects, clause, group):
        draft.subject_pronoun = SOME
    _give_sides(draft, reading, parts, (actors, recipients))
    draft.verb_last = group.last
    draft.gapped = not subjects and not draft.subject_pronoun and group.voice == "active" and group.mood == "finite"
    draft.actor_open = group.voice == "passive" or frame.swap
    draft.frame = _weighed(line, verb, draft)
    draft.object_pronoun = "" if recipients or group.voice == "passive" else object_pronoun(line, group)
    return draft


def _give_sides(draft: Draft, reading: Reading, parts: Parts, sides: tuple[Sequence[Chunk], Sequence[Chunk]]) -> None:
    """Sets (who does it, to whom) of a draft, with those who do it together and whose people they are."""
    group, clause, line, frame = parts.group, parts.clause, reading.line, parts.verb.frame
    actors, recipients = sides
    recipients = spoken_to(line, reading.known, recipients, frame)
    draft.actors = _fillers(reading, actors, "subject" if group.voice != "passive" else "agent")
    draft.recipients = _fillers(reading, recipients, "object" if group.voice != "passive" else "subject of a passive")
    if frame.kind in _DONE_TOGETHER and draft.actors:
        beside = companions_of(line, actors, group.first if group.voice == "active" else clause.last)
        beside = [c for c in beside or helpers_in(line, group.last, clause.last) if c not in actors]
        draft.actors += _fillers(reading, beside, "in company")
        draft.recipients = [f for f in draft.recipients if f.span not in {a.span for a in draft.actors}]
    if frame.harm and draft.recipients:
        houses = [h for c in recipients for h in house_of(line, c)]
        draft.recipients += _fillers(reading, houses, "whose leader or member it is")


_DONE_TOGETHER = frozenset({Kind.EVENT, Kind.TALK, Kind.INTENT})


def _some(line: Line, subjects: Sequence[Chunk], clause: Clause, group: VerbGroup) -> bool:
    """ "Some were freed", "entre 23 et 27 ont été emmenés": a part of those named before is the subject."""
    if subjects:
        return all(c.kind == "number" for c in subjects)
    first = next((n for n in range(clause.first, group.first) if line.tokens[n].is_word), -1)
    return line.low(first) in line.pack.words["partitives"]


def _weighed(line: Line, verb: Verb, draft: Draft) -> Frame:
    """What a vow or a refusal amounts to: a vow that names nobody threatens nobody, "does not rule out" expects."""
    words, frames = line.pack.words, load_frames()
    named = any(f.chunk.ids or f.chunk.kind in ("actor", "country") for f in draft.recipients)
    weighed = draft.frame
    if draft.frame.id == "threaten" and verb.lemma in words["vowing"] and not named:
        weighed = frames["vow"]
    elif draft.frame.id == "entry" and draft.negated:
        weighed = frames["holds"]  # "had not yet entered": who does not hold it
    elif draft.frame.id in FORBIDDING_WHERE_NEGATED:
        draft.negated = False  # "are not allowed to": what is told is the ban
    elif draft.frame.id in ("refusal", "talks_refused") and draft.negated and verb.lemma in words["excluding"]:
        draft.negated, weighed = False, frames["expect"]
    draft.subtype = draft.subtype if weighed is draft.frame else weighed.subtype
    return weighed


def _negated(line: Line, subjects: Sequence[Chunk], group: VerbGroup, clause: Clause) -> bool:
    """ "has not claimed it", "No group has claimed it", "aucun soldat n'a été tué"."""
    if group.negated:
        return True
    first = max([c.first for c in subjects if c.first < group.first] or [clause.first, group.first - 3])
    words, fewer = line.pack.words["no_words"], line.pack.words["fewer"]
    spots = range(max(first, clause.first), group.first)
    return any(line.low(n) in words and line.low(n + 1) not in fewer for n in spots)


def _denied(line: Line, group: VerbGroup, verb: Verb) -> bool:
    """ "is not under the control of", "is no longer in the hands of": a negation between a verb and its words."""
    if line.pack.language != "en" or line.low(group.head) not in line.pack.auxiliaries:
        return False
    between = [n for n in range(group.head + 1, group.last) if line.low(n) not in verb.tail]
    longer = any((line.low(n), line.low(n + 1)) == ("no", "longer") for n in between)
    return longer or any(line.low(n) in line.pack.words["negations"] - line.pack.words["no_words"] for n in between)


def _together(chunk: Chunk) -> bool:
    """ "the three", "les deux": a number that stands for a list named before."""
    return (
        chunk.kind == "number"
        and chunk.quantity is not None
        and chunk.quantity.best in (2, 3, 4)
        and chunk.first < chunk.quantity.first
    )


def _from(line: Line, group: VerbGroup, clause: Clause) -> list[Chunk]:
    """Those from whom it came: "came under fire from X", "essuyé des tirs d'X"."""
    words = (line.pack.words["by"] | frozenset({"from"})) - frozenset({"du"})
    found = after_preposition(line, group.last, clause.last, words, frozenset({"actor", "group"}))
    return [c for c in found if c.classes & {"armed", "party"} or c.group == "attacker"]


def _agents(line: Line, group: VerbGroup, clause: Clause) -> list[Chunk]:
    return after_preposition(line, group.last, clause.last, line.pack.words["by"] - {"de", "du", "des", "d'"}, ENTITY)


def _fillers(reading: Reading, chunks: Sequence[Chunk], rule: str) -> list[Filler]:
    acts = "subject" in rule or rule == "agent"
    known = reading.known
    named = without_apposition(reading.line, chunks)
    named = [mainly_of(reading.line, c, len(reading.line.tokens)) or person_named(reading.line, c) or c for c in named]
    chunks = [soldiers_of(owner, c) for c in named for owner in owners_of(reading.line, c) or [c]]
    own = reading.line.pack.words["possessives"]
    read = [
        known.acting(c)
        if c.kind == "country" or (acts and c.kind == "capital")
        else c
        if c.kind == "asset"
        and c.group != "settlement"
        and reading.line.low(c.first) in own  # "its base" is no army's for being one
        else known.holder(c)
        for c in chunks
    ]
    return [
        fill(reading.line, c, reading.text, rule)
        for c in read
        if c.kind in ENTITY or c.kind == "place" or "aircraft" in c.classes or (acts and _together(c))
    ]
