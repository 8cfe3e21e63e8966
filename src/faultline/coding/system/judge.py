"""Turns clauses that judge the state of a level without naming its cause into judgements ("control is conditional",
"the model is reaching its limits"). Invariant: a judgement speaks of at least one level of the lexicon."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from faultline.coding.system.concepts import load_concepts
from faultline.coding.system.tree import Tree
from faultline.coding.tokens import fold
from faultline.record.system import Level
from faultline.record.vocabulary import Kind

_CLAUSES = ("root", "conj", "ccomp", "advcl", "acl:relcl", "parataxis")
_APART = ("conj", "cc", "parataxis", "punct", "ccomp", "advcl", "acl:relcl")


@dataclass(frozen=True, slots=True)
class Judgement:
    """A clause that judges: the word that makes it one, all its words, its levels."""

    trigger: int
    words: tuple[int, ...]
    kind: Kind
    rule: str
    levels: tuple[Level, ...]


@cache
def _lexicon(language: str) -> dict[str, frozenset[str]]:
    data = yaml.safe_load(files("faultline.coding").joinpath(language, "judgements.yaml").read_text(encoding="utf-8"))
    return {name: frozenset(fold(words).split()) for name, words in data.items()}


def judgements(tree: Tree, language: str) -> list[Judgement]:
    """Clauses whose predicate judges a level: a verb of change or sign, or a noun or adjective of judgement."""
    words = _lexicon(language)
    found = []
    for word in range(len(tree)):
        rule = _rule(tree, word, words)
        if not rule or not (tree.head(word) < 0 or tree.is_a(word, *_CLAUSES)):
            continue
        inside = tree.subtree(word, without=_APART)
        levels = tuple(f.level for f in load_concepts(language).find(tree.words_of(inside)))
        if levels:
            found.append(Judgement(word, inside, _kind(tree, inside, words), rule, levels))
    return found


def _rule(tree: Tree, word: int, words: dict[str, frozenset[str]]) -> str:
    if tree.tag(word) in ("VERB", "AUX"):
        if tree.lemmas[word] in words["signs"]:
            return f"sign:{tree.lemmas[word]}"
        if tree.lemmas[word] in words["changes"]:
            return f"change:{tree.lemmas[word]}"
    if tree.having(word, "cop") and (tree.lemmas[word] in words["judgements"] or tree.tag(word) == "ADJ"):
        return f"judgement:{tree.lemmas[word]}"
    return ""


def _kind(tree: Tree, inside: tuple[int, ...], words: dict[str, frozenset[str]]) -> Kind:
    ahead = {tree.lows[w] for w in inside} & words["ahead"]
    return Kind.PREDICTION if ahead else Kind.ASSESSMENT
