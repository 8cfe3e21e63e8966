"""Turns happenings into columns of numbers, one row each, that pairs of rows are compared by. Invariant: what stands in
a row depends on the set of happenings and never on their order."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from faultline.record.days import Days
from faultline.resolve.happening import Happening

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

SETS: dict[str, Callable[[Happening], Collection[str]]] = {
    "places": lambda h: h.places,
    "actors": lambda h: h.actors,
    "recipients": lambda h: h.recipients,
    "parties": lambda h: (*h.actors, *h.recipients),
    "kin": lambda h: h.kin,
    "sides": lambda h: h.sides,
    "actions": lambda h: h.actions,
    "roots": lambda h: h.roots,
    "numbers": lambda h: _numbers(h),
}
SMALLEST_NUMBER = 3  # one or two dead are told of too often to recognise a happening by


@dataclass(frozen=True)
class Columns:
    """`first` and `last` are ordinals of days, NaN where open. `spots` is rows x spots x (latitude, longitude, radius
    in km), filled up with NaN; `tolls` is rows x (killed, wounded) x (low, best, high), NaN where nothing is said.
    `where` and `words` are rows x words, `title` and `text` documents x words (a row's is at its `document`): all of
    length 1, weighted by how few documents use a word. `crowd` counts the rows of the same document."""

    ids: tuple[str, ...]
    document: Ints
    source: Ints
    country: tuple[str, ...]
    first: Floats
    last: Floats
    published: Floats
    spots: Floats
    tolls: Floats
    unknown: Floats
    crowd: Floats
    sets: dict[str, sparse.csr_matrix]
    where: sparse.csr_matrix
    title: sparse.csr_matrix
    words: sparse.csr_matrix
    text: sparse.csr_matrix

    def __len__(self) -> int:
        return len(self.ids)


def columns(rows: Sequence[Happening]) -> Columns:
    """The columns of the happenings, in their order."""
    documents = _codes(h.document for h in rows)
    first_row = np.unique(documents, return_index=True)[1]
    title, text, words = _texts(rows, documents, [rows[n] for n in first_row])
    return Columns(
        ids=tuple(h.id for h in rows),
        document=documents,
        source=_codes(h.source for h in rows),
        country=tuple(h.country for h in rows),
        first=np.array([_ordinal(h.days.first_day) for h in rows]),
        last=np.array([_ordinal(h.days.last_day) for h in rows]),
        published=np.array([_middle(h.published) for h in rows]),
        spots=_spots(rows),
        tolls=np.array([_tolls(h) for h in rows]).reshape(len(rows), 2, 3),
        unknown=np.array([float(h.unknown_actor or not h.actors) for h in rows]),
        crowd=np.bincount(documents)[documents].astype(float),
        sets={name: _indicators([of(h) for h in rows]) for name, of in SETS.items()},
        where=_weighted(_indicators([h.where for h in rows]), documents),
        title=title,
        words=words,
        text=text,
    )


def _codes(values: Iterable[str]) -> Ints:
    """A number for each value, by the order of the alphabet."""
    return np.unique(np.array(list(values), dtype=object).astype(str), return_inverse=True)[1].astype(np.int64)


def _ordinal(day: date | None) -> float:
    return float(day.toordinal()) if day else np.nan


def _middle(days: Days) -> float:
    ends = [end.toordinal() for end in (days.first_day, days.last_day) if end]
    return sum(ends) / len(ends) if ends else np.nan


def _spots(rows: Sequence[Happening]) -> Floats:
    most = max([len(h.spots) for h in rows], default=0)
    spots = np.full((len(rows), min(max(most, 1), 4), 3), np.nan)
    for row, happening in enumerate(rows):
        for column, spot in enumerate(sorted(happening.spots, key=lambda s: s[2])[:4]):
            spots[row, column] = spot
    return spots


def _tolls(happening: Happening) -> list[list[float]]:
    """Low, best and high of killed and of wounded, summed over groups; NaN where nothing is said."""
    tolls = []
    for harm in ("killed", "wounded"):
        known = [c for c in happening.counts if c.harm == harm]
        best = [next((float(n) for n in (c.best, c.low, c.high) if n is not None), np.nan) for c in known]
        low = [float(c.low) if c.low is not None else b for c, b in zip(known, best, strict=True)]
        high = [float(c.high) if c.high is not None else b for c, b in zip(known, best, strict=True)]
        tolls.append([float(np.nansum(x)) if known else np.nan for x in (low, best, high)])
    return tolls


def _numbers(happening: Happening) -> set[str]:
    values = ((c.harm, n) for c in happening.counts for n in (c.low, c.best, c.high) if n)
    return {f"{harm} {number}" for harm, number in values if number >= SMALLEST_NUMBER}


def _texts(rows: Sequence[Happening], documents: Ints, papers: Sequence[Happening]) -> tuple[sparse.csr_matrix, ...]:
    """Titles and texts of the documents and sentences of the rows, over one vocabulary with one weight a word."""
    joint = _indicators([p.title for p in papers] + [p.text for p in papers] + [h.words for h in rows])
    owner = np.concatenate([np.arange(len(papers)), np.arange(len(papers)), documents])
    joint = _weighted(joint, owner)
    return joint[: len(papers)], joint[len(papers) : 2 * len(papers)], joint[2 * len(papers) :]


def _indicators(rows: Sequence[Collection[str]]) -> sparse.csr_matrix:
    """Ones where a row has a word; words in the order of the alphabet."""
    words = {word: n for n, word in enumerate(sorted(set(chain.from_iterable(rows))))}
    ends = np.cumsum([0, *map(len, rows)])
    inside = np.fromiter(map(words.__getitem__, chain.from_iterable(rows)), np.int32, int(ends[-1]))
    matrix = sparse.csr_matrix((np.ones(len(inside)), inside, ends), (len(rows), max(len(words), 1)))
    matrix.sum_duplicates()
    matrix.data[:] = 1.0
    return matrix


def _weighted(matrix: sparse.csr_matrix, documents: Ints) -> sparse.csr_matrix:
    """Rows of length 1, weighted by how few documents use a word: a word of every document weighs nothing."""
    owner = np.repeat(documents, np.diff(matrix.indptr))
    uses = np.unique(owner * np.int64(matrix.shape[1]) + matrix.indices) % matrix.shape[1]
    used = np.bincount(uses.astype(np.int64), minlength=matrix.shape[1])
    weight = np.log((1 + len(set(documents.tolist()))) / (1 + used))
    weighted = sparse.csr_matrix((weight[matrix.indices], matrix.indices, matrix.indptr), matrix.shape)
    length = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel())
    return sparse.csr_matrix(sparse.diags(1 / np.where(length > 0, length, 1)) @ weighted)
