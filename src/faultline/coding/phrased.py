"""Turns "according to X", "army: ...", "(army statement)", "in X's account" into who says what. Invariant: no verb of
saying is needed; what is told reaches to the semicolon or full stop, and the words that say so are no part of it."""

from faultline.coding.line import Line
from faultline.coding.sayers import Sayer, following_sayer

Told = tuple[int, int, Sayer, int, int]  # tokens [first, last) are the sayer's; [source_first, source_last) say so


def told_by_phrase(line: Line) -> list[Told]:
    """Everything in the line that is told without a verb of saying."""
    return [*_by_phrases(line), *_by_marks(line), *_by_account(line)]


def _by_phrases(line: Line) -> list[Told]:
    found = []
    for i in range(len(line.tokens)):
        size = _phrase_at(line, i)
        sayer = following_sayer(line, i + size, line.low(i + size - 1)) if size else None
        if sayer:
            first, end = part_of(line, i)
            found.append((first, end, sayer, i, sayer.last))
    return found


def _by_marks(line: Line) -> list[Told]:
    """ "Army: rebels attacked", "For the junta, ...", "... (army statement)": a mark says whose words they are."""
    tokens, found = line.tokens, []
    opener = line.low(0) in line.pack.words["for_words"]
    first = following_sayer(line, 1 if opener else 0, "")
    mark = line.low(first.last) if first else ""
    if first and ((opener and mark == ",") or (not opener and mark == ":" and first.last <= 3)):
        found.append((first.last + 1, part_of(line, 0)[1], first, 0, first.last + 1))
    for i in range(1, len(tokens) - 2):
        if tokens[i].text != "(":
            continue
        last = next((n for n in range(i + 1, min(i + 8, len(tokens))) if tokens[n].text == ")"), -1)
        if last < 0:
            continue
        sayer = following_sayer(line, i + 1, "")
        spoken = any(line.low(n) in line.pack.words["account_words"] for n in range(i + 1, last))
        if sayer and spoken:
            found.append((part_of(line, i)[0], i, sayer, i, last + 1))
    return found


def _by_account(line: Line) -> list[Told]:
    """ "In the army's account", "by the mayor's count": what follows is X's."""
    found = []
    for i in range(3, len(line.tokens)):
        if line.low(i) not in line.pack.words["account_words"] or line.low(i - 1) != "s":
            continue
        chunk = line.chunk_at(i - 3) if line.low(i - 2) in ("'", "’") else line.chunk_at(i - 2)
        stated = line.low(i + 1) in line.pack.auxiliaries and line.low(i + 2) in line.pack.words["that"]
        if chunk is None or not (stated or line.low(chunk.first - 1) in line.pack.words["prepositions"]):
            continue
        sayer = following_sayer(line, chunk.first, "")
        if sayer:
            found.append((*part_of(line, i), sayer, chunk.first - 1, i + 1))
    return found


def _phrase_at(line: Line, i: int) -> int:
    if line.at[i] >= 0:
        return 0
    for words, _ in line.pack.by.get(line.low(i), ()):
        if tuple(t.low for t in line.tokens[i : i + len(words)]) == words:
            if line.low(i + len(words)) == "midi":
                return 0  # "d'après-midi"
            return len(words)
    return 0


def part_of(line: Line, i: int) -> tuple[int, int]:
    """Tokens [first, last) of the part of the sentence that holds token i, between semicolons."""
    first = i
    while first > 0 and line.low(first - 1) != ";":
        first -= 1
    last = i
    while last < len(line.tokens) and line.low(last) != ";":
        last += 1
    return first, last
