"""Gives every node of a plan a place on a grid around the ring. Invariant: deterministic (one seed, fixed); no two
nodes share a place, so that no two labels overlap."""

import math
from dataclasses import dataclass
from random import Random

import numpy as np
from numpy.typing import NDArray

from faultline.publish.figure.labels import Box
from faultline.publish.figure.plan import Line, Plan

Point = tuple[float, float]

COLUMN, ROW = 208.0, 108.0  # px between places
_SEED = 20120117
_STEPS_A_NODE = 450
_MOST_STEPS = 15_000
_HOT, _COLD = 260.0, 1.5
_CROSSING, _THROUGH, _LENGTH, _PULL = 80.0, 170.0, 0.32, 0.1
_SPARE = 1.35  # places for each outer node


@dataclass(frozen=True, slots=True)
class Layout:
    """Centres of the nodes in px around (0, 0), and the half axes of the ring."""

    places: dict[str, Point]
    ring: Point


def layout_of(plan: Plan, boxes: dict[str, Box]) -> Layout:
    """Places for all nodes: the ring in the centre, the others where lines are short, cross little and pass no box."""
    axes = _axes(len(plan.ring))
    places = {node: _on_ring(axes, n, len(plan.ring)) for n, node in enumerate(plan.ring)}
    if plan.hub:
        places[plan.hub] = (0.0, 0.0)
    free = _grid(len(plan.outer), [(places[node], boxes[node]) for node in plan.ring], axes)
    if plan.outer:
        places |= _Annealing(plan, boxes, _Ground(dict(places), free, axes)).run()
    return Layout(places, axes)


def _axes(count: int) -> Point:
    return (0.0, 0.0) if count == 0 else (175.0 + 22 * max(0, count - 4), 150.0 + 22 * max(0, count - 4))


def _on_ring(axes: Point, number: int, count: int) -> Point:
    """Corners first: of four nodes two stand above and two below, which leaves room for their lines."""
    angle = math.pi * (2 * number + 1) / count - math.pi / 2 - math.pi / count * (count % 2)
    stretch = 1.18 if count == 4 else 1.0
    return axes[0] * stretch * math.cos(angle), axes[1] * stretch * math.sin(angle)


def _grid(count: int, taken: list[tuple[Point, Box]], axes: Point) -> list[Point]:
    """Places outside the ring, the nearest to the centre first; every second row is shifted by half a column, so that
    lines between rows pass between boxes."""
    reach_x = max((abs(x) + box.half_width for (x, _), box in taken), default=0.0) + COLUMN * 0.6
    reach_y = max((abs(y) + box.half_height for (_, y), box in taken), default=0.0) + ROW * 0.8
    found = []
    for row in range(-8, 9):
        for column in range(-6, 7):
            x, y = (column + 0.5 * (row % 2)) * COLUMN, row * ROW
            if not (taken and abs(x) < reach_x and abs(y) < reach_y):
                found.append((x, y))
    found.sort(key=lambda p: (math.hypot(p[0] / 1.45, p[1]), p))
    return found[: max(int(count * _SPARE), count + 4)]


_MIDDLE = "\0middle"  # no node has such a name


@dataclass(frozen=True, slots=True)
class _Ground:
    """What the outer nodes are placed on: fixed nodes, free places, the half axes of the ring."""

    fixed: dict[str, Point]
    free: list[Point]
    axes: Point


class _Annealing:
    """Moves nodes between places and swaps them, first freely, then only for the better."""

    def __init__(self, plan: Plan, boxes: dict[str, Box], ground: "_Ground") -> None:
        fixed, free, axes = ground.fixed, ground.free, ground.axes
        # What may move stands first; last the middle of the ring, which lines from outside had better not pass.
        self.nodes = (*plan.outer, *fixed, _MIDDLE)
        self.count = len(plan.outer)
        number = {node: n for n, node in enumerate(self.nodes)}
        pairs = {tuple(sorted((number[ln.start], number[ln.end]))) for ln in plan.lines if ln.start != ln.end}
        self.lines = np.array(sorted(pairs), dtype=np.intp).reshape(-1, 2)
        self.of = [np.flatnonzero((self.lines == n).any(axis=1)) for n in range(len(self.nodes))]
        shared = self.lines[:, None, :, None] == self.lines[None, :, None, :]
        self.apart = ~shared.any(axis=(2, 3))  # lines that share no end: only these can cross
        self.at_end = (self.lines[:, :, None] == np.arange(len(self.nodes))).any(axis=1)
        inner = set(range(self.count, len(self.nodes) - 1))
        self.at_end[[n for n, (a, b) in enumerate(self.lines.tolist()) if {a, b} <= inner], -1] = True
        if plan.hub:
            self.at_end[self.of[number[plan.hub]], -1] = True
        halves = [(boxes[n].half_width + 8, boxes[n].half_height + 8) for n in self.nodes[:-1]]
        self.halves = np.array([*halves, (0.72 * axes[0], 0.72 * axes[1])])
        self.free = np.array(free)
        self.places = np.array([*free[: self.count], *fixed.values(), (0.0, 0.0)], dtype=float)
        self.holds = [n if n < self.count else -1 for n in range(len(free))]  # which node each free place holds
        self.stands = list(range(self.count))
        self.chance = Random(_SEED)

    def run(self) -> dict[str, Point]:
        """The places of the outer nodes in the best order met."""
        steps = min(_STEPS_A_NODE * self.count, _MOST_STEPS)
        change_so_far = lowest = 0.0
        best = self.places.copy()
        for step in range(steps):
            heat = _HOT * (_COLD / _HOT) ** (step / steps)
            change = self._try(self.chance.randrange(self.count), self.chance.randrange(len(self.free)), heat)
            change_so_far += change
            if change_so_far < lowest - 1e-6:
                lowest, best = change_so_far, self.places.copy()
        return {node: (float(x), float(y)) for node, (x, y) in zip(self.nodes[: self.count], best, strict=False)}

    def _try(self, node: int, place: int, heat: float) -> float:
        """The change of cost by moving the node there, 0 where it was taken back."""
        other, before = self.holds[place], self.stands[node]
        if other == node:
            return 0.0
        moved = [node] if other < 0 else [node, other]
        cost = self._around(moved)
        self._put(node, place, other, before)
        change = self._around(moved) - cost
        if change > 0 and self.chance.random() >= math.exp(-change / heat):
            self._put(node, before, other, place)
            return 0.0
        return change

    def _put(self, node: int, place: int, other: int, before: int) -> None:
        self.holds[before], self.holds[place] = other, node
        self.stands[node], self.places[node] = place, self.free[place]
        if other >= 0:
            self.stands[other], self.places[other] = before, self.free[before]

    def _around(self, moved: list[int]) -> float:
        """The part of the cost that these nodes have a share in; a line of two of them counts twice."""
        own = np.concatenate([self.of[node] for node in moved])
        starts, ends = self.places[self.lines[:, 0]], self.places[self.lines[:, 1]]
        runs = (ends[own] - starts[own]) / (1.3, 1.0)
        cost = _LENGTH * np.hypot(runs[:, 0], runs[:, 1]).sum()
        away = self.places[moved] / (1.45, 1.0)
        cost += _PULL * np.hypot(away[:, 0], away[:, 1]).sum()
        cost += _CROSSING * (_cross(starts[own], ends[own], starts, ends) & self.apart[own]).sum()
        cost += _THROUGH * (_pass(starts[own], ends[own], self.places, self.halves) & ~self.at_end[own]).sum()
        passed = _pass(starts, ends, self.places[moved], self.halves[moved]) & ~self.at_end[:, moved]
        return float(cost + _THROUGH * passed.sum())


Points = NDArray[np.float64]


def _cross(a: Points, b: Points, c: Points, d: Points) -> NDArray[np.bool_]:
    """Which of the segments a-b cross which of c-d, as (len(a), len(c))."""
    a, b, c, d = a[:, None], b[:, None], c[None], d[None]
    return (_turn(a, b, c) * _turn(a, b, d) < 0) & (_turn(c, d, a) * _turn(c, d, b) < 0)


def _turn(a: Points, b: Points, c: Points) -> Points:
    found: Points = (b[..., 0] - a[..., 0]) * (c[..., 1] - a[..., 1]) - (b[..., 1] - a[..., 1]) * (
        c[..., 0] - a[..., 0]
    )
    return found


def _pass(a: Points, b: Points, centres: Points, halves: Points) -> NDArray[np.bool_]:
    """Which of the segments a-b pass which boxes, as (len(a), len(centres)): by slabs."""
    runs = (b - a)[:, None]
    runs = np.where(np.abs(runs) < 1e-9, 1e-9, runs)
    gaps = centres[None] - a[:, None]
    one, two = (gaps - halves) / runs, (gaps + halves) / runs
    low = np.minimum(one, two).max(axis=2)
    high = np.maximum(one, two).min(axis=2)
    found: NDArray[np.bool_] = np.maximum(low, 0.0) < np.minimum(high, 1.0)
    return found


def unrelated(line: Line, node: str) -> bool:
    """Whether the node is at neither end of the line."""
    return node not in (line.start, line.end)
