"""Turns sentences and measured rows into the links of the coupled system. Invariant: a link is measured only where a
systematic frame stands behind its row and its interval leaves one sign; what is said never becomes a number."""

import re
from collections.abc import Iterable, Iterator, Sequence

from faultline.measure.backing import BACKING
from faultline.measure.feedback import FEEDBACK
from faultline.measure.form import CHANCE
from faultline.model.system import loops_of
from faultline.record.analysis import Measured
from faultline.record.finding import Finding
from faultline.record.links import Link, Said, Size
from faultline.record.scenario import Range, Scenario, StepForm
from faultline.record.system import Arrow, ArrowStatus, Loop
from faultline.record.vocabulary import ArrowKind

VIOLENCE = "violence"
BACKED, TALKS, CONTROL = "external_backing", "talks", "control"
_ORDER = (ArrowKind.MEASURED, ArrowKind.ASSERTED, ArrowKind.ASSUMED)
_SURENESS = (ArrowStatus.STATED, ArrowStatus.CONDITIONAL, ArrowStatus.INTENDED, ArrowStatus.DENIED)
_LAG = re.compile(r"mean lag=([\d.]+) days")
_CROSS, _OWN = "cross terms on held-out days", "own memory over no memory on held-out days"


def violence_of(mark: str) -> str:
    """The node of one mark of the event model."""
    return f"{VIOLENCE}:{mark}"


def asserted(arrows: Iterable[tuple[Arrow, Said]]) -> tuple[Link, ...]:
    """One link for each pair of nodes and sign, in the order in which they are first said. Sentences that deny the
    arrow, or give the same two nodes the opposite sign, dispute it; an arrow that is only denied stays, as denied."""
    pairs: dict[tuple[str, str], list[Said]] = {}
    for arrow, said in arrows:
        pairs.setdefault((arrow.cause.node, arrow.effect.node), []).append(said)
    return tuple(link for ends, said in pairs.items() for link in _of_pair(ends, said))


def _of_pair(ends: tuple[str, str], said: Sequence[Said]) -> Iterator[Link]:
    denied = tuple(one for one in said if one.status is ArrowStatus.DENIED)
    held = [one for one in said if one.status is not ArrowStatus.DENIED]
    for sign in dict.fromkeys(one.sign for one in held or denied):
        mine = tuple(one for one in held or denied if one.sign == sign)
        opposed = tuple(one for one in held if sign and one.sign == -sign)
        status = min((one.status for one in mine), key=_SURENESS.index)
        against = (*(denied if held else ()), *opposed)
        yield Link(*ends, ArrowKind.ASSERTED, sign, status, mine, against)


def measured(findings: Iterable[Finding], frames: Iterable[str]) -> tuple[Link, ...]:
    """The links that findings show on one of the systematic `frames`."""
    systematic = set(frames)
    kept = {one.measure: one for one in findings if one.frame in systematic}
    found: list[Link] = []
    if FEEDBACK.name in kept:
        found += _branching(kept[FEEDBACK.name])
    if BACKING.name in kept:
        found += _departures(kept[BACKING.name])
    return tuple(found)


def _branching(finding: Finding) -> Iterator[Link]:
    """Own memory where it gains on held-out days, cross terms where the verdict admits them; of both only entries whose
    interval lies above zero."""
    rows = {row.name: row for row in finding.rows if not row.subject}
    own, cross = rows.get(_OWN), rows.get(_CROSS)
    for row in (row for row in finding.rows if row.name == "branching" and row.statistic is not None):
        cause, _, effect = row.subject.partition(" -> ")
        gain = own if cause == effect else cross
        admitted = gain is not None and (gain.low or 0) > 0 and gain.verdict != CHANCE
        if gain is not None and admitted and (row.low or 0) > 0:
            yield _sized(violence_of(cause), violence_of(effect), row, gain)


def _sized(cause: str, effect: str, row: Measured, gain: Measured) -> Link:
    found = _LAG.search(row.settings)
    lag = float(found[1]) if found else None
    gains = gain.statistic, gain.low, gain.high
    size = Size(row.statistic or 0.0, row.unit, row.low or 0.0, row.high or 0.0, row, lag, *gains)
    said = "follows within weeks, beyond a smooth level; timing alone does not prove cause"
    return Link(cause, effect, ArrowKind.MEASURED, 1, size=size, evidence=said)


def _departures(finding: Finding) -> Iterator[Link]:
    """Declared departures after which events changed beyond other days while none of their placebo days did."""
    for row in finding.rows:
        placebos = [one for one in finding.rows if one.name == f"{row.name}: placebo"]
        beyond = row.verdict.startswith("beyond") and row.statistic is not None
        if beyond and placebos and all(one.verdict == CHANCE for one in placebos):
            sign = -1 if (row.statistic or 0) > 1 else 1  # backing falls; more events after it is a minus
            size = Size(row.statistic or 0.0, row.unit, row.low or 0.0, row.high or 0.0, row)
            said = f"{row.name}: events changed beyond other days and no placebo day did; not its effect by that alone"
            yield Link(BACKED, VIOLENCE, ArrowKind.MEASURED, sign, size=size, evidence=said)


def assumed(scenario: Scenario) -> tuple[Link, ...]:
    """The links that the steps of a scenario set: what it supposes of backing or talks acts on violence and on control,
    with the sign that its whole range has, open where the range has both."""
    found: list[Link] = []
    for step in scenario.steps:
        falls = step.form is StepForm.BACKER_LEAVES
        cause = BACKED if falls else TALKS
        turn = -1 if falls else 1  # what is supposed is a fall of backing, a rise of talks
        for effect, way, believed in ((VIOLENCE, 1, step.violence), (CONTROL, -1, step.changes_hands)):
            if (believed.low, believed.high) != (1.0, 1.0):
                where = ", ".join(step.regions) or "everywhere"
                what = "violence" if effect == VIOLENCE else "the chance that a place changes hands"
                said = f"{scenario.name}: {what} times {believed.low:g} to {believed.high:g}, {where}, {step.days}"
                found.append(Link(cause, effect, ArrowKind.ASSUMED, turn * way * _way(believed), assumed=said))
    return tuple(found)


def _way(believed: Range) -> int:
    """+1 where a factor can only raise, -1 where it can only lower, 0 where it can do both."""
    return 1 if believed.low >= 1 else -1 if believed.high <= 1 else 0


def ordered(links: Iterable[Link]) -> tuple[Link, ...]:
    """Measured links first, then asserted, then assumed ones, each kind in its order."""
    return tuple(sorted(links, key=lambda link: _ORDER.index(link.kind)))


def loops_among(links: Iterable[Link], groups: Iterable[frozenset[str]] = ()) -> tuple[Loop, ...]:
    """The loops that links close; between two nodes the link that is known best counts. `groups` of nodes are those
    that a text says reinforce one another."""
    return tuple(loops_of((link.arrow for link in ordered(links)), groups))
