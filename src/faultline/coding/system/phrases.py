"""Turns phrases of a parsed sentence into levels: who acts and on what, through shared subjects, relative clauses and
pronouns. Invariant: a phrase that names nothing measurable gives no level."""

import re
from dataclasses import dataclass
from functools import cached_property

from faultline.coding.system.concepts import Concepts, Found
from faultline.coding.system.tree import Tree
from faultline.coding.tokens import fold
from faultline.record.system import Level

_OUTSIDE = ("conj", "cc", "acl", "parataxis", "punct", "advcl", "appos")
_SUBJECTS = ("nsubj", "csubj")
_DROPPED = ("DET", "PRON", "ADV", "PUNCT", "NUM", "AUX", "SCONJ", "VERB")
_MOST_WORDS = 7  # of a level that no concept names


@dataclass(frozen=True)
class Phrases:
    """Reads phrases of one sentence; `topic` is what its pronouns stand for."""

    tree: Tree
    concepts: Concepts
    topic: tuple[Level, ...]

    def subjects(self, word: int) -> list[int]:
        """Heads of the phrases that act in the clause of this word, its own or the one that it shares."""
        tree = self.tree
        for at in (word, *tree.ancestors(word)):
            own = [s for s in tree.having(at, *_SUBJECTS) if tree.lows[s] not in self.concepts.relatives]
            if own:
                return own
            if tree.is_a(at, "acl") and tree.lemmas[tree.head(at)] not in self.concepts.aims:
                return [tree.head(at)]
        return []

    def levels(self, word: int) -> tuple[Level, ...]:
        """Levels of a phrase and of the phrases joined to it; what pronouns stand for; () where it names none."""
        found = (level for head in self.tree.conjuncts(word) for level in self._levels(head))
        return tuple(dict.fromkeys(found))

    @cached_property
    def _found(self) -> tuple[Found, ...]:
        return self.concepts.find(self.tree.text)

    def _covering(self, head: int) -> Level | None:
        """The level whose words hold the head, also where the parse hangs a part of them elsewhere; moved by the words
        of its own phrase alone, not by the verb before it."""
        tree = self.tree
        begin = tree.parsed.starts[min(tree.subtree(head, without=_OUTSIDE))]
        start, end = tree.parsed.starts[head] - begin, tree.parsed.ends[head] - begin
        found = self.concepts.find(tree.text[begin:])
        return next((f.level for f in found if f.start <= start and end <= f.end), None)

    def spanning(self, word: int) -> Level | None:
        """The level whose words hold this verb and begin before it; None where there is none."""
        start, end = self.tree.parsed.starts[word], self.tree.parsed.ends[word]
        return next((f.level for f in self._found if f.start < start and end <= f.end), None)

    def _levels(self, head: int) -> tuple[Level, ...]:
        tree = self.tree
        words = tree.subtree(head, without=_OUTSIDE)
        if tree.tag(head) in ("PRON", "DET"):
            return self.topic if tree.lows[head] in self.concepts.pointers else ()
        covering = self._covering(head)
        if covering:
            return (covering,)
        text = tree.words_of(words)
        found = self.concepts.find(text)
        if found:
            return (_named_by_head(found, text, tree.words_of([head])).level,)
        if tree.lemmas[head] in self.concepts.hollow:
            return self.topic if {tree.lows[c] for c in tree.having(head, "det")} & self.concepts.pointers else ()
        return self._free(head, words, text)

    def _free(self, head: int, words: tuple[int, ...], text: str) -> tuple[Level, ...]:
        """A level named by its own words, where the head is a common noun: its adjectives and what follows "of"."""
        tree = self.tree
        if tree.tag(head) not in ("NOUN", "PROPN", "VERB"):
            return ()
        outside = {*tree.having(head, "case", "mark", "cc"), *tree.having(head, "advmod")}
        kept = [w for w in words if w == head or (tree.tag(w) not in _DROPPED and w not in outside)]
        return free_level(tree.words_of(kept), self.concepts, text)


def free_level(words: str, concepts: Concepts, said: str) -> tuple[Level, ...]:
    """The level that these words name when no concept does, moved as `said` says; () for nothing but rise and fall."""
    name = " ".join(w for w in words.split() if fold(w) not in concepts.rising | concepts.falling)
    name = " ".join(re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", name)[:_MOST_WORDS]).lower()
    return (Level(name, concepts.direction(said)),) if name else ()


def _named_by_head(found: tuple[Found, ...], text: str, head: str) -> Found:
    """The concept that holds the head of the phrase; the first where none does ("a series of attacks")."""
    at = text.find(head)
    return next((f for f in found if f.start <= at < f.end), found[0])
