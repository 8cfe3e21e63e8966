"""Decides whether a noun of a happening that is the subject of its clause is told there: it was announced, began, dates
from, or bears a day of its own. Invariant: what is only claimed, blamed on somebody or condemned is told elsewhere."""

from faultline.coding.lexicon import Frame
from faultline.coding.line import Line
from faultline.coding.phrases import Found
from faultline.coding.roles import ENTITY, Clause
from faultline.record.vocabulary import Kind

_REACH = 22  # words between a subject and its verb
_SPOKEN = frozenset({Kind.ALLEGATION, Kind.ASSESSMENT})


def subject_told(line: Line, found: Found[Frame], clause: Clause) -> bool:
    """Whether the noun is the subject of a verb that tells it ("was announced", "date de 2021"), or has a day of its
    own beside a verb that says what came of it ("The fall of X on Monday was a blow"); somebody, a place or a day must
    be named with it."""
    verb = _verb_of(line, found, clause)
    if verb < 0 or not _named(line, found, verb, clause):
        return False
    low, words = line.low(verb), line.pack.words
    if low in words["telling_of"]:
        return True
    if any(v.frame.kind in _SPOKEN and not v.tail for _, v in line.pack.verbs.get(low, ())):
        return False
    spoken = low in words["claimed_words"] | words["blamed_words"] or low in line.pack.reporting
    return not spoken and _dated(line, found.last, verb)


def exists(line: Line, found: Found[Frame]) -> bool:
    """ "There was heavy shelling of X", "il y a eu des combats à Y": a happening of which the text says that it was; a
    place, a day or somebody must be named with it, and a negation says that it was not."""
    n = found.first - 1
    words = line.pack.words
    small = words["determiners"] | words["adjectives"] | words["noun_links"] | words["particles"] | words["of"]
    small -= words["existing"] | line.pack.auxiliaries.keys()
    while n > 0 and (line.low(n) in small or number_or_day(line, n)):
        n -= 1
    helped = False
    while n > 0 and line.low(n) in line.pack.auxiliaries:
        n, helped = n - 1, True
    named = any(c.kind in ENTITY | {"place", "day"} and found.last <= c.first <= found.last + 9 for c in line.chunks)
    return helped and line.low(n) in words["existing"] and named and found.value.kind in (Kind.EVENT, Kind.RESTRICTION)


def number_or_day(line: Line, n: int) -> bool:
    """Whether a number or a day stands at token n, or the preposition of a day ("said on Tuesday that")."""
    here, after = line.chunk_at(n), line.chunk_at(n + 1)
    dated = after is not None and after.kind == "day" and line.low(n) in line.pack.words["prepositions"]
    return dated or (here is not None and here.kind in ("number", "day"))


def _verb_of(line: Line, found: Found[Frame], clause: Clause) -> int:
    """The token of the verb whose subject the noun is, or -1."""
    last = min(clause.last, found.last + _REACH, len(line.tokens))
    spots = range(found.last, last)
    if line.syntax is not None:
        for n in spots:
            if found.first <= line.syntax.subject(n) < found.last:
                return n
    for n in spots:
        if line.low(n) in (",", ";", ":") or line.low(n) in line.pack.words["relatives"]:
            return -1
        helped = line.low(n - 1) in line.pack.auxiliaries
        if helped and line.low(n) in line.pack.words["telling_of"]:
            return n
    return -1


def _named(line: Line, found: Found[Frame], verb: int, clause: Clause) -> bool:
    """Whether somebody, a place or a day stands between the noun and the end of its clause."""
    kinds = ENTITY | {"place", "day", "asset"}
    return any(c.kind in kinds for c in line.chunks if found.last <= c.first < max(verb, clause.last))


def _dated(line: Line, first: int, last: int) -> bool:
    return any(c.kind == "day" and first <= c.first < last for c in line.chunks)
