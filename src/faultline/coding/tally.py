"""Turns numbers of troops, materiel and happenings, and harm that nobody came to, into quantities of their own.
Invariant: a number is a strength only where a verb or noun of strength governs it; nobody harmed is a count of zero."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from faultline.coding.draft import Draft, fill
from faultline.coding.extent import trimmed
from faultline.coding.frames import Reading
from faultline.coding.lexicon import QUANTITY
from faultline.coding.line import Chunk, Line
from faultline.coding.roles import ENTITY, clause_of
from faultline.coding.tolls import Toll, harm_word
from faultline.coding.vague import vague_losses
from faultline.record.claim import Casualties
from faultline.record.vocabulary import Kind

TROOPS, MATERIEL, INCIDENTS = "troops", "materiel", "incidents"
NOBODY = "nobody harmed"  # the rule of a count of zero
_REACH = 6  # words between a verb of strength and its number


def tallies(reading: Reading, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts of a line with what it counts beside harm; a happening that is only counted becomes its number."""
    spared = list(_nobody(reading))
    kept = [d for d in drafts if not any(s.first <= d.trigger < s.last for s in spared)]
    told = [t.chunk for d in kept for t in d.tolls]
    strengths = [d for d in _strengths(reading) if d.tolls[0].chunk not in told]
    counted = [*(_as_number(d) for d in kept), *spared, *strengths]
    return [*counted, *vague_losses(reading, counted)]


def _strengths(reading: Reading) -> Iterator[Draft]:
    line = reading.line
    for chunk in line.chunks:
        q = chunk.quantity
        harm = _what(line, chunk)
        if q is None or q.vague or (q.best or q.low or 0) < 2 or not harm:
            continue
        verb = _strength_before(line, chunk)
        if verb < 0:
            continue
        clause = clause_of(reading.clauses, verb)
        owner = next((c for c in reversed(line.chunks) if clause.first <= c.first and c.last <= verb), None)
        first = owner.first if owner and owner.kind in ENTITY | {"asset"} else min(verb, chunk.first)
        yield _counted(reading, chunk, (harm, verb), (first, max(clause.last, chunk.last)), owner)


def _what(line: Line, chunk: Chunk) -> str:
    """troops or materiel where the number counts one of them, else ""."""
    if chunk.kind == "asset":
        return MATERIEL if chunk.classes & {"vehicle", "aircraft", "weapon"} else ""
    if chunk.kind == "group" and "armed" in chunk.classes:
        return TROOPS
    after = line.low(chunk.last) if line.low(chunk.last) not in line.pack.words["of"] else line.low(chunk.last + 1)
    bare = chunk.kind == "number" or chunk.group == "people"
    men = {after, line.low(chunk.last - 1)} & line.pack.words["men"]
    return TROOPS if bare and (men or after in line.pack.words["strong"] or _are_many(line, chunk)) else ""


def _are_many(line: Line, chunk: Chunk) -> bool:
    """ "ils sont 2 400 à patrouiller", "there are 500 of them"."""
    after = line.low(chunk.last) in line.pack.words["infinitive_of_many"]
    return after and line.low(chunk.first - 1) in line.pack.auxiliaries


def _strength_before(line: Line, chunk: Chunk) -> int:
    """The token of the verb or noun that makes the number one of strength, or -1."""
    words = line.pack.words
    if line.low(chunk.last) in words["strong"] or _are_many(line, chunk):
        return chunk.first
    for n in range(chunk.first - 1, max(-1, chunk.first - _REACH), -1):
        low, other = line.low(n), line.chunk_at(n)
        if low in words["strengths"] and (other is None or other.kind == "number"):
            return n
        of = low in words["of"] and line.low(n - 1) in words["bodies_of"] and n == chunk.first - 1
        if of or (low in words["of"] and line.low(n - 1) in words["strong_of"]):
            return n - 1
        small = words["of"] | words["determiners"] | words["at_least_words"] | words["adverbs"] | words["particles"]
        joined = other is not None and other.quantity is not None and line.low(n + 1) in words["coordinators"] | {","}
        if not (low in small or joined or low in words["coordinators"] or low == ","):
            return -1
    return -1


def _counted(
    reading: Reading, chunk: Chunk, what: tuple[str, int], extent: tuple[int, int], owner: Chunk | None
) -> Draft:
    line, q = reading.line, chunk.quantity
    harm, verb = what
    first, last = trimmed(line, *extent)
    draft = Draft(line, reading.sentence, QUANTITY, first, last, verb, f"counted {line.low(verb)}", subtype=harm)
    numbers = (q.low, q.best, q.high) if q else (0, 0, 0)
    draft.tolls = [Toll(chunk.first, chunk.last, chunk, harm, Casualties(harm, *numbers), verb, False)]
    if owner and owner.kind in ENTITY:
        draft.actors = [fill(line, reading.known.acting(owner), reading.text, "whose they are")]
    draft.actor_open = False
    return draft


def _as_number(draft: Draft) -> Draft:
    """ "148 attacks have been recorded since January": a happening that is only counted."""
    line, number = draft.line, draft.line.chunk_at(draft.trigger - 1)
    q = number.quantity if number is not None else None
    if draft.frame.kind != Kind.EVENT or not draft.rule.startswith("noun") or q is None or q.vague or draft.tolls:
        return draft
    counting = any(line.low(n) in line.pack.words["counting"] for n in range(draft.first, draft.last))
    before = any(line.low(n) in line.pack.words["counting"] for n in range(max(0, draft.first - 3), draft.first))
    if number is None or (q.best or q.low or 0) < 3 or not (counting or before):
        return draft
    toll = Toll(number.first, number.last, number, INCIDENTS, Casualties(INCIDENTS, q.low, q.best, q.high), -1, False)
    return replace(draft, frame=QUANTITY, subtype=INCIDENTS, tolls=[toll], actor_open=False)


def _nobody(reading: Reading) -> Iterator[Draft]:
    """ "No one was killed", "personne n'a été blessé", "n'a pas fait de victime": nobody came to that harm."""
    line = reading.line
    for n in line.standing(line.pack.words["nobody_harmed"], line.pack.words["no_words"], _NOT_MADE):
        end = _nobody_at(line, n)
        spots = range(end - 1 if line.low(n) in line.pack.words["no_words"] else end, min(end + 7, len(line.tokens)))
        hit = next((k for k in spots if harm_word(line, k)), -1) if end else -1
        if hit < 0 or any(line.low(k) in (",", ";", ".") for k in range(end, hit)):
            continue
        harm = harm_word(line, hit)
        if harm not in ("killed", "wounded"):
            continue
        chunk = Chunk(n, end, "number")
        frame = replace(QUANTITY, modality=None)
        draft = Draft(line, reading.sentence, frame, n, hit + 1, hit, NOBODY, subtype=_SUBTYPES[harm])
        draft.first, draft.last = trimmed(line, n, max(hit + 1, clause_of(reading.clauses, hit).last))
        draft.tolls = [Toll(n, hit + 1, chunk, harm, Casualties(harm, 0, 0, 0, group="people"), hit, False)]
        draft.actor_open = False
        yield draft


_NOT_MADE = frozenset({"pas", "sans"})
_SUBTYPES = {"killed": "fatalities", "wounded": "wounded"}


def _nobody_at(line: Line, n: int) -> int:
    """Past the words for nobody at token n, or 0."""
    low, after = line.low(n), line.low(n + 1)
    if low in line.pack.words["nobody_harmed"]:
        negated = line.pack.language == "en" or after in ("n'", "ne")
        return n + 1 if negated else 0
    if low in line.pack.words["no_words"] and after in line.pack.words["nobody_nouns"]:
        return n + 2
    made = line.pack.language == "fr" and low in _NOT_MADE and line.low(n + 1) in ("fait", "faire", "causé")
    return n + 2 if made and line.low(n + 2) in ("de", "d'", "aucun", "aucune") else 0
