"""Says of each asserted arrow what the evidence adds, and of each node what measures say of it. Invariant: that both
ends of an arrow move is never read as the arrow; what is not measured names its reason and the data that would show
it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from faultline.examine.arrows import LEVEL
from faultline.examine.levels import measures, missing, series
from faultline.measure.feedback import FEEDBACK
from faultline.model.links import VIOLENCE
from faultline.record.finding import Finding
from faultline.record.links import Link
from faultline.record.vocabulary import ArrowKind

Findings = Mapping[str, Finding]
SHOWN = (
    "over the same days; then the first would have to better the forecast of the second on days that no fit had seen"
)


def weighed(links: Iterable[Link], found: Iterable[Finding]) -> tuple[Link, ...]:
    """The links, each asserted one with its evidence and the data that would show it."""
    links, findings = tuple(links), {one.measure: one for one in found}
    shown = {(link.cause, link.effect) for link in links if link.kind is ArrowKind.MEASURED}
    return tuple(_weighed(link, findings, shown) if link.kind is ArrowKind.ASSERTED else link for link in links)


def measures_of_nodes(nodes: Iterable[str]) -> tuple[str, ...]:
    """The names of the measures that speak of any of the nodes, with those that measure arrows."""
    found = [name for node in nodes for name in measures_of_node(node)]
    return tuple(dict.fromkeys([*found, "backing", FEEDBACK.name]))


def measures_of_node(node: str) -> tuple[str, ...]:
    """The names of the measures that speak of a node; () where none does."""
    if node.startswith(f"{VIOLENCE}:"):
        return (FEEDBACK.name,)
    level, _, _ = node.partition(":")
    return tuple(measures().get(level, ()))


def state_of(node: str, findings: Findings) -> str:
    """What measures say of a node now, one clause a measure; "" where no measure that was taken speaks of it."""
    return "; ".join(_state(findings[name]) for name in measures_of_node(node) if name in findings)


def _weighed(link: Link, findings: Findings, shown: set[tuple[str, str]]) -> Link:
    ends = (link.cause, link.effect)
    if ends in shown:
        return replace(link, evidence="a measured arrow stands beside it")
    silent = [node for node in ends if not measures_of_node(node)]
    if silent:
        why = "not measured: no measure speaks of " + " or of ".join("{" + node + "}" for node in silent)
        return replace(link, evidence=_joined(why, ends, findings), wanted=wanted_of(*ends))
    return replace(link, evidence=_joined(_refused(ends, findings), ends, findings), wanted=wanted_of(*ends))


def wanted_of(cause: str, effect: str) -> str:
    """The data that would measure the arrow: a series of each end over the same days, and what they have to show."""
    one, other = (_series(end) for end in (cause, effect))
    first, second = f"{{{cause}}}: {one}", f"{{{effect}}}: {other}"
    both = first if cause == effect else f"{first}; {second}"
    return f"{both}; {SHOWN}"


def _series(node: str) -> str:
    level, _, _ = node.partition(":")
    return series().get(level) or missing().get(level) or "a series of it with its unit and its days"


def _refused(ends: Sequence[str], findings: Findings) -> str:
    """Why timing does not show the arrow: what the measure of arrows says, or that it has no counts of these ends."""
    feedback = findings.get(FEEDBACK.name)
    if feedback is not None and not feedback.frame:
        return f"not measured: {feedback.summary.rstrip('.')}"
    if feedback is not None and feedback.rows and feedback.rows[0].statistic is None:
        return f"not measured: {feedback.summary.rstrip('.')}"
    return "not measured: the event model counts violence by mark, and these levels are no marks"


def _joined(why: str, ends: Sequence[str], findings: Findings) -> str:
    """The reason, then what is known of each end, marked as no test of the arrow."""
    known = [f"{{{node}}}: {said}" for node in dict.fromkeys(ends) if (said := _short(node, findings))]
    return f"{why}. Of its ends, which is no test of it: {'; '.join(known)}" if known else why


def _short(node: str, findings: Findings) -> str:
    return ", ".join(f"{name} {_told(findings[name])}" for name in measures_of_node(node) if name in findings)


def _told(finding: Finding) -> str:
    """In a few words: how many rows lie beyond their null, how many do not, what is described."""
    tested = [row for row in finding.rows if row.p_value is not None]
    beyond = sum((row.p_value or 0) <= LEVEL for row in tested)
    if tested:
        return f"{beyond} of {len(tested)} tests beyond their null"
    described = sum(bool(one.claims) for one in finding.told)
    if described:
        return f"described {described} times, no rate"
    return finding.rows[0].verdict if finding.rows and finding.rows[0].verdict else "nothing on record"


def _state(finding: Finding) -> str:
    return f"{finding.measure}: {finding.summary.rstrip('.')}"
