"""Turns a system map into what is drawn: nodes, and lines that gather the arrows between two of them. Invariant: every
arrow is on exactly one line; opposite arrows of one sign and status share a line with two heads."""

from collections.abc import Sequence
from dataclasses import dataclass

from faultline.record.system import Arrow, ArrowStatus, Loop, SystemMap


@dataclass(frozen=True, slots=True)
class Line:
    """One line from `start` to `end`; `both`: it has a head at either end. `forth` and `back` are the numbers (from 0)
    of its arrows in the map."""

    start: str
    end: str
    sign: int
    status: ArrowStatus
    forth: tuple[int, ...]
    back: tuple[int, ...] = ()

    @property
    def both(self) -> bool:
        """Whether arrows run both ways."""
        return bool(self.back)

    @property
    def numbers(self) -> tuple[int, ...]:
        """All its arrows."""
        return (*self.forth, *self.back)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is drawn: `ring` are the nodes of the loop in the centre, in order, `hub` the node that stands for the loop
    itself ("" for none), `outer` all others in the order of the map."""

    ring: tuple[str, ...]
    hub: str
    outer: tuple[str, ...]
    lines: tuple[Line, ...]

    @property
    def nodes(self) -> tuple[str, ...]:
        """Every node."""
        return (*self.ring, *((self.hub,) if self.hub else ()), *self.outer)


HUB = "feedback_loop"  # the concept of the loop as a whole
_MOST_IN_RING = 6


def plan_of(system: SystemMap) -> Plan:
    """The plan: the loop that a text states as mutual in the centre, else the shortest of three nodes and more."""
    ring = _ring(system.loops)
    hub = HUB if ring and HUB in system.nodes else ""
    outer = tuple(node for node in system.nodes if node not in ring and node != hub)
    return Plan(ring, hub, outer, tuple(_lines(system.arrows)))


def _ring(loops: Sequence[Loop]) -> tuple[str, ...]:
    fitting = [loop for loop in loops if 3 <= len(loop.nodes) <= _MOST_IN_RING]
    mutual = next((loop for loop in fitting if loop.mutual), None)
    chosen = mutual or min(fitting, key=lambda loop: len(loop.nodes), default=None)
    return chosen.nodes if chosen else ()


def _lines(arrows: Sequence[Arrow]) -> list[Line]:
    groups: dict[tuple[str, str, int, ArrowStatus], list[int]] = {}
    for number, arrow in enumerate(arrows):
        groups.setdefault((arrow.cause.node, arrow.effect.node, arrow.sign, arrow.status), []).append(number)
    lines, done = [], set()
    for key, forth in groups.items():
        if key in done:
            continue
        start, end, sign, status = key
        opposite = (end, start, sign, status)
        done.add(opposite)
        lines.append(Line(start, end, sign, status, tuple(forth), tuple(groups.get(opposite, ()))))
    return lines
