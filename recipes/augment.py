"""Turns a tree into a variant as headlines and careless typing print it. Invariant: the analysis of the words that
remain is unchanged."""

import random
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from recipes.attribution import Subject, attributed
from recipes.treebank import Tree, Word

_ATTRIBUTED = 0.06
_ARTICLES = {"the", "a", "an", "le", "la", "les", "un", "une", "des"}


@dataclass(frozen=True, slots=True)
class Variety:
    """What variants are made with: the language, subjects to attribute sentences to, and chance."""

    language: str
    subjects: Sequence[Subject]
    chance: random.Random


def varied(tree: Tree, variety: Variety) -> Tree:
    """The tree itself (two times in three), or a variant: as a headline, carelessly typed, or with an attribution."""
    chance = variety.chance
    if chance.random() < _ATTRIBUTED:
        tree = attributed(tree, chance.choice(variety.subjects), variety.language, chance)
    draw = chance.random()
    for share, vary in _VARIANTS:
        if draw < share:
            return vary(tree)
        draw -= share
    return tree


def _without_stop(tree: Tree) -> Tree:
    last = len(tree.words) - 1
    return _without(tree, {last}) if last > 0 and tree.words[last].upos == "PUNCT" else tree


def _headline(tree: Tree) -> Tree:
    articles = {i for i, word in enumerate(tree.words) if word.upos == "DET" and word.form.lower() in _ARTICLES}
    return _without_stop(_without(tree, articles))


def _titled(tree: Tree) -> Tree:
    return _mapped(_without_stop(tree), lambda form: form if len(form) < 4 else form[0].upper() + form[1:])


def _lowered(tree: Tree) -> Tree:
    return _mapped(tree, str.lower)


def _shouted(tree: Tree) -> Tree:
    return _mapped(tree, str.upper)


def _bare_capitals(tree: Tree) -> Tree:
    """É, À, Ç as E, A, C: how much of the French press prints capitals."""
    return _mapped(tree, lambda form: _stripped(form[0]) + form[1:] if form[0].isupper() else form)


_VARIANTS: tuple[tuple[float, Callable[[Tree], Tree]], ...] = (
    (0.07, _without_stop),
    (0.06, _headline),
    (0.05, _titled),
    (0.06, _lowered),
    (0.03, _shouted),
    (0.03, _bare_capitals),
)


def _stripped(letter: str) -> str:
    return unicodedata.normalize("NFD", letter)[0]


def _without(tree: Tree, dropped: set[int]) -> Tree:
    """The tree without words on which nothing hangs; words that carry others stay."""
    carriers = {word.head for i, word in enumerate(tree.words) if word.head != i}
    kept = [i for i in range(len(tree.words)) if i not in dropped or i in carriers or tree.words[i].head == i]
    place = {old: new for new, old in enumerate(kept)}
    return _printed(tree, [replace(tree.words[i], head=place[tree.words[i].head]) for i in kept])


def _mapped(tree: Tree, change: Callable[[str], str]) -> Tree:
    """The tree with other forms of the same length; longer or shorter ones (ß as SS) are left alone."""
    forms = [change(word.form) for word in tree.words]
    words = [replace(w, form=f) if len(f) == len(w.form) else w for w, f in zip(tree.words, forms, strict=True)]
    return _printed(tree, words)


def _printed(tree: Tree, words: list[Word]) -> Tree:
    """A tree from words whose spans still refer to the text of `tree`: text and spans are made anew."""
    text = ""
    placed = []
    for i, word in enumerate(words):
        gap = i > 0 and tree.text[words[i - 1].end : word.start] != ""
        start = len(text) + gap
        text += " " * gap + word.form
        placed.append(replace(word, start=start, end=len(text)))
    return Tree(tree.id, text, tuple(placed))
