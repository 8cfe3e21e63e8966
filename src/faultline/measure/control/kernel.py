"""Arithmetic of the hidden Markov chain: forward filter and smoother over many places at once, and one place as it was
known on any day. Invariant: every distribution that comes out sums to one.

A report of a change does two things: it makes a change on its day likely (a jump: with its chance a state that does not
fit the report is drawn anew from those that do), and it says what holds then (its likelihood).
"""

from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


class Reports(NamedTuple):
    """Reports in the order of their days: `unit` and `day` are numbers from 0, `likelihood` (n, states), `jump` (n,)
    the chance of a change on that day, `fits` (n, states) the chance that a state fits the report and stays, `goes`
    (n, states) where the others go; each row of it sums to one."""

    unit: Ints
    day: Ints
    likelihood: Floats
    jump: Floats
    fits: Floats
    goes: Floats


def emissions(shape: tuple[int, int, int], reports: Reports) -> Floats:
    """(units, days, states) likelihoods: the product of those that fall on one unit and day, one where none does."""
    found = np.zeros(shape)
    np.add.at(found, (reports.unit, reports.day), np.log(reports.likelihood))
    return np.exp(found)


def forward(matrix: Floats, start: Floats, emitted: Floats, reports: Reports) -> Floats:
    """(units, days, states) filtered probabilities: each day given the reports of that day and those before it."""
    filtered = np.empty_like(emitted)
    ends = np.searchsorted(reports.day, np.arange(emitted.shape[1] + 1))
    now = np.tile(start, (emitted.shape[0], 1))
    for day in range(emitted.shape[1]):
        now = now @ matrix if day else now
        for k in range(ends[day], ends[day + 1]):
            now[reports.unit[k]] = _leap(now[reports.unit[k]], reports, k)
        now = now * emitted[:, day]
        now = now / now.sum(axis=1, keepdims=True)
        filtered[:, day] = now
    return filtered


def smooth(matrix: Floats, filtered: Floats, emitted: Floats, reports: Reports) -> Floats:
    """(units, days, states) smoothed probabilities: each day given all reports."""
    smoothed = np.empty_like(filtered)
    ends = np.searchsorted(reports.day, np.arange(filtered.shape[1] + 1))
    back = np.ones(filtered.shape[::2])
    for day in range(filtered.shape[1] - 1, -1, -1):
        now = filtered[:, day] * back
        smoothed[:, day] = now / now.sum(axis=1, keepdims=True)
        back = back * emitted[:, day]
        for k in range(ends[day + 1] - 1, ends[day] - 1, -1):
            back[reports.unit[k]] = _leap_back(back[reports.unit[k]], reports, k)
        back = back @ matrix.T
        back = back / back.sum(axis=1, keepdims=True)
    return smoothed


def powers(matrix: Floats, longest: int) -> Floats:
    """(longest + 1, states, states): the matrix to the power of each number of days."""
    found = np.empty((longest + 1, *matrix.shape))
    found[0] = np.eye(len(matrix))
    for n in range(1, longest + 1):
        found[n] = found[n - 1] @ matrix
    return found


def at(chain: tuple[Floats, Floats], reports: Reports, asked: int) -> Floats:
    """(states,) probabilities of the day `asked` of one unit given its reports, which may lie on either side of it.
    `chain` is (powers, start); day 0 has the start."""
    steps, start = chain
    ends = [0, *(np.flatnonzero(np.diff(reports.day)) + 1).tolist(), len(reports.day)]
    days = [(low, high) for low, high in pairwise(ends) if low < high]
    now, last = start, 0
    for low, high in days:
        if reports.day[low] > asked:
            break
        now = now @ steps[reports.day[low] - last]
        for k in range(low, high):
            now = _leap(now, reports, k)
        now = now * reports.likelihood[low:high].prod(axis=0)
        now, last = now / now.sum(), int(reports.day[low])
    now = now @ steps[asked - last]
    back, last = np.ones(len(start)), asked
    for low, high in reversed(days):
        if reports.day[low] <= asked:
            break
        back = back if last == asked else steps[last - reports.day[low]] @ back
        back = back * reports.likelihood[low:high].prod(axis=0)
        for k in range(high - 1, low - 1, -1):
            back = _leap_back(back, reports, k)
        back, last = back / back.sum(), int(reports.day[low])
    now = now * (steps[last - asked] @ back)
    return np.asarray(now / now.sum())


def _leap(now: Floats, reports: Reports, k: int) -> Floats:
    leaves = reports.jump[k] * (1 - reports.fits[k])
    return np.asarray((1 - leaves) * now + (leaves @ now) * reports.goes[k])


def _leap_back(back: Floats, reports: Reports, k: int) -> Floats:
    leaves = reports.jump[k] * (1 - reports.fits[k])
    return np.asarray((1 - leaves) * back + leaves * (reports.goes[k] @ back))
