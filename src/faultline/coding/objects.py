"""Turns what stands after a verb into whether it is what its frame asks for. Invariant: a class is read from a chunk
or a noun of the lexicon; an unknown noun counts as ground only by the place that names it."""

from collections.abc import Sequence

from faultline.coding.lexicon import Frame
from faultline.coding.line import Chunk, Line
from faultline.coding.roles import Clause
from faultline.coding.verbs import VerbGroup
from faultline.record.vocabulary import Kind


def any_class(chunks: Sequence[Chunk], wanted: frozenset[str], line: Line, group: VerbGroup, clause: Clause) -> bool:
    """Whether one of the chunks, or a noun beside the verb, is of a class that is asked for."""
    if any(
        chunk.classes & wanted or ("counted" in wanted and chunk.quantity and not chunk.quantity.vague)
        for chunk in chunks
    ):
        return True
    if "bloc" in wanted or (wanted & {"place", "site"} and _something_of_a_place(line, group, clause)):
        return True
    special = wanted & {"event", "restriction", "pact", "border", "activity"}
    return bool(special) and noun_object(line, group, clause, special)


def _something_of_a_place(line: Line, group: VerbGroup, clause: Clause) -> bool:
    """ "retook the border fort of X", "a pris le fortin de X": what is taken is known by its place alone."""
    if group.voice == "passive" or line.low(group.last) not in line.pack.words["determiners"]:
        return False
    place = next((c for c in line.chunks if group.last < c.first < clause.last), None)
    if place is None or place.kind != "place" or place.first - group.last > 5:
        return False
    if any(line.pack.nouns.at(line.tokens, n) for n in range(group.last + 1, place.first)):
        return False  # "holds the accord of X for finished"
    linked = line.low(place.first - 1) in line.pack.words["of"] | line.pack.words["place_prepositions"]
    words = range(group.last + 1, place.first - 1)
    return linked and not any(line.low(n) in line.pack.words["prepositions"] | line.pack.verbs.keys() for n in words)


def noun_object(line: Line, group: VerbGroup, clause: Clause, wanted: frozenset[str]) -> bool:
    """Whether a noun of happenings, restrictions or agreements is the object (or the subject of a passive)."""
    if group.voice == "active" and _antecedent_noun(line, clause, wanted):
        return True
    contact = line.chunk_at(group.first - 1)  # "an attack JNIM has claimed"
    if group.voice == "active" and contact is not None and contact.first > 0:
        noun = line.pack.nouns.at(line.tokens, contact.first - 1)
        if noun and noun.last == contact.first and noun_class(noun.value) in wanted:
            return True
    span = (
        range(clause.first, group.first)
        if group.voice == "passive"
        else range(group.last, min(group.last + 9, clause.last))
    )
    for n in span:
        found = line.pack.nouns.at(line.tokens, n)
        if found and noun_class(found.value) in wanted:
            return True
        for kind in wanted & {"border", "activity", "pact"}:
            if line.low(n) in line.pack.words[f"{kind}_words"]:
                return True
        if (
            group.voice != "passive"
            and line.low(n) in line.pack.words["prepositions"]
            and line.low(n) not in line.pack.words["of"] | line.pack.words["until"]
            and not _measures(line, n + 1)
        ):
            return False
    return False


_BEFORE_RELATIVE = 7  # words between a noun of happenings and the pronoun that takes it up


def _antecedent_noun(line: Line, clause: Clause, wanted: frozenset[str]) -> bool:
    """ "des massacres qu'il attribue à X", "l'attaque de Tolma, que l'armée attribue à X": a noun before the relative
    pronoun, with nothing between but where and when it was."""
    relatives = line.pack.words["object_relatives"]
    opens = next((n for n in (clause.first, clause.first - 1) if line.low(n) in relatives), -1)
    small = line.pack.words["of"] | line.pack.words["determiners"] | line.pack.words["place_prepositions"] | {","}
    for n in range(opens - 1, max(-1, opens - 1 - _BEFORE_RELATIVE), -1):
        noun = line.pack.nouns.at(line.tokens, n)
        if noun and noun_class(noun.value) in wanted:
            return True
        if line.at[n] < 0 and line.low(n) not in small | line.pack.words["adjectives"]:
            return False
    return False


def _measures(line: Line, n: int) -> bool:
    """ "extended [by] three months the ban", "prolongé [de] trois mois": a number or a day stands behind."""
    chunk = line.chunk_at(n)
    return (chunk is not None and chunk.kind in ("number", "day")) or line.tokens[
        min(n, len(line.tokens) - 1)
    ].is_number


def noun_class(frame: Frame) -> str:
    """What frames ask for, of a noun: restriction, pact, event or talk."""
    if frame.kind == Kind.RESTRICTION:
        return "restriction"
    if frame.id in ("agreement", "ceasefire"):
        return "pact"
    return "event" if frame.kind == Kind.EVENT else "talk"
