"""Links tellings of different documents by the pair model and average link. Invariant: two tellings of one document
stay apart unless a person joined them, and what is linked depends on the set of tellings, never on their order nor on
what was linked before."""

from collections.abc import Sequence

import numpy as np

from faultline.resolve.cluster import Links, average_link
from faultline.resolve.columns import Weighing, columns
from faultline.resolve.copies import stand_ins
from faultline.resolve.happening import Happening
from faultline.resolve.judged import Pair, pair
from faultline.resolve.linking import Linked
from faultline.resolve.match import PairModel, shipped_model
from faultline.resolve.scored import Scored, scored

_TWINS = 0.999  # probability that the same words speak of the same happening
_KEPT = 0.01  # probability below which a pair is as good as never compared


def link(views: Sequence[Happening], same: frozenset[Pair], apart: frozenset[Pair]) -> Linked:
    """Groups of the views by the shipped model (`linking.Linker`)."""
    return Remembering()(views, same, apart)


class Remembering:
    """A linker that keeps what it found last, so that what has not changed since is not compared again. It gives
    exactly what `link` gives. Not for two threads at once."""

    def __init__(self, model: PairModel | None = None, weighing: Weighing | None = None) -> None:
        self.model = model or shipped_model()
        self._weighing = weighing or Weighing()
        self._last: Scored | None = None

    @property
    def compared(self) -> int:
        """How many pairs the last answer rests on."""
        return len(self._last.pairs.a) if self._last else 0

    def __call__(self, views: Sequence[Happening], same: frozenset[Pair], apart: frozenset[Pair]) -> Linked:
        """Groups of the views; `links` holds every pair that is likelier than one in a hundred. Of views that say the
        same in the same words one is compared, and the others stand where it stands."""
        if not views:
            return Linked((), {}, self.model.name)
        shown_by = stand_ins(views, {id for key in (*same, *apart) for id in key})
        kept = sorted(set(shown_by))
        compared = tuple(views[n] for n in kept)
        self._last = scored(self.model, compared, columns(compared, self._weighing), self._last)
        linked = _linked(self.model, self._last, same, apart)
        copies: dict[int, list[int]] = {}
        for n, first in enumerate(shown_by):
            copies.setdefault(first, []).append(n)
        groups = tuple(tuple(sorted(c for n in group for c in copies[kept[n]])) for group in linked.groups)
        twins = {pair(views[n].id, views[first].id): _TWINS for n, first in enumerate(shown_by) if n != first}
        shown = {views[n].id: views[first].id for n, first in enumerate(shown_by) if n != first}
        return Linked(groups, {**linked.links, **twins}, linked.model, shown, self.model.sure, self.model.threshold)


def _linked(model: PairModel, found: Scored, same: frozenset[Pair], apart: frozenset[Pair]) -> Linked:
    likely = np.flatnonzero(found.probability >= _KEPT)
    ends = found.pairs.a[likely].tolist(), found.pairs.b[likely].tolist()
    compared = list(zip(*ends, found.probability[likely].tolist(), strict=True))
    ids = found.columns.ids
    row = {id: n for n, id in enumerate(ids)}
    links = Links(apart=found.columns.document.tolist(), must=_rows(same, row), cannot=_rows(apart, row))
    groups: dict[int, list[int]] = {}
    for n, first in enumerate(average_link(ids, compared, links, model.threshold)):
        groups.setdefault(first, []).append(n)
    by_id = {pair(ids[x], ids[y]): p for x, y, p in compared}
    return Linked(tuple(tuple(group) for group in groups.values()), by_id, model.name)


def _rows(pairs: frozenset[Pair], row: dict[str, int]) -> tuple[tuple[int, int], ...]:
    return tuple(sorted((row[x], row[y]) for x, y in pairs if x in row and y in row))
