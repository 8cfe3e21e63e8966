"""A linker for tests alone: tellings of different documents with one place, one day and one family of acts are one
happening. It stands in for the model where a test is about what is done with its answer."""

from collections.abc import Sequence

from faultline.resolve.happening import Happening
from faultline.resolve.judged import Pair, pair
from faultline.resolve.linking import Linked
from faultline.resolve.telling import can_be_one

LIKE, UNLIKE = 0.8, 0.2


def standin(views: Sequence[Happening], same: frozenset[Pair], apart: frozenset[Pair]) -> Linked:
    """Groups by likeness to all members so far, cannot-links kept; every pair on one place is said to be compared."""
    groups: list[list[int]] = []
    links: dict[Pair, float] = {}
    for n in sorted(range(len(views)), key=lambda n: views[n].id):
        view = views[n]
        for m in range(len(views)):
            if m != n and set(views[m].places) & set(view.places):
                links[pair(view.id, views[m].id)] = LIKE if like(view, views[m]) else UNLIKE
        home = next((g for g in groups if all(fits(view, views[m], apart) for m in g)), None)
        if home is None:
            groups.append([n])
        else:
            home.append(n)
    return Linked(tuple(tuple(sorted(group)) for group in groups), links, "standin 1")


def fits(one: Happening, other: Happening, apart: frozenset[Pair]) -> bool:
    return pair(one.id, other.id) not in apart and like(one, other)


def like(one: Happening, other: Happening) -> bool:
    if one.document == other.document or not set(one.places) & set(other.places):
        return False
    return one.days.known and other.days.known and can_be_one(one, other)
