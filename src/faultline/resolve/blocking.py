"""Finds the pairs of happenings that are worth comparing. Invariant: whether a pair is a candidate depends on the two
and on who shares more with either, never on the order; what is far apart in days or kilometres and shares nothing is no
candidate.

Six ways lead to a pair: near places with days that may meet; days that meet where one place is vague or unknown; rare
words in common where one day is unknown; facts in common where day or place is not sharp and both were published within
weeks; documents that are alike as a whole; and documents of the same weeks that are the most alike in words and facts.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from faultline.resolve.alike import Alike, Renumbered, Since, Wanted, alike, likest_of
from faultline.resolve.columns import Columns, Floats, Ints
from faultline.resolve.pairs import dots, haversine

Pairs = tuple[Ints, Ints]

_CELL = 3.0  # degrees: a box of reach is never wider than two cells
_KM_A_DEGREE = 111.2
_CHUNK = 2_000_000  # pairs looked at in one go, which bounds the memory
_DIGITS = 9  # likenesses that differ further behind are ties
_STRIDE = 10.0**7  # days between two cells on one line: longer than any calendar


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a pair may lie apart: `days` between the intervals, `km` beyond both radii.

    A place wider than `vague_km` is compared as vague, one wider than `widest_km` as unknown; so is an interval of
    `longest` days, and one of `sharp` days is too long to be compared with what has no place. An unknown day is held to
    lie in the `back` days before publication. What has no sharp day is compared with at most `alike` others, the
    likest by words that at most `common` rows use, from a cosine of `cosine` on; all that a document tells with all
    that the `papers` likest documents tell, unless it tells of more than `told` happenings. What was published within
    `weeks` days of what has a day of `blurred` days or no place of its own is compared with it if it is among the
    `alike` others that share most facts; and documents published within `fresh` days if they are among the `recent`
    likest, by words that at most `usual` use. Of those near its place what has a day of `blurred` days is compared with
    the `near` likest alone: in ten times the crowd it would meet ten times as many.
    """

    days: int = 7
    km: float = 100.0
    vague_km: float = 30.0
    widest_km: float = 100.0
    back: int = 150
    alike: int = 25
    cosine: float = 0.08
    papers: int = 15
    told: int = 30
    longest: int = 400
    common: int = 300
    sharp: int = 31
    weeks: int = 60
    blurred: int = 3
    fresh: int = 30
    recent: int = 15
    faint: float = 0.001
    usual: int = 10**6
    near: int = 10**6


WIDE = Reach(recent=40, papers=40, cosine=0.04, alike=60, weeks=120)
MANY = Reach(usual=2500, near=10)
WIDE_UP_TO = 4096  # documents: of more, so many others each would be compared for too little


def reach_of(documents: int) -> Reach:
    """How far pairs may lie apart among so many documents: wide among those of a case that people read, which keeps
    what looks back from afar or tells the same in another language; among more no row meets more others the more there
    are."""
    return WIDE if documents <= WIDE_UP_TO else MANY


@dataclass(frozen=True, slots=True)
class Blocked:
    """Rows `a` < `b` of every candidate pair between two documents, sorted; `rows` and `papers` are what was found by
    likeness, of rows and of documents."""

    a: Ints
    b: Ints
    rows: tuple[Alike, ...]
    papers: tuple[Alike, ...]


@dataclass(frozen=True, slots=True)
class Earlier:
    """What was found `before`, and what became of the rows and of the documents."""

    before: Blocked
    rows: Renumbered
    papers: Renumbered


def candidates(columns: Columns, reach: Reach = Reach()) -> Pairs:
    """Rows a < b of every candidate pair between two documents, sorted."""
    found = blocked(columns, reach)
    return found.a, found.b


def blocked(columns: Columns, reach: Reach = Reach(), earlier: Earlier | None = None) -> Blocked:
    """The candidate pairs, worked out from what was found earlier where that is given: the same either way."""
    days = _possible_days(columns, reach)
    rows, papers = _rows_alike(columns, reach, earlier), _papers_alike(columns, reach, earlier)
    ways = [
        *_uncrowded(columns, _by_place(columns, days, reach), reach),
        *_by_day(columns, days, reach),
        *((found.one, found.other) for found in rows),
        *(pair for found in papers for pair in _across(columns, found, reach)),
    ]
    size = max(1, len(columns))
    a, b = (np.concatenate([way[n] for way in ways]) for n in (0, 1))
    between = columns.document[a] != columns.document[b]
    found = _sorted_once(np.minimum(a, b)[between] * size + np.maximum(a, b)[between])
    return Blocked(found // size, found % size, rows, papers)


def _sorted_once(keys: Ints) -> Ints:
    """Each key once, sorted; sorting in place is quicker than hashing and needs less room."""
    keys.sort()
    return keys[np.concatenate([[True], keys[1:] != keys[:-1]])] if len(keys) else keys


def _possible_days(columns: Columns, reach: Reach) -> tuple[Floats, Floats]:
    """First and last day that each row may lie on; NaN where nothing is known, not even a day of publication."""
    first, last = columns.first.copy(), columns.last.copy()
    too_long = last - first >= reach.longest
    first[too_long], last[too_long] = np.nan, np.nan
    end = np.where(np.isnan(last), np.where(np.isnan(first), columns.published, first + reach.back), last)
    start = np.where(np.isnan(first), end - reach.back, first)
    return start, end


def _by_place(columns: Columns, days: tuple[Floats, Floats], reach: Reach) -> Iterator[Pairs]:
    """Every spot stands in each cell that half the reach around it touches: two near spots have a cell in common."""
    rows, spots = np.nonzero(columns.spots[:, :, 2] <= reach.widest_km)
    usable = ~np.isnan(days[0][rows])
    rows, spots = rows[usable], spots[usable]
    where = columns.spots[rows, spots]
    item, cell = _cells(where, reach.km / 2)
    for one, other in _meeting(days[0][rows[item]], days[1][rows[item]] + reach.days, cell):
        here, there = item[one], item[other]
        km = haversine(where[here], where[there]) - where[here, 2] - where[there, 2]
        near = km <= reach.km
        yield rows[here[near]], rows[there[near]]


def _uncrowded(columns: Columns, found: Iterator[Pairs], reach: Reach) -> Iterator[Pairs]:
    """The pairs of two sharp days, and of the others those that are among the likest of a row without one."""
    blurred = ~(columns.last - columns.first < reach.blurred)
    others = []
    for a, b in found:
        vague = blurred[a] | blurred[b]
        yield a[~vague], b[~vague]
        others.append(np.minimum(a, b)[vague] * len(columns) + np.maximum(a, b)[vague])
    keys = _sorted_once(np.concatenate([np.zeros(0, np.int64), *others]))
    a, b = keys // max(1, len(columns)), keys % max(1, len(columns))
    likeness = np.round(dots(columns.words, columns.words, a, b) + dots(columns.facts, columns.facts, a, b), _DIGITS)
    parts = [(one[blurred[one]], other[blurred[one]], likeness[blurred[one]]) for one, other in ((a, b), (b, a))]
    kept = likest_of(np.flatnonzero(blurred), parts, reach.near)
    yield kept.one, kept.other


def _by_day(columns: Columns, days: tuple[Floats, Floats], reach: Reach) -> Iterator[Pairs]:
    """Rows at a vague or unknown place with those of their country whose days meet theirs."""
    vague = ~np.any(columns.spots[:, :, 2] <= reach.vague_km, axis=1)
    rows = np.flatnonzero(~np.isnan(columns.first) & (columns.last - columns.first < reach.sharp))
    country = np.array(columns.country)
    for name in sorted(set(columns.country) - {""}) or [""]:
        here = rows[(country[rows] == name) | (country[rows] == "")]
        for one, other in _meeting(days[0][here], days[1][here] + 1, np.zeros(len(here))):
            a, b = here[one], here[other]
            either = vague[a] | vague[b]
            yield a[either], b[either]


def _rows_alike(columns: Columns, reach: Reach, earlier: Earlier | None) -> tuple[Alike, ...]:
    """Rows without a day of their own with those that share most of their rare words; rows without a sharp day or place
    with those of the same weeks that share most of their facts."""
    since = [Since(found, earlier.rows) for found in earlier.before.rows] if earlier else [None, None]
    counted, length = columns.counted[columns.document], columns.last - columns.first
    words = sparse.csr_matrix(columns.words + columns.title[columns.document])
    undated = np.flatnonzero(np.isnan(columns.first) | (length >= reach.sharp))
    wanted = Wanted(reach.alike, reach.cosine, reach.common)
    placed = np.any(columns.spots[:, :, 2] <= reach.vague_km, axis=1)
    blurred = np.flatnonzero(~placed | ~(length < reach.blurred))
    fresh = Wanted(reach.alike, reach.faint, len(columns), _news(columns), reach.weeks)
    return (
        alike(words, counted, undated, wanted, since[0]),
        alike(columns.facts, counted, blurred, fresh, since[1]),
    )


def _papers_alike(columns: Columns, reach: Reach, earlier: Earlier | None) -> tuple[Alike, ...]:
    """Documents with those that are alike in words, and with those of the same weeks that are the likest in words and
    facts; save those that tell of too much."""
    since = [Since(found, earlier.papers) for found in earlier.before.papers] if earlier else [None, None]
    count = np.bincount(columns.document, minlength=columns.text.shape[0])
    telling, published = np.flatnonzero(count <= reach.told), np.full(len(count), np.nan)
    published[columns.document] = _news(columns)
    both = sparse.csr_matrix(sparse.hstack([columns.text, columns.paper_facts]))
    wanted = Wanted(reach.papers, reach.cosine, reach.common)
    fresh = Wanted(reach.recent, reach.faint, reach.usual, published, reach.fresh)
    return (
        alike(columns.text, columns.counted, telling, wanted, since[0]),
        alike(both, columns.counted, telling, fresh, since[1]),
    )


def _news(columns: Columns) -> Floats:
    """The day of publication of each row, or the day it tells of where that is not known."""
    told = np.where(np.isnan(columns.last), columns.first, columns.last)
    return np.where(np.isnan(columns.published), told, columns.published)


def _across(columns: Columns, papers: Alike, reach: Reach) -> Iterator[Pairs]:
    """All rows of two documents that are alike."""
    rows = np.argsort(columns.document, kind="stable")
    count = np.bincount(columns.document, minlength=columns.text.shape[0])
    begin = np.cumsum(count) - count
    few = count[papers.other] <= reach.told
    one, other = papers.one[few], papers.other[few]
    times = count[one] * count[other]
    step = np.arange(times.sum()) - np.repeat(np.cumsum(times) - times, times)
    across = np.repeat(count[other], times)
    yield rows[np.repeat(begin[one], times) + step // across], rows[np.repeat(begin[other], times) + step % across]


def _cells(where: Floats, km: float) -> tuple[Ints, Floats]:
    """Pairs of an item and a cell that the box of `km` beyond its radius touches."""
    high = (where[:, 2] + km) / _KM_A_DEGREE
    wide = high / np.maximum(0.1, np.cos(np.radians(where[:, 0])))
    items, cells = [], []
    for north in (-1, 0, 1):
        for east in (-1, 0, 1):
            row = np.floor((where[:, 0] + north * high) / _CELL)
            column = np.floor((where[:, 1] + east * wide) / _CELL)
            items.append(np.arange(len(where)))
            cells.append(row * 1000 + column)
    both = np.unique(np.stack([np.concatenate(items).astype(float), np.concatenate(cells)]), axis=1)
    return both[0].astype(np.int64), both[1]


def _meeting(start: Floats, end: Floats, cell: Floats) -> Iterator[Pairs]:
    """Pairs of positions in one cell of which the one that starts later starts by the end of the other."""
    line = np.unique(cell, return_inverse=True)[1] * _STRIDE
    order = np.lexsort((end, line + start))
    begins, ends = (line + start)[order], (line + end)[order]
    reaches = np.searchsorted(begins, ends, side="right") - np.arange(1, len(order) + 1)
    if not reaches.sum():
        return
    parts = np.searchsorted(np.cumsum(reaches), np.arange(_CHUNK, reaches.sum() + _CHUNK, _CHUNK), side="left") + 1
    for low, high in zip([0, *parts[:-1]], parts, strict=True):
        count = reaches[low:high]
        one = np.repeat(np.arange(low, low + len(count)), count)
        step = np.arange(len(one)) - np.repeat(np.cumsum(count) - count, count)
        yield order[one], order[one + step + 1]
