"""Turns the words of spaCy Docs into the vectors that their parser begins with, each word computed once. Invariant: the
same vectors as the pipeline's own layer, which looks at nothing but the form of a word; memory is bounded."""

from typing import Any

import numpy as np
import numpy.typing as npt

MOST_WORDS = 50_000  # 128 numbers each: 25 MB; what is forgotten is computed again

Vectors = npt.NDArray[np.float32]


def remember_words(pipeline: Any) -> None:
    """Puts a memory in front of the first layer of the pipeline's "tok2vec"; nothing else of it changes."""
    from thinc.api import Model

    model = pipeline.get_pipe("tok2vec").model
    memory = _Memory(model.layers[0])
    model.layers[0] = Model("remembered-words", lambda _, docs, is_train: (memory.of(docs), lambda found: docs))


class _Memory:
    """Rows of vectors by the key of their word."""

    def __init__(self, layer: Any) -> None:
        self._layer = layer
        self._rows: dict[int, int] = {}
        self._table: Vectors = np.zeros((0, 0), np.float32)

    def of(self, docs: list[Any]) -> list[Vectors]:
        """One array (words x width) for each Doc."""
        keys = [doc.to_array("ORTH").tolist() for doc in docs]
        met = {key for words in keys for key in words}
        missing = sorted(met - self._rows.keys())
        if len(self._rows) + len(missing) > MOST_WORDS:
            self._rows, self._table, missing = {}, self._table[:0], sorted(met)
        if missing:
            self._learn(missing, docs[0].vocab)
        return [self._table[[self._rows[key] for key in words]] for words in keys]

    def _learn(self, keys: list[int], vocab: Any) -> None:
        from spacy.tokens import Doc

        words = Doc(vocab, words=[vocab.strings[key] for key in keys])
        new: Vectors = self._layer.predict([words])[0]
        first = len(self._rows)
        self._table = np.concatenate((self._table, new)) if first else new
        self._rows.update((key, first + n) for n, key in enumerate(keys))
