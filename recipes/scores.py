"""Compares parsed sentences with a treebank. Invariant: words are matched by their span in the text, so a wrong split
costs every score, as in the CoNLL 2018 shared task (doi 10.18653/v1/K18-2001), punctuation included."""

from collections.abc import Sequence
from dataclasses import dataclass

from faultline.coding.parser import Parsed, Parser
from recipes.treebank import Tree


@dataclass(slots=True)
class Scores:
    """F1 in percent, two decimals. `las` compares relations with subtype, `las_universal` without; `lemmas` compares
    lower-cased; `features` only the features that the recipe keeps."""

    sentences: int
    words: int
    tokens_f1: float
    upos: float
    features: float
    lemmas: float
    uas: float
    las: float
    las_universal: float


def score_raw(parser: Parser, trees: Sequence[Tree]) -> Scores:
    """Scores on raw sentences, split into words by the parser's own rules."""
    return compare(trees, parser.parse([tree.text for tree in trees]))


def score_gold_words(parser: Parser, trees: Sequence[Tree]) -> Scores:
    """Scores on the treebank's words."""
    spans = [[(word.start, word.end) for word in tree.words] for tree in trees]
    return compare(trees, parser.parse_words([tree.text for tree in trees], spans))


def compare(trees: Sequence[Tree], parsed: Sequence[Parsed]) -> Scores:
    """Scores of parsed sentences against their trees, in the same order."""
    hits = dict.fromkeys(("tokens_f1", "upos", "features", "lemmas", "uas", "las", "las_universal"), 0)
    total = 0
    for tree, sentence in zip(trees, parsed, strict=True):
        total += len(tree.words) + len(sentence)
        for name, count in _hits(tree, sentence).items():
            hits[name] += count
    f1 = {name: round(200 * count / total, 2) if total else 0.0 for name, count in hits.items()}
    return Scores(len(trees), sum(len(tree.words) for tree in trees), **f1)


def _hits(tree: Tree, sentence: Parsed) -> dict[str, int]:
    """How many words are right, by what is compared."""
    found = {span: i for i, span in enumerate(zip(sentence.starts, sentence.ends, strict=True))}
    match = [found.get((word.start, word.end), -1) for word in tree.words]
    hits = dict.fromkeys(("tokens_f1", "upos", "features", "lemmas", "uas", "las", "las_universal"), 0)
    for own, word in enumerate(tree.words):
        i = match[own]
        if i < 0:
            continue
        root = word.head == own
        head = sentence.heads[i] == (-1 if root else match[word.head]) and (root or match[word.head] >= 0)
        relation = sentence.relations[i]
        hits["tokens_f1"] += 1
        hits["upos"] += sentence.tags[i] == word.upos
        hits["features"] += sentence.features[i] == word.features
        hits["lemmas"] += sentence.lemmas[i] == word.lemma.lower()
        hits["uas"] += head
        hits["las"] += head and relation == word.relation
        hits["las_universal"] += head and relation.split(":")[0] == word.relation.split(":")[0]
    return hits
