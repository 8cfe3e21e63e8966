"""Turns the parsed sentences of an analysis into assessments, predictions and the arrows inside them. Invariant: one
claim a proposition, its span inside one sentence; a sentence that judges no level gives none."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from faultline.coding.system.arrows import arrows_in
from faultline.coding.system.clauses import CONDITION, MUTUAL
from faultline.coding.system.concepts import load_concepts
from faultline.coding.system.judge import Judgement, judgement_words, judgements
from faultline.coding.system.levels import Memory
from faultline.coding.system.lexicon import load_arrow_words
from faultline.coding.system.line import Line
from faultline.coding.system.reading import Reading, Stated
from faultline.coding.system.tree import Tree
from faultline.coding.tokens import fold
from faultline.record.claim import Claim, Slot
from faultline.record.protocols import Sentence
from faultline.record.system import ArrowStatus, Concept, Level, write_arrow
from faultline.record.text import Span
from faultline.record.vocabulary import Kind, Modality, SlotName

LANGUAGES = ("en", "fr")
_LOOK_BACK = 2  # sentences without a judgement that a pronoun may still refer to


@dataclass(frozen=True, slots=True)
class AssessOptions:
    """`concepts`: those of a case, beside Faultline's own. `free`: whether arrows count between levels that no concept
    names; an analysis is read so, while in a dispatch they are mostly no levels ("militants opened fire")."""

    concepts: tuple[Concept, ...] = ()
    free: bool = False


@dataclass(frozen=True, slots=True)
class _Judged:
    """A proposition about levels: its trigger, first and last word, kind, levels, arrows and signs."""

    trigger: int
    words: tuple[int, int]
    kind: Kind
    rule: str
    levels: tuple[Level, ...]
    arrows: tuple[Stated, ...] = ()
    signs: tuple[tuple[Level, Level], ...] = ()


def assess(
    document: str, sentences: Sequence[tuple[Sentence, Tree]], options: AssessOptions | None = None
) -> tuple[Claim, ...]:
    """Claims of kind assessment or prediction, with mechanism, arrow and sign slots, in the order of the text; ids
    unset.

    Sentences of a language without concepts give nothing. Pronouns and "these elements" are read from the sentences
    before, so give all sentences of a document.
    """
    options = options or AssessOptions()
    claims: list[Claim] = []
    memory, waiting = Memory(), list[Reading]()
    for sentence, tree in sentences:
        if sentence.language not in LANGUAGES or not len(tree):
            continue
        concepts = load_concepts(sentence.language, options.concepts)
        reading = Reading(Line(tree, load_arrow_words(sentence.language)), concepts, memory)
        if not _speaks(tree, sentence.language) or not (options.free or _names_level(reading)):
            waiting = [*waiting[1 - _LOOK_BACK :], reading]
            continue
        for earlier in waiting:
            earlier.memory = memory
            memory = _after(earlier)
        waiting, reading = [], Reading(reading.line, concepts, memory)
        claims += [_claim(document, sentence, tree, judged) for judged in _judge(reading, sentence.language, options)]
        memory = _after(reading)
    return tuple(claims)


@cache
def _triggers(language: str) -> frozenset[str]:
    words, judging = load_arrow_words(language), judgement_words(language)
    said = {*words.verbs, *words.nouns, *words.moves, *words.forms, *words.make}
    starts = {phrase[0] for phrase in (*words.connectors, *words.outcomes, *words.conditions)}
    return frozenset(said | starts | judging["signs"] | judging["changes"] | judging["judgements"])


def _speaks(tree: Tree, language: str) -> bool:
    """Whether any word of the sentence can state an arrow or a judgement."""
    triggers = _triggers(language)
    return not (triggers.isdisjoint(tree.lows) and triggers.isdisjoint(tree.lemmas))


def _names_level(reading: Reading) -> bool:
    """Whether the sentence names a concept, or has a pronoun that may stand for one."""
    return reading.concepts.speak(reading.line.tree.text) or not reading.line.words.pointers.isdisjoint(
        reading.line.lows
    )


def _after(reading: Reading) -> Memory:
    """What the next sentence may refer back to: the subject of the first clause, the last enumeration of levels."""
    line = reading.line
    first = next((w for w in range(len(line)) if line.kinds[w] in ("finite", "passive") or line.tag(w) == "AUX"), -1)
    stretch = reading.ends.phrase_ending(line.skip_back(first)) if first > 0 and line.skip_back(first) >= 0 else None
    topic = reading.namer.levels(stretch) if stretch else ()
    named = dict(reading.memory.named)
    found = reading.concepts.find(line.tree.text)
    recent = {  # "a hybrid system": later "this system"
        fold(line.tree.text[concept.start : concept.end].split()[-1]): replace(concept.level, direction=1)
        for concept in found
    }
    if stretch and topic:
        named[reading.namer.head_of(stretch)] = replace(topic[0], direction=1)
    ends = (*reading.memory.acting, *reading.memory.acted_on) if reading.memory.acting else ()
    said = reading.only_concepts(topic) or reading.only_concepts(ends)[:1]
    point = said or tuple(f.level for f in found[:1]) or topic or reading.memory.point
    topic = topic or reading.memory.topic or tuple(f.level for f in found[:1])
    listed = _enumeration(reading) or reading.memory.listed
    memory = replace(reading.memory, topic=topic, point=point, acting=(), named=named, listed=listed)
    return replace(memory, recent=recent, earlier=reading.memory.recent)


def _enumeration(reading: Reading) -> tuple[Level, ...]:
    """Levels of an enumeration of three or more; after a colon what follows it counts alone."""
    text = reading.line.tree.text
    tail = text[text.index(":") + 1 :] if ":" in text else text
    if tail.count(",") < 1:
        return ()
    pieces = [piece for piece in tail.replace(" and ", ", ").replace(" et ", ", ").split(",") if piece.strip()]
    levels = [found[0].level for piece in pieces if (found := reading.concepts.find(piece))]
    distinct = tuple({level.node: level for level in levels}.values())
    return distinct if len(distinct) >= 3 else ()


def _judge(reading: Reading, language: str, options: AssessOptions) -> list[_Judged]:
    ids = reading.concepts.ids
    by_trigger: dict[int, list[Stated]] = {}
    for arrow in arrows_in(reading):
        if options.free or arrow.cause.node in ids or arrow.effect.node in ids:
            by_trigger.setdefault(arrow.trigger, []).append(arrow)
    found = [_from_arrows(group) for group in by_trigger.values()]
    covered = {w for judged in found for w in range(judged.words[0], judged.words[1] + 1)}
    found.extend(
        _from_judgement(j)
        for j in judgements(reading, language)
        if j.trigger not in by_trigger and (j.trigger not in covered or j.signs)
    )
    return found


def _from_arrows(group: Sequence[Stated]) -> _Judged:
    first = group[0]
    levels = tuple(dict.fromkeys(level for a in group for level in (a.cause, a.effect)))
    kind = Kind.PREDICTION if first.rule == CONDITION else Kind.ASSESSMENT
    words = min(a.words[0] for a in group), max(a.words[1] for a in group)
    return _Judged(first.trigger, words, kind, first.rule, levels, tuple(group))


def _from_judgement(judgement: Judgement) -> _Judged:
    return _Judged(
        judgement.trigger, judgement.words, judgement.kind, judgement.rule, judgement.levels, signs=judgement.signs
    )


def _claim(document: str, sentence: Sentence, tree: Tree, judged: _Judged) -> Claim:
    start, end = tree.parsed.starts[judged.words[0]], tree.parsed.ends[judged.words[1]]
    span = Span(sentence.span.start + start, sentence.span.start + end)
    slots = [_slot(SlotName.MECHANISM, level.node, span, judged.rule, "") for level in judged.levels]
    slots += [
        _slot(SlotName.ARROW, write_arrow(a.cause, a.effect, a.status), span, a.rule, _why(tree, a))
        for a in judged.arrows
    ]
    slots += [
        _slot(SlotName.SIGN, write_arrow(shown, meant), span, judged.rule, f"{shown.node} is read as a sign")
        for shown, meant in judged.signs
    ]
    modality = Modality.HYPOTHETICAL if _only(judged.arrows, ArrowStatus.CONDITIONAL) else Modality.ASSESSMENT
    subtype = "mutual_reinforcement" if judged.rule == MUTUAL else "mechanism"
    return Claim("", document, judged.kind, span, subtype=subtype, modality=modality, slots=tuple(slots))


def _slot(name: SlotName, value: str, span: Span, rule: str, reason: str) -> Slot:
    return Slot(name, value, span, rule=f"system:{rule}", reason=reason)


def _why(tree: Tree, arrow: Stated) -> str:
    return f"{tree.words_of([arrow.trigger])!r} says that {arrow.cause.node} acts on {arrow.effect.node}"


def _only(arrows: Iterable[Stated], status: ArrowStatus) -> bool:
    return {arrow.status for arrow in arrows} == {status}
