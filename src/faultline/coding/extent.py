"""Turns a verb with its subject and clause into the stretch of words that states its claim. Invariant: an extent lies
in its line, holds its verb, and neither begins nor ends with a mark or a conjunction."""

from collections.abc import Sequence

from faultline.coding.lexicon import Frame
from faultline.coding.line import Chunk, Line
from faultline.coding.roles import Clause
from faultline.coding.verbs import VerbGroup
from faultline.record.vocabulary import Kind


def extent_of(line: Line, verb: tuple[VerbGroup, Sequence[Chunk], Clause], frame: Frame) -> tuple[int, int]:
    """From the subject to the end of the clause; an opinion is its whole part of the sentence."""
    group, subjects, clause = verb
    floor = 0 if _resumes(line, group, clause) else clause.first
    inside = [c.first for c in subjects if floor <= c.first < group.first]
    first = min([group.first, *inside])
    if line.low(first - 1) == "(" and (named := line.chunk_at(first - 2)):
        first = named.first  # "The Liberation Front (LF) attacked"
    if frame.kind != Kind.ASSESSMENT:
        return trimmed(line, first, clause.last)
    last = group.last
    while last < len(line.tokens) and line.low(last) not in (";", ":"):
        last += 1
    return trimmed(line, min(first, clause.first), last)


def _resumes(line: Line, group: VerbGroup, clause: Clause) -> bool:
    """ "Five soldiers who escorted a convoy were killed": the main verb after a relative clause."""
    return clause.relative and line.syntax is not None and not line.syntax.modifies(group.head)


def trimmed(line: Line, first: int, last: int) -> tuple[int, int]:
    """The extent without marks and conjunctions at its ends."""
    while first < last - 1 and (
        line.low(first) in line.pack.words["coordinators"]
        or (not line.tokens[first].text[0].isalnum() and line.low(first) not in ("«", '"', "“"))
    ):
        first += 1
    while last > first + 1 and (
        line.low(last - 1) in ",.;:()—–-" or line.low(last - 1) in line.pack.words["coordinators"]
    ):
        last -= 1
    return first, last
