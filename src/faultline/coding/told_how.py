"""Turns a noun of a happening into how its verb tells it: "talks will be held", "des combats auraient eu lieu", "no one
saw a departure". Invariant: only the verb whose subject or object the noun is decides; without one it is told plainly.
"""

from dataclasses import dataclass

from faultline.coding.lexicon import Frame
from faultline.coding.line import Line
from faultline.coding.phrases import Found
from faultline.coding.roles import Clause
from faultline.coding.verbs import Before, in_conditional

_REACH = 14  # words between a noun and its verb
_SURE = ("pou", "dev")  # "pourrait", "devrait" are modals of their own
_FUTURE = ("ra", "ront")


@dataclass(frozen=True, slots=True)
class Told:
    """How a noun is told: the modal word ("future" for a tense), the French press conditional, a negation."""

    modal: str = ""
    conditional: bool = False
    negated: bool = False


def told_how(line: Line, found: Found[Frame], clause: Clause) -> Told:
    """How the verb after the noun tells it, else the one before."""
    verb = _verb_after(line, found, clause)
    if verb < 0:
        return Told(negated=_denied_before(line, found, clause))
    before = Before.read(line, verb)
    words = [line.low(n) for n in range(before.first, verb + 1)]
    french = line.pack.language == "fr"
    modal = before.modal or ("future" if french and _in_future(line, words) else "")
    conditional = french and not before.modal and any(_is_conditional(line, w) for w in words)
    pairs = {f"{line.low(verb)} {line.low(k)}" for k in (verb + 1, verb + 2)}  # "n'aura pas lieu"
    happens = line.low(verb) in line.pack.words["take_place"] or bool(pairs & line.pack.words["happen_pairs"])
    return Told(modal, conditional, before.negated and happens)


def _verb_after(line: Line, found: Found[Frame], clause: Clause) -> int:
    """The main verb whose subject the noun is, or -1: no mark and no relative between, but for a whole aside."""
    last = min(clause.last, found.last + _REACH, len(line.tokens))
    if line.syntax is not None:
        for n in range(found.last, last):
            if found.first <= line.syntax.subject(n) < found.last and line.syntax.tag(n) == "VERB":
                return -1 if line.syntax.modifies(n) else n
    for n in range(found.last, last):
        low = line.low(n) if line.at[n] < 0 else ""  # "on 2 May"
        if low in (",", ";", ":") or low in line.pack.words["relatives"]:
            return -1
        if low in line.pack.auxiliaries or low in line.pack.words["modal_words"]:
            while n + 1 < last and _helps(line, n + 1):
                n += 1
            return n + 1 if n + 1 < last else -1
        if low in line.pack.words["take_place"]:
            return n
    return -1


def _helps(line: Line, n: int) -> bool:
    low = line.low(n)
    return low in line.pack.auxiliaries or low in line.pack.words["particles"] or low in line.pack.words["negations"]


def _in_future(line: Line, words: list[str]) -> bool:
    return any(w.endswith(_FUTURE) and _is_verb(line, w) for w in words)


def _is_conditional(line: Line, word: str) -> bool:
    return in_conditional(line, word) and not word.startswith(_SURE) and _is_verb(line, word)


def _is_verb(line: Line, word: str) -> bool:
    return word in line.pack.auxiliaries or word in line.pack.words["take_place"] or word in line.pack.verbs


def _denied_before(line: Line, found: Found[Frame], clause: Clause) -> bool:
    """ "Personne n'a observé de départ", "nobody reported an attack": the verb of seeing or telling is negated."""
    small = line.pack.words["determiners"] | line.pack.words["adjectives"] | line.pack.words["of"]
    n = found.first - 1
    while n > clause.first and line.low(n) in small:
        n -= 1
    if line.low(n) not in line.pack.reporting:
        return False
    nobody = line.pack.words["nobody_harmed"] | line.pack.words["no_words"]
    before = [line.low(k) for k in range(max(clause.first, n - 4), n)]
    return Before.read(line, n).negated or (line.pack.language == "en" and any(w in nobody for w in before))
