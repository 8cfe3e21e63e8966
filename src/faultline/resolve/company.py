"""Turns the likeness of pairs into what the company of a pair says about it: who else is like either, and whether they
agree. Invariant: a function of the set of pairs, the same for (a, b) and (b, a)."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from faultline.resolve.columns import Floats, Ints

COMPANY = (
    "likeness", "next_less", "next_more", "others_less", "others_more", "common", "best_common", "common_share",
    "ahead_of_more", "ahead_of_less", "worst_quarrel", "quarrel",
)  # fmt: skip
LEAST = 0.002  # below this nobody keeps company
_CHUNK = 100_000


@dataclass(frozen=True)
class _Graph:
    matrix: sparse.csr_matrix
    total: Floats
    first: Floats
    second: Floats


def company(size: int, a: Ints, b: Ints, likeness: Floats, asked: Ints | None = None) -> Floats:
    """pairs x COMPANY for pairs of `size` rows: the pair's own likeness; the best other partner of either; how much
    likeness either has to others; common partners; how far the pair leads; and where their partners differ. Of the
    pairs at the positions `asked` alone where these are given."""
    graph = _graph(size, a, b, likeness)
    if asked is not None:
        a, b, likeness = a[asked], b[asked], likeness[asked]
    parts = [
        _chunk(graph, a[n : n + _CHUNK], b[n : n + _CHUNK], likeness[n : n + _CHUNK]) for n in range(0, len(a), _CHUNK)
    ]
    return np.concatenate(parts) if parts else np.zeros((0, len(COMPANY)))


def _graph(size: int, a: Ints, b: Ints, likeness: Floats) -> _Graph:
    kept = likeness >= LEAST
    ends = np.concatenate([a[kept], b[kept]]), np.concatenate([b[kept], a[kept]])
    matrix = sparse.csr_matrix((np.concatenate([likeness[kept]] * 2), ends), (size, size))
    order = np.lexsort((-matrix.data, np.repeat(np.arange(size), np.diff(matrix.indptr))))
    ranked = np.append(matrix.data[order], [0.0, 0.0])
    degree = np.diff(matrix.indptr)
    first = np.where(degree > 0, ranked[matrix.indptr[:-1]], 0.0)
    second = np.where(degree > 1, ranked[np.minimum(matrix.indptr[:-1] + 1, len(ranked) - 1)], 0.0)
    return _Graph(matrix, np.asarray(matrix.sum(axis=1)).ravel(), first, second)


def _chunk(graph: _Graph, a: Ints, b: Ints, likeness: Floats) -> Floats:
    one, other = graph.matrix[a], graph.matrix[b]
    next_a, next_b = (np.where(likeness >= graph.first[x], graph.second[x], graph.first[x]) for x in (a, b))
    rest_a, rest_b = graph.total[a] - likeness, graph.total[b] - likeness
    common = _summed(one.multiply(other))
    apart = one - other
    np.abs(apart.data, out=apart.data)
    found = [
        likeness,
        np.minimum(next_a, next_b),
        np.maximum(next_a, next_b),
        np.minimum(rest_a, rest_b),
        np.maximum(rest_a, rest_b),
        common,
        _highest(one.minimum(other)),
        common / np.maximum(1e-6, np.minimum(rest_a, rest_b)),
        likeness - np.maximum(next_a, next_b),
        likeness - np.minimum(next_a, next_b),
        _highest(apart),
        _summed(apart),
    ]
    return np.stack(found, axis=1)


def _summed(matrix: sparse.csr_matrix) -> Floats:
    return np.asarray(matrix.sum(axis=1), dtype=float).ravel()


def _highest(matrix: sparse.csr_matrix) -> Floats:
    return np.asarray(matrix.max(axis=1).todense(), dtype=float).ravel()
