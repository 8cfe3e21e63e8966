"""Turns happenings into columns of numbers, one row each, that pairs of rows are compared by. Invariant: what stands in
a row depends on the set of happenings and never on their order; where there are many documents, what a word weighs does
not move with every report of the day."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from math import log

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from faultline.record.claim import Casualties
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
FACTS = ("kin", "places", "numbers", "roots", "actions")  # what a row is known by, beside an exact day
SMALLEST_NUMBER = 3  # one or two dead are told of too often to recognise a happening by


@dataclass(frozen=True, slots=True)
class Weighing:
    """Which documents say how rare a word is: all, up to `whole` of them; of more the earliest published ones, as many
    as the last step (each `step` times the one before) allows. So a report of today seldom moves what words weigh."""

    whole: int = 4096
    step: float = 1.1

    def counted(self, documents: int) -> int:
        """How many of so many documents are counted."""
        if documents <= self.whole:
            return documents
        steps = int(log(documents / self.whole, self.step) + 1e-9)
        return min(documents, int(self.whole * self.step**steps))


@dataclass(frozen=True)
class Columns:
    """`first` and `last` are ordinals of days, NaN where open. `spots` is rows x spots x (latitude, longitude, radius
    in km), filled up with NaN; `tolls` is rows x (killed, wounded) x (low, best, high), NaN where nothing is said.
    `where` and `words` are rows x words, `title` and `text` documents x words (a row's is at its `document`): all of
    length 1, weighted by how few documents use a word. So are `facts` (rows x facts: parties, places, numbers, acts, an
    exact day) and `paper_facts` (documents x facts of any of their rows). `language` numbers languages, -1 where it is
    not known. `crowd` counts the rows of the same document.
    `counted` marks the documents that say how rare a word is, `weights` holds what each word weighs, by the table it
    stands in."""

    ids: tuple[str, ...]
    document: Ints
    source: Ints
    language: Ints
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
    facts: sparse.csr_matrix
    paper_facts: sparse.csr_matrix
    counted: NDArray[np.bool_]
    weights: Mapping[str, Mapping[str, float]]

    def __len__(self) -> int:
        return len(self.ids)


def columns(rows: Sequence[Happening], weighing: Weighing = Weighing()) -> Columns:
    """The columns of the happenings, in their order."""
    documents = _codes(h.document for h in rows)
    first_row = np.unique(documents, return_index=True)[1]
    papers = [rows[n] for n in first_row]
    counted = _counted(papers, weighing)
    title, text, words, worth = _texts(rows, documents, papers, counted)
    where = _Worded.of([h.where for h in rows], documents, counted)
    told = [_facts(h) for h in rows]
    facts = _Worded.of(told, documents, counted)
    paper_facts = _Worded.of(_of_papers(told, documents), np.arange(len(papers)), counted)
    return Columns(
        ids=tuple(h.id for h in rows),
        document=documents,
        source=_codes(h.source for h in rows),
        language=_codes(h.language for h in rows) - int(any(not h.language for h in rows)),
        country=tuple(h.country for h in rows),
        first=np.array([_ordinal(h.days.first_day) for h in rows]),
        last=np.array([_ordinal(h.days.last_day) for h in rows]),
        published=np.array([_middle(h.published) for h in rows]),
        spots=_spots(rows),
        tolls=np.array([_tolls(h) for h in rows]).reshape(len(rows), 2, 3),
        unknown=np.array([float(h.unknown_actor or not h.actors) for h in rows]),
        crowd=np.bincount(documents)[documents].astype(float),
        sets={name: _indicators([of(h) for h in rows])[0] for name, of in SETS.items()},
        where=where.matrix,
        title=title,
        words=words,
        text=text,
        facts=facts.matrix,
        paper_facts=paper_facts.matrix,
        counted=counted,
        weights={"where": where.worth, "words": worth, "facts": facts.worth},
    )


def _counted(papers: Sequence[Happening], weighing: Weighing) -> NDArray[np.bool_]:
    """Which documents, given in the order of their ids, say how rare words are."""
    days = np.array([_ordinal(h.published.last_day or h.published.first_day) for h in papers], float)
    chosen = np.zeros(len(papers), bool)
    chosen[np.argsort(days, kind="stable")[: weighing.counted(len(papers))]] = True
    return chosen


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
    return [_toll([c for c in happening.counts if c.harm == harm]) for harm in ("killed", "wounded")]


def _toll(known: Sequence[Casualties]) -> list[float]:
    if not known:
        return [np.nan] * 3
    stated = [(c.low, c.best, c.high, next((n for n in (c.best, c.low, c.high) if n is not None), None)) for c in known]
    low = sum(one if one is not None else any_ or 0 for one, _, _, any_ in stated)
    high = sum(one if one is not None else any_ or 0 for _, _, one, any_ in stated)
    return [float(low), float(sum(any_ or 0 for *_, any_ in stated)), float(high)]


def _numbers(happening: Happening) -> set[str]:
    values = ((c.harm, n) for c in happening.counts for n in (c.low, c.best, c.high) if n)
    return {f"{harm} {number}" for harm, number in values if number >= SMALLEST_NUMBER}


def _facts(happening: Happening) -> set[str]:
    found = {f"{name} {fact}" for name in FACTS for fact in SETS[name](happening)}
    days = happening.days
    return found | ({f"day {days.first_day}"} if days.first_day and days.first_day == days.last_day else set())


def _of_papers(rows: Sequence[Collection[str]], documents: Ints) -> list[set[str]]:
    """What any row of a document has, by document."""
    found: list[set[str]] = [set() for _ in range(int(documents.max(initial=-1)) + 1)]
    for row, document in zip(rows, documents.tolist(), strict=True):
        found[document].update(row)
    return found


def _texts(
    rows: Sequence[Happening], documents: Ints, papers: Sequence[Happening], counted: NDArray[np.bool_]
) -> tuple[sparse.csr_matrix, sparse.csr_matrix, sparse.csr_matrix, Mapping[str, float]]:
    """Titles and texts of the documents and sentences of the rows, over one vocabulary with one weight a word, which
    comes last."""
    owner = np.concatenate([np.arange(len(papers)), np.arange(len(papers)), documents])
    joint = _Worded.of([p.title for p in papers] + [p.text for p in papers] + [h.words for h in rows], owner, counted)
    title, text = joint.matrix[: len(papers)], joint.matrix[len(papers) : 2 * len(papers)]
    return title, text, joint.matrix[2 * len(papers) :], joint.worth


def _indicators(rows: Sequence[Collection[str]]) -> tuple[sparse.csr_matrix, Sequence[str]]:
    """Ones where a row has a word; words in the order of the alphabet, which come last."""
    words = {word: n for n, word in enumerate(sorted(set(chain.from_iterable(rows))))}
    ends = np.cumsum([0, *map(len, rows)])
    inside = np.fromiter(map(words.__getitem__, chain.from_iterable(rows)), np.int32, int(ends[-1]))
    matrix = sparse.csr_matrix((np.ones(len(inside)), inside, ends), (len(rows), max(len(words), 1)))
    matrix.sum_duplicates()
    matrix.data[:] = 1.0
    return matrix, tuple(words)


@dataclass(frozen=True, slots=True)
class _Worded:
    """Rows of length 1, weighted by how few of the counted documents use a word: a word of all of them weighs nothing.
    `worth` is the weight of each word."""

    matrix: sparse.csr_matrix
    worth: Mapping[str, float]

    @classmethod
    def of(cls, rows: Sequence[Collection[str]], documents: Ints, counted: NDArray[np.bool_]) -> "_Worded":
        """The rows, each the words of a part of the document at its position in `documents`."""
        matrix, words = _indicators(rows)
        owner = np.repeat(documents, np.diff(matrix.indptr))
        inside = counted[owner] if len(owner) else np.zeros(0, bool)
        where = owner[inside], matrix.indices[inside]
        uses = sparse.csr_matrix((np.ones(len(where[0])), where), (len(counted), matrix.shape[1]))  # each use once
        used = np.bincount(uses.indices, minlength=matrix.shape[1])
        weight = np.log((1 + int(counted.sum())) / (1 + used))
        weighted = sparse.csr_matrix((weight[matrix.indices], matrix.indices, matrix.indptr), matrix.shape)
        length = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel())
        scaled = sparse.csr_matrix(sparse.diags(1 / np.where(length > 0, length, 1)) @ weighted)
        return cls(scaled, dict(zip(words, weight.tolist(), strict=False)))
