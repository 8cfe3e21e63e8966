"""Turns a verb of saying into where what it says begins, and whether the words before it are what is said. Invariant:
tokens in, tokens out; who speaks is decided elsewhere."""

from faultline.coding.line import Line


def states(line: Line, first: int, last: int) -> bool:
    """Whether the words before a speaker say something: "In a statement, the army announced two deaths" does not."""
    return any(
        line.low(n) in line.pack.auxiliaries
        or line.low(n) in line.pack.words["harm_words"]
        or line.tokens[n].quoted
        or (line.low(n) in line.pack.verbs and line.at[n] < 0)
        or (line.syntax is not None and line.syntax.tag(n) in ("VERB", "AUX"))
        for n in range(first, last)
    )


def stands_alone(line: Line, last: int, end: int) -> bool:
    """Whether nothing but the circumstances of saying follows up to the next mark."""
    number = line.chunk_at(last + (line.low(last) in line.pack.words["of"]))
    if line.low(last) in line.pack.words["that"] or (number is not None and number.quantity is not None):
        return False  # ", the army speaks of four"
    for n in range(last, min(end, last + 16)):
        low = line.low(n)
        if low in (".", ",", ";", ":", "»", "—", "–", ")", "(", '"'):
            return True
        if line.chunk_at(n) is None and (
            low in line.pack.auxiliaries or low in line.pack.words["that"] or low in line.pack.words["pronouns"]
        ):
            return False
        if (
            low in line.pack.verbs
            and line.chunk_at(n) is None
            and not {line.low(n - 1), line.low(n - 2)}
            & (line.pack.words["prepositions"] | line.pack.words["determiners"])
        ):
            return False
    return True


def source_end(line: Line, last: int, end: int) -> int:
    """Where the words of saying end: the next mark."""
    n = last
    while n < end and line.low(n) not in (",", ";", ".", ":", "»", "—", "–", ")"):
        n += 1
    return n


def content_start(line: Line, last: int, end: int) -> int:
    """Where the content begins: after "that", or after the day and place of saying."""
    for n in range(last, min(last + 14, end)):
        if line.low(n) in line.pack.words["that"] and line.at[n] < 0:
            return n + 1
        if line.low(n) in (";", ":", ",") or (
            line.low(n) in line.pack.verbs
            and n > last
            and line.at[n] < 0
            and line.low(n - 1) not in line.pack.words["prepositions"]
        ):
            break
    n = last
    while n < end:
        chunk = line.chunk_at(n)
        if chunk and chunk.kind == "day":
            n = chunk.last
        elif line.low(n) in line.pack.words["prepositions"] and (nxt := line.chunk_at(n + 1)) and nxt.kind == "day":
            n = nxt.last
        else:
            break
    return n
