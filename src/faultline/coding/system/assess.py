"""Turns the parsed sentences of an analysis into assessments, predictions and the arrows inside them. Invariant: one
claim a proposition, its span inside one sentence; a sentence that judges no level gives none."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from faultline.coding.system.arrows import Stated, arrows_in
from faultline.coding.system.concepts import load_concepts
from faultline.coding.system.judge import judgements
from faultline.coding.system.phrases import Phrases
from faultline.coding.system.tree import Tree
from faultline.record.claim import Claim, Slot
from faultline.record.protocols import Sentence
from faultline.record.system import ArrowStatus, Level, write_arrow
from faultline.record.text import Span
from faultline.record.vocabulary import Kind, Modality, SlotName


@dataclass(frozen=True, slots=True)
class Judged:
    """A proposition about levels: the words that state it, what kind of claim it is, its levels and arrows."""

    trigger: int
    words: tuple[int, ...]
    kind: Kind
    rule: str
    levels: tuple[Level, ...]
    arrows: tuple[Stated, ...] = ()


def assess(document: str, sentences: Sequence[tuple[Sentence, Tree]]) -> tuple[Claim, ...]:
    """Claims of kind assessment or prediction, with mechanism and arrow slots, in the order of the text; ids unset.

    Sentences of a language without concepts give nothing. Pronouns and "these elements" are read from the sentences
    before, so give all sentences of a document.
    """
    claims: list[Claim] = []
    memory = _Memory()
    for sentence, tree in sentences:
        if sentence.language not in LANGUAGES or not len(tree):
            continue
        for judged in _judge(tree, sentence.language, memory):
            claims.append(_claim(document, sentence, tree, judged))
        memory = memory.after(tree, sentence)
    return tuple(claims)


LANGUAGES = ("en", "fr")


@dataclass(frozen=True, slots=True)
class _Memory:
    """What later sentences refer back to."""

    topic: tuple[Level, ...] = ()
    listed: tuple[Level, ...] = ()

    def after(self, tree: Tree, sentence: Sentence) -> "_Memory":
        """The topic is the subject of the last sentence that has levels; the list its last enumeration of levels."""
        concepts = load_concepts(sentence.language)
        phrases = Phrases(tree, concepts, self.topic)
        root = next((w for w in range(len(tree)) if tree.head(w) < 0), -1)
        heads = tree.having(root, "nsubj") if root >= 0 else ()
        subject = [level for head in heads for level in phrases.levels(head) if level.node in concepts.names]
        subject = subject or [found.level for found in concepts.find(tree.text)[:1]]
        listed = _enumeration(tree, sentence.language)
        return replace(self, topic=tuple(subject) or self.topic, listed=listed or self.listed)


def _enumeration(tree: Tree, language: str) -> tuple[Level, ...]:
    """Levels of an enumeration of three or more; after a colon what follows it counts alone."""
    text = tree.text
    tail = text[text.index(":") + 1 :] if ":" in text else text
    pieces = [piece for piece in tail.replace(" and ", ", ").replace(" et ", ", ").split(",") if piece.strip()]
    concepts = load_concepts(language)
    levels = [found[0].level for piece in pieces if (found := concepts.find(piece))]
    distinct = tuple({level.node: level for level in levels}.values())
    return distinct if len(distinct) >= 3 else ()


def _judge(tree: Tree, language: str, memory: _Memory) -> list[Judged]:
    arrows = arrows_in(tree, language, memory.topic, memory.listed)
    by_trigger: dict[int, list[Stated]] = {}
    for arrow in arrows:
        by_trigger.setdefault(arrow.trigger, []).append(arrow)
    found = [_from_arrows(group) for group in by_trigger.values()]
    covered = {word for judged in found for word in judged.words}
    found.extend(
        Judged(j.trigger, j.words, j.kind, j.rule, j.levels)
        for j in judgements(tree, language)
        if j.trigger not in by_trigger and j.trigger not in covered
    )
    return found


def _from_arrows(group: Sequence[Stated]) -> Judged:
    first = group[0]
    conditional = first.rule == "condition"
    levels = tuple(dict.fromkeys(level for a in group for level in (a.cause, a.effect)))
    return Judged(
        first.trigger,
        first.words,
        Kind.PREDICTION if conditional else Kind.ASSESSMENT,
        first.rule,
        levels,
        tuple(group),
    )


def _claim(document: str, sentence: Sentence, tree: Tree, judged: Judged) -> Claim:
    start, end = _stretch(tree, judged)
    span = Span(sentence.span.start + start, sentence.span.start + end)
    slots = [_slot(SlotName.MECHANISM, level.node, span, judged.rule, "") for level in judged.levels]
    slots += [
        _slot(SlotName.ARROW, write_arrow(a.cause, a.effect, a.status), span, a.rule, _why(tree, a))
        for a in judged.arrows
    ]
    modality = Modality.HYPOTHETICAL if _only(judged.arrows, ArrowStatus.CONDITIONAL) else Modality.ASSESSMENT
    return Claim("", document, judged.kind, span, subtype=_subtype(judged), modality=modality, slots=tuple(slots))


def _stretch(tree: Tree, judged: Judged) -> tuple[int, int]:
    """Where the proposition stands: its clause; where the parse failed, the words from its comma or the sentence's
    beginning to the next mark."""
    if not judged.rule.startswith("surface"):
        return tree.span(judged.words)
    at = tree.parsed.starts[judged.trigger]
    begin = max((m.end() for m in _MARK.finditer(tree.text, 0, at)), default=0)
    stop = _MARK.search(tree.text, tree.parsed.ends[judged.trigger])
    return begin, stop.start() if stop else len(tree.text.rstrip(" .!?"))


_MARK = re.compile(r"[,;:—]\s*(?:and|et)?\s*")


def _slot(name: SlotName, value: str, span: Span, rule: str, reason: str) -> Slot:
    return Slot(name, value, span, rule=f"system:{rule}", reason=reason)


def _why(tree: Tree, arrow: Stated) -> str:
    return f"{tree.words_of([arrow.trigger])!r} says that {arrow.cause.node} acts on {arrow.effect.node}"


def _subtype(judged: Judged) -> str:
    return "mutual_reinforcement" if judged.rule == "mutual" else "mechanism"


def _only(arrows: Iterable[Stated], status: ArrowStatus) -> bool:
    statuses = {arrow.status for arrow in arrows}
    return statuses == {status}
