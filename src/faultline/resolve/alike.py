"""Finds for each text the likest others by the rare words they share. Invariant: the answer is the same whether it was
worked out whole or from an earlier one and what has changed since."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from faultline.resolve.columns import Floats, Ints

_ROWS = 500
_DIGITS = 9  # cosines that differ further behind are ties


@dataclass(frozen=True, slots=True)
class Alike:
    """For texts that were `asked`, those that are alike: flat, `one` of the asked, `other`, and their `cosine`."""

    asked: Ints
    one: Ints
    other: Ints
    cosine: Floats


@dataclass(frozen=True, slots=True)
class Wanted:
    """At most `most` others from a cosine of `least` on, by words that at most `common` counted texts use; only those
    within `days` of `published` (a day of each text, NaN where unknown) if that is given."""

    most: int
    least: float
    common: int
    published: Floats | None = None
    days: int = 0


@dataclass(frozen=True, slots=True)
class Renumbered:
    """The number that each text of now had among the `size` texts of then; -1 where it is new or changed."""

    old: Ints
    size: int

    @property
    def now(self) -> Ints:
        """The number that each text of then has now; -1 where it is gone or changed."""
        found = np.full(self.size, -1, np.int64)
        kept = np.flatnonzero(self.old >= 0)
        found[self.old[kept]] = kept
        return found


@dataclass(frozen=True, slots=True)
class Since:
    """What was found before, and what became of the texts."""

    before: Alike
    texts: Renumbered


def alike(
    texts: sparse.csr_matrix, counted: NDArray[np.bool_], asked: Ints, wanted: Wanted, since: Since | None
) -> Alike:
    """The likest others of the asked texts; `counted` marks the texts that say which words are rare."""
    texts = _rare(texts, counted, wanted.common)
    whole = np.arange(texts.shape[0])
    if since is None:
        return likest_of(asked, [_found(texts, asked, whole, wanted)], wanted.most)
    now = since.texts.now
    one, other = now[since.before.one], now[since.before.other]
    robbed = one[(one >= 0) & (other < 0)]
    usable = np.setdiff1d(now[since.before.asked], [-1, *robbed])
    again = np.intersect1d(asked, usable)
    anew = np.setdiff1d(asked, again)
    kept = np.isin(one, again)
    parts = [
        (one[kept], other[kept], since.before.cosine[kept]),
        _found(texts, again, np.flatnonzero(since.texts.old < 0), wanted),
        _found(texts, anew, whole, wanted),
    ]
    return likest_of(asked, parts, wanted.most)


def _rare(texts: sparse.csr_matrix, counted: NDArray[np.bool_], common: int) -> sparse.csr_matrix:
    """The texts without common words, of length 1."""
    used = np.bincount(texts[counted].indices, minlength=texts.shape[1])
    texts = sparse.csr_matrix(texts @ sparse.diags((used <= common).astype(float)))
    texts.eliminate_zeros()
    length = np.sqrt(np.asarray(texts.multiply(texts).sum(axis=1)).ravel())
    return sparse.csr_matrix(sparse.diags(1 / np.where(length > 0, length, 1)) @ texts)


def _found(texts: sparse.csr_matrix, asked: Ints, among: Ints, wanted: Wanted) -> tuple[Ints, Ints, Floats]:
    """The pairs of an asked text and one of the others that are wanted, for each text the likest and their equals."""
    day = np.zeros(texts.shape[0]) if wanted.published is None else wanted.published
    asked, among = (rows[~np.isnan(day[rows])] for rows in (asked, among))
    asked, among = (rows[np.argsort(day[rows], kind="stable")] for rows in (asked, among))
    parts: list[tuple[Ints, Ints, Floats]] = [(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))]
    for start in range(0, len(asked), _ROWS):
        rows = asked[start : start + _ROWS]
        low, high = np.searchsorted(day[among], [day[rows[0]] - wanted.days, day[rows[-1]] + wanted.days + 0.5])
        near = np.sort(among[low:high])
        likeness = sparse.csr_matrix(texts[rows] @ texts[near].T)
        one, other = np.repeat(rows, np.diff(likeness.indptr)), near[likeness.indices]
        cosine = np.round(likeness.data, _DIGITS)
        kept = (cosine >= wanted.least) & (one != other) & (np.abs(day[one] - day[other]) <= wanted.days)
        kept[kept] = _nearest(one[kept], cosine[kept], wanted.most)
        parts.append((one[kept], other[kept], cosine[kept]))
    one, other, cosine = (np.concatenate([part[n] for part in parts]) for n in (0, 1, 2))
    return one, other, cosine


def _nearest(one: Ints, cosine: Floats, most: int) -> NDArray[np.bool_]:
    """Which are among the likest `most` of the text that they follow one another for, or equal to the last of them."""
    kept = np.ones(len(one), bool)
    ends = np.flatnonzero(np.diff(one, append=-1)) + 1
    begins = np.concatenate([[0], ends[:-1]])
    many = ends - begins > most
    for begin, end in zip(begins[many].tolist(), ends[many].tolist(), strict=True):
        mine = cosine[begin:end]
        kept[begin:end] = mine >= np.partition(mine, len(mine) - most)[len(mine) - most]
    return kept


def likest_of(asked: Ints, parts: Sequence[tuple[Ints, Ints, Floats]], most: int) -> Alike:
    """Of pairs of a text, another one and their likeness: the likest `most` of each text; of equals the first."""
    one, other, cosine = (np.concatenate([part[n] for part in parts]) for n in (0, 1, 2))
    order = np.lexsort((other, -cosine, one))
    one, other, cosine = one[order], other[order], cosine[order]
    first = np.searchsorted(one, one, side="left")
    kept = np.arange(len(one)) - first < most
    return Alike(np.asarray(asked, np.int64), one[kept], other[kept], cosine[kept])
