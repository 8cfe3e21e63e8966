"""Turns what is passed on without a verb of saying, what is not confirmed, and what a quotation carries on with into
who says what. Invariant: what a report is said to hold is never the text's own; what somebody cannot confirm stays
open."""

from dataclasses import replace

from faultline.coding.line import Line
from faultline.coding.phrased import part_of
from faultline.coding.said import Said
from faultline.coding.sayers import Sayer
from faultline.record.claim import UNNAMED

OPEN = "open"  # the grade of what a speaker leaves open: "could not confirm that"
OFFICIAL = "official"  # the pronoun of whoever rules: "officially", "the official toll"


def told_by_nouns(line: Line) -> list[Said]:
    """ "reports that X attacked", "les informations selon lesquelles": nobody vouches for it; denied where the sentence
    calls it false."""
    found = []
    for i in range(len(line.tokens) - 2):
        if line.at[i] >= 0 or line.low(i) not in line.pack.words["hearsay_nouns"]:
            continue
        content = _content_of_noun(line, i)
        if content and not _rejected(line, i):
            last = _noun_clause_end(line, content)
            grade = "denied" if _called_false(line, last) else "reported"
            found.append(Said(content, last, Sayer(UNNAMED, (), "unnamed", i, i + 1), grade, -1, i, content))
    return found


def _content_of_noun(line: Line, i: int) -> int:
    """Where the content of a noun of hearsay begins; 0 where it has none."""
    after = line.low(i + 1)
    if after in line.pack.words["that"]:
        return i + 2
    if after in ("selon", "d'") and (which := next((n for n in (i + 2, i + 3) if _which(line, n)), 0)):
        return which + 1
    noun = after in line.pack.words["of"] and not _own_words(line, i)
    return i + 2 if noun and any(line.pack.nouns.at(line.tokens, n) for n in range(i + 2, i + 5)) else 0


def _which(line: Line, n: int) -> bool:
    return line.low(n) in line.pack.words["according_which"]


def _own_words(line: Line, i: int) -> bool:
    """ "the army's report of the attack": a report of somebody."""
    before = line.chunk_at(i - 1) or line.chunk_at(i - 3)
    return before is not None and before.kind == "actor"


def _noun_clause_end(line: Line, first: int) -> int:
    """To the comma or the end of the part; what follows the happening stays in it."""
    end, false = part_of(line, first)[1], line.pack.words["false_words"]
    judged = (n for n in range(first + 3, end) if line.low(n) in line.pack.auxiliaries and line.low(n + 1) in false)
    return min(next((n for n in range(first + 3, end) if line.low(n) == ","), end), next(judged, end))


def _rejected(line: Line, i: int) -> bool:
    """ "denied reports that": a denial of its own, which holds what is denied."""
    return any(line.low(n) in line.pack.words["false_words"] for n in range(max(0, i - 4), i))


def _called_false(line: Line, last: int) -> bool:
    return any(line.low(n) in line.pack.words["false_words"] for n in range(last, min(last + 3, len(line.tokens))))


def official(line: Line) -> list[Said]:
    """ "Officially, eight died", "le bilan officiel est de huit morts": the government says so."""
    found = []
    officially, officials = line.pack.words["officially"], line.pack.words["officials"]
    for i in line.standing(officially, officials):
        alone = line.low(i) in officially and (i == 0 or line.low(i - 1) == ",")
        figure = line.low(i) in officials and (
            line.low(i - 1) in line.pack.words["figures"] or line.low(i + 1) in line.pack.words["figures"]
        )
        if alone or figure:
            first, last = part_of(line, i)
            sayer = Sayer("", (), "pronoun", i, i + 1, pronoun=OFFICIAL)
            start = i + 1 + (line.low(i + 1) == ",")
            found.append(Said(start if alone else first, last, sayer, "reported", -1, i, start if alone else i + 1))
    return found


def left_open(line: Line, i: int, grade: str) -> str:
    """The grade of a verb of saying at token i, or what its negation makes of it: "could not confirm that", "n'a pas
    confirmé" leave it open, "did not deny" passes it on."""
    words, n, negated = line.pack.words, i - 1, False
    small = words["particles"] | words["infinitive_marks"] | words["adverbs"] | words["of"]
    while n >= max(0, i - 8) and line.at[n] < 0:
        low = line.low(n)
        if low in words["negations"] | words["unable"] | words["nobody_words"]:
            negated = True
        elif not (low in line.pack.auxiliaries or low in words["helpers"] | words["modal_words"] | small):
            break
        n -= 1
    if not negated:
        return grade
    return "reported" if grade == "denied" else OPEN


def quoted_on(line: Line, found: list[Said]) -> list[Said]:
    """ "X said so; he « was among the dead »": a quotation behind the semicolon is still the speaker's."""
    result = list(found)
    for said in found:
        first = part_of(line, said.source_first)[1] + 1
        if first >= len(line.tokens):
            continue
        last = part_of(line, first)[1]
        own = any(first <= s.source_first < last for s in found)
        if not own and any(line.tokens[n].quoted for n in range(first, last)):
            result.append(replace(said, first=first, last=last, verb=-1))
    return result
