"""The coupled system: nodes, and links that say how each arrow is known. Invariant: a measured, an asserted and an
assumed arrow between the same two nodes are three links, and none of them borrows from another."""

from dataclasses import dataclass, field

from faultline.record.analysis import Measured
from faultline.record.system import Arrow, ArrowStatus, Level, Loop
from faultline.record.text import Span
from faultline.record.vocabulary import ArrowKind


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence that states an arrow or denies it: `who` says so in which document (`title`, `published`), `sign` as
    that sentence has it, `span` in code points of the document."""

    who: str
    title: str
    published: str
    status: ArrowStatus
    sign: int
    words: str = ""
    document: str = ""
    claim: str = ""
    span: Span = Span(0, 0)


@dataclass(frozen=True, slots=True)
class Size:
    """What was measured of an arrow: `size` in `unit` between `low` and `high` (90 %), after a mean `lag` in days (None
    where the measure has none); `gain` in log units a day on held-out days with its interval; `row` carries the null,
    the frame, the window and the claims."""

    size: float
    unit: str
    low: float
    high: float
    row: Measured
    lag: float | None = None
    gain: float | None = None
    gain_low: float | None = None
    gain_high: float | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """One arrow of one kind. `said` state it, `disputed` deny it or give it the other sign; `size` stands on a measured
    one; `assumed` names the scenario of an assumed one. `evidence` is what measures add to it, `wanted` the data that
    would show it ("" where it is measured)."""

    cause: str
    effect: str
    kind: ArrowKind
    sign: int
    status: ArrowStatus = ArrowStatus.STATED
    said: tuple[Said, ...] = ()
    disputed: tuple[Said, ...] = ()
    size: Size | None = None
    assumed: str = ""
    evidence: str = ""
    wanted: str = ""

    @property
    def arrow(self) -> Arrow:
        """The link as an arrow of a map, with its first sentence."""
        words = self.said[0].words if self.said else self.assumed
        ends = Level(self.cause), Level(self.effect, self.sign)
        return Arrow(*ends, kind=self.kind, status=self.status, words=words)


@dataclass(frozen=True, slots=True)
class Node:
    """A level, a place under control or a party's violence. `state` is what measures say of it now, "" where nothing;
    `measures` the names of those that speak of it."""

    id: str
    name: str
    form: str  # "level", "control", "violence"
    state: str = ""
    measures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Coupled:
    """The system of a case: nodes (also those that no link touches), links (measured first, then asserted, then
    assumed), loops with the kind of their weakest arrow, and what was left out, a line each."""

    case: str
    nodes: tuple[Node, ...] = ()
    links: tuple[Link, ...] = ()
    loops: tuple[Loop, ...] = ()
    left_out: tuple[str, ...] = field(default=())

    def name(self, node: str) -> str:
        """What the node is called."""
        return next((one.name for one in self.nodes if one.id == node), node)

    def link(self, cause: str, effect: str) -> Link | None:
        """The link between two nodes that is known best, None where there is none."""
        return next((one for one in self.links if (one.cause, one.effect) == (cause, effect)), None)
