"""Links tellings of different documents by the pair model and average link. Invariant: two tellings of one document
stay apart unless a person joined them, and what is linked depends on the set of tellings, never on their order."""

from collections.abc import Sequence

import numpy as np

from faultline.resolve.blocking import candidates
from faultline.resolve.cluster import Links, average_link
from faultline.resolve.columns import columns
from faultline.resolve.happening import Happening
from faultline.resolve.judged import Pair, pair
from faultline.resolve.linking import Linked
from faultline.resolve.match import PairModel, shipped_model
from faultline.resolve.pairs import features

_KEPT = 0.01  # probability below which a pair is as good as never compared


def link(views: Sequence[Happening], same: frozenset[Pair], apart: frozenset[Pair]) -> Linked:
    """Groups of the views by the shipped model (`linking.Linker`)."""
    return link_by(shipped_model(), views, same, apart)


def link_by(model: PairModel, views: Sequence[Happening], same: frozenset[Pair], apart: frozenset[Pair]) -> Linked:
    """Groups of the views by that model; `links` holds every pair that is likelier than one in a hundred."""
    if not views:
        return Linked((), {}, model.name)
    table = columns(views)
    a, b = candidates(table)
    probability = model.probabilities(features(table, a, b), len(views), a, b)
    kept = np.flatnonzero(probability >= _KEPT)
    scored = [(int(a[n]), int(b[n]), float(probability[n])) for n in kept]
    row = {view.id: n for n, view in enumerate(views)}
    links = Links(
        apart=tuple(int(document) for document in table.document),
        must=_rows(same, row),
        cannot=_rows(apart, row),
    )
    firsts = average_link([view.id for view in views], scored, links, model.threshold)
    groups: dict[int, list[int]] = {}
    for n, first in enumerate(firsts):
        groups.setdefault(first, []).append(n)
    found = {pair(views[x].id, views[y].id): p for x, y, p in scored}
    return Linked(tuple(tuple(group) for group in groups.values()), found, model.name)


def _rows(pairs: frozenset[Pair], row: dict[str, int]) -> tuple[tuple[int, int], ...]:
    return tuple(sorted((row[x], row[y]) for x, y in pairs if x in row and y in row))
