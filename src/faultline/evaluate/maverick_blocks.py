"""Splits coded reports into contiguous blocks of time and trains a model for each block on the others. Invariant: no
event lies in two blocks, and nothing of a block reaches the model that it is tried with."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from faultline.evaluate.grouping import likeness_of_groups
from faultline.evaluate.maverick_rows import Coded
from faultline.evaluate.pair_training import NEVER, Examples, Flags, Recipe, thinned, train
from faultline.resolve.blocking import candidates
from faultline.resolve.columns import Columns, Floats, Ints, columns
from faultline.resolve.match import PairModel
from faultline.resolve.pairs import Features, features

BLOCKS = 5


@dataclass(frozen=True)
class Board:
    """The coded reports with their candidate pairs: `features` of rows `a` and `b`; `fold` is each row's block of time
    within its country."""

    rows: tuple[Coded, ...]
    columns: Columns
    a: Ints
    b: Ints
    features: Features
    fold: Ints

    @property
    def events(self) -> tuple[str, ...]:
        """The event of each row."""
        return tuple(row.event for row in self.rows)

    def of_country(self, country: str) -> Ints:
        """The rows of a country."""
        return np.array([n for n, row in enumerate(self.rows) if row.happening.country == country], np.int64)


@dataclass(frozen=True)
class Held:
    """A held-out block with what the model that never saw it says: `rows`, their pairs `a` and `b` (rows of the board)
    with probabilities, and the model."""

    rows: Ints
    a: Ints
    b: Ints
    probability: Floats
    model: PairModel


def board(rows: Sequence[Coded]) -> Board:
    """The reports with the features of every candidate pair."""
    table = columns([row.happening for row in rows])
    a, b = candidates(table)
    return Board(tuple(rows), table, a, b, features(table, a, b), blocks_of(rows))


def blocks_of(rows: Sequence[Coded], blocks: int = BLOCKS) -> Ints:
    """The block of each row: within its country, whole events by their first day, about equally many rows a block."""
    fold = np.zeros(len(rows), np.int64)
    for country in sorted({row.happening.country for row in rows}):
        inside = [n for n, row in enumerate(rows) if row.happening.country == country]
        sizes = Counter(rows[n].event for n in inside)
        begins: dict[str, object] = {}
        for n in sorted(inside, key=lambda n: str(rows[n].happening.days.first_day)):
            begins.setdefault(rows[n].event, rows[n].happening.days.first_day)
        before, block = 0, {}
        for event in sorted(begins, key=lambda event: (str(begins[event]), event)):
            block[event] = min(blocks - 1, before * blocks // len(inside))
            before += sizes[event]
        for n in inside:
            fold[n] = block[rows[n].event]
    return fold


def hold_out(board: Board, country: str, block: int, recipe: Recipe) -> Held:
    """One block of a country by a model of its other blocks. The other country's pairs help to grow the trees; the
    calibration and the thresholds come from the country's own blocks."""
    inside = np.zeros(len(board.rows), bool)
    inside[board.of_country(country)] = True
    tested = inside & (board.fold == block)
    fold = np.where(inside, board.fold, NEVER)
    return _held(board, tested, train(thinned(_examples(board, ~tested, fold)), recipe))


def transfer(board: Board, country: str, recipe: Recipe) -> Held:
    """A whole country by a model of the other."""
    tested = np.zeros(len(board.rows), bool)
    tested[board.of_country(country)] = True
    return _held(board, tested, train(_examples(board, ~tested, board.fold), recipe))


def _held(board: Board, tested: Flags, model: PairModel) -> Held:
    rows = np.flatnonzero(tested)
    pairs = np.flatnonzero(tested[board.a] & tested[board.b])
    place = np.cumsum(tested) - 1
    a, b = board.a[pairs], board.b[pairs]
    probability = model.probabilities(board.features[pairs], len(rows), place[a], place[b])
    return Held(rows, a, b, probability, model)


def coded_examples(board: Board) -> Examples:
    """All coded reports as examples, with their blocks of time as folds."""
    return _examples(board, np.ones(len(board.rows), bool), board.fold)


def _examples(board: Board, seen: Flags, fold: Ints) -> Examples:
    """The rows that may be seen, with the pairs between them; groups are judged over the rows that have a fold."""
    kept, place = np.flatnonzero(seen), np.cumsum(seen) - 1
    pairs = np.flatnonzero(seen[board.a] & seen[board.b])
    events = np.array(board.events)
    a, b = board.a[pairs], board.b[pairs]
    judged = np.flatnonzero(fold[kept] != NEVER).tolist()
    truth = [str(events[kept[n]]) for n in judged]
    return Examples(
        features=board.features[pairs],
        a=place[a],
        b=place[b],
        same=events[a] == events[b],
        known=np.ones(len(pairs), bool),
        weight=np.ones(len(pairs)),
        fold=fold[kept],
        apart=board.columns.document[kept],
        judge=lambda found: likeness_of_groups(truth, [found[n] for n in judged]),
    )


def without_headlines(rows: Sequence[Coded]) -> tuple[Coded, ...]:
    """The same reports with empty titles."""
    return tuple(replace(row, happening=replace(row.happening, title=())) for row in rows)
