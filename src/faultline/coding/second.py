"""A second opinion on what a claim says: a small classifier that sees its words and no grammar. Invariant: names,
places, days and numbers are seen as such and never by their letters, so nothing of a country is learned; the same words
give the same opinion."""

import json
import unicodedata
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from faultline.coding.line import Line
from faultline.record.vocabulary import Action, Kind

MODEL = Path(__file__).parent / "models" / "second"
ROWS = 1 << 14  # hashed features
_LETTERS = (3, 4, 5)  # sizes of the character n-grams
_MASKED = frozenset({"actor", "place", "country", "capital", "person", "day", "number"})
_CLASSED = frozenset({"group", "asset"})

Weights = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Opinion:
    """The likeliest label with its probability, and the probability of the label that was asked about."""

    label: str
    probability: float
    of_asked: float

    @property
    def differs(self) -> bool:
        """Whether another label is likelier than the one asked about."""
        return self.probability > self.of_asked


class Second:
    """A linear model over hashed n-grams: `weights` (ROWS x labels), `bias` one a label."""

    def __init__(self, labels: Sequence[str], weights: Weights, bias: Weights) -> None:
        self.labels, self.weights, self.bias = tuple(labels), weights, bias

    def opinion(self, words: Sequence[str], asked: str) -> Opinion:
        """What the words seem to say, beside the label that the rules give them."""
        scores = self.weights[features(words)].sum(axis=0) + self.bias
        chances = np.exp(scores - scores.max())
        chances /= chances.sum()
        best = int(chances.argmax())
        of_asked = float(chances[self.labels.index(asked)]) if asked in self.labels else 0.0
        return Opinion(self.labels[best], float(chances[best]), of_asked)


@cache
def load_second() -> Second:
    """The shipped model."""
    said = json.loads((MODEL / "card.json").read_text(encoding="utf-8"))
    with np.load(MODEL / "weights.npz", allow_pickle=False) as stored:
        weights = np.zeros((ROWS, len(said["labels"])), np.float32)
        weights[stored["rows"]] = stored["weights"].astype(np.float32) * stored["scale"]
        return Second(said["labels"], weights, stored["bias"])


def label_of(kind: Kind | str, action: Action | str | None) -> str:
    """The label of a claim: its kind, an event by its action; what is rare stands with what is like it."""
    if kind == Kind.EVENT:
        return f"event {_ROOTS.get(str(action or ''), 'other')}"
    return _KINDS.get(str(kind), str(kind))


_ROOTS = {"assault": "assault", "coerce": "coerce", "take": "ground", "withdraw": "ground", "blockade": "ground"}
_ROOTS |= {"mobilize": "ground"}
_KINDS = {"prediction": "assessment"}


def words_of(line: Line, first: int, last: int) -> tuple[str, ...]:
    """The words of tokens [first, last) as the model sees them: "<place>" for a place, "<group police>" for police."""
    words: list[str] = []
    n = first
    while n < last:
        chunk = line.chunk_at(n)
        if chunk is None or chunk.kind not in _MASKED | _CLASSED:
            words.append(line.low(n))
            n += 1
            continue
        words.append(f"<{chunk.kind} {chunk.group}>" if chunk.kind in _CLASSED else f"<{chunk.kind}>")
        n = max(n + 1, chunk.last)
    return tuple(words)


def features(words: Sequence[str]) -> list[int]:
    """Rows of the words, their letters and their pairs; a row as often as it is met."""
    plain = [_plain(word) for word in words]
    found = [row for word in plain for row in _rows(word)]
    return found + [_row(f"{a} {b}") for a, b in zip(("^", *plain), (*plain, "$"), strict=True)]


@lru_cache(maxsize=32768)
def _plain(word: str) -> str:
    letters = unicodedata.normalize("NFD", word)
    return "".join("0" if c.isdigit() else c for c in letters if unicodedata.category(c) != "Mn")


@lru_cache(maxsize=32768)
def _rows(word: str) -> tuple[int, ...]:
    return tuple(_row(part) for part in _parts(word))


def _parts(word: str) -> Iterator[str]:
    yield f"w {word}"
    if word.startswith("<") or len(word) < _LETTERS[0]:
        return
    closed = f"^{word}$"
    for size in _LETTERS:
        yield from (closed[at : at + size] for at in range(len(closed) - size + 1))


def _row(part: str) -> int:
    return zlib.crc32(part.encode("utf-8", "replace")) % ROWS
