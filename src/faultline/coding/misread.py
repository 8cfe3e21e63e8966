"""Turns a verb in its clause into whether its words forbid what its frame says: "condemned the attack" is no sentence,
"has had to leave" no plan. Invariant: a reading is only ever refused here, never made."""

from dataclasses import dataclass

from faultline.coding.lexicon import Frame, Verb
from faultline.coding.line import Chunk, Line
from faultline.coding.roles import Clause
from faultline.coding.verbs import VerbGroup
from faultline.record.vocabulary import Kind


@dataclass(frozen=True, slots=True)
class Parts:
    """A verb of the lexicon in its clause, with its subject (found by `rule`) and its object."""

    group: VerbGroup
    verb: Verb
    subjects: list[Chunk]
    objects: list[Chunk]
    clause: Clause
    rule: str


def misread(line: Line, parts: Parts) -> bool:
    """Whether the words beside the verb forbid the frame."""
    group, verb, clause, frame = parts.group, parts.verb, parts.clause, parts.verb.frame
    french = line.pack.language == "fr"
    if _says_that(line, group, frame) or _of_an_unknown_noun(line, parts) or _warned(frame, group):
        return True
    if frame.id == "death" and line.low(group.first - 1) in line.pack.words["existing"]:
        return not any(c.quantity for c in line.chunks if group.first <= c.first <= group.last)  # "there were dead"
    if frame.id == "election" and _of_a_law(line, group, clause):
        return True
    if frame.id == "accuse" and verb.lemma == "point" and not any(c.kind in _ACCUSED for c in parts.objects):
        return True  # "accounts point to a low turnout"
    if frame.id == "participation" and not _in_violence(line, parts):
        return True
    if frame.id == "founding" and line.low(group.head) == "found" and group.mood == "finite":
        return True  # "found nothing": the past of another verb
    if frame.id == "no_comment" and not group.negated:
        return True
    if frame.id == "received" and not any(c.kind in ("actor", "group", "person") for c in parts.objects):
        return True  # "a reçu quatre hélicoptères"
    if frame.id in FORBIDDING_WHERE_NEGATED and not _forbidden(line, parts):
        return True
    if frame.id in ("siege_blockade", "blockade_by") and _of_an_activity(line, parts):
        return True
    if frame.id == "entry" and _nothing_passes(line, parts):
        return True
    if _of_a_party(line, parts):
        return True
    if frame.id == "protest" and line.low(group.last) in line.pack.words["determiners"] | line.pack.words["that"]:
        return True  # "demonstrate the capability", "demonstrate that"
    if frame.id == "plan" and verb.tail == ("at",) and not line.low(group.last).endswith("ing"):
        return True  # "attacks aimed mostly at peacekeepers"
    if frame.id == "plan":
        return french and (_had_to(line, parts) or not _planned(line, parts))
    if frame.id == "trial" and verb.lemma == "condamner":
        return not _sentenced(line, group, clause)  # "a condamné l'attaque" is no sentence
    if frame.id == "talks_stalled":
        return not _of_talks(line, parts)
    if frame.id == "vow" and group.voice == "active" and line.low(group.last) in line.pack.words["for_words"]:
        return True  # "the troops promised for the mission"
    return frame.id == "leadership" and _causes(line, group, clause)


FORBIDDING_WHERE_NEGATED = frozenset({"not_allowed", "standstill"})


def stative(line: Line, verb: Verb) -> bool:
    """ "remains closed", "est restée fermée": a state that somebody has put it into."""
    put = verb.frame.kind == Kind.RESTRICTION or verb.frame.id == "handover"
    return put and bool(verb.tail and verb.frame.object) and verb.lemma in line.pack.words["stative"]


_ACCUSED = frozenset({"actor", "group", "country", "capital", "person"})


def _in_violence(line: Line, parts: Parts) -> bool:
    """ "took part in the raid", not "in the vote": whether what one took part in is violence."""
    for n in range(parts.group.last, min(parts.group.last + 5, parts.clause.last)):
        noun = line.pack.nouns.at(line.tokens, n)
        if noun:
            return noun.value.kind == Kind.EVENT and noun.value.action == "assault"
    return False


def _of_a_law(line: Line, group: VerbGroup, clause: Clause) -> bool:
    """ "a voté un projet de loi": a parliament that votes a text elects nobody."""
    passive = group.voice == "passive"
    spots = range(clause.first, group.first) if passive else range(group.last, min(group.last + 5, clause.last))
    return any(line.low(n) in line.pack.words["law_words"] for n in spots)


def _forbidden(line: Line, parts: Parts) -> bool:
    """ "are not allowed to", "plus aucun camion n'entre": nobody may, or none does."""
    group, clause = parts.group, parts.clause
    inside = any(line.low(n) in line.pack.words["negations"] for n in range(group.first, group.last))
    if parts.verb.frame.id == "not_allowed" and (group.negated or inside):
        return True
    before = range(max(clause.first, group.first - 6), group.head)
    after = line.chunk_at(group.last)
    counted = (after is not None and after.kind in ("number", "day")) or line.low(group.last)[:1].isdigit()
    between = counted and line.low(group.head) in line.pack.words["between"]  # "entre 21 heures et 6 heures"
    return not between and any(
        line.low(n) in line.pack.words["no_words"] | line.pack.words["nobody_words"] for n in before
    )


def _of_an_activity(line: Line, parts: Parts) -> bool:
    """ "cut off the internet", "les comptes ont été bloqués": no ground is cut off there."""
    group, clause = parts.group, parts.clause
    passive = group.voice == "passive" or parts.verb.frame.id == "blockade_by"
    words = line.pack.words["activity_words"] | line.pack.words["goods_words"]
    span = range(clause.first, group.first) if passive else range(group.last, min(group.last + 5, clause.last))
    named = next((n for n in span if line.low(n) in words), -1)
    ground = any(c.kind == "place" and c.first in span and c.first < named for c in line.chunks) and not passive
    return named >= 0 and not ground


def _of_a_party(line: Line, parts: Parts) -> bool:
    """ "a quitté le FLR", "qui commande la katiba", "a rejoint Gao": what a party is left, led or joined by, and what
    ground is."""
    frame, lemma, objects = parts.verb.frame, parts.verb.lemma, parts.objects
    if not objects or parts.group.voice == "passive":
        return frame.kind == Kind.TALK and parts.group.voice == "reflexive" and lemma == "appeler"
    named = all(c.kind == "actor" and "armed" in c.classes for c in objects)
    if frame.id == "withdrawal":
        return named and not parts.verb.tail and lemma in ("leave", "quit", "quitter", "abandon", "abandonner")
    if frame.id in ("membership", "rivalry"):
        return all(c.kind == "place" for c in objects)
    if frame.id == "capture" and lemma in ("occupy", "occuper"):
        return _lasts(line.low(parts.group.head))
    bloc = any("bloc" in c.classes for c in objects)
    return (frame.id == "demand" and lemma == "commander" and named) or (frame.id == "appointment" and bloc)


def _lasts(word: str) -> bool:
    """ "occupies", "occupent", "occupaient": a form that tells of what goes on."""
    return word.endswith(("y", "ies", "ying", "e", "ait", "aient")) or (
        word.endswith("ent") and not word.endswith("èrent")
    )


def _nothing_passes(line: Line, parts: Parts) -> bool:
    """ "plus aucun camion n'entre à X": nobody is said to have entered, but that the way is shut."""
    vehicles = any("vehicle" in c.classes for c in parts.subjects)
    spots = range(parts.clause.first, parts.group.first)
    return vehicles and any(line.low(n) in line.pack.words["no_words"] for n in spots)


def _had_to(line: Line, parts: Parts) -> bool:
    """ "avait dû se mettre à l'abri": what one had to do was done."""
    return parts.verb.lemma == "devoir" and any(
        line.pack.auxiliaries.get(line.low(n)) == "have" for n in range(parts.group.first, parts.group.head)
    )


def _planned(line: Line, parts: Parts) -> bool:
    """ "vise à prendre", not "vise à droite": an infinitive or a clause follows what a plan asks for."""
    bare = not parts.verb.tail or parts.verb.tail[-1] in ("à", "de")
    return not bare or parts.verb.lemma == "être" or _infinitive_follows(line, parts.group)


def _of_talks(line: Line, parts: Parts) -> bool:
    """ "the talks broke down": what stalls is a talk or a process, not a vehicle."""
    for n in range(parts.clause.first, parts.clause.last):
        noun = line.pack.nouns.at(line.tokens, n)
        if line.low(n) in line.pack.words["pact_words"] or (noun and noun.value.kind == Kind.TALK):
            return True
    return False


def _says_that(line: Line, group: VerbGroup, frame: Frame) -> bool:
    """ "le ministre soutient que", "avait jugé que": with a clause of content these are verbs of saying."""
    if line.low(group.last) not in line.pack.words["that"]:
        return False
    stated = frame.kind in (Kind.EVENT, Kind.RELATION, Kind.CONTROL, Kind.RESTRICTION)
    return frame.id == "claim_event" or (stated and line.pack.language == "fr")


def _of_an_unknown_noun(line: Line, parts: Parts) -> bool:
    """ "la vidéo prise par drone": a bare participle belongs to the noun before it, here one that is nothing known."""
    group = parts.group
    if not group.reduced or line.pack.language != "fr" or parts.clause.first >= group.first:
        return False
    n = group.first - 1
    return (
        line.at[n] < 0
        and line.low(n)[:1].isalpha()
        and line.low(n) not in line.pack.words["adjectives"] | line.pack.words["particles"]
        and line.pack.nouns.at(line.tokens, n) is None
        and (line.syntax is None or line.syntax.tag(n) == "NOUN")
    )


def _sentenced(line: Line, group: VerbGroup, clause: Clause) -> bool:
    return any(line.low(n) in line.pack.words["penalties"] for n in range(group.last, clause.last))


def _infinitive_follows(line: Line, group: VerbGroup) -> bool:
    """ "compte rester" is a plan, "compte deux morts" a count."""
    after = [n for n in range(group.last, group.last + 4) if line.chunk_at(n) is None]
    words = [line.low(n) for n in after if line.low(n - 1) not in line.pack.words["one_words"]]  # "un millier"
    return any(w.endswith(("er", "ir", "re", "oir")) or w in line.pack.words["that"] for w in words)


def _warned(frame: Frame, group: VerbGroup) -> bool:
    return frame.id in ("threaten", "warn") and group.voice == "passive"


def _causes(line: Line, group: VerbGroup, clause: Clause) -> bool:
    """ "led the bloc to suspend them": to lead to something is not to lead it."""
    return any(line.low(n) in ("to", "à") for n in range(group.last, min(group.last + 7, clause.last)))
