"""Turns a parsed sentence into the arrows that it asserts: what it says acts on what, with which sign, how committed.
Invariant: signs ("indicates", "reflects") are never arrows; one arrow a pair of nodes in a sentence."""

from collections.abc import Iterable

from faultline.coding.system.clauses import MUTUAL, clause_arrows, mutual_arrows
from faultline.coding.system.reading import Reading, Stated
from faultline.coding.system.verbs import verb_arrows
from faultline.record.system import ArrowStatus


def arrows_in(reading: Reading) -> tuple[Stated, ...]:
    """The arrows of one sentence, in the order of their triggers; the reading's memory moves on with them."""
    mutual = list(mutual_arrows(reading))
    spoken_for = {stated.trigger for stated in mutual}
    verbs = [stated for stated in verb_arrows(reading) if stated.trigger not in spoken_for]
    return _distinct([*mutual, *verbs, *clause_arrows(reading)])


def _distinct(found: Iterable[Stated]) -> tuple[Stated, ...]:
    """The first reading of each pair of nodes stays; what verbs say goes before what clauses say. What is denied and
    what is held instead ("does not cause the war: it prolongs it") are two."""
    kept: dict[tuple[str, str, bool], Stated] = {}
    for stated in sorted(found, key=lambda s: (s.rule != MUTUAL, s.rule.startswith("clause"), s.trigger)):
        denied = stated.status == ArrowStatus.DENIED
        kept.setdefault((stated.cause.node, stated.effect.node, denied), stated)
    return tuple(sorted(kept.values(), key=lambda s: s.trigger))
