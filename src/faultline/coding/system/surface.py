"""Reads arrows from the order of words, where the parse gave none: a parser of this size takes "losses amplify
pressure" for a list of nouns. Invariant: a trigger is a form of a verb of the lexicon that stands where a verb can."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from faultline.coding.lexicon import load_pack
from faultline.coding.system.concepts import Concepts
from faultline.coding.system.phrases import free_level
from faultline.coding.system.tree import Tree
from faultline.coding.tokens import fold
from faultline.record.system import Level

_BOUND = re.compile(r"[;:—–.!?]|, (?:while|whereas|which|who|alors que|tandis que) ")
_IF = re.compile(r"(?:If|Unless|Si|S['’])\s+([^,]+), (.*)", re.DOTALL)
_STOP = re.compile(r"[,;:—–.!?()]|\b(?:and|but|while|as|when|et|mais|tandis|alors|lorsque)\b")
_AFTER = ("DET", "ADJ", "NOUN", "PROPN", "PRON", "VERB", "NUM", "ADV")
_FINITE = frozenset(("fin", "inf", "cond"))
_NOT_BEFORE = ("DET", "ADJ", "ADP", "NUM")  # "the shapes", "of influence", "into shapes"


@dataclass(frozen=True, slots=True)
class SurfaceArrow:
    """Levels before and after a trigger."""

    trigger: int
    causes: tuple[Level, ...]
    effects: tuple[Level, ...]


def verb_forms(language: str, lemmas: Mapping[str, object]) -> dict[str, str]:
    """Every form of these verbs (without accents) and its lemma."""
    inflection = load_pack(language).inflection
    found: dict[str, str] = {}
    for lemma in lemmas:
        for form, tags in inflection.verb_forms(lemma).items():
            if tags <= _FINITE:  # "escalating instability" and "intensified pressure" are no verbs
                found.setdefault(fold(form), lemma)
    return found


def surface_arrow(tree: Tree, word: int, to: str, concepts: Concepts, topic: tuple[Level, ...]) -> SurfaceArrow | None:
    """The arrow that this word states by its place between two phrases, the second behind the preposition `to` ("" for
    an object); None where it cannot be a verb there."""
    left, right = _left(tree, word), _right(tree, word)
    if to:
        before, _, right = right.lstrip().partition(" ")
        if fold(before) != to:
            return None
    elif not _may_be_verb(tree, word):
        return None
    causes, effects = _subject(left, concepts, topic), _object(right, concepts, topic)
    return SurfaceArrow(word, causes, effects) if causes and effects else None


def surface_condition(text: str, concepts: Concepts) -> tuple[tuple[Level, ...], tuple[Level, ...]]:
    """Levels of the condition and of what follows from it, in "If X persists, Y is likely"; () where there is none."""
    match = _IF.match(text)
    if not match:
        return (), ()
    found = concepts.find(match[1])
    # Without a concept the condition is named by its words before the verb, which is its last one or two.
    causes = (found[0].level,) if found else free_level(" ".join(match[1].split()[:2]), concepts, match[1])
    return causes, tuple(dict.fromkeys(f.level for f in concepts.find(match[2])))


def _may_be_verb(tree: Tree, word: int) -> bool:
    if word + 1 >= len(tree) or tree.tag(word + 1) not in _AFTER:
        return tree.tag(word) == "VERB" and word + 1 < len(tree)
    before = tree.tag(word - 1) if word else "PUNCT"
    return before not in _NOT_BEFORE or tree.tag(word) == "VERB"


def _left(tree: Tree, word: int) -> str:
    text = tree.text[: tree.parsed.starts[word]]
    ends = [match.end() for match in _BOUND.finditer(text)]
    return text[ends[-1] if ends else 0 :]


def _right(tree: Tree, word: int) -> str:
    text = tree.text[tree.parsed.ends[word] :]
    stop = _STOP.search(text, 1)
    return text[: stop.start()] if stop else text


def _subject(left: str, concepts: Concepts, topic: tuple[Level, ...]) -> tuple[Level, ...]:
    """The concepts of the first phrase; what a pronoun at its head stands for."""
    stripped = re.sub(r"^\s*(?:In|Dans|Under|Sous)\b[^,]*,", "", left).strip()
    first = fold(stripped).split(" ")[0] if stripped else ""
    found = concepts.find(stripped)
    if found:
        return (found[0].level,)
    return topic if first in concepts.pointers else ()


def _object(right: str, concepts: Concepts, topic: tuple[Level, ...]) -> tuple[Level, ...]:
    found = concepts.find(right)
    if found:
        return (found[0].level,)
    first = fold(right).split()
    if first and first[0] in concepts.pointers:
        return topic
    words = re.sub(r"^\s*(?:the|a|an|its|their|le|la|les|l'|un|une|des|du|son|sa|ses|leur|leurs)\b", "", right.lower())
    cut = re.split(r"\b(?:of|in|on|for|by|with|to|dans|sur|pour|par|avec)\b", words, maxsplit=1)[0]
    named = fold(cut.strip())
    return () if not named or named in concepts.pointers | concepts.hollow else free_level(cut, concepts, right)
