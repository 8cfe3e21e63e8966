"""Turns a system map into what is drawn: nodes, and lines that gather the arrows between two of them. Invariant: every
arrow is on exactly one line; opposite arrows of one sign, status and kind share a line with two heads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from faultline.record.system import Arrow, ArrowStatus, Loop, SystemMap
from faultline.record.vocabulary import ArrowKind


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
    kind: ArrowKind = ArrowKind.ASSERTED

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
_Key = tuple[str, str, int, ArrowStatus, ArrowKind]


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
    groups: dict[_Key, list[int]] = {}
    for number, arrow in enumerate(arrows):
        groups.setdefault((arrow.cause.node, arrow.effect.node, arrow.sign, arrow.status, arrow.kind), []).append(
            number
        )
    lines, done = [], set()
    for key, forth in groups.items():
        if key in done:
            continue
        start, end, sign, status, kind = key
        opposite = (end, start, sign, status, kind)
        done.add(opposite)
        lines.append(Line(start, end, sign, status, tuple(forth), _back(groups, key, opposite), kind))
    return lines


def _back(groups: Mapping[_Key, Sequence[int]], key: _Key, opposite: _Key) -> tuple[int, ...]:
    """The arrows that run the other way; none for an arrow from a node to itself, which is its own opposite."""
    return () if key == opposite else tuple(groups.get(opposite, ()))
