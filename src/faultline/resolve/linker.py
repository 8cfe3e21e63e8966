"""Links tellings of different documents by the pair model and average link. Invariant: two tellings of one document
stay apart unless a person joined them, and what is linked depends on the set of tellings, never on their order."""

from collections.abc import Sequence

import numpy as np

from faultline.resolve.blocking import candidates
from faultline.resolve.cluster import Links, average_link
from faultline.resolve.columns import columns
from faultline.resolve.copies import stand_ins
from faultline.resolve.happening import Happening
from faultline.resolve.judged import Pair, pair
from faultline.resolve.linking import Linked
from faultline.resolve.match import PairModel, shipped_model
from faultline.resolve.pairs import features

_TWINS = 0.999  # probability that the same words speak of the same happening
_KEPT = 0.01  # probability below which a pair is as good as never compared


def link(views: Sequence[Happening], same: frozenset[Pair], apart: frozenset[Pair]) -> Linked:
    """Groups of the views by the shipped model (`linking.Linker`)."""
    return link_by(shipped_model(), views, same, apart)


def link_by(model: PairModel, views: Sequence[Happening], same: frozenset[Pair], apart: frozenset[Pair]) -> Linked:
    """Groups of the views by that model; `links` holds every pair that is likelier than one in a hundred. Of views that
    say the same in the same words one is compared, and the others stand where it stands."""
    if not views:
        return Linked((), {}, model.name)
    decided = {id for key in (*same, *apart) for id in key}
    shown_by = stand_ins(views, decided)
    kept = sorted(set(shown_by))
    linked = _linked(model, [views[n] for n in kept], same, apart)
    copies: dict[int, list[int]] = {}
    for n, first in enumerate(shown_by):
        copies.setdefault(first, []).append(n)
    groups = tuple(tuple(sorted(c for n in group for c in copies[kept[n]])) for group in linked.groups)
    twins = {pair(views[n].id, views[first].id): _TWINS for n, first in enumerate(shown_by) if n != first}
    return Linked(groups, {**linked.links, **twins}, model.name)


def _linked(model: PairModel, views: Sequence[Happening], same: frozenset[Pair], apart: frozenset[Pair]) -> Linked:
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
