"""Checks that no actor comes out of itself. Invariant: read along successors, splits and mergers, time never has to run
backwards."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from faultline.case.problem import Problems
from faultline.case.rows import ActorRow
from faultline.record.vocabulary import TieKind


@dataclass(frozen=True)
class _Step:
    """`old` becomes `new` (in whole or in part) by a tie of that kind; `day` is its first day."""

    old: str
    new: str
    kind: TieKind
    day: date | None
    where: str


def check_succession(actors: tuple[ActorRow, ...], problems: Problems) -> None:
    """Notes each circle of becoming: successors alone may never form one; one through a split or merger is possible
    (a branch leaves and comes back) where every tie in it has a first day and the days ascend once round."""
    steps = [step for step in _steps(actors) if step.old != step.new]
    told: set[frozenset[str]] = set()
    for circle in _circles([step for step in steps if step.kind is TieKind.SUCCESSOR], told):
        _note(circle, problems)
    for circle in _circles(steps, told):
        if not _ascends(circle):
            _note(circle, problems)


def _steps(actors: tuple[ActorRow, ...]) -> list[_Step]:
    steps = []
    for actor in actors:
        for tie in actor.ties:
            ends = {
                TieKind.SUCCESSOR: (tie.other, actor.id),
                TieKind.SPLIT: (tie.other, actor.id),
                TieKind.MERGER: (actor.id, tie.other),
            }.get(tie.kind)
            if ends:
                steps.append(_Step(*ends, tie.kind, tie.first_day.first_day, tie.where("other")))
    return steps


def _circles(steps: list[_Step], told: set[frozenset[str]]) -> Iterator[list[_Step]]:
    """The shortest circle through each step, each set of actors once; `told` grows with them."""
    leaving: dict[str, list[_Step]] = {}
    for step in steps:
        leaving.setdefault(step.old, []).append(step)
    for step in steps:
        circle = _way_back(step, leaving)
        actors = frozenset(s.old for s in circle)
        if circle and actors not in told:
            told.add(actors)
            yield circle


def _way_back(start: _Step, leaving: dict[str, list[_Step]]) -> list[_Step]:
    """The shortest circle that begins with `start`; empty where there is none."""
    ways = {start.new: [start]}
    queue = deque([start.new])
    while queue:
        actor = queue.popleft()
        if actor == start.old:
            return ways[actor]
        for step in leaving.get(actor, ()):
            if step.new not in ways:
                ways[step.new] = [*ways[actor], step]
                queue.append(step.new)
    return []


def _ascends(circle: list[_Step]) -> bool:
    days = [step.day for step in circle if step.day is not None]
    falls = sum(a > b for a, b in zip(days, [*days[1:], days[0]], strict=True)) if days else 2
    return len(days) == len(circle) and falls == 1


def _note(circle: list[_Step], problems: Problems) -> None:
    path = " -> ".join([*(step.old for step in circle), circle[0].old])
    others = ", ".join(sorted({step.where for step in circle[1:]}))
    got = f"a circle of succession {path}" + (f" (also {others})" if others else "")
    way_out = "Correct one of the ties, or give each its first_day if a branch did leave and come back."
    problems.add(circle[0].where, got, "no actor that comes out of itself", way_out)
