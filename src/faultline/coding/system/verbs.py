"""Arrows that a verb or a noun of the lexicon states between its subject and its object. Invariant: one verb, one
reading; a verb that only lets another act ("allowed it to weaken") leaves the arrow to that other."""

from collections.abc import Iterator
from dataclasses import replace

from faultline.coding.system.ends import Actor, Stretch
from faultline.coding.system.lexicon import Pull
from faultline.coding.system.reading import How, Reading, Side, Stated
from faultline.record.system import ArrowStatus

_NEAR = 8  # words between "is" and the noun behind it


def verb_arrows(reading: Reading) -> Iterator[Stated]:
    """Arrows of every verb of the sentence, in its order."""
    line = reading.line
    found: list[Stated] = []
    for word in range(len(line)):
        _turn_to_subject(reading, word)
        if line.kinds[word] and (line.lemmas[word] in line.words.verbs or line.lemmas[word] in line.words.make):
            found.extend(_of_verb(reading, word))
        elif line.tag(word) == "NOUN" and line.tree.lemmas[word] in line.words.nouns:
            found.extend(_of_noun(reading, word))
    yield from (stated for stated in found if stated.trigger not in reading.used)


def _turn_to_subject(reading: Reading, word: int) -> None:
    """At the verb of a clause with a subject of its own, that subject becomes what later pronouns mean."""
    line = reading.line
    if not (line.kinds[word] in ("finite", "passive") or line.low(word) in line.words.be):
        return
    before = reading.ends.before(word)
    if before < 0 or line.tag(before) not in ("NOUN", "PROPN", "ADJ") or line.is_relative(before):
        return
    side = reading.side(reading.ends.phrase_ending(before))
    if side.levels:
        reading.memory = replace(reading.memory, topic=side.levels)


def _of_verb(reading: Reading, verb: int) -> Iterator[Stated]:
    line = reading.line
    if line.kinds[verb] in ("passive", "participle"):
        return _passive(reading, verb)
    if line.lemmas[verb] in line.words.make and (quality := _quality(reading, verb)):
        return _made(reading, verb, quality)
    if line.lemmas[verb] in line.words.verbs:
        return _active(reading, verb)
    return iter(())


def _passive(reading: Reading, verb: int) -> Iterator[Stated]:
    line = reading.line
    pull = next((p for p in line.words.verbs.get(line.lemmas[verb], ()) if not p.to and not p.backward), None)
    if pull is None:
        yield from _backward_passive(reading, verb)
        return
    suffers = reading.ends.sufferer(verb) if line.kinds[verb] == "passive" else _noun_before(reading, verb)
    if line.lemmas[verb] in line.words.deprive:
        yield from _deprived(reading, verb, suffers)
    if line.lemmas[verb] in line.words.losses_of:
        return
    for stretch, denied in reading.ends.agents(verb):
        causes = reading.side(stretch)
        effects = reading.side(suffers.stretch if suffers else None)
        status = ArrowStatus.DENIED if denied else reading.status(verb)
        yield from reading.arrows(causes, effects, How(verb, f"verb:{line.lemmas[verb]}", pull.sign, status))
        if not denied:
            reading.remember(causes, effects)


def _backward_passive(reading: Reading, verb: int) -> Iterator[Stated]:
    """ "X is based on Y": a verb that names its cause behind a preposition."""
    line = reading.line
    for pull in line.words.verbs.get(line.lemmas[verb], ()):
        cause = reading.ends.object(verb, pull.to) if pull.backward and pull.to else None
        if cause:
            suffers = reading.ends.sufferer(verb) if line.kinds[verb] == "passive" else _noun_before(reading, verb)
            how = How(verb, f"verb:{line.lemmas[verb]}", pull.sign, reading.status(verb))
            yield from reading.arrows(reading.side(cause), reading.side(suffers.stretch if suffers else None), how)
            return


def _deprived(reading: Reading, verb: int, suffers: Actor | None) -> Iterator[Stated]:
    """ "Deprived of air support, the army withdraws": the loss weakens who bears it."""
    line = reading.line
    at = line.skip_on(verb)
    lost = reading.ends.phrase_from(at + 1) if line.low(at) in line.words.of else None
    if suffers is None and lost:
        behind = reading.ends.phrase_from(lost.last + 2)
        suffers = Actor(behind) if behind else None
    causes = reading.side(lost)
    fallen = Side(tuple(replace(level, direction=-level.direction) for level in causes.levels[:1]), lost)
    effects = reading.side(suffers.stretch if suffers else None)
    yield from reading.arrows(fallen, Side(effects.levels[:1], effects.stretch), How(verb, "deprived", -1))


def _noun_before(reading: Reading, verb: int) -> Actor | None:
    line = reading.line
    last = verb - 1 - (line.low(verb - 1) == ",")
    if last < 0 or line.tag(last) not in ("NOUN", "PROPN", "ADJ"):
        return None
    stretch = reading.ends.nearest(last)
    return Actor(stretch) if stretch else None


def _active(reading: Reading, verb: int) -> Iterator[Stated]:
    line = reading.line
    actor = reading.ends.subject(verb)
    backward = any(pull.backward for pull in line.words.verbs[line.lemmas[verb]])
    if backward and actor and line.low(line.skip_back(verb)) in line.words.whose:
        # « le contrôle des routes, dont dépend l'approvisionnement »: what stands behind is the subject
        behind = reading.side(reading.ends.object(verb, ()))
        yield from reading.arrows(reading.side(actor.stretch), behind, How(verb, f"verb:{line.lemmas[verb]}"))
        return
    for pull in line.words.verbs[line.lemmas[verb]]:
        other = _other_end(reading, verb, pull)
        if other and (pull.to or other.levels):
            yield from _pulled(reading, verb, pull, _Parts.of(reading, verb, actor), other)
            return


class _Parts:
    """The acting side of a verb with what stands above it."""

    def __init__(self, acting: Side, actor: Actor) -> None:
        self.acting, self.actor = acting, actor

    @staticmethod
    def of(reading: Reading, verb: int, actor: Actor | None) -> "_Parts":
        """The level that the verb is a part of ("capability to strike"), else its subject."""
        spanning = reading.namer.spanning(verb)
        actor = actor or Actor(Stretch(verb, verb))
        if spanning:
            return _Parts(Side((spanning,)), replace(actor, status=ArrowStatus.STATED, sign=1, used=()))
        if actor.event >= 0:
            moved = reading.moved(actor.event)
            return _Parts(moved if moved.levels else reading.subject(actor.event), actor)
        if actor.stretch == Stretch(verb, verb):
            return _Parts(Side(()), actor)
        return _Parts(reading.side(actor.stretch), actor)


def _pulled(reading: Reading, verb: int, pull: Pull, parts: _Parts, other: Side) -> Iterator[Stated]:
    status = reading.status(verb)
    if status == ArrowStatus.STATED:
        status = ArrowStatus.INTENDED if reading.ends.wished(verb) else parts.actor.status
    reading.used.update(parts.actor.used)
    how = How(verb, f"verb:{reading.line.lemmas[verb]}", pull.sign * parts.actor.sign, status)
    causes, effects = (other, parts.acting) if pull.backward else (parts.acting, other)
    yield from reading.arrows(causes, effects, how)
    reading.remember(causes, effects)


def _other_end(reading: Reading, verb: int, pull: Pull) -> Side | None:
    """The phrase behind the verb: its object, or what stands behind the pull's preposition."""
    line = reading.line
    if not pull.to and line.lemmas[verb] in line.words.causatives | line.words.hinders:
        return _let(reading, verb)
    stretch = reading.ends.object(verb, pull.to)
    if stretch:
        side = _stripped(reading, verb, reading.side(stretch, as_object=True))
        if line.lemmas[verb] in line.words.weak and not pull.to:
            return Side(reading.only_concepts(side.levels), stretch)
        return side
    before = line.low(verb - 1)
    if not pull.to and before in line.words.clitics - line.words.particles:
        return Side(reading.memory.acted_on)
    return None


def _stripped(reading: Reading, verb: int, side: Side) -> Side:
    """ "deprives the bank of reserves": the reserves fall too, and say it more exactly."""
    line = reading.line
    if line.lemmas[verb] not in line.words.deprive or not side.stretch:
        return side
    of = next((w for w in range(side.stretch.first, side.stretch.last) if line.low(w) in line.words.of), -1)
    lost = reading.side(Stretch(of + 1, side.stretch.last)) if of > 0 else Side(())
    return Side(lost.levels or side.levels, side.stretch)


def _let(reading: Reading, verb: int) -> Side | None:
    """What a verb that moves somebody to do something leads to: what is done where a level names it, else who does."""
    line = reading.line
    who = reading.ends.phrase_from(line.skip_on(verb))
    inner = next((w for w in range(verb + 1, line.clause_end(verb) + 1) if line.kinds[w] == "infinitive"), -1)
    if inner < 0 and line.lemmas[verb] in line.words.light:
        return None
    done = reading.ends.phrase_from(line.skip_on(inner)) if inner > 0 else None
    doers, deeds = reading.side(who, as_object=True), reading.side(done, as_object=True)
    named = reading.only_concepts(deeds.levels), reading.only_concepts(doers.levels)
    if inner > 0 and line.lemmas[inner] in line.words.moves and (doers.levels or deeds.levels):
        return reading.turned(doers if doers.levels else deeds, line.words.moves[line.lemmas[inner]])
    strong = inner > 0 and line.lemmas[inner] in line.words.verbs and line.lemmas[inner] not in line.words.weak
    if strong and deeds.levels:
        return None  # the inner verb states the arrow
    if named[0]:
        return Side(named[0], done)
    if line.lemmas[verb] in line.words.weak:
        return Side(named[1], who)
    return doers if named[1] or not deeds.levels else Side(deeds.levels or doers.levels, done)


def _quality(reading: Reading, verb: int) -> int:
    """The word of quality behind "make" in its clause; 0 for none."""
    line = reading.line
    return next((w for w in range(verb + 1, line.clause_end(verb) + 1) if line.low(w) in line.words.qualities), 0)


def _made(reading: Reading, verb: int, quality: int) -> Iterator[Stated]:
    """ "makes taxes harder to collect"."""
    line = reading.line
    actor = reading.ends.subject(verb)
    stretch = reading.ends.phrase_from(verb + 1)
    if stretch and stretch.first <= quality <= stretch.last:
        stretch = Stretch(verb + 1, quality - 1) if quality > line.skip_on(verb) else None
    stretch = stretch or reading.ends.phrase_from(quality + 1)
    how = How(verb, f"verb:{line.lemmas[verb]}", line.words.qualities[line.low(quality)], reading.status(verb))
    yield from reading.arrows(reading.side(actor.stretch if actor else None), reading.side(stretch, True), how)


def _of_noun(reading: Reading, noun: int) -> Iterator[Stated]:
    """ "X is a driver of Y", "X, a driver of Y"."""
    line = reading.line
    for pull in line.words.nouns[line.tree.lemmas[noun]]:
        at = _behind_noun(reading, noun, pull)
        subject, verb = _before_noun(reading, noun)
        if at and subject:
            first, second = reading.side(subject), reading.side(reading.ends.phrase_from(at))
            causes, effects = (second, first) if pull.backward else (first, second)
            how = How(noun, f"noun:{line.tree.lemmas[noun]}", pull.sign, reading.status(verb))
            yield from reading.arrows(causes, effects, how)
            reading.remember(first, second)


def _behind_noun(reading: Reading, noun: int, pull: Pull) -> int:
    """First word behind the noun's preposition, also over a second noun: "a result and a cause of"; 0 for none."""
    line = reading.line
    for at in range(noun + 1, min(noun + 5, len(line))):
        if any(line.phrase_at(at, (word,)) for word in pull.to):
            return at + 1
        if not (line.low(at) in line.words.joins or line.tag(at) in ("DET", "ADJ", "NOUN")):
            return 0
    return 0


def _before_noun(reading: Reading, noun: int) -> tuple[Stretch | None, int]:
    """The phrase that the noun is said of, and the verb that says it (the noun itself in an apposition)."""
    line = reading.line
    for at in range(noun - 1, max(-1, noun - _NEAR), -1):
        if line.low(at) in line.words.be or line.lemmas[at] in line.words.become:
            actor = reading.ends.subject(at) if line.kinds[at] else None
            before = line.skip_back(at)
            stretch = actor.stretch if actor else reading.ends.phrase_ending(before) if before >= 0 else None
            return stretch, at
        if line.low(at) == ",":
            return reading.ends.phrase_ending(at - 1), noun
        if line.is_verb(at) or line.is_strong(at) or line.tag(at) == "ADP":
            return None, noun
    return None, noun
