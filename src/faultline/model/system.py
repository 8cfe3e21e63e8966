"""Turns claims into the system that they assert: nodes, signed arrows, loops. Invariant: every arrow keeps its claim,
and signs, denials and intentions never count as stated arrows of a loop."""

from collections.abc import Iterable, Iterator

import networkx as nx

from faultline.record.claim import Claim
from faultline.record.system import Arrow, ArrowStatus, Loop, Sign, SystemMap, loop_sign, read_arrow
from faultline.record.vocabulary import ArrowKind, SlotName

MUTUAL_RULE = "system:mutual"  # coding/system/clauses.py: "each of these elements reinforces the others"
LONGEST_LOOP = 6  # arrows; longer chains of assertions are no longer what anybody asserted
_KNOWN_LEAST = (ArrowKind.ASSUMED, ArrowKind.ASSERTED, ArrowKind.MEASURED)


def map_of(claims: Iterable[Claim]) -> SystemMap:
    """The system map that claims assert, its arrows in the order of the claims, its loops from `loops_of`."""
    claims = tuple(claims)
    pairs = [(arrow, mutual) for claim in claims for arrow, mutual in _arrows(claim)]
    arrows = tuple(arrow for arrow, _ in pairs)
    nodes = tuple(dict.fromkeys(level.node for arrow in arrows for level in (arrow.cause, arrow.effect)))
    groups = _mutual_groups(arrow for arrow, mutual in pairs if mutual)
    signs = tuple(sign for claim in claims for sign in _signs(claim))
    return SystemMap(nodes, arrows, tuple(loops_of(arrows, groups)), signs)


def loops_of(arrows: Iterable[Arrow], groups: Iterable[frozenset[str]] = ()) -> Iterator[Loop]:
    """Loops of at most LONGEST_LOOP arrows that are stated or conditional, shortest first.

    A group of nodes that a text says reinforce one another is one loop (mutual), not all the cycles inside it; its sign
    is the text's own: positive, since each level as the text moves it moves the others on.
    """
    arrows = [a for a in arrows if a.status in (ArrowStatus.STATED, ArrowStatus.CONDITIONAL)]
    groups = list(groups)
    for group in groups:
        inside = [a for a in arrows if {a.cause.node, a.effect.node} <= group]
        order = tuple(dict.fromkeys(a.cause.node for a in inside))
        yield Loop(order, 1, _weakest(inside), mutual=True)
    graph: nx.DiGraph[str] = nx.DiGraph()
    for arrow in arrows:
        if not graph.has_edge(arrow.cause.node, arrow.effect.node):
            graph.add_edge(arrow.cause.node, arrow.effect.node, arrow=arrow)
    cycles = [c for c in nx.simple_cycles(graph, LONGEST_LOOP) if not any(set(c) <= group for group in groups)]
    for cycle in sorted((_from_first(c) for c in cycles), key=lambda c: (len(c), c)):
        along = [graph.edges[edge]["arrow"] for edge in zip(cycle, (*cycle[1:], cycle[0]), strict=True)]
        yield Loop(cycle, loop_sign([a.sign for a in along]), _weakest(along))


def _arrows(claim: Claim) -> Iterator[tuple[Arrow, bool]]:
    for slot in claim.slots:
        if slot.name == SlotName.ARROW:
            cause, effect, status = read_arrow(slot.value)
            span = slot.span or claim.span
            yield (
                Arrow(cause, effect, status=status, document=claim.document, claim=claim.id, span=span),
                (slot.rule == MUTUAL_RULE),
            )


def _signs(claim: Claim) -> Iterator[Sign]:
    for slot in claim.slots:
        if slot.name == SlotName.SIGN:
            shown, meant, _ = read_arrow(slot.value)
            yield Sign(shown, meant, claim.document, claim.id, slot.span or claim.span)


def _mutual_groups(arrows: Iterable[Arrow]) -> list[frozenset[str]]:
    """Nodes joined by mutual arrows of one claim."""
    groups: dict[str, set[str]] = {}
    for arrow in arrows:
        groups.setdefault(arrow.claim, set()).update((arrow.cause.node, arrow.effect.node))
    return [frozenset(group) for group in groups.values()]


def _weakest(arrows: list[Arrow]) -> ArrowKind:
    kinds = {arrow.kind for arrow in arrows}
    return next(kind for kind in _KNOWN_LEAST if kind in kinds)


def _from_first(cycle: list[str]) -> tuple[str, ...]:
    """The cycle from its alphabetically first node, so that one loop has one form."""
    at = cycle.index(min(cycle))
    return tuple(cycle[at:] + cycle[:at])
