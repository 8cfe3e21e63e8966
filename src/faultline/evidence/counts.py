"""How many claims there are of each sort. Invariant: claims whose day is unknown or spans several periods are counted
under "", never put into one period."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Literal, get_args

import numpy as np
from sqlalchemy import Connection

from faultline.evidence.backend import Backend, Row
from faultline.evidence.filters import ClaimFilter
from faultline.evidence.heads import Heads, Numbers, Slotted
from faultline.evidence.matching import left
from faultline.evidence.packed import ABSENT
from faultline.evidence.read import read_stances
from faultline.evidence.schema import STANCE
from faultline.evidence.visible import Left, Run, View
from faultline.record.errors import UsageError

By = Literal[
    "kind", "action", "subtype", "modality", "speaker", "voice", "month", "year",
    "document", "source", "coder", "actor", "recipient", "party", "place",
]  # fmt: skip
_PERIOD = {"month": "M", "year": "Y"}  # unit of datetime64
_SLOTS = {"actor": ("actor",), "recipient": ("recipient",), "party": ("actor", "recipient"), "place": ("place",)}


def count_by(connection: Connection, backend: Backend, view: View, by: By, asked: ClaimFilter) -> dict[str, int]:
    """Claims by that property, most first. For actor, recipient, party (either) and place: by the leading id of each
    such slot: a claim may count for several, and once for each. Raises UsageError for another property."""
    if by not in get_args(By):
        raise UsageError("counts", repr(by), f"one of {', '.join(get_args(By))}")
    found = left(connection, backend, view, asked)
    heads = backend.memory.heads(connection)
    if by in STANCE:
        counted = _by_stance(connection, backend, heads.stance[found.keys], STANCE.index(by))
    elif by in _PERIOD:
        counted = _by_period(heads.first[found.keys], heads.last[found.keys], _PERIOD[by])
    elif by in _SLOTS:
        counted = _by_slot([backend.memory.slotted(connection, backend, name) for name in _SLOTS[by]], heads, found)
    else:
        counted = _by_run(view, found, _RUN[by])
    return dict(sorted(counted.items(), key=lambda item: (-item[1], item[0])))


def by_document(view: View, found: Left) -> Counter[str]:
    """Claims by document."""
    return _by_run(view, found, _RUN["document"])


_RUN: dict[str, Callable[[View, Run], str]] = {
    "document": lambda view, run: run.document,
    "source": lambda view, run: view.documents[run.document].source,
    "coder": lambda view, run: run.coder,
}


def _by_run(view: View, found: Left, name: Callable[[View, Run], str]) -> Counter[str]:
    counted: Counter[str] = Counter()
    for run, number in zip(found.runs, np.bincount(found.place, minlength=len(found.runs)).tolist(), strict=True):
        if number:
            counted[name(view, view.runs[run])] += number
    return counted


def _by_stance(connection: Connection, backend: Backend, stances: Numbers, at: int) -> Counter[str]:
    counts = np.bincount(stances)
    known: dict[int, Row] = {}
    read_stances(connection, backend, known, set(np.flatnonzero(counts).tolist()))
    found: Counter[str] = Counter()
    for stance, row in known.items():
        found[row[at]] += int(counts[stance])
    return found


def _by_slot(parts: Sequence[Slotted], heads: Heads, found: Left) -> Counter[str]:
    inside = np.zeros(heads.size, np.bool_)
    inside[found.keys] = True
    ids: dict[str, int] = {}
    pairs = []
    for slotted in parts:
        number = np.array([ids.setdefault(id, len(ids)) for id in slotted.codes], np.int64)
        known = slotted.claim < heads.size  # slots may have grown since
        claim, code = slotted.claim[known], slotted.code[known]
        pairs.append((claim[inside[claim]], number[code[inside[claim]]]))
    if len(pairs) == 1:
        codes = pairs[0][1]
    else:  # an id that stands in both slots of a claim counts once
        claims, codes = (np.concatenate(part) for part in zip(*pairs, strict=True))
        codes = np.unique(claims.astype(np.int64) * max(1, len(ids)) + codes) % max(1, len(ids))
    counts = np.bincount(codes, minlength=len(ids)).tolist()
    return Counter({id: counts[code] for id, code in ids.items() if counts[code]})


def _by_period(first: Numbers, last: Numbers, unit: str) -> Counter[str]:
    """By month or year: where both ends are known and lie in one."""
    known = (first != ABSENT) & (last != ABSENT)
    found = Counter({"": len(first) - int(known.sum())} if not known.all() else {})
    if not known.any():
        return found
    low, high = int(first[known].min()), int(last[known].max())
    periods = np.arange(low, high + 1).astype("datetime64[D]").astype(f"datetime64[{unit}]")
    start, end = periods.astype(np.int64)[first[known] - low], periods.astype(np.int64)[last[known] - low]
    if (start != end).any():
        found[""] += int((start != end).sum())
    base = int(periods[0].astype(np.int64))
    counts = np.bincount(start[start == end] - base)
    names = np.arange(base, base + len(counts)).astype(f"datetime64[{unit}]").astype(str)
    found.update({name: count for name, count in zip(names.tolist(), counts.tolist(), strict=True) if count})
    return found
