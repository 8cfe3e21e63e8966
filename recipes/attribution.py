"""Turns a sentence S and a subject from elsewhere into "S, the army said." or "S, a dit l'armée.". Invariant: each
language gets the analysis that its treebank gives to such sentences: in English the reporting verb is root and S its
ccomp; in French S stays the root and the verb hangs on it as parataxis:insert. News is full of them, treebanks are not.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

from recipes.treebank import Tree, Word

_LONGEST_SUBJECT, _LONGEST_SENTENCE = 7, 40
_PAST = "Mood=Ind|Number=Sing|Person=3|Tense=Past|VerbForm=Fin"
_PRESENT = "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin"
_PARTICIPLE = "Number=Sing|Tense=Past|VerbForm=Part"
_VERBS = {
    "en": {
        _PAST: "said say, said say, said say, reported report, announced announce, added add, claimed claim, "
        "warned warn",
        _PRESENT: "says say, reports report, claims claim, insists insist",
    },
    "fr": {
        _PARTICIPLE: "déclaré déclarer, annoncé annoncer, indiqué indiquer, affirmé affirmer, précisé préciser, "
        "assuré assurer, ajouté ajouter, rapporté rapporter, confirmé confirmer, expliqué expliquer, dit dire",
        _PRESENT: "indique indiquer, affirme affirmer, précise préciser, rapporte rapporter, annonce annoncer, "
        "dit dire, explique expliquer, assure assurer, raconte raconter, estime estimer",
    },
}


@dataclass(frozen=True, slots=True)
class Subject:
    """A short noun phrase: its words, heads counted from its first word, its own head among them at `top`."""

    words: tuple[Word, ...]
    gaps: tuple[bool, ...]  # whether a gap stands before the word
    top: int


def subjects(trees: Sequence[Tree]) -> list[Subject]:
    """Subjects of the trees that are short, unbroken noun phrases."""
    return [subject for tree in trees for top in range(len(tree.words)) if (subject := _subject(tree, top))]


def _subject(tree: Tree, top: int) -> Subject | None:
    words = tree.words
    if not words[top].relation.startswith("nsubj") or words[top].upos not in ("NOUN", "PROPN"):
        return None
    part = sorted(_under(words, top))
    whole = part == list(range(part[0], part[-1] + 1)) and len(part) <= _LONGEST_SUBJECT
    if not whole or any(words[i].upos in ("PUNCT", "VERB", "PRON", "AUX") for i in part):
        return None
    first = words[part[0]]
    lowered = first.form if first.upos == "PROPN" else first.form.lower()
    kept = [replace(words[i], head=words[i].head - part[0]) for i in part]
    gaps = tuple(i == part[0] or words[i - 1].end < words[i].start for i in part)
    return Subject((replace(kept[0], form=lowered), *kept[1:]), gaps, top - part[0])


def _under(words: Sequence[Word], top: int) -> set[int]:
    """Indices of a word and of all that hangs on it, however deep."""
    found = {top}
    while more := {i for i, word in enumerate(words) if word.head in found} - found:
        found |= more
    return found


def attributed(tree: Tree, subject: Subject, language: str, chance: random.Random) -> Tree:
    """The sentence with an attribution at its end, one in three within quotation marks; the tree itself where it is no
    plain sentence of moderate length."""
    stop = tree.words[-1]
    root = next(i for i, word in enumerate(tree.words) if word.head == i)
    if stop.form != "." or tree.words[root].upos not in ("VERB", "NOUN", "ADJ") or len(tree.words) > _LONGEST_SENTENCE:
        return tree
    said = _Line(
        list(tree.words[:-1]), [i == 0 or tree.words[i - 1].end < w.start for i, w in enumerate(tree.words[:-1])]
    )
    said.gaps[0] = False
    if chance.random() < 0.33 and '"' not in tree.text:
        said.quote(root)
        root += 1
    said.add(Word(0, 0, ",", ",", "PUNCT", "", root, "punct"), gap=False)
    verb = _attribute(said, root, subject, language, chance)
    said.add(replace(stop, head=verb if language == "en" else root, relation="punct"), gap=False)
    return said.tree(tree.id)


def _attribute(said: "_Line", root: int, subject: Subject, language: str, chance: random.Random) -> int:
    """Adds subject and reporting verb; gives the index of the verb."""
    features = chance.choice(list(_VERBS[language]))
    form, lemma = chance.choice(_VERBS[language][features].split(", ")).split()
    inverted = language == "fr" or chance.random() < 0.2
    helped = features == _PARTICIPLE
    verb = len(said.words) + (helped if inverted else len(subject.words))
    if not inverted:
        said.graft(subject, verb)
    if helped:
        said.add(Word(0, 0, "a", "avoir", "AUX", _PRESENT, verb, "aux:tense"))
    english = language == "en"
    said.add(
        Word(0, 0, form, lemma, "VERB", features, verb if english else root, "root" if english else "parataxis:insert")
    )
    if english:
        said.words[root] = replace(said.words[root], head=verb, relation="ccomp")
    if inverted:
        said.graft(subject, verb)
    return verb


@dataclass(slots=True)
class _Line:
    """Words being put together, with whether a gap stands before each."""

    words: list[Word]
    gaps: list[bool]

    def add(self, word: Word, gap: bool = True) -> None:
        self.words.append(word)
        self.gaps.append(gap)

    def graft(self, subject: Subject, verb: int) -> None:
        base = len(self.words)
        for i, (word, gap) in enumerate(zip(subject.words, subject.gaps, strict=True)):
            top = i == subject.top
            self.add(
                replace(word, head=verb if top else base + word.head, relation="nsubj" if top else word.relation), gap
            )

    def quote(self, root: int) -> None:
        mark = Word(0, 0, '"', '"', "PUNCT", "", root + 1, "punct")
        self.words = [mark, *(replace(word, head=word.head + 1) for word in self.words)]
        self.gaps = [False, *self.gaps]
        self.add(mark, gap=False)

    def tree(self, name: str) -> Tree:
        text, placed = "", []
        for word, gap in zip(self.words, self.gaps, strict=True):
            text += " " * gap
            placed.append(replace(word, start=len(text), end=len(text) + len(word.form)))
            text += word.form
        return Tree(name, text, tuple(placed))
