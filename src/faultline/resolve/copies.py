"""Finds the tellings that say the same in the same words, so that each is compared once. Invariant: an exact copy of a
document changes nothing about any other; the earliest published stands for all."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from faultline.record.days import Days
from faultline.resolve.happening import Happening


def stand_ins(views: Sequence[Happening], free: Collection[str]) -> tuple[int, ...]:
    """For each view the position of the one that stands for it: itself, or the earliest published of those that say the
    same at the same place of the same words. A view whose id is in `free` always stands for itself."""
    first: dict[Happening, int] = {}
    for n in sorted(range(len(views)), key=lambda n: _arrival(views[n])):
        if views[n].text and views[n].id not in free:
            first.setdefault(_said(views[n]), n)
    return tuple(n if views[n].id in free else first.get(_said(views[n]), n) for n in range(len(views)))


def _said(view: Happening) -> Happening:
    """What a view says, without who published it and when."""
    return replace(view, id="", document="", source="", title=(), published=Days())


def _arrival(view: Happening) -> tuple[str, str]:
    return str(view.published.last_day or view.published.first_day or "9999"), view.id
