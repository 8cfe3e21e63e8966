"""Turns "lost nine men" and "its own losses: nine" into whose losses they are. Invariant: only the subject of a verb of
losing, or a word for one's own beside a word for losses, makes a loss somebody's own."""

from faultline.coding.draft import Filler, fill
from faultline.coding.frames import Reading
from faultline.coding.line import Line
from faultline.coding.roles import subject_of
from faultline.coding.tolls import Toll

_NEAR = 7  # tokens before a number in which its noun stands


def losers_of(reading: Reading, toll: Toll) -> list[Filler]:
    """The subject of the verb of losing that governs a toll ("the MUR lost nine men"); [] for a pronoun."""
    group = next((g for g in reading.groups if g.first <= toll.word < g.last), None)
    subjects = subject_of(reading.line, group, reading.clauses)[0] if group else []
    parties = [c for c in subjects if c.kind in ("actor", "group") and c.group != "people"]
    return [fill(reading.line, c, reading.text, "whose loss it is") for c in parties]


def admits(line: Line, toll: Toll) -> bool:
    """Whether a verb of admitting governs a bare number ("the MUR admits nine dead"): who fights admits its own."""
    before = {line.low(toll.first - 1), line.low(toll.chunk.first - 1)}
    return toll.chunk.kind == "number" and bool(line.pack.words["admitting"] & before)


def tells_own_loss(line: Line, toll: Toll) -> bool:
    """Whether the words say that a loss is the speaker's own ("put its own losses at nine", "nine of their own")."""
    words = line.pack.words
    spots = range(max(0, toll.first - _NEAR), toll.last)
    nouns = [n for n in spots if line.low(n) in words["loss_nouns"]]
    if any(words["possessives"] & {line.low(n - 1), line.low(n - 2)} for n in nouns):
        return True
    last = toll.chunk.last
    return line.low(last) in words["of"] and line.low(last + 1) in words["possessives"] and line.low(last + 2) == "own"
