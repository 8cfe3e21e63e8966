"""Turns Universal Dependencies treebanks into the parser of a language, with its card. Invariant: the same treebanks,
seed and versions give the same scores; what is held out is never trained on.

    OMP_NUM_THREADS=1 python recipes/train_parsers.py --language en --treebanks DIR --out DIR
"""

import argparse
import datetime
import os
import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

for _variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_variable, "1")  # must be set before numpy is loaded
_ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(_ROOT), str(_ROOT / "src")]

import spacy  # noqa: E402
import srsly  # noqa: E402
from spacy.tokens import Doc  # noqa: E402
from spacy.training import Example  # noqa: E402
from spacy.util import fix_random_seed  # noqa: E402
from thinc.api import Adam, use_ops, warmup_linear  # noqa: E402

from faultline.coding.parser import Parser, load_pipeline, make_doc  # noqa: E402
from faultline.coding.words import plain_word, word_spans  # noqa: E402
from recipes.attribution import subjects  # noqa: E402
from recipes.augment import Variety, varied  # noqa: E402
from recipes.card import write_card  # noqa: E402
from recipes.edit_trees import keep_labelled_trees  # noqa: E402
from recipes.scores import score_gold_words, score_raw  # noqa: E402
from recipes.treebank import Tree, Word, read_trees  # noqa: E402


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a parser is made of. `epochs` passes over `train` in batches of about `batch_words` words."""

    language: str
    train: tuple[str, ...]
    develop: tuple[str, ...]
    held_out: tuple[str, ...]
    epochs: int
    width: int = 128
    depth: int = 4
    rows: tuple[int, ...] = (5000, 750, 2000, 750)
    hidden: int = 64
    batch_words: int = 500
    rate: float = 0.002
    dropout: float = 0.2
    seed: int = 20120117


RECIPES = {
    "en": Recipe(
        language="en",
        train=("en_ewt-train-rebuilt",),
        develop=("en_ewt-ud-dev",),
        held_out=("en_ewt-ud-test",),
        epochs=12,
    ),
    "fr": Recipe(
        language="fr",
        train=("fr_sequoia-ud-train", "fr_gsd-ud-dev"),
        develop=("fr_sequoia-ud-dev",),
        held_out=("fr_sequoia-ud-test", "fr_gsd-ud-test"),
        epochs=26,
    ),
}


def build_pipeline(recipe: Recipe) -> Any:
    """An untrained spaCy pipeline: one network for words in context, and three small readers of it."""
    shared = {"@architectures": "spacy.Tok2VecListener.v1", "width": recipe.width, "upstream": "tok2vec"}
    nlp = spacy.blank("xx")  # words come from faultline.coding.words; a language's own tokenizer would only cost time
    nlp.add_pipe("tok2vec", config={"model": _network(recipe)})
    tagger = {"@architectures": "spacy.Tagger.v2", "tok2vec": shared, "normalize": False}
    nlp.add_pipe("morphologizer", config={"model": tagger})
    nlp.add_pipe("parser", config={"model": _parser(recipe, shared), "min_action_freq": 10, "moves": None})
    nlp.add_pipe("trainable_lemmatizer", config={"model": tagger, "min_tree_freq": 4, "top_k": 3})
    return nlp


def _network(recipe: Recipe) -> dict[str, Any]:
    return {
        "@architectures": "spacy.Tok2Vec.v2",
        "embed": {
            "@architectures": "spacy.MultiHashEmbed.v2",
            "width": recipe.width,
            "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE"],
            "rows": list(recipe.rows),
            "include_static_vectors": False,
        },
        "encode": {
            "@architectures": "spacy.MaxoutWindowEncoder.v2",
            "width": recipe.width,
            "depth": recipe.depth,
            "window_size": 1,
            "maxout_pieces": 3,
        },
    }


def _parser(recipe: Recipe, shared: dict[str, Any]) -> dict[str, Any]:
    return {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": "parser",
        "extra_state_tokens": False,
        "hidden_width": recipe.hidden,
        "maxout_pieces": 2,
        "use_upper": True,
        "tok2vec": shared,
    }


def example(nlp: Any, tree: Tree, language: str) -> Example:
    """A tree as spaCy learns it: our words of the raw text against the treebank's words."""
    words = [tree.text[a:b] for a, b in word_spans(tree.text, language)]
    gold = Doc(
        nlp.vocab,
        words=[plain_word(word.form) for word in tree.words],
        sent_starts=[i == 0 for i in range(len(tree.words))],
        pos=[word.upos for word in tree.words],
        morphs=[word.features for word in tree.words],
        lemmas=[_lemma(word) for word in tree.words],
        heads=[word.head for word in tree.words],
        deps=["ROOT" if word.relation == "root" else word.relation for word in tree.words],
    )
    return Example(make_doc(nlp.vocab, words), gold)


def _lemma(word: Word) -> str:
    """The treebank's lemma; the word as the parser sees it where its digits are masked, so that no edit learns them."""
    return plain_word(word.form) if any(c.isdigit() for c in word.form) else plain_word(word.lemma)


def train(recipe: Recipe, trees: Sequence[Tree], develop: Sequence[Tree], minutes: float, out: Path) -> int:
    """Trains a pipeline, saves it with averaged weights in `out` and gives the number of epochs; no epoch begins after
    `minutes`."""
    fix_random_seed(recipe.seed)
    chance = random.Random(recipe.seed)
    variety = Variety(recipe.language, subjects(trees), chance)
    nlp = build_pipeline(recipe)
    nlp.initialize(lambda: [example(nlp, tree, recipe.language) for tree in trees])
    steps = recipe.epochs * sum(len(tree.words) for tree in trees) // recipe.batch_words
    optimizer = Adam(learn_rate=warmup_linear(recipe.rate, 250, steps), L2=0.01, grad_clip=1.0, use_averages=True)
    began = time.monotonic()
    epoch = 0
    while epoch < recipe.epochs and time.monotonic() - began < minutes * 60:
        losses: dict[str, float] = {}
        for batch in _batches([varied(tree, variety) for tree in trees], recipe.batch_words, chance):
            examples = [example(nlp, tree, recipe.language) for tree in batch]
            nlp.update(examples, sgd=optimizer, drop=recipe.dropout, losses=losses)
            optimizer.step_schedules()
        epoch += 1
        with nlp.use_params(optimizer.averages):
            reached = score_raw(Parser(recipe.language, lambda: nlp), develop)
        _say(f"{recipe.language} {epoch} {time.monotonic() - began:.0f} s {losses['parser']:.0f} {reached}")
    with nlp.use_params(optimizer.averages):
        save(nlp, recipe, out)
    return epoch


def _batches(trees: list[Tree], words: int, chance: random.Random) -> Iterator[list[Tree]]:
    """Trees in chance order, in batches of at least `words` words (the last may be smaller)."""
    chance.shuffle(trees)
    batch: list[Tree] = []
    size = 0
    for tree in trees:
        batch.append(tree)
        size += len(tree.words)
        if size >= words:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def save(nlp: Any, recipe: Recipe, out: Path) -> None:
    """Writes the pipeline without the words it met: only what labels and edit trees refer to is kept."""
    nlp.meta.update(name=f"{recipe.language}_ud", version="1.0.0", license="CC BY-SA 4.0")
    keep_labelled_trees(nlp.get_pipe("trainable_lemmatizer"))
    nlp.to_disk(out)
    kept = {label for name in ("morphologizer", "parser") for label in nlp.get_pipe(name).labels}
    kept |= {part for label in kept for part in label.replace("=", "|").split("|")}
    for tree in nlp.get_pipe("trainable_lemmatizer").label_data["trees"]:
        kept |= {tree.get("orig", ""), tree.get("subst", "")}
    srsly.write_json(out / "vocab" / "strings.json", sorted(kept - {""}))


def main() -> None:
    """Trains one language, reloads what was saved and writes its card from that."""
    options = _options()
    recipe = RECIPES[options.language]
    read = {name: _read(options, name) for name in (*recipe.train, *recipe.develop, *recipe.held_out)}
    began = time.monotonic()
    trees = [tree for name in recipe.train for tree in read[name]]
    develop = [tree for name in recipe.develop for tree in read[name]]
    with use_ops("numpy", use_blis=False):
        epochs = train(recipe, trees, develop, options.minutes, options.out)
    minutes = round((time.monotonic() - began) / 60, 1)
    parser = Parser(recipe.language, lambda: load_pipeline(options.out))
    compared = {name: read[name] for name in (*recipe.develop, *recipe.held_out)}
    raw = {name: score_raw(parser, trees) for name, trees in compared.items()}
    gold = {name: score_gold_words(parser, trees) for name, trees in compared.items()}
    facts = _facts(recipe, epochs, minutes, options.date)
    facts["first_200"] = {name: asdict(score_raw(parser, trees[:200])) for name, trees in compared.items()}
    write_card(options.out, facts, raw, gold)
    _say((options.out / "MODEL.md").read_text(encoding="utf-8"))


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _read(options: argparse.Namespace, name: str) -> list[Tree]:
    return list(read_trees(options.treebanks / f"{name}.conllu"))[: options.limit]


def _facts(recipe: Recipe, epochs: int, minutes: float, day: str) -> dict[str, Any]:
    major, minor, _ = spacy.__version__.split(".", 2)
    return {
        **asdict(recipe),
        "epochs": epochs,
        "minutes": minutes,
        "date": day,
        "licence": "CC BY-SA 4.0",
        "spacy": f">={major}.{minor},<{major}.{int(minor) + 1}",
        "thinc": version("thinc"),
        "numpy": version("numpy"),
        "retrain": "OMP_NUM_THREADS=1 python recipes/train_parsers.py"
        f" --language {recipe.language} --treebanks DIR --out src/faultline/coding/models/{recipe.language}_ud",
    }


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--language", choices=sorted(RECIPES), required=True)
    parser.add_argument("--treebanks", type=Path, required=True, help="folder of CoNLL-U files")
    parser.add_argument("--out", type=Path, required=True, help="folder of the pipeline; files in it are replaced")
    parser.add_argument("--minutes", type=float, default=35.0, help="no epoch begins after this many minutes")
    parser.add_argument("--limit", type=int, default=None, help="read only so many trees of each file (to try out)")
    parser.add_argument("--date", default=datetime.date.today().isoformat(), help="day written into the card")
    return parser.parse_args()


if __name__ == "__main__":
    main()
