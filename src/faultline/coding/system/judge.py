"""Turns clauses that judge the state of a level without naming its cause into judgements ("control is conditional",
"the curfew indicates that the threat has grown"). Invariant: a judgement speaks of a level of the lexicon."""

from dataclasses import dataclass
from functools import cache

from faultline.coding.system.reading import Reading
from faultline.coding.system.tree import Tree
from faultline.coding.tokens import fold
from faultline.record.packaged import packaged
from faultline.record.system import Level
from faultline.record.vocabulary import Kind

_CLAUSES = ("root", "conj", "ccomp", "advcl", "acl:relcl", "parataxis")
_APART = ("conj", "cc", "parataxis", "punct", "ccomp", "advcl", "acl:relcl")


@dataclass(frozen=True, slots=True)
class Judgement:
    """A clause that judges: the word that makes it one, first and last of its words, its levels; `signs` are the pairs
    of levels of which it reads the first as a sign of the second."""

    trigger: int
    words: tuple[int, int]
    kind: Kind
    rule: str
    levels: tuple[Level, ...]
    signs: tuple[tuple[Level, Level], ...] = ()


@cache
def judgement_words(language: str) -> dict[str, frozenset[str]]:
    """The lexicon of judgements of a language pack, by the kind of word."""
    data = packaged("faultline.coding", language, "judgements.yaml")
    return {name: frozenset(fold(words).split()) for name, words in data.items()}


def judgements(reading: Reading, language: str) -> list[Judgement]:
    """Clauses whose predicate judges a level: a verb of change or sign, or a noun or adjective of judgement."""
    words, tree = judgement_words(language), reading.line.tree
    found = []
    for word in range(len(tree)):
        rule = _rule(tree, word, words)
        if not rule or not (tree.head(word) < 0 or tree.is_a(word, *_CLAUSES)):
            continue
        inside = tree.subtree(word, without=_APART)
        levels = tuple(f.level for f in reading.concepts.find(tree.words_of(inside)))
        signs = _signs(reading, word) if rule.startswith("sign:") else ()
        levels = levels or tuple(dict.fromkeys(level for pair in signs for level in pair))
        if levels:
            kind = _kind(tree, inside, words)
            found.append(Judgement(word, (min(inside), max(inside)), kind, rule, levels, signs))
    return found


def _signs(reading: Reading, verb: int) -> tuple[tuple[Level, Level], ...]:
    """From the subject of a verb of sign to the concepts behind it, as far as its clause goes."""
    line = reading.line
    actor = reading.ends.subject(verb) if line.kinds[verb] else None
    shown = reading.only_concepts(reading.side(actor.stretch if actor else None).levels[:1])
    tail = line.tree.text[line.tree.parsed.ends[verb] : line.tree.parsed.ends[line.clause_end(verb)]]
    meant = tuple(dict.fromkeys(found.level for found in reading.concepts.find(tail)))
    return tuple((a, b) for a in shown for b in meant if a.node != b.node)


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
