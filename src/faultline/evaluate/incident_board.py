"""Turns tellings and labels of documents into examples for the pair model. Invariant: of two documents that are
labelled as one incident only the likest pair of tellings counts as the same, and no label teaches nothing."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median

import numpy as np

from faultline.evaluate.incident_labels import PairFigures, compare
from faultline.evaluate.pair_training import NEVER, Examples, Flags, thinned
from faultline.resolve.blocking import candidates
from faultline.resolve.cluster import Links, average_link
from faultline.resolve.columns import Columns, Floats, Ints, columns
from faultline.resolve.happening import Happening
from faultline.resolve.match import PairModel
from faultline.resolve.pairs import FEATURES, Features, features

BLOCKS = 5
_GUESSED_BY = ("text", "words", "title_in_words", "where", "actions_inside")
_DOUBTED = 0.85  # a pair that no label names and that is likelier than this teaches nothing: the lists have gaps


@dataclass(frozen=True)
class LabelledBoard:
    """Tellings with their candidate pairs. `names` is the document of each row as the labels call it, `homes` the
    incidents of each labelled document, `fold` the block of time of each row (NEVER: unknown)."""

    views: tuple[Happening, ...]
    names: tuple[str, ...]
    columns: Columns
    a: Ints
    b: Ints
    features: Features
    homes: Mapping[str, frozenset[str]]
    fold: Ints


def labelled_board(
    views: Sequence[Happening], names: Mapping[str, str], labels: Mapping[str, Sequence[str]]
) -> LabelledBoard:
    """The board of tellings; `names` gives the label's name of each document id."""
    table = columns(views)
    a, b = candidates(table)
    rows = tuple(names[view.document] for view in views)
    homes: dict[str, set[str]] = defaultdict(set)
    for incident, documents in labels.items():
        for document in documents:
            homes[document].add(incident)
    fixed = {document: frozenset(found) for document, found in homes.items()}
    return LabelledBoard(tuple(views), rows, table, a, b, features(table, a, b), fixed, _folds(table, rows, labels))


def likeness_guess(board: LabelledBoard) -> Floats:
    """A first guess at the likeness of each pair, from words and acts alone."""
    chosen = np.nan_to_num(board.features[:, [FEATURES.index(name) for name in _GUESSED_BY]])
    return np.asarray(chosen.sum(axis=1), dtype=float)


def examples(board: LabelledBoard, guess: Floats, fold: Ints, doubt: bool) -> Examples:
    """The board as examples, the likest pair of tellings by `guess` standing for its documents; with `doubt`, likely
    pairs that no label names are left out. Rows with the fold NEVER are left out of the judgement."""
    labelled = np.array([name in board.homes for name in board.names], bool)
    known = labelled[board.a] & labelled[board.b] & (fold[board.a] != NEVER) & (fold[board.b] != NEVER)
    shared = np.array([_shared(board, int(n)) if known[n] else False for n in range(len(board.a))], bool)
    same = _likest(board, shared, guess) | (shared & doubt & (guess > 0.5))
    known &= same | ~shared
    known &= ~(doubt & ~shared & (guess > _DOUBTED))
    return Examples(
        features=board.features,
        a=board.a,
        b=board.b,
        same=same,
        known=known,
        weight=np.ones(len(board.a)),
        fold=fold,
        apart=board.columns.document,
        judge=lambda found: figures(board, found, {n for n, f in zip(board.names, fold, strict=True) if f != NEVER}).f1,
    )


def figures(board: LabelledBoard, groups: Sequence[int], among: set[str]) -> PairFigures:
    """How the groups of the rows agree with the labels, over the labelled documents in `among`."""
    told: dict[int, set[str]] = defaultdict(set)
    for name, group in zip(board.names, groups, strict=True):
        told[group].add(name)
    labels: dict[str, set[str]] = defaultdict(set)
    for document, incidents in board.homes.items():
        for incident in incidents:
            labels[incident].add(document)
    return compare(labels, told.values(), among & set(board.homes))


def grouped(board: LabelledBoard, model: PairModel) -> tuple[int, ...]:
    """The groups of all rows by a model."""
    probability = model.probabilities(board.features, len(board.names), board.a, board.b)
    pairs = list(zip(board.a.tolist(), board.b.tolist(), probability.tolist(), strict=True))
    return average_link(board.columns.ids, pairs, Links(apart=board.columns.document.tolist()), model.threshold)


def joined(one: Examples, others: Sequence[Examples], weight: float) -> Examples:
    """All examples, those of `one` first and whole. The others' rows are never held out; they are thinned, and their
    pairs weigh `weight`."""
    parts = [one, *(_aside(other, weight) for other in others)]
    shifts = np.cumsum([0, *(len(part.fold) for part in parts)])
    apart = np.cumsum([0, *(int(part.apart.max()) + 1 for part in parts)])
    return Examples(
        features=np.concatenate([part.features for part in parts]),
        a=np.concatenate([part.a + shift for part, shift in zip(parts, shifts, strict=False)]),
        b=np.concatenate([part.b + shift for part, shift in zip(parts, shifts, strict=False)]),
        same=np.concatenate([part.same for part in parts]),
        known=np.concatenate([part.known for part in parts]),
        weight=np.concatenate([part.weight for part in parts]),
        fold=np.concatenate([part.fold for part in parts]),
        apart=np.concatenate([part.apart + shift for part, shift in zip(parts, apart, strict=False)]),
        judge=lambda found: one.judge(found[: len(one.fold)]),
    )


def _aside(examples: Examples, weight: float) -> Examples:
    never = np.full(len(examples.fold), NEVER)
    return thinned(replace(examples, fold=never, weight=examples.weight * weight))


def _shared(board: LabelledBoard, n: int) -> bool:
    return bool(board.homes[board.names[board.a[n]]] & board.homes[board.names[board.b[n]]])


def _likest(board: LabelledBoard, shared: Flags, guess: Floats) -> Flags:
    best: dict[tuple[str, str], int] = {}
    for n in np.flatnonzero(shared).tolist():
        low, high = sorted((board.names[board.a[n]], board.names[board.b[n]]))
        if (low, high) not in best or guess[n] > guess[best[low, high]]:
            best[low, high] = n
    chosen = np.zeros(len(board.a), bool)
    chosen[list(best.values())] = True
    return chosen


def _folds(table: Columns, names: Sequence[str], labels: Mapping[str, Sequence[str]]) -> Ints:
    """Contiguous blocks of time with about equally many labelled documents; a document of two incidents goes with the
    earlier one."""
    days: dict[str, float] = {}
    for n, name in enumerate(names):
        known = [d for d in (table.published[n], table.first[n]) if not np.isnan(d)]
        if known:
            days[name] = min(days.get(name, np.inf), known[0])
    told = {i: [d for d in documents if d in set(names)] for i, documents in labels.items()}
    of_incident = {i: median([days[d] for d in found if d in days] or [0.0]) for i, found in told.items()}
    ordered = sorted(told, key=lambda i: (of_incident[i], i))
    total, before = sum(len(found) for found in told.values()), 0
    block: dict[str, int] = {}
    begins = [np.inf] * BLOCKS
    for incident in ordered:
        fold = min(BLOCKS - 1, before * BLOCKS // max(1, total))
        begins[fold] = min(begins[fold], of_incident[incident])
        for document in told[incident]:
            block.setdefault(document, fold)
        before += len(told[incident])
    found = [block.get(name, _block_of(days.get(name), begins)) for name in names]
    return np.array(found, np.int64)


def _block_of(day: float | None, begins: Sequence[float]) -> int:
    if day is None:
        return NEVER
    return max([fold for fold, begin in enumerate(begins) if begin <= day], default=0)
