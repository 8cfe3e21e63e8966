"""Turns nouns of authorship and accusation into drafts: "sees in it the hand of X", "the attack is the work of X", "the
accusations of X against Y". Invariant: whoever is accused is named right after the noun."""

from faultline.coding.draft import Draft, fill
from faultline.coding.extent import trimmed
from faultline.coding.frames import Reading
from faultline.coding.lexicon import load_frames
from faultline.coding.line import Chunk, Line
from faultline.coding.roles import ENTITY, clause_of

_NEAR = 5  # words between a noun and whom it names
_ACCUSED = frozenset({"armed", "party", "rebel", "jihadist", "militant"})


def authorship_drafts(reading: Reading) -> list[Draft]:
    """A draft for each such noun of the line."""
    line, words = reading.line, reading.line.pack.words
    drafts: list[Draft] = []
    for n in line.standing(words["work_nouns"], words["accusation_nouns"]):
        if not 0 < n < len(line.tokens) - 2:
            continue
        if line.low(n) in words["work_nouns"]:
            drafts += _work(reading, n)
        else:
            drafts += _accusation(reading, n)
    return drafts


def _work(reading: Reading, n: int) -> list[Draft]:
    """ "describes the raid as the work of X", "y voit la preuve d'une complicité de X"."""
    line = reading.line
    spots = range(n - 1, max(-1, n - 2 * _NEAR), -1)
    seen = next((k for k in spots if line.low(k) in line.pack.words["seeing_words"]), -1)
    clause = clause_of(reading.clauses, max(seen, 0))
    accused = _after(line, n, line.pack.words["of"])
    if seen < 0 or accused is None or line.low(n - 1) in line.pack.words["negations"]:
        return []
    accuser = next((c for c in line.chunks if clause.first <= c.first < seen and c.kind in ENTITY), None)
    return [_draft(reading, n, (accuser, accused), (accuser.first if accuser else clause.first, clause.last))]


def _accusation(reading: Reading, n: int) -> list[Draft]:
    """ "X's accusations against Y", "les accusations de X contre Y"."""
    line = reading.line
    accused = _after(line, n, line.pack.words["facing_words"], 2 * _NEAR)
    if accused is None:
        return []
    inside = [c for c in line.chunks if n - 3 <= c.first < accused.first and c.kind in ENTITY and c is not accused]
    accuser = inside[0] if inside else None
    first = min(n, accuser.first if accuser else n)
    return [_draft(reading, n, (accuser, accused), (first, accused.last))]


def _after(line: Line, n: int, words: frozenset[str], reach: int = _NEAR) -> Chunk | None:
    """The party that one of the words leads to, after the noun at n."""
    for chunk in line.chunks:
        near = n < chunk.first <= n + reach and chunk.kind in ENTITY and (chunk.ids or chunk.classes & _ACCUSED)
        if near and any(line.low(k) in words for k in range(max(n + 1, chunk.first - 2), chunk.first + 1)):
            return chunk
    return None


def _draft(reading: Reading, n: int, sides: tuple[Chunk | None, Chunk], extent: tuple[int, int]) -> Draft:
    line, frame = reading.line, load_frames()["attribute"]
    accuser, accused = sides
    first, last = trimmed(line, extent[0], max(extent[1], accused.last))
    draft = Draft(line, reading.sentence, frame, first, last, n, f"noun {line.low(n)}", subtype=frame.subtype)
    draft.actors = [fill(line, reading.known.acting(accuser), reading.text, "who accuses")] if accuser else []
    draft.recipients = [fill(line, reading.known.acting(accused), reading.text, "who is accused")]
    draft.actor_open = False
    return draft
