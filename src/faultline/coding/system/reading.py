"""What the rules of arrows share: one sentence being read, its phrases named, its arrows made. Invariant: an arrow
never leads from a node to itself, and its words reach from its cause to its effect where both stand in the sentence."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from faultline.coding.system.concepts import Concepts
from faultline.coding.system.ends import Actor, Ends, Stretch
from faultline.coding.system.levels import Memory, Namer
from faultline.coding.system.line import Line
from faultline.record.system import ArrowStatus, Level


@dataclass(frozen=True, slots=True)
class Stated:
    """One arrow in one sentence: `trigger` is the word that states it, `words` the first and last of all its words."""

    cause: Level
    effect: Level
    status: ArrowStatus
    trigger: int
    words: tuple[int, int]
    rule: str


@dataclass(frozen=True, slots=True)
class How:
    """By which word and rule an arrow is stated, and how far the text commits itself; `sign` moves the effect."""

    word: int
    rule: str
    sign: int = 1
    status: ArrowStatus = ArrowStatus.STATED


@dataclass(frozen=True, slots=True)
class Side:
    """Levels at one end of an arrow, and where they stand; None where they were spoken of before."""

    levels: tuple[Level, ...]
    stretch: Stretch | None = None


@dataclass
class Reading:
    """One sentence being read. `used` are verbs that another verb spoke for ("allowed" in "allowed it to weaken")."""

    line: Line
    concepts: Concepts
    memory: Memory
    used: set[int] = field(default_factory=set)

    @property
    def ends(self) -> Ends:
        """Where phrases begin and end."""
        return Ends(self.line)

    @property
    def namer(self) -> Namer:
        """Names phrases by what the text has said so far."""
        return Namer(self.line, self.concepts, self.memory)

    def side(self, stretch: Stretch | None, as_object: bool = False) -> Side:
        """The levels of a stretch; an empty side for none."""
        return Side(self.namer.levels(stretch, as_object), stretch) if stretch else Side(())

    def arrows(self, causes: Side, effects: Side, how: How) -> Iterator[Stated]:
        """From every level of one side to every level of the other."""
        words = self._words(how.word, causes, effects)
        for cause in causes.levels:
            for effect in effects.levels:
                if cause.node != effect.node:
                    moved = replace(effect, direction=effect.direction * how.sign)
                    yield Stated(cause, moved, how.status, how.word, words, how.rule)

    def remember(self, causes: Side, effects: Side) -> None:
        """Makes the sides of an arrow what later pronouns and bare nouns mean."""
        if causes.levels and causes.stretch and self.line.kinds[causes.stretch.last] == "":
            self.memory = replace(self.memory, topic=causes.levels)
        if causes.levels:
            self.memory = replace(self.memory, acting=causes.levels)
        if effects.levels:
            self.memory = replace(self.memory, acted_on=effects.levels)

    def moved(self, verb: int) -> Side:
        """What changes in the clause of a verb, which way: its object, or its subject where it has none or where the
        clause says that the subject fails ("is no longer sufficient")."""
        line = self.line
        lemma, kind = line.lemmas[verb], line.kinds[verb]
        pull = next((p for p in line.words.verbs.get(lemma, ()) if not p.to and not p.backward), None)
        if kind == "passive":
            suffers = self._subject(self.ends.sufferer(verb))
            return self.turned(suffers, pull.sign if pull else self.fails(verb) or 1)
        for other in (p for p in line.words.verbs.get(lemma, ()) if p.to and not p.backward):
            stretch = self.ends.object(verb, other.to)  # "disputes turn into clashes"
            if stretch:
                return self.turned(self.side(stretch), other.sign)
        behind = self.side(self.ends.object(verb, ()), as_object=True)
        if pull and behind.levels and lemma not in line.words.intransitive:
            return self.turned(behind, pull.sign)
        if lemma in line.words.moves:
            has_object = bool(behind.levels) and line.tag(line.skip_on(verb)) not in ("ADP", "SCONJ", "PUNCT")
            side = behind if has_object else self._subject(self.ends.subject(verb))
            return self.turned(side, line.words.moves[lemma])
        fails = self.fails(verb)
        if fails:
            return self.turned(self._subject(self.ends.subject(verb)), fails)
        return Side(self.only_concepts(behind.levels), behind.stretch)

    def fails(self, verb: int) -> int:
        """-1 where the clause says that its subject fails: "is no longer sufficient", "became vulnerable"; else 0."""
        line = self.line
        end = next((w for w in range(verb, len(line)) if line.is_strong(w + 1) or line.ends_clause(w + 1)), verb)
        if line.lemmas[verb] in line.words.verbs:
            return 0
        said = range(verb + 1, min(end, verb + 8) + 1)
        if any(line.low(w) in line.words.falling and line.tag(w) in ("ADJ", "VERB") for w in said):
            return -1
        adjective = any(line.tag(w) == "ADJ" for w in said)
        return -1 if adjective and self.negated(verb) and not self.limited(verb) else 0

    def negated(self, verb: int) -> bool:
        """Whether the verb is denied by a word before it, or in French around it."""
        line = self.line
        # « ne dépend plus », "is no longer": denied behind the verb
        last = verb + 3 if line.words.particles or line.low(verb) in line.words.be else verb
        group = [line.low(w) for w in range(line.skip_back(verb) + 1, min(last, len(line)))]
        if line.words.particles and not set(group) & line.words.particles:
            return False
        return bool(set(group) & line.words.denials)

    def limited(self, verb: int) -> bool:
        """Whether it is only a share that is denied: "not solely", "pas seulement"."""
        around = range(max(0, verb - 3), min(verb + 4, len(self.line)))
        return any(self.line.low(w) in self.line.words.limits for w in around)

    def status(self, verb: int) -> ArrowStatus:
        """How far the verb group commits itself."""
        line = self.line
        if self.negated(verb) and not self.limited(verb):
            return ArrowStatus.DENIED
        group = {line.low(w) for w in range(line.skip_back(verb) + 1, verb)}
        doubtful = group & line.words.modals or line.lemmas[verb] in line.words.doubts
        form = line.form(verb)
        if doubtful or "Mood=Cnd" in line.tree.parsed.features[verb] or (form and form.tags == {"cond"}):
            return ArrowStatus.CONDITIONAL
        return ArrowStatus.STATED

    def only_concepts(self, levels: Iterable[Level]) -> tuple[Level, ...]:
        """Those that a concept names."""
        return tuple(level for level in levels if level.node in self.concepts.ids)

    def subject(self, verb: int) -> Side:
        """Levels of the subject of a verb, active or passive."""
        passive = self.line.kinds[verb] == "passive"
        return self._subject(self.ends.sufferer(verb) if passive else self.ends.subject(verb))

    def _subject(self, actor: Actor | None) -> Side:
        if actor and actor.event >= 0:
            return self.moved(actor.event)
        return self.side(actor.stretch) if actor else Side(())

    def turned(self, side: Side, sign: int) -> Side:
        """The side with its levels moved by a sign."""
        return Side(tuple(replace(level, direction=level.direction * sign) for level in side.levels), side.stretch)

    def _words(self, trigger: int, *sides: Side) -> tuple[int, int]:
        places = [w for side in sides if side.stretch and not side.stretch.is_topic for w in _ends_of(side.stretch)]
        return min([trigger, *places]), max([trigger, *places])


def _ends_of(stretch: Stretch) -> tuple[int, int]:
    return stretch.first, stretch.last
