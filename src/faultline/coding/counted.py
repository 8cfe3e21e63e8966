"""Turns a bare number in somebody's mouth ("the rebels claim 150") into a count of what was counted before.
Invariant: a number of something named, a year, an article and "three of the roads" count nobody."""

from faultline.coding.line import Chunk, Line

_HARMED = frozenset({"people", "civilians", "state_force", "nationals", "peacekeeper", "rebel", "militia", "police"})
_SPEAKING = frozenset({"actor", "group", "country", "capital", "person"})


def is_counted(line: Line, chunk: Chunk) -> bool:
    """Whether a number without a noun, or people without a word of harm, is what somebody counts: right after a verb of
    saying, or right after a speaker whose verb was said before."""
    q = chunk.quantity
    if q is None or q.vague or (q.best or q.low or 0) < 2 or line.low(chunk.first) in line.pack.words["definite"]:
        return False
    if chunk.kind == "number":
        told = said_before(line, chunk) or gap_before(line, chunk) >= 0 or figure_before(line, chunk)
        return bare_number(line, chunk) and told
    return chunk.kind == "group" and chunk.group in _HARMED and spoken_of(line, chunk)


def figure_before(line: Line, chunk: Chunk) -> bool:
    """ "the estimate was 118,795", "the figure rose from 12 to 46": a noun of counting that the number is of."""
    words, moved = line.pack.words, False
    for n in range(chunk.first - 1, max(-1, chunk.first - 12), -1):
        low = line.low(n)
        if low in (";", ":") or low in words["relatives"]:
            return False
        if low in words["figures"] | words["estimates"]:
            return moved
        moved = moved or low in line.pack.auxiliaries or low in words["rises"]
    return False


def bare_number(line: Line, chunk: Chunk) -> bool:
    """ "risen to 77.": no noun follows that the number would count."""
    after = line.low(chunk.last)
    if after in line.pack.words["of"]:
        return False  # "three of the six roads"
    small = line.pack.words["prepositions"] | line.pack.words["conjunctions"] | line.pack.words["coordinators"]
    return not after[:1].isalpha() or after in small | line.pack.words["range"]


def said_before(line: Line, chunk: Chunk) -> bool:
    """Whether a verb of counting or saying stands right before, with at most "the number at", "of", "as many as"."""
    for n in range(chunk.first - 1, max(-1, chunk.first - 6), -1):
        low = line.low(n)
        if low in line.pack.reporting and (line.at[n] < 0 or line.chunks[line.at[n]].kind == "number"):
            return low not in line.pack.words["not_counting"]
        if low not in line.pack.words["before_counts"]:
            return False
    return False


def spoken_of(line: Line, chunk: Chunk) -> bool:
    """ "speaks of 50 Russians", "évoque dix hommes": people right after a verb that gives a toll."""
    n = chunk.first - 1
    while n > 0 and line.low(n) in line.pack.words["of"] | {"à", "at"}:
        n -= 1
    return line.low(n) in line.pack.words["tolling"] and line.at[n] < 0


def _stops(line: Line, n: int) -> bool:
    """Whether no noun group reaches back over a word: a conjunction, a verb of saying."""
    return line.low(n) in line.pack.words["coordinators"] or line.low(n) in line.pack.reporting


def gap_before(line: Line, chunk: Chunk) -> int:
    """The first token of a speaker right before a number, whose verb was said before ("..., the UN 14 and the party at
    least 23"); -1 where there is none."""
    n = chunk.first - 1
    while n > 0 and line.low(n) in line.pack.words["of"] | {"à", "at"}:
        n -= 1
    first, speaker = n, line.chunk_at(n)
    if speaker and speaker.kind in _SPEAKING and speaker.quantity is None:
        first = speaker.first
    else:
        while first > 0 and line.tokens[first].is_word and not _stops(line, first):
            first -= 1
        first += 1
        nouns = [k for k in range(first, n + 1) if line.pack.speakers.at(line.tokens, k)]
        if not nouns or n - first > 4:
            return -1
    while first > 0 and line.low(first - 1) in line.pack.words["determiners"] | line.pack.words["adjectives"]:
        first -= 1
    opened = line.low(first - 1) in line.pack.words["coordinators"] | {",", ";"}
    told = any(line.low(k) in line.pack.reporting for k in range(first - 1))
    return first if opened and told and first > 0 else -1
