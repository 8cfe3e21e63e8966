"""Turns pairs of happenings into features of likeness. Invariant: a feature of (a, b) is that of (b, a), and NaN says
that one side is silent, which is never a mismatch."""

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from faultline.record.place import EARTH_KM
from faultline.resolve.columns import Columns, Floats, Ints

Features = NDArray[np.float32]

CHUNK = 50_000  # pairs compared at once, which bounds the memory
OVERLAPS = ("places", "actors", "recipients", "parties", "kin", "sides", "actions", "roots", "numbers")
DAYS = ("gap", "start_apart", "end_apart", "shared_days", "shorter", "longer", "dated")
PLACES = ("km", "km_over_radii", "finer_km", "wider_km", "where")
TOLLS = tuple(
    f"{harm}_{what}" for harm in ("killed", "wounded") for what in ("apart", "less", "more", "ratio", "equal")
)
WORDS = ("title", "words", "text", "title_in_words")
PAPERS = (
    "published_apart",
    "lag_less",
    "lag_more",
    "same_source",
    "crowd_less",
    "crowd_more",
    "unknown",
    "same_language",
)
FEATURES = (*DAYS, *PLACES, *(f"{n}_{w}" for n in OVERLAPS for w in ("shared", "inside")), *TOLLS, *WORDS, *PAPERS)

# What may only speak against a pair the larger it is, and what only for it: trees that know this do not learn the
# accidents of one collection.
AGAINST = ("gap", "start_apart", "end_apart", "km", "km_over_radii", "killed_apart", "wounded_apart", "published_apart")
FOR = (
    "shared_days",
    "where",
    "killed_ratio",
    "wounded_ratio",
    *WORDS,
    *(f"{n}_{w}" for n in OVERLAPS for w in ("shared", "inside")),
)


def features(columns: Columns, a: Ints, b: Ints) -> Features:
    """Likeness of the rows `a` to the rows `b`: pairs x FEATURES."""
    parts = [_chunk(columns, a[n : n + CHUNK], b[n : n + CHUNK]) for n in range(0, len(a), CHUNK)]
    return np.concatenate(parts) if parts else np.zeros((0, len(FEATURES)), np.float32)


def kilometres(columns: Columns, a: Ints, b: Ints) -> tuple[Floats, Floats, Floats]:
    """Distance of the nearest two spots of each pair and their two radii; NaN where one has no spot."""
    best = np.full((3, len(a)), np.nan)
    width = columns.spots.shape[1]
    for i in range(width):
        for j in range(width):
            one, other = columns.spots[a, i], columns.spots[b, j]
            km = haversine(one, other)
            nearer = (km < best[0]) | (np.isnan(best[0]) & ~np.isnan(km))
            best[:, nearer] = np.stack([km, one[:, 2], other[:, 2]])[:, nearer]
    return best[0], best[1], best[2]


def dots(left: sparse.csr_matrix, right: sparse.csr_matrix, a: Ints, b: Ints) -> Floats:
    """What each row `a` of the one and row `b` of the other share: the sum of the products."""
    parts = [_dots(left, right, a[n : n + CHUNK], b[n : n + CHUNK]) for n in range(0, len(a), CHUNK)]
    return np.concatenate(parts) if parts else np.zeros(0)


def _chunk(columns: Columns, a: Ints, b: Ints) -> Features:
    with np.errstate(invalid="ignore", divide="ignore"):
        parts = [*_days(columns, a, b), *_places(columns, a, b)]
        for name in OVERLAPS:
            parts += _overlap(columns, name, a, b)
        parts += [*_tolls(columns, a, b), *_words(columns, a, b), *_papers(columns, a, b)]
    return np.stack(parts, axis=1).astype(np.float32)


def _days(c: Columns, a: Ints, b: Ints) -> list[Floats]:
    gap = np.maximum(0, np.maximum(c.first[a], c.first[b]) - np.minimum(c.last[a], c.last[b]))
    length_a, length_b = (c.last[x] - c.first[x] + 1 for x in (a, b))
    shared = np.maximum(0, np.minimum(c.last[a], c.last[b]) - np.maximum(c.first[a], c.first[b]) + 1)
    dated = (~np.isnan(c.first[a])).astype(float) + ~np.isnan(c.first[b])
    return [
        gap,
        np.abs(c.first[a] - c.first[b]),
        np.abs(c.last[a] - c.last[b]),
        shared / (length_a + length_b - shared),
        np.fmin(length_a, length_b),
        np.fmax(length_a, length_b),
        dated,
    ]


def _places(c: Columns, a: Ints, b: Ints) -> list[Floats]:
    km, one, other = kilometres(c, a, b)
    where = _cosine(c.where, c.where, a, b)
    return [km, km / (one + other), np.fmin(one, other), np.fmax(one, other), where]


def _overlap(c: Columns, name: str, a: Ints, b: Ints) -> list[Floats]:
    """Shared over all, and shared over the smaller of the two; NaN where either is empty."""
    matrix = c.sets[name]
    sizes = np.diff(matrix.indptr).astype(float)
    both = dots(matrix, matrix, a, b)
    one, other = sizes[a], sizes[b]
    silent = (one == 0) | (other == 0)
    return [np.where(silent, np.nan, both / (one + other - both)), np.where(silent, np.nan, both / np.fmin(one, other))]


def _tolls(c: Columns, a: Ints, b: Ints) -> list[Floats]:
    found: list[Floats] = []
    for harm in (0, 1):
        one, other = c.tolls[a, harm, 1], c.tolls[b, harm, 1]
        less, more = np.minimum(one, other), np.maximum(one, other)
        equal = np.where(np.isnan(less), np.nan, ((one == other) & (one > 0)).astype(float))
        found += [more - less, less, more, (less + 0.5) / (more + 0.5), equal]
    return found


def _words(c: Columns, a: Ints, b: Ints) -> list[Floats]:
    """Titles, sentences, texts, and the title of one against the sentence of the other, by the nearer way round."""
    one, other = c.document[a], c.document[b]
    papers, back = np.unique(one * np.int64(c.text.shape[0]) + other, return_inverse=True)
    left, right = papers // c.text.shape[0], papers % c.text.shape[0]
    crossed = np.fmax(_cosine(c.title, c.words, one, b), _cosine(c.title, c.words, other, a))
    title, text = (_cosine(m, m, left, right)[back] for m in (c.title, c.text))
    return [title, _cosine(c.words, c.words, a, b), text, crossed]


def _papers(c: Columns, a: Ints, b: Ints) -> list[Floats]:
    lags = c.published[a] - c.first[b], c.published[b] - c.first[a]
    return [
        np.abs(c.published[a] - c.published[b]),
        np.fmin(*lags),
        np.fmax(*lags),
        (c.source[a] == c.source[b]).astype(float),
        np.minimum(c.crowd[a], c.crowd[b]),
        np.maximum(c.crowd[a], c.crowd[b]),
        c.unknown[a] + c.unknown[b],
        np.where((c.language[a] < 0) | (c.language[b] < 0), np.nan, c.language[a] == c.language[b]),
    ]


def _cosine(left: sparse.csr_matrix, right: sparse.csr_matrix, a: Ints, b: Ints) -> Floats:
    silent = (np.diff(left.indptr) == 0)[a] | (np.diff(right.indptr) == 0)[b]
    return np.where(silent, np.nan, dots(left, right, a, b))


def _dots(left: sparse.csr_matrix, right: sparse.csr_matrix, a: Ints, b: Ints) -> Floats:
    return np.asarray(left[a].multiply(right[b]).sum(axis=1), dtype=float).ravel()


def haversine(one: Floats, other: Floats) -> Floats:
    """Great-circle distance in km between rows that begin with latitude and longitude; NaN where one is missing."""
    lat_a, lat_b = np.radians(one[:, 0]), np.radians(other[:, 0])
    half = np.sin((lat_b - lat_a) / 2) ** 2
    half += np.cos(lat_a) * np.cos(lat_b) * np.sin(np.radians(other[:, 1] - one[:, 1]) / 2) ** 2
    kilometres: Floats = 2 * EARTH_KM * np.arcsin(np.sqrt(np.minimum(1.0, half)))
    return kilometres
