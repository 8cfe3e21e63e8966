"""Turns sentences into words with lemma, part of speech, features, head and relation, by the pipelines in models/.
Invariant: a sentence given is a sentence kept (never split again), its words leave out nothing but white space, and it
has exactly one root. spaCy is imported when a parser is first loaded, and none of its objects leave this module."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from threadpoolctl import ThreadpoolController

from faultline.coding.vectors import remember_words
from faultline.coding.words import plain_word, word_spans

MODELS = Path(__file__).parent / "models"
LONGEST = 400  # words parsed as one piece; what is longer is parsed in pieces, so that time and memory stay linear
_BATCH_WORDS = 4000  # bounds the memory of one pass through the network
_MOST_LEXEMES = 200_000  # spaCy keeps every word it ever saw; past this many the pipeline is loaded afresh

Spans = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Parsed:
    """The words of one sentence, as parallel tuples.

    `starts` and `ends` are code points in the sentence's text (end exclusive). `lemmas` are lower-case. `tags` are
    universal parts of speech, `features` UD features ("Mood=Cnd|VerbForm=Fin", "" for none), `relations` UD relations
    with subtype, lower-case. `heads` are indices of words; the root's is -1. All are empty for blank text.
    """

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    lemmas: tuple[str, ...]
    tags: tuple[str, ...]
    features: tuple[str, ...]
    heads: tuple[int, ...]
    relations: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.starts)


def load_parser(language: str) -> "Parser | None":
    """The parser of a language (ISO 639-1), the same object on every call; None where none is shipped, and
    `why_no_parser` then says so."""
    return None if why_no_parser(language) else _load(language)


def why_no_parser(language: str) -> str:
    """Why `load_parser` gives None for this language; "" where it gives a parser."""
    shipped = sorted(folder.name.removesuffix("_ud") for folder in MODELS.glob("*_ud"))
    if language in shipped:
        return ""
    return f"no parser is shipped for {language!r}, only for {', '.join(shipped)}"


class Parser:
    """Parses sentences of one language. Deterministic: the same sentences in the same order give the same words."""

    def __init__(self, language: str, load: Callable[[], Any]) -> None:
        """`load` returns the spaCy pipeline; it is called again when the pipeline has seen too many words."""
        self.language = language
        self._load = load
        self._pipeline = load()

    def parse(self, texts: Sequence[str]) -> list[Parsed]:
        """One Parsed for each text, in order. Each text is one sentence; blank text has no words."""
        return self.parse_words(texts, [word_spans(text, self.language) for text in texts])

    def parse_words(self, texts: Sequence[str], spans: Sequence[Spans]) -> list[Parsed]:
        """The same for words that are given: `spans[i]` are start and end of the words of `texts[i]`, ascending."""
        if len(self._pipeline.vocab) > _MOST_LEXEMES:
            self._pipeline = self._load()
        pieces = [piece for words in spans for piece in _pieces(words)]
        owners = [text for text, words in zip(texts, spans, strict=True) for _ in _pieces(words)]
        parsed = iter(self._parse_pieces(owners, pieces))
        return [_joined([next(parsed) for _ in _pieces(words)]) for words in spans]

    def _parse_pieces(self, texts: Sequence[str], pieces: Sequence[Spans]) -> Iterator[Parsed]:
        """Batches hold neighbours, filled up to _BATCH_WORDS."""
        batch: list[tuple[str, Spans]] = []
        size = 0
        for text, words in zip(texts, pieces, strict=True):
            if size + len(words) > _BATCH_WORDS and batch:
                yield from self._parse_batch(batch)
                batch, size = [], 0
            batch.append((text, words))
            size += len(words)
        if batch:
            yield from self._parse_batch(batch)

    def _parse_batch(self, batch: Sequence[tuple[str, Spans]]) -> Iterator[Parsed]:
        docs = [make_doc(self._pipeline.vocab, [text[a:b] for a, b in words]) for text, words in batch]
        # Matrices this small gain nothing from threads that wait for one another: on a busy machine they cost fourfold.
        with _threads().limit(limits=1, user_api="blas"):
            for _, component in self._pipeline.pipeline:
                docs = list(component.pipe(docs, batch_size=len(docs)))
        for doc, (text, words) in zip(docs, batch, strict=True):
            yield _read(doc, text, words)


def make_doc(vocab: Any, words: Sequence[str]) -> Any:
    """A spaCy Doc of one sentence: words made plain, every sentence boundary inside it forbidden."""
    from spacy.tokens import Doc

    starts: list[bool | int | None] = [i == 0 for i in range(len(words))]
    return Doc(vocab, words=[plain_word(word) for word in words], sent_starts=starts)


def load_pipeline(folder: Path) -> Any:
    """The spaCy pipeline in a folder, with numpy's matrix product: three times as fast here as the one spaCy brings."""
    import spacy
    from thinc.api import use_ops

    with use_ops("numpy", use_blis=False):
        pipeline = spacy.load(folder)
    remember_words(pipeline)
    return pipeline


@cache
def _threads() -> ThreadpoolController:
    """What bounds the threads of the linear algebra that is loaded; looked for once, since that takes milliseconds."""
    return ThreadpoolController()


@lru_cache(maxsize=8)
def _load(language: str) -> Parser:
    return Parser(language, lambda: load_pipeline(MODELS / f"{language}_ud"))


def _pieces(words: Spans) -> list[Spans]:
    return [words[at : at + LONGEST] for at in range(0, len(words), LONGEST)]


def _read(doc: Any, text: str, words: Spans) -> Parsed:
    """The analysis of a Doc. A head is stored relative to its word; more than one root never leaves here."""
    name = doc.vocab.strings
    table = doc.to_array(["HEAD", "DEP", "POS", "MORPH", "LEMMA"])
    offsets = table[:, 0].astype(np.int64).tolist()
    columns = [[name[key] for key in column] for column in table[:, 1:].T.tolist()]
    heads, relations = _rooted([i + offset for i, offset in enumerate(offsets)], columns[0])
    return Parsed(
        starts=tuple(start for start, _ in words),
        ends=tuple(end for _, end in words),
        lemmas=tuple(_lemma(text[a:b], lemma) for (a, b), lemma in zip(words, columns[3], strict=True)),
        tags=tuple(tag or "X" for tag in columns[1]),
        features=tuple("" if features == "_" else features for features in columns[2]),
        heads=tuple(heads),
        relations=tuple(relations),
    )


def _lemma(word: str, lemma: str) -> str:
    """The pipeline's lemma; the word itself where there is none, or where digits were masked on the way in."""
    whole = word.isalpha() or not any(c.isdigit() for c in word)
    return lemma.lower() if lemma and whole else word.lower()


def _rooted(heads: list[int], relations: list[str]) -> tuple[list[int], list[str]]:
    """Heads and relations with one root, the first; any later root hangs on it as "dep" (UD: relation not known)."""
    roots = [i for i, head in enumerate(heads) if head == i]
    heads, relations = list(heads), [relation.lower() or "dep" for relation in relations]
    for root in roots[1:]:
        heads[root], relations[root] = roots[0], "dep"
    heads[roots[0]], relations[roots[0]] = -1, "root"
    return heads, relations


def _joined(pieces: Sequence[Parsed]) -> Parsed:
    """One Parsed from the pieces of an overlong sentence; roots of later pieces hang on the first."""
    if len(pieces) == 1:
        return pieces[0]
    all_heads: list[int] = []
    all_relations: list[str] = []
    for piece in pieces:
        base = len(all_heads)
        all_heads += [base + (head if head >= 0 else own) for own, head in enumerate(piece.heads)]
        all_relations += piece.relations
    heads, relations = _rooted(all_heads, all_relations) if all_heads else ([], [])
    return Parsed(
        starts=tuple(start for piece in pieces for start in piece.starts),
        ends=tuple(end for piece in pieces for end in piece.ends),
        lemmas=tuple(lemma for piece in pieces for lemma in piece.lemmas),
        tags=tuple(tag for piece in pieces for tag in piece.tags),
        features=tuple(features for piece in pieces for features in piece.features),
        heads=tuple(heads),
        relations=tuple(relations),
    )
