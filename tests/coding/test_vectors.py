"""The memory in front of a parser's first layer: the same vectors, bounded."""

from typing import Any

import numpy as np
import pytest
import spacy
from thinc.api import use_ops

from faultline.coding import vectors as module
from faultline.coding.parser import MODELS, load_pipeline, make_doc
from faultline.coding.words import word_spans

TEXTS = ("Rebels attacked the convoy near Kidal.", "", "The convoy was attacked by rebels.", "Rebels left.")


@pytest.fixture(scope="module")
def plain() -> Any:
    """The pipeline as it is on disk."""
    with use_ops("numpy", use_blis=False):
        return spacy.load(MODELS / "en_ud")


def first_layer(pipeline: Any) -> list[Any]:
    docs = [make_doc(pipeline.vocab, [text[a:b] for a, b in word_spans(text, "en")]) for text in TEXTS]
    found: list[Any] = pipeline.get_pipe("tok2vec").model.layers[0].predict(docs)
    return found


@pytest.mark.parametrize("most", [module.MOST_WORDS, 3])
def test_remembered_words_have_the_vectors_of_the_pipeline(
    plain: Any, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_WORDS", most)
    pipeline = load_pipeline(MODELS / "en_ud")
    for _ in range(2):
        for ours, theirs in zip(first_layer(pipeline), first_layer(plain), strict=True):
            assert ours.shape == theirs.shape
            np.testing.assert_allclose(ours, theirs, atol=1e-5)
