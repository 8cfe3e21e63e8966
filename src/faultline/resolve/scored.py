"""Turns candidate pairs into probabilities, from what an earlier run found where nothing has changed. Invariant: what
comes out is exactly what a run without memory finds; the features of all pairs are never held at once."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from faultline.record.halting import breathe
from faultline.resolve.alike import Renumbered
from faultline.resolve.blocking import Blocked, Earlier, Reach, blocked, reach_of
from faultline.resolve.columns import Columns, Floats, Ints
from faultline.resolve.company import LEAST, company
from faultline.resolve.happening import Happening
from faultline.resolve.match import UNLIKELY, PairModel
from faultline.resolve.pairs import CHUNK, features


@dataclass(frozen=True)
class Scored:
    """Candidate pairs of the `views` with the likeness of each by itself (`alone`, NaN where the screen left it out)
    and its `probability`, by a `model`."""

    views: tuple[Happening, ...]
    columns: Columns
    pairs: Blocked
    alone: Floats
    probability: Floats
    model: str


@dataclass(frozen=True, slots=True)
class _Known:
    """What may be taken over: `at` is the earlier position of each pair (-1: none)."""

    before: Scored
    rows: Renumbered
    at: Ints


def scored(model: PairModel, views: tuple[Happening, ...], table: Columns, before: Scored | None) -> Scored:
    """Every candidate pair with its probability. Of `before` is used what still holds."""
    reach = _reach(table)
    holds = before is not None and before.model == model.name and _reach(before.columns) == reach
    rows = _same_rows(views, table, before) if before and holds else None
    if before is None or rows is None:
        pairs = blocked(table, reach)
        known = None
    else:
        pairs = blocked(table, reach, Earlier(before.pairs, rows, _same_papers(table, before, rows)))
        known = _Known(before, rows, _taken_over(pairs, before, rows))
    alone = _alone(model, table, pairs, known)
    return Scored(views, table, pairs, alone, _probability(model, table, (pairs, alone), known), model.name)


def _reach(table: Columns) -> Reach:
    return reach_of(table.text.shape[0])


def _same_rows(views: tuple[Happening, ...], table: Columns, before: Scored) -> Renumbered | None:
    """The earlier number of each row of a document all of whose rows say what they said; None where words weigh other
    than before, or the rows stand in another order."""
    for name, then in before.columns.weights.items():
        now = table.weights[name]
        if any(now.get(word, weight) != weight for word, weight in then.items()):
            return None
    if not _counted_alike(table, before.columns):
        return None
    number = {view.id: n for n, view in enumerate(before.views)}
    old = np.array([number.get(view.id, -1) for view in views], np.int64)
    crowd = before.columns.crowd
    for n in np.flatnonzero(old >= 0).tolist():
        then = before.views[old[n]]
        if crowd[old[n]] != table.crowd[n] or (then is not views[n] and then != views[n]):
            old[n] = -1
    old[np.isin(table.document, table.document[old < 0])] = -1
    kept = old[old >= 0]
    return Renumbered(old, len(before.views)) if bool((np.diff(kept) > 0).all()) else None


def _counted_alike(now: Columns, then: Columns) -> bool:
    """Whether the same documents say which words are rare."""

    def names(table: Columns) -> set[str]:
        inside = table.counted[table.document]
        return {id for id, counted in zip(table.ids, inside, strict=True) if counted}

    return names(now) == names(then)


def _same_papers(table: Columns, before: Scored, rows: Renumbered) -> Renumbered:
    """The earlier number of each document whose rows are as they were."""
    papers = np.full(table.text.shape[0], -1, np.int64)
    same = rows.old >= 0
    papers[table.document[same]] = before.columns.document[rows.old[same]]
    return Renumbered(papers, before.columns.text.shape[0])


def _taken_over(pairs: Blocked, before: Scored, rows: Renumbered) -> Ints:
    """The position that each pair had before; -1 where it had none or one of the two has changed."""
    if not len(before.pairs.a):
        return np.full(len(pairs.a), -1, np.int64)
    keys = before.pairs.a * rows.size + before.pairs.b
    one, other = rows.old[pairs.a], rows.old[pairs.b]
    asked = one * rows.size + other
    at = np.minimum(np.searchsorted(keys, asked), len(keys) - 1)
    return np.where((one >= 0) & (other >= 0) & (keys[at] == asked), at, -1)


def _alone(model: PairModel, table: Columns, pairs: Blocked, known: _Known | None) -> Floats:
    alone = np.full(len(pairs.a), np.nan)
    fresh = np.arange(len(alone))
    if known:
        taken = known.at >= 0
        alone[taken] = known.before.alone[known.at[taken]]
        fresh = np.flatnonzero(~taken)
    for start in range(0, len(fresh), CHUNK):
        breathe()
        some = fresh[start : start + CHUNK]
        alone[some] = model.alone(features(table, pairs.a[some], pairs.b[some]))
    return alone


def _probability(model: PairModel, table: Columns, found: tuple[Blocked, Floats], known: _Known | None) -> Floats:
    pairs, alone = found
    probability = np.full(len(alone), UNLIKELY)
    kept = np.flatnonzero(~np.isnan(alone))
    asked = np.arange(len(kept))
    if known:
        taken = kept[known.at[kept] >= 0]
        probability[taken] = known.before.probability[known.at[taken]]
        stirred = _stirred(pairs, alone, known)
        asked = np.flatnonzero((known.at[kept] < 0) | stirred[pairs.a[kept]] | stirred[pairs.b[kept]])
    beside = company(len(table), pairs.a[kept], pairs.b[kept], alone[kept], asked)
    for start in range(0, len(asked), CHUNK):
        breathe()
        some = kept[asked[start : start + CHUNK]]
        likeness = features(table, pairs.a[some], pairs.b[some])
        probability[some] = model.together(likeness, beside[start : start + CHUNK])
    return probability


def _stirred(pairs: Blocked, alone: Floats, known: _Known) -> NDArray[np.bool_]:
    """Rows that keep other company than before: a partner came, or one left."""
    stirred = np.zeros(len(known.rows.old), bool)
    came = (known.at < 0) & (np.nan_to_num(alone) >= LEAST)
    stirred[pairs.a[came]] = stirred[pairs.b[came]] = True
    left = np.nan_to_num(known.before.alone) >= LEAST
    left[known.at[known.at >= 0]] = False
    now, then = known.rows.now, known.before.pairs
    for end in (now[then.a[left]], now[then.b[left]]):
        stirred[end[end >= 0]] = True
    return stirred
