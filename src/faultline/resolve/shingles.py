"""Turns texts into shingles and finds the pairs of texts that share many. Invariant: the same words give the same
numbers on every machine, and the work grows with the number of words, never with the number of pairs of texts."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]

_WORD = re.compile(r"[^\W_]+")
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xBF58476D1CE4E5B9)


@dataclass(frozen=True, slots=True)
class PairOptions:
    """A shingle in more than `crowd` texts ties each of them only to the next one: a story in a thousand outlets still
    hangs together, and a common phrase costs a line and no square. A pair is looked at where it shares at least
    `fewest` shingles."""

    crowd: int = 24
    fewest: int = 3


def shingles(text: str, size: int = 3) -> Hashes:
    """Sorted numbers, without repeats, of every run of `size` words, without case, accents and signs; one for the whole
    of a shorter text, none for a text without words."""
    return np.unique(in_order(text, size))


def in_order(text: str, size: int = 3) -> Hashes:
    """The numbers of `shingles` in the order of the text, with repeats."""
    return runs(words_of(text), size)


def words_of(text: str) -> Hashes:
    """A number for each word, in the order of the text."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    folded = "".join(c for c in folded if not unicodedata.combining(c)) if not folded.isascii() else folded
    return np.array([crc32(word.encode()) for word in _WORD.findall(folded)], dtype=np.uint64)


def runs(words: Hashes, size: int) -> Hashes:
    """The number of each run of `size` words (`words_of`), in order; one for the whole of a shorter text."""
    return _runs(words, min(size, len(words))) if len(words) else words


def shared(one: Hashes, other: Hashes) -> int:
    """How many shingles two texts share."""
    if not len(one) or not len(other):
        return 0
    small, large = (one, other) if len(one) <= len(other) else (other, one)
    at = np.searchsorted(large, small)
    at[at == len(large)] = 0
    return int(np.count_nonzero(large[at] == small))


def stretches(ordered: Hashes, other: Hashes) -> tuple[int, ...]:
    """Lengths, in shingles, of the unbroken stretches of a text (`in_order`) that stand in another one (`shingles`)."""
    held = np.concatenate(([False], np.isin(ordered, other), [False])).astype(np.int8)
    turns = np.diff(held)
    return tuple(int(n) for n in np.flatnonzero(turns == -1) - np.flatnonzero(turns == 1))


def sharing_pairs(texts: Sequence[Hashes], options: PairOptions | None = None) -> list[tuple[int, int]]:
    """Pairs of positions in `texts`, the lower first, that share at least `options.fewest` shingles, sorted.

    A pair of a large crowd may be missing where others tie its two texts together.
    """
    options = options or PairOptions()
    owners = np.repeat(np.arange(len(texts), dtype=np.uint32), [len(text) for text in texts])
    if not len(owners):
        return []
    numbers = np.concatenate(texts)
    order = np.argsort(numbers, kind="stable")  # owners came in order, so those of one number stay in order
    return _counted(numbers[order], owners[order], len(texts), options)


def _runs(words: Hashes, size: int) -> Hashes:
    total = np.zeros(len(words) - size + 1, dtype=np.uint64)
    for offset in range(size):
        total = total * _MULTIPLIER + words[offset : offset + len(total)]
    total ^= total >> np.uint64(31)
    total *= _MIX
    return total ^ (total >> np.uint64(29))


def _counted(numbers: Hashes, owners: NDArray[np.uint32], texts: int, options: PairOptions) -> list[tuple[int, int]]:
    """Each text of a shingle is paired with the next few that hold it: all of them in a small group, one in a crowd."""
    starts = np.flatnonzero(np.append(True, numbers[1:] != numbers[:-1]))
    sizes = np.diff(np.append(starts, len(numbers)))
    held = np.repeat(sizes, sizes)
    keep = held > 1
    numbers, owners, held = numbers[keep], owners[keep], held[keep]
    found = []
    for step in range(1, min(options.crowd, len(numbers))):
        near = numbers[step:] == numbers[:-step]
        if step > 1:
            near &= held[step:] <= options.crowd
        if not near.any():
            break
        found.append(owners[:-step][near].astype(np.uint64) * np.uint64(texts) + owners[step:][near])
    if not found:
        return []
    pairs, times = np.unique(np.concatenate(found), return_counts=True)
    pairs = pairs[times >= options.fewest]
    return [(int(pair) // texts, int(pair) % texts) for pair in pairs]
