"""The system that an article asserts: levels, arrows between them, loops. Invariant: an arrow keeps the words that
assert it, and the sign between two nodes is the product of the directions at its ends."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from faultline.record.errors import UsageError
from faultline.record.text import Span
from faultline.record.vocabulary import ArrowKind

_DIRECTIONS = {"+": 1, "-": -1, "?": 0}
_ARROW = re.compile(r"([+?-])(.+?) > ([+?-])(.+?)(?: \((intended|conditional|denied)\))?")
_MARKS = {direction: mark for mark, direction in _DIRECTIONS.items()}


class ArrowStatus(StrEnum):
    """How far the text commits itself to an arrow."""

    STATED = "stated"
    INTENDED = "intended"  # somebody wants it: "efforts aimed at weakening external support"
    CONDITIONAL = "conditional"  # "if current dynamics persist, ..."
    DENIED = "denied"  # "is no longer determined by ..."


@dataclass(frozen=True, slots=True)
class Level:
    """A node of the system and which way it moves: `direction` +1 rises, -1 falls, 0 changes in no stated way."""

    node: str
    direction: int = 1

    def __str__(self) -> str:
        return f"{_MARKS[self.direction]}{self.node}"


@dataclass(frozen=True, slots=True)
class Arrow:
    """A movement of `cause` brings a movement of `effect`, as somebody says or as it was measured or assumed.

    `span` is the clause that states it, in code points of its document; `status` as `ArrowStatus`.
    """

    cause: Level
    effect: Level
    kind: ArrowKind = ArrowKind.ASSERTED
    status: ArrowStatus = ArrowStatus.STATED
    document: str = ""
    claim: str = ""
    span: Span = Span(0, 0)
    words: str = ""

    @property
    def sign(self) -> int:
        """+1 if more of the cause brings more of the effect, -1 if it brings less, 0 where the text leaves it open."""
        return self.cause.direction * self.effect.direction


@dataclass(frozen=True, slots=True)
class Sign:
    """One level read as a sign of another ("the curfew indicates that the threat has grown"): no arrow, since nothing
    is said to act. `span` is the clause, in code points of its document."""

    sign: Level
    of: Level
    document: str = ""
    claim: str = ""
    span: Span = Span(0, 0)
    words: str = ""


@dataclass(frozen=True, slots=True)
class Concept:
    """A level that texts speak of: a node of the map. By language: `names` the word that is shown, `patterns` regular
    expressions over folded text (small letters, no accents). Words in `low` speak of it from below ("weakness").
    `own_fall`: a word of fall inside it ("withdrawal") names the level itself and not its fall."""

    id: str
    names: tuple[tuple[str, str], ...]
    patterns: tuple[tuple[str, str], ...]
    low: tuple[str, ...] = ()
    own_fall: bool = False


@dataclass(frozen=True, slots=True)
class Loop:
    """A closed chain of arrows; `nodes` in order, the last leads back to the first. `sign` +1 reinforces, -1 balances,
    0 is open. `weakest` is the kind of the arrow that is known least."""

    nodes: tuple[str, ...]
    sign: int
    weakest: ArrowKind = ArrowKind.ASSERTED
    mutual: bool = False  # stated as one: "each reinforces the others"


@dataclass(frozen=True, slots=True)
class SystemMap:
    """Nodes, arrows between them, the loops that they close, and apart from them what is read as a sign of what."""

    nodes: tuple[str, ...]
    arrows: tuple[Arrow, ...]
    loops: tuple[Loop, ...] = ()
    signs: tuple[Sign, ...] = ()


def write_arrow(cause: Level, effect: Level, status: ArrowStatus = ArrowStatus.STATED) -> str:
    """The value of an arrow slot: "+coordination > -backing", with the status behind it unless stated."""
    return f"{cause} > {effect}" + ("" if status == ArrowStatus.STATED else f" ({status.value})")


def read_arrow(value: str) -> tuple[Level, Level, ArrowStatus]:
    """Cause, effect and status from the value of an arrow slot. Raises UsageError where it is none."""
    match = _ARROW.fullmatch(value)
    if not match:
        raise UsageError("arrow", repr(value), '"+cause > -effect" with +, - or ? before each')
    cause, effect = (Level(match[n + 1], _DIRECTIONS[match[n]]) for n in (1, 3))
    return cause, effect, ArrowStatus(match[5] or ArrowStatus.STATED)


def loop_sign(signs: Sequence[int]) -> int:
    """Product of the signs around a loop; 0 if one of them is open."""
    product = 1
    for sign in signs:
        product *= sign
    return product
