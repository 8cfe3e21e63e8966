"""Turns a parsed sentence into the arrows that it asserts: what it says acts on what, with which sign, how committed.
Invariant: signs ("indicates", "reflects") are never arrows, and each arrow keeps the word that states it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from faultline.coding.system.concepts import Concepts, load_concepts
from faultline.coding.system.phrases import Phrases
from faultline.coding.system.surface import surface_arrow, surface_condition, verb_forms
from faultline.coding.system.tree import Tree
from faultline.coding.tokens import fold
from faultline.record.system import ArrowStatus, Level

_SIGNS = {"+": 1, "-": -1, "?": 0}


@dataclass(frozen=True, slots=True)
class Stated:
    """One arrow in one sentence: `trigger` is the word that states it, `words` the indices of all its words."""

    cause: Level
    effect: Level
    status: ArrowStatus
    trigger: int
    words: tuple[int, ...]
    rule: str
    mutual: bool = False


@dataclass(frozen=True, slots=True)
class Pull:
    """What a verb or noun of the lexicon does: sign, preposition that the other end stands behind, direction."""

    sign: int
    to: str = ""
    backward: bool = False


@dataclass(frozen=True, slots=True)
class ArrowWords:
    """The arrow lexicon of one language."""

    verbs: Mapping[str, tuple[Pull, ...]]
    nouns: Mapping[str, tuple[Pull, ...]]
    connectors: frozenset[str]
    mutual_verbs: frozenset[str]
    mutual_objects: frozenset[str]
    signs: frozenset[str]
    intended: frozenset[str]
    intended_nouns: frozenset[str]
    limits: frozenset[str]
    deprive: frozenset[str]
    negations: frozenset[str]
    conditions: frozenset[str]
    modals: frozenset[str]
    agents: frozenset[str]
    become: frozenset[str]
    losses_of: frozenset[str]
    causal: frozenset[str]
    changes: frozenset[str]


@cache
def load_arrow_words(language: str) -> ArrowWords:
    """The arrow lexicon of a language pack ("en", "fr")."""
    data = yaml.safe_load(files("faultline.coding").joinpath(language, "arrows.yaml").read_text(encoding="utf-8"))
    verbs: dict[str, list[Pull]] = {}
    for mark, lemmas in data["verbs"].items():
        for lemma in fold(lemmas).split():
            verbs.setdefault(lemma, []).append(Pull(_SIGNS[mark]))
    for entry in data["phrases"]:
        verbs.setdefault(fold(entry["verb"]), []).append(Pull(_SIGNS[entry["sign"]], fold(entry["to"])))
    for entry in data["backward"]:
        verbs.setdefault(fold(entry["verb"]), []).append(Pull(_SIGNS[entry["sign"]], fold(entry["to"]), True))
    nouns: dict[str, list[Pull]] = {}
    for entry in data["nouns"]:
        pull = Pull(_SIGNS[entry["sign"]], fold(entry["to"]), not entry.get("forward", False))
        nouns.setdefault(fold(entry["noun"]), []).append(pull)
    sets = {name: _words(data[name]) for name in _SETS}
    return ArrowWords(
        {lemma: tuple(pulls) for lemma, pulls in verbs.items()},
        {lemma: tuple(pulls) for lemma, pulls in nouns.items()},
        _words(data["connectors"]["+"]),
        mutual_verbs=_words(data["mutual"]["verbs"]),
        mutual_objects=_words(data["mutual"]["objects"]),
        **sets,
    )


_SETS = (
    "signs",
    "intended",
    "intended_nouns",
    "limits",
    "deprive",
    "negations",
    "conditions",
    "modals",
    "agents",
    "become",
    "losses_of",
    "causal",
    "changes",
)


def _words(text: str) -> frozenset[str]:
    return frozenset(word.replace("_", " ") for word in fold(text).split())


def arrows_in(tree: Tree, language: str, topic: tuple[Level, ...], listed: tuple[Level, ...]) -> tuple[Stated, ...]:
    """The arrows of one sentence, in the order of their triggers.

    `topic` is what "this" and "it" stand for (levels of the sentence before), `listed` the levels of the last
    enumeration, which "each of these elements" stands for.
    """
    words, concepts = load_arrow_words(language), load_concepts(language)
    reader = _Reader(tree, words, concepts, Phrases(tree, concepts, topic))
    found = [*reader.mutual(listed)]
    spoken_for = {stated.trigger for stated in found}
    for word in range(len(tree)):
        if word not in spoken_for:
            found.extend(reader.at(word))
    found.extend(reader.frames())
    found.extend(reader.condition())
    # The order of words is asked where the tree gave nothing, or an end that no concept names.
    sure = {s.trigger for s in found if {s.cause.node, s.effect.node} <= set(concepts.names)}
    by_order = reader.surface(language, sure)
    better = {s.trigger for s in by_order if {s.cause.node, s.effect.node} <= set(concepts.names)}
    tried = {stated.trigger for stated in found}
    kept = [s for s in found if s.trigger not in better]
    return _distinct([*kept, *(s for s in by_order if s.trigger in better or s.trigger not in tried)])


def _distinct(found: Iterable[Stated]) -> tuple[Stated, ...]:
    """One arrow a pair of nodes in a sentence, never from a node to itself; the first reading stays."""
    kept: dict[tuple[str, str], Stated] = {}
    for stated in sorted(found, key=lambda s: (s.trigger, not s.mutual)):
        if stated.cause.node != stated.effect.node:
            kept.setdefault((stated.cause.node, stated.effect.node), stated)
    return tuple(kept.values())


@dataclass(frozen=True, slots=True)
class _How:
    """By which word and rule an arrow is stated, with which sign; a status that the rule itself gives."""

    word: int
    rule: str
    sign: int = 1
    status: ArrowStatus | None = None


@dataclass(frozen=True)
class _Reader:
    """Reads one sentence with one lexicon."""

    tree: Tree
    words: ArrowWords
    concepts: Concepts
    phrases: Phrases

    def at(self, word: int) -> list[Stated]:
        """Arrows that this word states."""
        tree = self.tree
        if tree.lemmas[word] in self.words.verbs and tree.tag(word) in ("VERB", "AUX"):
            return self._verb(word)
        if tree.lemmas[word] in self.words.nouns and (tree.having(word, "cop") or self._becomes(word)):
            return self._noun(word)
        return []

    def frames(self) -> list[Stated]:
        """ "Under coordinated pressure X reveals itself as vulnerable", "in an environment defined by Y, X is no longer
        sufficient": what surrounds a clause that says that a level fails is the cause of its fall."""
        tree = self.tree
        found: list[Stated] = []
        for word in range(len(tree)):
            around = [o for o in tree.having(word, "obl") if self._cases(o) & self.words.connectors]
            moves = -1 if self._fails(word) else 1
            if moves > 0:  # "after the withdrawal of X, Y emerged"
                around = [o for o in around if self._cases(o) & self.words.causal and self._changes(word)]
            if not around:
                continue
            causes = [f.level for o in around for f in self.concepts.find(tree.words_of(tree.subtree(o)))]
            effects = [level for s in self.phrases.subjects(word) for level in self.phrases.levels(s)]
            for cause in causes:
                for effect in effects:
                    how = _How(word, "frame", moves * effect.direction, ArrowStatus.STATED)
                    found.append(self._stated(cause, effect, how))
        return found

    def surface(self, language: str, done: set[int]) -> list[Stated]:
        """Arrows by the order of words, where the tree gave none."""
        found: list[Stated] = []
        forms = verb_forms(language, self.words.verbs)
        for word in range(len(self.tree)):
            lemma = forms.get(self.tree.lows[word], "")
            if word not in done and lemma and not self._passive(word):
                found.extend(self._by_order(word, lemma))
        return found

    def _by_order(self, word: int, lemma: str) -> list[Stated]:
        pulls = [p for p in self.words.verbs[lemma] if not p.backward and p.to not in ("obj", "xcomp")]
        for pull in sorted(pulls, key=lambda p: not p.to):  # "leads to" before "leads"
            arrow = surface_arrow(self.tree, word, pull.to, self.concepts, self.phrases.topic)
            if arrow:
                how = _How(word, f"surface:{lemma}", pull.sign)
                return [self._stated(c, e, how) for c in arrow.causes for e in arrow.effects]
        return []

    def _fails(self, word: int) -> bool:
        """Whether the clause says that its subject is falling: "no longer sufficient", "vulnerable"."""
        clause = self.tree.words_of(self.tree.subtree(word, without=("obl", "nsubj", "conj", "parataxis", "advcl")))
        words = set(fold(clause).split())
        return bool(words & self.concepts.falling) or bool(
            words & self.words.negations and self.tree.tag(word) == "ADJ"
        )

    def _changes(self, word: int) -> bool:
        return self.tree.lemmas[word] in self.words.changes

    def _becomes(self, word: int) -> bool:
        above = self.tree.head(word)
        return above >= 0 and self.tree.lemmas[above] in self.words.become

    def _passive(self, word: int) -> bool:
        return "Voice=Pass" in self.tree.parsed.features[word]

    def mutual(self, listed: tuple[Level, ...]) -> list[Stated]:
        """ "Each of these elements reinforces the others": an arrow from every listed level to every other."""
        found = []
        for word in range(len(self.tree)):
            if self.tree.lemmas[word] not in self.words.mutual_verbs or not self._has_mutual_object(word):
                continue
            own = [level for subject in self.phrases.subjects(word) for level in self.phrases.levels(subject)]
            members = own if len({level.node for level in own}) > 1 else list(listed)
            for cause in members:
                for effect in members:
                    if cause.node != effect.node:
                        found.append(self._stated(cause, effect, _How(word, "mutual")))
        return found

    def condition(self) -> list[Stated]:
        """ "If X persists, Y is likely": arrows from the levels of the condition to those of the main clause."""
        causes, effects = surface_condition(self.tree.text, self.concepts)
        root = next((w for w in range(len(self.tree)) if self.tree.head(w) < 0), 0)
        how = _How(root, "condition", 1, ArrowStatus.CONDITIONAL)
        return [self._stated(cause, effect, how) for cause in causes for effect in effects]

    def _verb(self, word: int) -> list[Stated]:
        pulls = self.words.verbs[self.tree.lemmas[word]]
        behind = next((p for p in pulls if p.to and self._behind(word, p.to)), None)
        pull = behind or next((p for p in pulls if not p.to), None)
        if pull is None:
            return []
        subjects, objects = self._ends(word, pull)
        causes, effects = (objects, subjects) if pull.backward else (subjects, objects)
        return self._between(causes, effects, _How(word, f"verb:{self.tree.lemmas[word]}", pull.sign))

    def _noun(self, word: int) -> list[Stated]:
        pull = self.words.nouns[self.tree.lemmas[word]][0]
        subjects = self.phrases.subjects(word)
        others = self._behind(word, pull.to)
        causes, effects = (others, subjects) if pull.backward else (subjects, others)
        return self._between(causes, effects, _How(word, f"noun:{self.tree.lemmas[word]}", pull.sign))

    def _between(self, causes: list[int], effects: list[int], how: _How) -> list[Stated]:
        """From every level of the causing phrases to every level of the others."""
        spanning = self.phrases.spanning(how.word)  # "capability to strike": the verb is part of a level itself
        before = [spanning] if spanning else [level for head in causes for level in self.phrases.levels(head)]
        after = [level for head in effects for level in self.phrases.levels(head)]
        return [self._stated(cause, effect, how) for cause in before for effect in after]

    def _ends(self, word: int, pull: Pull) -> tuple[list[int], list[int]]:
        """Heads of the phrases on both sides: who acts, on what."""
        tree = self.tree
        if tree.having(word, "nsubj:pass", "csubj:pass", "aux:pass") or self._passive(word):
            agents = [o for o in tree.having(word, "obl") if self._cases(o) & self.words.agents]
            suffered = list(tree.having(word, "nsubj", "csubj")) or self.phrases.subjects(word)
            return ([] if tree.lemmas[word] in self.words.losses_of else agents), suffered
        if pull.to and pull.to != "obj":
            return self.phrases.subjects(word), self._behind(word, pull.to)
        if tree.lemmas[word] in self.words.deprive:
            stripped = [o for o in tree.having(word, "obl") if self._cases(o) & {"of", "de"}]
            if stripped:
                return self.phrases.subjects(word), stripped
        return self.phrases.subjects(word), self._objects(word)

    def _objects(self, word: int) -> list[int]:
        """Objects; where the verb moves somebody to do something, what is done ("force them to adopt tactics")."""
        tree = self.tree
        inner = [o for x in tree.having(word, "xcomp", "ccomp") for o in tree.having(x, "obj")]
        direct = [o for o in tree.having(word, "obj") if tree.tag(o) != "PRON"]
        return direct or inner or list(tree.having(word, "obj"))

    def _behind(self, word: int, to: str) -> list[int]:
        if to == "obj":
            return list(self.tree.having(word, "obj"))
        wanted = set(to.split())
        return [c for c in self.tree.having(word, "obl", "nmod", "advcl", "xcomp") if self._cases(c) & wanted]

    def _cases(self, word: int) -> set[str]:
        return {self.tree.lows[c] for c in self.tree.having(word, "case", "mark")} | {
            self.tree.lemmas[c] for c in self.tree.having(word, "case", "mark")
        }

    def _has_mutual_object(self, word: int) -> bool:
        objects = self.tree.having(word, "obj", "expl", "advmod", "obl", "iobj")
        return any(self.tree.lows[o] in self.words.mutual_objects for o in objects)

    def _stated(self, cause: Level, effect: Level, how: _How) -> Stated:
        moved = Level(effect.node, effect.direction * how.sign * (1 if cause.direction else 0))
        status = how.status or self._status(how.word)
        return Stated(cause, moved, status, how.word, self._clause(how.word), how.rule, how.rule == "mutual")

    def _clause(self, word: int) -> tuple[int, ...]:
        return self.tree.subtree(word, without=("conj", "cc", "parataxis", "punct"))

    def _status(self, word: int) -> ArrowStatus:
        tree = self.tree
        modifiers = {tree.lows[c] for c in tree.having(word, "advmod", "neg")}
        around = {tree.lows[c] for w in (word, *tree.having(word, "advmod", "obl")) for c in tree.children[w]}
        if modifiers & self.words.negations and not (modifiers | around) & self.words.limits:
            return ArrowStatus.DENIED
        if self._is_intended(word):
            return ArrowStatus.INTENDED
        auxiliaries = {tree.lows[c] for c in tree.having(word, "aux")}
        if auxiliaries & self.words.modals or "Mood=Cnd" in tree.parsed.features[word]:
            return ArrowStatus.CONDITIONAL
        return ArrowStatus.STATED

    def _is_intended(self, word: int) -> bool:
        tree = self.tree
        if not tree.is_a(word, "xcomp", "acl", "advcl", "obl", "ccomp"):
            return False
        above = next(iter(tree.ancestors(word)), -1)
        return above >= 0 and tree.lemmas[above] in self.words.intended | self.words.intended_nouns
