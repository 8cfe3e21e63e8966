"""Groups coded reports by rules of thumb that stand beside the pair model. Invariant: a rule reads a report's days,
place, parties and acts, never its event."""

from collections.abc import Callable, Sequence

import numpy as np

from faultline.evaluate.maverick_blocks import Board
from faultline.resolve.columns import Ints
from faultline.resolve.pairs import FEATURES

Grouping = Callable[[Board, Ints], list[str]]

_CELL = 0.1  # degrees
_NEAR_KM, _NEAR_DAYS = 5.0, 1.0


def alone(board: Board, rows: Ints) -> list[str]:
    """No de-duplication: every report is an event."""
    return [board.columns.ids[row] for row in rows]


def same_day_and_city(board: Board, rows: Ints) -> list[str]:
    """One first day and one city; a report without a city is an event of its own."""
    found = []
    for row in rows:
        happening = board.rows[row].happening
        found.append(f"{happening.days.first_day} {happening.places[0]}" if happening.places else happening.id)
    return found


def day_cell_and_side(board: Board, rows: Ints) -> list[str]:
    """As xSub aggregates (Zhukov, Davenport & Kostyuk 2019, doi 10.1177/0022343319836697): one day, one cell of a grid,
    here a tenth of a degree, and one type of actor."""
    found = []
    for row in rows:
        happening = board.rows[row].happening
        if not happening.spots:
            found.append(happening.id)
            continue
        cell = tuple(int(degrees // _CELL) for degrees in happening.spots[0][:2])
        found.append(f"{happening.days.first_day} {cell} {happening.sides[:1]}")
    return found


def window_and_kind(board: Board, rows: Ints) -> list[str]:
    """As MELTT matches (Donnay et al. 2019, doi 10.1177/0022002718777050): reports of two documents within a day and
    five kilometres that share a kind of act, here joined with what they join."""
    of = {name: n for n, name in enumerate(FEATURES)}
    gap, km, acts = (board.features[:, of[name]] for name in ("gap", "km", "actions_shared"))
    near = (gap <= _NEAR_DAYS) & (km <= _NEAR_KM) & (np.nan_to_num(acts) > 0)
    inside = set(rows.tolist())
    pairs = [(a, b) for a, b in zip(board.a[near].tolist(), board.b[near].tolist(), strict=True)]
    return _united(board.columns.ids, rows, [(a, b) for a, b in pairs if a in inside and b in inside])


def _united(ids: Sequence[str], rows: Ints, pairs: Sequence[tuple[int, int]]) -> list[str]:
    root = {int(row): int(row) for row in rows}

    def top(row: int) -> int:
        while root[row] != row:
            row = root[row]
        return row

    for a, b in pairs:
        low, high = sorted((top(a), top(b)))
        root[high] = low
    return [ids[top(int(row))] for row in rows]


WINDOWS: dict[str, Grouping] = {
    "no de-duplication": alone,
    "same day and city": same_day_and_city,
    "day, cell, actor type (as xSub)": day_cell_and_side,
    "1 day, 5 km, shared act (as MELTT)": window_and_kind,
}
