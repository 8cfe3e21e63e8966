"""Which claims a filter leaves of a view. Invariant: a filter only ever narrows a view, and databases answer alike: the
arithmetic is done here, they are asked for words and stances alone."""

from dataclasses import replace
from functools import partial

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, select

from faultline.evidence.backend import CLAIMS, Backend
from faultline.evidence.filters import SLOTS, ClaimFilter, in_stance, narrows
from faultline.evidence.heads import Heads, Keys, Numbers, parse_keys
from faultline.evidence.moments import day_number
from faultline.evidence.packed import ABSENT
from faultline.evidence.schema import stances
from faultline.evidence.visible import Left, View
from faultline.evidence.words import Query, parse_query

_Mask = npt.NDArray[np.bool_]
_KEPT = 4  # answers of a view: a page asks for the claims, their number and their months
_FAR = 2**31 - 1  # an open end reaches to infinity


def left(connection: Connection, backend: Backend, view: View, asked: ClaimFilter) -> Left:
    """The claims that the filter leaves; its order, limit and offset are not looked at."""
    asked = replace(asked, order="text", limit=None, offset=0)
    found = view.answers.get(asked) or _left(connection, backend, view, asked)
    view.answers[asked] = found
    while len(view.answers) > _KEPT:
        view.answers.pop(next(iter(view.answers)), None)
    return found


def _left(connection: Connection, backend: Backend, view: View, asked: ClaimFilter) -> Left:
    runs, keys, place = view.laid
    kept = _kept(view, runs, asked)
    chosen = kept[place] if kept is not None else None
    if narrows(asked):
        inside = _reaching(_mask(connection, backend, asked), keys)
        chosen = inside if chosen is None else chosen & inside
    return Left(runs, keys, place) if chosen is None else Left(runs, keys[chosen], place[chosen])


def _reaching(mask: _Mask, keys: Keys) -> _Mask:
    """The mask at these keys; a claim that was purged since the view was taken fits nothing."""
    missing = int(keys.max(initial=0)) + 1 - len(mask)
    return (np.pad(mask, (0, missing)) if missing > 0 else mask)[keys]


def _kept(view: View, runs: tuple[int, ...], asked: ClaimFilter) -> _Mask | None:
    """Of each run, whether the filter's documents, sources and coders leave it; None where all of them stay."""
    if not (asked.documents or asked.sources or asked.coders):
        return None
    fits = (
        (not asked.documents or run.document in asked.documents)
        and (not asked.sources or view.documents[run.document].source in asked.sources)
        and (not asked.coders or run.coder in asked.coders)
        for run in map(view.runs.__getitem__, runs)
    )
    return np.fromiter(fits, np.bool_, len(runs))


def _mask(connection: Connection, backend: Backend, asked: ClaimFilter) -> _Mask:
    """Of each key, whether its claim fulfils what is asked of claims."""
    heads = backend.memory.heads(connection)
    found = [*_stances(connection, heads, asked), *_slots(connection, backend, heads, asked)]
    if asked.words:
        find = partial(_worded, connection, backend, parse_query(asked.words))
        found.append(_marked(heads, backend.memory.worded(connection, asked.words, find)))
    if asked.period:
        found.append(_inside(heads, asked) if asked.within else _touching(heads, asked))
    mask: _Mask = np.logical_and.reduce(found)
    return mask


def _worded(connection: Connection, backend: Backend, query: Query, since: int) -> Keys:
    """Keys from `since` on of the claims whose words match."""
    key = backend.matching(CLAIMS, query).subquery().c[0]
    return parse_keys(connection.scalar(select(backend.listed(key)).where(key >= since)))


def _stances(connection: Connection, heads: Heads, asked: ClaimFilter) -> list[_Mask]:
    wanted = in_stance(asked)
    if not wanted:
        return []
    table = np.zeros(int(heads.stance.max(initial=0)) + 1, np.bool_)
    found = np.fromiter(connection.scalars(select(stances.c.id).where(*wanted)), np.int64)
    table[found[found < len(table)]] = True
    return [table[heads.stance]]


def _slots(connection: Connection, backend: Backend, heads: Heads, asked: ClaimFilter) -> list[_Mask]:
    found = []
    for field, names in SLOTS.items():
        values = getattr(asked, field)
        if values:
            each = [backend.memory.slotted(connection, backend, name).claims_of(values) for name in names]
            found.append(_marked(heads, np.concatenate(each)))
    return found


def _marked(heads: Heads, keys: Keys | Numbers) -> _Mask:
    found = np.zeros(heads.size, np.bool_)
    found[keys[keys < heads.size]] = True
    return found


def _touching(heads: Heads, asked: ClaimFilter) -> _Mask:
    """Whether a claim of known day overlaps the period. An unknown day is lower than any other."""
    low, high = _period(asked)
    found: _Mask = (heads.first != ABSENT) | (heads.last != ABSENT)
    found &= (heads.first <= high) & ((heads.last >= low) | (heads.last == ABSENT))
    return found


def _inside(heads: Heads, asked: ClaimFilter) -> _Mask:
    """Whether both ends are known and lie in the period."""
    low, high = _period(asked)
    return (heads.first >= low) & (heads.last >= low) & (heads.first <= high) & (heads.last <= high)


def _period(asked: ClaimFilter) -> tuple[int, int]:
    low = None if asked.first_day is None else day_number(asked.first_day)
    high = None if asked.last_day is None else day_number(asked.last_day)
    return ABSENT + 1 if low is None else low, _FAR if high is None else high
