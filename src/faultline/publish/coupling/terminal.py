"""Prints the coupled system: links by kind, loops, nodes. Invariant: each kind has its own table, so that what is said
is never read beside what was measured as if it were the same."""

from collections.abc import Iterable

from faultline.evidence import Snapshot
from faultline.publish.terminal import Answer, Sheet, add_row, table
from faultline.record.links import Coupled, Link, Said
from faultline.record.system import ArrowStatus, Loop
from faultline.record.vocabulary import ArrowKind

SIGNS = {1: "+", -1: "−", 0: "?"}
_LOOPS = {1: "reinforcing", -1: "balancing", 0: "sign open"}
_NONE = {
    ArrowKind.MEASURED: "No arrow is measured: {why}.",
    ArrowKind.ASSERTED: "No article and no report in view asserts an arrow.",
    ArrowKind.ASSUMED: "No arrow is assumed: give a scenario with --scenario.",
}


def print_coupled(sheet: Sheet, coupled: Coupled, snapshot: Snapshot) -> None:
    """The system as three tables of links, its loops and its nodes; as one JSON row where JSON was asked for."""
    if sheet.as_json:
        sheet.rows(Answer(Coupled, coupled.case, [coupled], snapshot), table(""))
        return
    for kind in ArrowKind:
        links = [link for link in coupled.links if link.kind is kind]
        if links:
            _print_links(sheet, coupled, kind, links)
        else:
            sheet.say(_NONE[kind].format(why=_why_none(coupled)))
        sheet.say("")
    for line in loop_lines(coupled):
        sheet.say(f"loop: {line}")
    made = table("Nodes", "node", "what measures say of it")
    for node in coupled.nodes:
        add_row(made, node.name, node.state or "nothing: no measure speaks of it")
    sheet.console.print(made)
    for line in coupled.left_out:
        sheet.say(f"left out: {line}")


def loop_lines(coupled: Coupled) -> list[str]:
    """Each loop in words: its nodes, its sign, the kind of its weakest arrow, how many of its arrows are measured."""
    return [_loop(coupled, loop) for loop in coupled.loops]


def size_words(link: Link) -> str:
    """The size of a measured link with interval, lag and held-out gain."""
    size = link.size
    if size is None:
        return ""
    said = f"{size.size:.2f} [{size.low:.2f} to {size.high:.2f}] {size.unit}"
    said += f", mean lag {size.lag:.1f} days" if size.lag is not None else ", no lag"
    if size.gain is None:
        return f"{said}, held-out gain not defined"
    return f"{said}, held-out gain {size.gain:.4f} [{size.gain_low:.4f} to {size.gain_high:.4f}] log units a day"


def said_words(said: Iterable[Said]) -> str:
    """Who says it, in which document, and the sentence."""
    return "\n".join(f"{one.who}, {one.title} ({one.published}): “{one.words}”" for one in said)


def _print_links(sheet: Sheet, coupled: Coupled, kind: ArrowKind, links: list[Link]) -> None:
    if kind is ArrowKind.MEASURED:
        made = table(f"Measured: {len(links)}", "cause", "", "effect", "size", "what else would look the same")
        for link in links:
            add_row(made, *_ends(coupled, link), size_words(link), link.evidence)
    elif kind is ArrowKind.ASSERTED:
        made = table(
            f"Asserted: {len(links)}", "cause", "", "effect", "who says so", "disputed by", "the evidence adds"
        )
        for link in links:
            add_row(made, *_ends(coupled, link), said_words(link.said), said_words(link.disputed), _evidence(link))
    else:
        made = table(f"Assumed: {len(links)}", "cause", "", "effect", "by the scenario")
        for link in links:
            add_row(made, *_ends(coupled, link), link.assumed)
    sheet.console.print(made)


def _ends(coupled: Coupled, link: Link) -> tuple[str, str, str]:
    status = "" if link.status is ArrowStatus.STATED else f" ({link.status.value})"
    return coupled.name(link.cause), f"{SIGNS[link.sign]}{status}", coupled.name(link.effect)


def _evidence(link: Link) -> str:
    return f"{link.evidence}. It would take: {link.wanted}" if link.wanted else link.evidence


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
