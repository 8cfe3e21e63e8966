"""Turns losses that a text tells without a number ("suffered heavy losses", "il y a des blessés") into quantities with
no count. Invariant: a verb of suffering or admitting, or "there are", governs the word; a counted loss is never one."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from faultline.coding.draft import Draft, fill
from faultline.coding.extent import trimmed
from faultline.coding.frames import Reading
from faultline.coding.lexicon import QUANTITY
from faultline.coding.line import Line
from faultline.coding.roles import ENTITY, clause_of
from faultline.coding.tolls import harm_word
from faultline.coding.verbs import Before

_SUBTYPES = {"killed": "fatalities", "wounded": "wounded", "missing": "missing"}
_REACH = 5  # words between the verb and its losses
_LOSING = ("suffering", "admitting", "loss_words")
_SMALL = ("determiners", "adjectives", "heavy_words", "particles")


def vague_losses(reading: Reading, told: Sequence[Draft]) -> Iterator[Draft]:
    """A draft for each loss without a number that none of the drafts `told` counts."""
    line = reading.line
    last = -1
    for n in line.standing(line.pack.words["lost_people"], line.pack.words["losses_plural"]):
        verb = _governor(line, n) if n > last else -1
        if verb < 0 or Before.read(line, verb).negated or any(d.tolls and d.first <= n < d.last for d in told):
            continue
        draft = _draft(reading, verb, n)
        last = draft.last
        yield draft


def _draft(reading: Reading, verb: int, n: int) -> Draft:
    """The draft of a loss at token n that the word at `verb` tells; the subject before a verb is whose loss it is."""
    line = reading.line
    clause = clause_of(reading.clauses, verb)
    owner = next((c for c in reversed(line.chunks) if clause.first <= c.first and c.last <= verb), None)
    owner = owner if owner and owner.kind in ENTITY and line.low(verb) in line.pack.words["suffering"] else None
    first, last = trimmed(line, owner.first if owner else min(verb, n), max(clause.last, n + 1))
    draft = Draft(line, reading.sentence, replace(QUANTITY, modality=None), first, last, n, f"losses {line.low(n)}")
    draft.subtype = _SUBTYPES.get(harm_word(line, n), "losses_unspecified")
    if owner:
        draft.recipients = [fill(line, reading.known.holder(owner), reading.text, "whose loss it is")]
    draft.own_loss = line.low(verb) in line.pack.words["admitting"]
    draft.actor_open = False
    return draft


def _governor(line: Line, n: int) -> int:
    """The token that tells of the losses at token n, or -1: a verb before them, "there are", a passive after them, or a
    comparison ("casualties are much higher")."""
    words = line.pack.words
    people = line.low(n) in words["lost_people"]
    if not people and line.low(n) not in words["losses_plural"]:
        return -1
    chunk = line.chunk_at(n)
    if chunk is not None and chunk.quantity is not None and not chunk.quantity.vague:
        return -1
    k = _before_noun(line, n)
    between = {line.low(j) for j in range(k + 1, n)}
    known = bool(between & words["definite"]) and not between & words["heavy_words"]
    if known or any(between & words[name] for name in ("none_words", "no_words", "possessives")):
        return -1
    if people:
        return k if line.low(k) in words["loss_words"] else -1
    if _in_any(line, k, _LOSING):
        return k
    spoken = next((j for j in (k - 1, k - 2) if line.low(k) in words["of"] and line.low(j) in words["tolling"]), -1)
    if spoken >= 0 or (line.low(k) in words["tolling"] and between & words["of"]):
        return spoken if spoken >= 0 else k
    there = line.low(k) in line.pack.auxiliaries and {line.low(k - 1), line.low(k - 2)} & words["existing"]
    if there:
        return k
    return _after_noun(line, n)


def _before_noun(line: Line, n: int) -> int:
    """The token before the noun group whose head is n."""
    words = line.pack.words
    of = words["of"] if line.pack.language == "fr" else frozenset()

    def small(k: int) -> bool:
        return _in_any(line, k, _SMALL) or line.low(k) in line.pack.counts["vague"]

    k = n - 1
    while k > max(0, n - _REACH) and (small(k) or (line.low(k) in of and small(k - 1))):
        k -= 1
    if line.low(k) in of and _in_any(line, k - 1, _LOSING):
        k -= 1  # "a subi de lourdes pertes"
    return k


def _after_noun(line: Line, n: int) -> int:
    """ "des morts sont signalés", "casualties were reported", "the losses are much higher"."""
    words = line.pack.words
    spots = range(n + 1, min(n + 5, len(line.tokens)))
    helped = next((k for k in spots if line.low(k) in line.pack.auxiliaries), -1)
    if helped < 0 or helped > n + 2:
        return -1
    after = range(helped + 1, min(helped + 4, len(line.tokens)))
    told = any(_in_any(line, k, ("counting", "suffering")) for k in after) and line.low(n - 1) not in words["definite"]
    return helped if told or any(line.low(k) in words["higher_words"] for k in after) else -1


def _in_any(line: Line, k: int, names: tuple[str, ...]) -> bool:
    """Whether the word at k is in one of the lists of those names; they are never joined, as some hold hundreds."""
    return any(line.low(k) in line.pack.words[name] for name in names)
