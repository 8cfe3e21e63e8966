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
