"""Finds the tellings that say the same in the same words, so that each is compared once. Invariant: an exact copy of a
document changes nothing about any other; the earliest published stands for all."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import fields
from operator import attrgetter

from faultline.resolve.happening import Happening

_PUBLISHING = ("id", "document", "source", "title", "published")
_said = attrgetter(*(field.name for field in fields(Happening) if field.name not in _PUBLISHING))


def stand_ins(views: Sequence[Happening], free: Collection[str]) -> tuple[int, ...]:
    """For each view the position of the one that stands for it: itself, or the earliest published of those that say the
    same at the same place of the same words. A view whose id is in `free` always stands for itself."""
    texts = Counter(view.text for view in views)
    asked = [n for n, view in enumerate(views) if view.text and texts[view.text] > 1 and view.id not in free]
    first: dict[object, int] = {}
    for n in sorted(asked, key=lambda n: _arrival(views[n])):
        first.setdefault(_said(views[n]), n)
    found = list(range(len(views)))
    for n in asked:
        found[n] = first[_said(views[n])]
    return tuple(found)


def _arrival(view: Happening) -> tuple[str, str]:
    return str(view.published.last_day or view.published.first_day or "9999"), view.id
