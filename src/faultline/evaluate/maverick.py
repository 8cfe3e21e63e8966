"""Measures same-incident matching on MAVERICK (van Baalen & Höglund, doi 10.1093/jopres/xjaf012), reports of electoral
violence that experts put into events. Invariant: a block of time is grouped by models that saw nothing of it; every
choice is made inside the other blocks.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from statistics import median
from time import perf_counter

import numpy as np

from faultline.evaluate.grouping import Agreement, agreement
from faultline.evaluate.maverick_answers import Review, answered
from faultline.evaluate.maverick_blocks import BLOCKS, Board, Held, board, hold_out, transfer, without_headlines
from faultline.evaluate.maverick_rows import read_maverick
from faultline.evaluate.maverick_windows import WINDOWS
from faultline.evaluate.pair_training import Recipe
from faultline.resolve.certainty import joins
from faultline.resolve.columns import Ints

STEPS = (0.0, 0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)
MODEL, TRANSFER = "average link", "model of the other country, no headlines"


@dataclass(frozen=True)
class MaverickOptions:
    """`answers` are the numbers of answered questions a country at which figures are taken; `seed` is that of the
    trees (the blocks are cut without chance)."""

    seed: int = 1
    answers: tuple[int, ...] = (0, 50, 300, 1000)
    progress: Callable[[str], None] = lambda done: None


@dataclass(frozen=True, slots=True)
class GroupFigures:
    """How the groups of one way in one country agree with the experts' events. `answers` is how many questions were
    asked; `death_error` is found over true deaths less one, an event's deaths being the median of its reports'."""

    country: str
    way: str
    answers: int
    reports: int
    events: int
    pair_f1: float
    pair_precision: float
    pair_recall: float
    b_cubed: float
    count_error: float
    death_error: float


@dataclass(frozen=True, slots=True)
class CalibrationStep:
    """Held-out pairs with a probability from `low` to under `high`: how many, their mean, the share of one event."""

    country: str
    low: float
    high: float
    pairs: int
    mean: float
    same: float


@dataclass(frozen=True, slots=True)
class Certain:
    """Of all merges those shown as certain: how many, and how many of these are right."""

    country: str
    merged: int
    shown: int
    right: int


@dataclass(frozen=True)
class MaverickFound:
    """Everything that the benchmark measured. `kept` is the share of true pairs between documents among `pairs`
    candidates; `seconds` the time of the whole, `resolving` that of comparing and grouping all reports once."""

    seed: int
    groups: tuple[GroupFigures, ...]
    steps: tuple[CalibrationStep, ...]
    certain: tuple[Certain, ...]
    pairs: int
    kept: float
    resolving: float
    seconds: float


def run(path: Path, options: MaverickOptions | None = None) -> MaverickFound:
    """The benchmark on the file or its folder. Raises InputError where there is none."""
    options, started = options or MaverickOptions(), perf_counter()
    recipe = Recipe(seed=options.seed)
    rows = read_maverick(path)
    whole, bare = board(rows), board(without_headlines(rows))
    countries = sorted({row.happening.country for row in rows})
    groups, steps, certain, resolving = [], [], [], perf_counter() - started
    for country in countries:
        held = []
        for block in range(BLOCKS):
            held.append(hold_out(whole, country, block, recipe))
            options.progress(f"{country}: block {block + 1} of {BLOCKS}")
        grouping = perf_counter()
        groups += _windows(whole, country)
        certain.append(_certain(whole, country, held))
        resolving += perf_counter() - grouping
        groups += _reviewed(whole, country, held, options.answers)
        groups.append(_transferred(bare, country, transfer(bare, country, recipe)))
        steps += _calibration(whole, country, held)
        options.progress(f"{country}: answers and transfer")
    kept = kept_share(whole)
    seconds = perf_counter() - started
    found = tuple(groups), tuple(steps), tuple(certain)
    return MaverickFound(options.seed, *found, len(whole.a), kept, resolving, seconds)


def kept_share(board: Board) -> float:
    """The share of the pairs of reports of one event, by two documents, that are candidates."""
    events = np.array(board.events)
    rows: dict[str, list[int]] = defaultdict(list)
    for n, event in enumerate(events.tolist()):
        rows[event].append(n)
    document = board.columns.document
    true = sum(
        int(document[a] != document[b]) for found in rows.values() for i, a in enumerate(found) for b in found[:i]
    )
    return float((events[board.a] == events[board.b]).sum() / max(1, true))


def _windows(board: Board, country: str) -> list[GroupFigures]:
    rows = board.of_country(country)
    return [_figures(board, country, way, rows, group(board, rows)) for way, group in WINDOWS.items()]


def _reviewed(board: Board, country: str, held: Sequence[Held], answers: Sequence[int]) -> list[GroupFigures]:
    reviews = [Review(h, board.columns.ids, board.columns.document.tolist()) for h in held]
    deaths = [row.deaths for row in board.rows]
    found, asked = [], 0
    for number in sorted(answers):
        asked += answered(reviews, board.events, deaths, number - asked)
        rows, groups = _all_groups(reviews)
        found.append(replace(_figures(board, country, MODEL, rows, groups), answers=asked))
    return found


def _all_groups(reviews: Sequence[Review]) -> tuple[Ints, list[Hashable]]:
    found = [(row, (block, group)) for block, review in enumerate(reviews) for row, group in review.groups().items()]
    return np.array([row for row, _ in found], np.int64), [group for _, group in found]


def _transferred(board: Board, country: str, held: Held) -> GroupFigures:
    rows, groups = _all_groups([Review(held, board.columns.ids, board.columns.document.tolist())])
    return _figures(board, country, TRANSFER, rows, groups)


def _figures(board: Board, country: str, way: str, rows: Ints, groups: Sequence[Hashable]) -> GroupFigures:
    events = [board.rows[row].event for row in rows]
    deaths = [board.rows[row].deaths for row in rows]
    found: Agreement = agreement(events, groups)
    true = deaths_in(events, deaths)
    return GroupFigures(
        country=country,
        way=way,
        answers=0,
        reports=len(rows),
        events=len(set(events)),
        pair_f1=found.pair_f1,
        pair_precision=found.pair_precision,
        pair_recall=found.pair_recall,
        b_cubed=found.b_cubed,
        count_error=found.count_error,
        death_error=deaths_in(groups, deaths) / true - 1 if true else 0.0,
    )


def deaths_in(groups: Sequence[Hashable], deaths: Sequence[int]) -> float:
    """The sum over the groups of the median of the deaths that their reports give."""
    told: dict[Hashable, list[int]] = defaultdict(list)
    for group, number in zip(groups, deaths, strict=True):
        told[group].append(number)
    return float(sum(median(numbers) for numbers in told.values()))


def _certain(board: Board, country: str, held: Sequence[Held]) -> Certain:
    """Each later report of a group is merged with the likest earlier one, as in the desk."""
    shown = right = merged = 0
    for one in held:
        near: dict[int, dict[int, float]] = defaultdict(dict)
        for a, b, p in zip(one.a.tolist(), one.b.tolist(), one.probability.tolist(), strict=True):
            near[a][b] = near[b][a] = p
        groups: dict[str, list[int]] = defaultdict(list)
        for row, group in Review(one, board.columns.ids, board.columns.document.tolist()).groups().items():
            groups[group].append(row)
        for rows in groups.values():
            ordered = sorted(rows, key=lambda row: (str(board.rows[row].happening.published), board.columns.ids[row]))
            for join in joins(ordered, near):
                merged += 1
                if join.margin >= one.model.sure:
                    shown += 1
                    right += board.rows[join.one].event == board.rows[join.to].event
    return Certain(country, merged, shown, right)


def _calibration(board: Board, country: str, held: Sequence[Held]) -> list[CalibrationStep]:
    events = np.array(board.events)
    p = np.concatenate([one.probability for one in held])
    same = np.concatenate([events[one.a] == events[one.b] for one in held])
    found = []
    for low, high in pairwise(STEPS):
        inside = (p >= low) & ((p < high) | (high == 1.0))
        if inside.any():
            share = float(same[inside].mean())
            found.append(CalibrationStep(country, low, high, int(inside.sum()), float(p[inside].mean()), share))
    return found
