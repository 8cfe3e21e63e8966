"""Arrows between clauses: connectors ("because of"), outcomes ("in response"), conditions, what holds under something,
and levels that reinforce one another. Invariant: a clause is moved only by words that say so."""

from collections.abc import Iterator

from faultline.coding.system.ends import Stretch
from faultline.coding.system.reading import How, Reading, Side, Stated
from faultline.record.system import ArrowStatus

MUTUAL = "mutual"
CONDITION = "condition"
_MOST_OUTCOMES = 4  # levels of the clause that follows from a condition


def clause_arrows(reading: Reading) -> Iterator[Stated]:
    """Arrows from clause to clause."""
    line = reading.line
    for word in range(len(line)):
        yield from _connector(reading, word)
        yield from _outcome(reading, word)
        yield from _because(reading, word)
        yield from _under_which(reading, word)
    yield from _condition(reading)


def mutual_arrows(reading: Reading) -> Iterator[Stated]:
    """ "Each of these elements reinforces the others": an arrow from every listed level to every other."""
    line = reading.line
    for verb in range(len(line)):
        if line.lemmas[verb] not in line.words.mutual_verbs or not _has_mutual_object(reading, verb):
            continue
        actor = reading.ends.subject(verb)
        own = reading.side(actor.stretch if actor else None)
        members = own.levels if len({level.node for level in own.levels}) > 1 else reading.memory.listed
        both = Side(members, own.stretch)
        yield from reading.arrows(both, both, How(verb, MUTUAL, 1, reading.status(verb)))


def _has_mutual_object(reading: Reading, verb: int) -> bool:
    line = reading.line
    near = {line.low(w) for w in range(max(0, verb - 1), min(verb + 5, len(line)))}
    return bool(line.kinds[verb] or line.lemmas[verb] == line.tree.lemmas[verb]) and bool(
        near & line.words.mutual_objects
    )


def _connector(reading: Reading, word: int) -> Iterator[Stated]:
    line = reading.line
    led = line.words.connectors_by_word.get(line.low(word), ())
    strong = next((p for p in led if line.phrase_at(word, p)), None)
    weak = strong is None and line.low(word) in line.words.frames and line.tag(word) == "ADP"
    if strong is None and not weak:
        return
    stretch = reading.ends.phrase_from(word + (len(strong) if strong else 1))
    verb = _clause_verb(reading, word, stretch)
    if stretch is None or verb < 0:
        return
    causes, effects = reading.side(stretch), reading.moved(verb)
    causes = causes if causes.levels else _concepts_of(reading, stretch)
    certain = strong is not None and (line.lemmas[verb] in line.words.moves or reading.fails(verb) != 0)
    if weak or strong in line.words.temporal:
        causes = Side(reading.only_concepts(causes.levels), causes.stretch)
    if weak or not certain:
        effects = Side(reading.only_concepts(effects.levels), effects.stretch)
    if weak and line.lemmas[verb] not in line.words.moves and not reading.fails(verb):
        return
    sign = line.words.connectors[strong] if strong else 1
    yield from reading.arrows(causes, effects, How(verb, "clause:connector", sign, _held(reading, verb)))


def _concepts_of(reading: Reading, stretch: Stretch) -> Side:
    """Concepts behind a connector: "in an environment defined by A and B" speaks of both."""
    line, last = reading.line, stretch.last
    while not line.is_strong(last + 1) and line.low(last + 1) != "," and not line.is_finite(last + 1):
        last += 1
    return Side(reading.namer.concept_levels(Stretch(stretch.first, last)), Stretch(stretch.first, last))


def _held(reading: Reading, verb: int) -> ArrowStatus:
    """A negation says which way the level moves, and denies nothing here."""
    status = reading.status(verb)
    return ArrowStatus.STATED if status == ArrowStatus.DENIED else status


def _clause_verb(reading: Reading, word: int, stretch: Stretch | None) -> int:
    """The verb of the clause that a phrase hangs on: before it, else behind its comma; -1 for none."""
    line = reading.line
    for at in range(word - 1, line.clause_start(word) - 1, -1):
        if line.kinds[at] in ("finite", "passive") or line.low(at) in line.words.be:
            return at
    behind = range((stretch.last if stretch else word) + 1, line.clause_end(word) + 1)
    return next((at for at in behind if line.kinds[at] in ("finite", "passive") or line.low(at) in line.words.be), -1)


def _outcome(reading: Reading, word: int) -> Iterator[Stated]:
    line = reading.line
    phrase = next((p for p in line.words.outcomes if p[0] == line.low(word) and line.phrase_at(word, p)), None)
    if phrase is None or line.low(word + len(phrase)) in line.words.of | {"to", "a"}:
        return
    verb = _clause_verb(reading, word, Stretch(word, word + len(phrase) - 1))
    if verb >= 0:
        how = How(verb, "clause:outcome", 1, _held(reading, verb))
        yield from reading.arrows(_clause_before(reading, verb), reading.moved(verb), how)


def _clause_before(reading: Reading, verb: int) -> Side:
    """What the clause before speaks of, in the same sentence or in the one before."""
    line = reading.line
    comma = next((w for w in range(verb, 0, -1) if line.low(w) == ","), -1)
    above = next((w for w in range(comma, -1, -1) if line.kinds[w] in ("finite", "passive")), -1)
    actor = reading.ends.subject(above) if above >= 0 else None
    side = reading.side(actor.stretch if actor else None)
    return side if reading.only_concepts(side.levels) else Side(reading.memory.point)


def _because(reading: Reading, word: int) -> Iterator[Stated]:
    line = reading.line
    if line.low(word) not in line.words.because or line.low(word + 1) in line.words.of:
        return
    main = _last(reading, range(line.clause_start(word), word))
    reason = next((w for w in range(word, line.clause_end(word) + 1) if _moves(reading, w)), -1)
    if main >= 0 and reason >= 0:
        yield from reading.arrows(reading.moved(reason), reading.moved(main), How(word, "clause:because"))


def _last(reading: Reading, words: range) -> int:
    return next((w for w in reversed(words) if _moves(reading, w)), -1)


def _moves(reading: Reading, word: int) -> bool:
    line = reading.line
    predicates = line.low(word) in line.words.be or line.lemmas[word] in line.words.become
    if predicates and reading.fails(word):
        return True
    return (
        line.kinds[word] in ("finite", "passive")
        and line.lemmas[word] in line.words.moves.keys() | line.words.verbs.keys()
    )


def _under_which(reading: Reading, word: int) -> Iterator[Stated]:
    """ "terms under which a position loses its value": what stands before moves what is moved inside."""
    line = reading.line
    inside = line.tag(word) == "ADP" and line.low(word + 1) in line.words.relatives | line.words.which
    if not inside or line.low(word) in line.words.of:
        return
    verb = next((w for w in range(word + 2, line.clause_end(word) + 1) if line.kinds[w] in ("finite", "passive")), -1)
    if verb < 0 or word < 1 or line.lemmas[verb] not in line.words.moves:
        return
    spanning = reading.namer.spanning(word - 1)
    before = reading.ends.phrase_ending(word - 1)
    causes = Side((spanning,)) if spanning else reading.side(before)
    yield from reading.arrows(causes, reading.moved(verb), How(verb, "clause:which"))


def _condition(reading: Reading) -> Iterator[Stated]:
    """ "If X persists, Y is likely": arrows from the level of the condition to those of the main clause."""
    line = reading.line
    phrase = next((p for p in line.words.conditions if line.phrase_at(0, p)), None)
    comma = next((w for w in range(len(line)) if line.low(w) == ","), -1)
    if phrase is None or comma < 0:
        return
    inside = range(len(phrase), comma)
    verb = next((w for w in inside if line.lemmas[w] in line.words.moves or line.is_verb(w)), comma)
    condition = Stretch(len(phrase), max(len(phrase), verb - 1))
    levels = reading.namer.levels(condition) or reading.namer.by_words(condition)
    turned = line.words.moves.get(line.lemmas[verb], 1) * line.words.conditions[phrase]
    causes = reading.turned(Side(levels[:1], Stretch(0, comma)), turned)
    end = line.clause_end(comma)
    behind = Stretch(comma + 1, end)
    effects = Side(reading.namer.concept_levels(behind)[:_MOST_OUTCOMES], behind)
    if not effects.levels:
        verbs = [w for w in range(comma + 1, end + 1) if _moves(reading, w)]
        effects = reading.moved(verbs[0]) if verbs else Side(())
    how = How(verb if verb < comma else 0, CONDITION, 1, ArrowStatus.CONDITIONAL)
    yield from reading.arrows(causes, effects, how)
