"""Turns an event table into daily counts of marks. Invariant: a mark is what the case declares, or the attacks of the
busiest armed actors; events whose day is not known are left out and counted."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from faultline.measure.events import Events, Flags
from faultline.measure.parties import parties_of
from faultline.measure.sight import Sight
from faultline.record.declared import Mark

Floats = npt.NDArray[np.float64]

LEAST = 50  # events of a mark
MOST_DAYS = 5000
_MOST = 6
_ATTACK = "assault"
_CLUMPED = 0.5
_UNIX = date(1970, 1, 1).toordinal()


@dataclass(frozen=True)
class Marked:
    """`counts` days x marks from the ordinal `first_day` on; `rows` says which events of a known day bear each mark,
    `bearing` which of any day; `left_out` are marks with too few events, `undated` the events of the others whose day
    is not known, `older` the events before the last MOST_DAYS days, which no mark counts."""

    names: tuple[str, ...]
    counts: Floats
    first_day: int
    rows: tuple[Flags, ...]
    left_out: tuple[str, ...]
    undated: int
    older: int = 0
    bearing: tuple[Flags, ...] = ()


def marked(sight: Sight, events: Events) -> Marked:
    """The daily counts of the declared marks, else of the attacks of the six busiest armed actors, over the last
    MOST_DAYS days of the table: how one thing follows another is not asked of a war of twenty years at once."""
    young = np.asarray(events.first > int(events.first.max(initial=0)) - MOST_DAYS, np.bool_)
    found = [(name, rows & young) for name, rows in _bearers(sight, events)]
    kept = [(name, rows) for name, rows in found if int((rows & events.exact_day).sum()) >= LEAST]
    any_mark = np.any([rows for _, rows in kept], axis=0) if kept else np.zeros(len(events), np.bool_)
    dated = [(name, rows & events.exact_day) for name, rows in kept]
    days = events.first[any_mark & events.exact_day]
    low, high = (int(days.min()), int(days.max())) if len(days) else (0, -1)
    counts = [np.bincount(events.first[rows] - low, minlength=high - low + 1) for _, rows in dated]
    return Marked(
        tuple(name for name, _ in dated),
        np.stack(counts, axis=1).astype(np.float64) if counts else np.zeros((0, 0)),
        low,
        tuple(rows for _, rows in dated),
        tuple(name for name, rows in found if name not in {kept_name for kept_name, _ in kept}),
        int((any_mark & ~events.exact_day).sum()),
        int((~young).sum()),
        tuple(rows for _, rows in kept),
    )


def coarse(events: Events) -> str:
    """Why the rows' days cannot tell direction; "" where they can. Weekly and monthly data put all on one day."""
    known = float(events.exact_day.mean()) if len(events) else 0.0
    if known < _CLUMPED:
        return f"the day of {known:.0%} of the events is known; weekly or monthly data cannot tell direction"
    first = events.first[events.exact_day]
    weekday = float(np.bincount(first % 7).max() / len(first))
    if weekday > _CLUMPED:
        return f"{weekday:.0%} of the events fall on one weekday; weekly data cannot tell direction"
    days = (first - _UNIX).astype("datetime64[D]")
    turn = float(np.mean(days == days.astype("datetime64[M]").astype("datetime64[D]")))
    if turn > _CLUMPED:
        return f"{turn:.0%} of the events fall on the first of a month; monthly data cannot tell direction"
    return ""


def _bearers(sight: Sight, events: Events) -> list[tuple[str, Flags]]:
    if sight.declared.marks:
        return [(mark.name, _bears(sight, events, mark)) for mark in sight.declared.marks]
    attack = events.root == _ATTACK
    return [(party.name, party.acts(events) & attack) for party in parties_of(sight, events, _MOST)]


def _bears(sight: Sight, events: Events, mark: Mark) -> Flags:
    rows = np.ones(len(events), np.bool_)
    if mark.coalition:
        rows &= events.by(sight.members(mark.coalition))
    if mark.roots:
        rows &= np.isin(events.root, mark.roots)
    if mark.recipients:
        sides = {actor.id for actor in sight.case.actors if actor.side in mark.recipients}
        rows &= events.on(sides.union(*(sight.members(party) for party in mark.recipients)))
    return rows
