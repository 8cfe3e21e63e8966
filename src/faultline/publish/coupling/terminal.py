"""Prints the coupled system: loops, links by kind, nodes. Invariant: each kind has its own part and its own line, so
that what is said is never read beside what was measured as if it were the same."""

from faultline.evidence import Snapshot
from faultline.publish.coupling.arrows import ArrowRow, arrow_rows
from faultline.publish.terminal import Answer, Sheet, table
from faultline.record.links import Coupled
from faultline.record.system import Loop
from faultline.record.vocabulary import ArrowKind

ARROWS = {ArrowKind.MEASURED: "==", ArrowKind.ASSERTED: "--", ArrowKind.ASSUMED: "-·"}
_LOOPS = {1: "reinforcing", -1: "balancing", 0: "sign open"}
_NONE = {
    ArrowKind.MEASURED: "No arrow is measured: {why}.",
    ArrowKind.ASSERTED: "No article and no report in view asserts an arrow.",
    ArrowKind.ASSUMED: "No arrow is assumed: give a scenario with --scenario.",
}


def print_coupled(sheet: Sheet, coupled: Coupled, snapshot: Snapshot) -> None:
    """The loops, the links of the three kinds and the nodes; as one JSON row where JSON was asked for."""
    if sheet.as_json:
        sheet.rows(Answer(Coupled, coupled.case, [coupled], snapshot), table(""))
        return
    for line in loop_lines(coupled):
        sheet.say(f"loop: {line}")
    for kind in ArrowKind:
        sheet.say("")
        if any(link.kind is kind for link in coupled.links):
            _print_links(sheet, coupled, kind)
        else:
            sheet.say(_NONE[kind].format(why=_why_none(coupled)))
    sheet.say("\nNodes, and what measures say of them")
    for node in coupled.nodes:
        sheet.say(f"{node.name}: {node.state or 'nothing: no measure speaks of it'}")
    for line in coupled.left_out:
        sheet.say(f"left out: {line}")


def loop_lines(coupled: Coupled) -> list[str]:
    """Each loop in words: its nodes, its sign, the kind of its weakest arrow, how many of its arrows are measured."""
    return [_loop(coupled, loop) for loop in coupled.loops]


def _print_links(sheet: Sheet, coupled: Coupled, kind: ArrowKind) -> None:
    """Each arrow on a line, below it what stands behind it: sentences are too long for the columns of a terminal."""
    rows = arrow_rows(coupled, kind)
    sheet.say(f"{kind.value.capitalize()}: {len(rows)}")
    for row in rows:
        sheet.say(f"\n{row.cause}  {ARROWS[kind]} {row.sign} {ARROWS[kind]}>  {row.effect}")
        for name, text in _behind(kind, row):
            for line in filter(None, text.split("\n")):
                sheet.say(f"    {name}: {line}")


def _behind(kind: ArrowKind, row: ArrowRow) -> tuple[tuple[str, str], ...]:
    if kind is ArrowKind.MEASURED:
        return ("size", row.what), ("what else would look the same", row.adds)
    if kind is ArrowKind.ASSUMED:
        return (("by the scenario", row.what),)
    said = ("says so", row.what), ("disputed by", row.disputed)
    return (*said, ("the evidence adds", row.adds), ("it would take", row.wanted))


def _loop(coupled: Coupled, loop: Loop) -> str:
    pairs = [(a, b) for a in loop.nodes for b in loop.nodes if a != b]
    if not loop.mutual:
        pairs = list(zip(loop.nodes, (*loop.nodes[1:], loop.nodes[0]), strict=True))
    kinds = [link.kind for a, b in pairs if (link := coupled.link(a, b))]
    names = [coupled.name(node) for node in loop.nodes]
    shown = " ↔ ".join(names) if loop.mutual else " → ".join([*names, names[0]])
    counted = f"{sum(kind is ArrowKind.MEASURED for kind in kinds)} of its {len(kinds)} arrows measured"
    stated = "stated as one: each reinforces the others; " if loop.mutual else ""
    return f"{shown} ({stated}{_LOOPS[loop.sign]}, weakest arrow {loop.weakest.value}; {counted})"


def _why_none(coupled: Coupled) -> str:
    """What the measure of arrows says of the marks of violence, which are the ends that it can join."""
    states = [node.state for node in coupled.nodes if node.form == "violence" and node.state]
    return states[0] if states else "no measure of arrows was taken"
