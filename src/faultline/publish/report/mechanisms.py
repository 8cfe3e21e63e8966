"""Turns findings into the mechanisms of a briefing. Invariant: what a measure says of control, ties and talks leaves no
finer and no earlier than claims of those kinds do."""

from collections.abc import Iterable, Sequence
from functools import partial

from faultline.measure.form import NOT_A_SAMPLE
from faultline.publish import words
from faultline.publish.export.leaving import Leaving
from faultline.publish.findings.draw import draw, draw_png
from faultline.publish.findings.shown import beside, p_value, statistic
from faultline.publish.report.briefing import Grid, Picture, Section, Statement
from faultline.publish.report.references import References
from faultline.publish.report.wording import say
from faultline.record.finding import Finding

# Measures whose findings speak of who holds, backs or talks to whom: they are asked as of the last day that may leave.
GATED_MEASURES = ("control", "convergence", "backing", "cycles")
BY_TOWN = ("control",)  # its rows and curves are of towns, which share names with their cercles: none of them leaves
WITHHELD = "Held back: the answer names a place more finely than leaves the desk."
_ROWS = 12


def mechanisms(leaving: Leaving, findings: Sequence[Finding], references: References) -> Section:
    """What each measure says, then those of its numbers that have a null model, then figures."""
    asked = [one for one in findings if not _refused(one)]
    refused = ", ".join(words.code(one.measure) for one in findings if _refused(one))
    said = [_said(leaving, one, references) for one in asked]
    said += [Statement(say("refused"), (), refused.capitalize())] if refused else []
    values = {"gated": ", ".join(GATED_MEASURES).capitalize(), "newest": words.day(leaving.gate.newest)}
    note = say("mechanisms, note", values)
    rows = [row for one in findings for row in _tested(leaving, one)]
    grid = Grid(("Mechanism", "Of", "Statistic", "Null [90 %]", "p", "Window"), tuple(rows[:_ROWS])) if rows else None
    more = f"{words.number(len(rows) - _ROWS)} more rows on the desk." if len(rows) > _ROWS else ""
    return Section("Mechanisms", note, tuple(said), grid, tuple(_pictures(leaving, findings)), more)


def _refused(finding: Finding) -> bool:
    """Whether the measure has nothing to say for want of a systematic table."""
    return bool(finding.rows) and all(row.verdict == NOT_A_SAMPLE for row in finding.rows)


def _tested(leaving: Leaving, finding: Finding) -> Iterable[tuple[str, ...]]:
    for row in () if finding.measure in BY_TOWN else finding.rows:
        if row.null is None and row.p_value is None:
            continue
        cells = (
            f"{words.code(finding.measure)}: {row.name}",
            row.subject,
            statistic(row),
            beside(row),
            p_value(row),
            str(row.window),
        )
        if finding.measure not in GATED_MEASURES or not leaving.gate.reveals(" ".join(cells)):
            yield cells


def _pictures(leaving: Leaving, findings: Sequence[Finding]) -> Iterable[Picture]:
    for one in findings:
        names = " ".join(curve.name for curve in one.curves)
        if (
            one.curves
            and one.measure not in BY_TOWN
            and not (one.measure in GATED_MEASURES and leaving.gate.reveals(names))
        ):
            yield Picture(
                partial(draw, one), partial(draw_png, one), f"{words.code(one.measure).capitalize()}: {one.question}"
            )


def _said(leaving: Leaving, finding: Finding, references: References) -> Statement:
    """The sentence of a measure with some of the claims that it rests on."""
    lead = words.code(finding.measure).capitalize()
    if finding.measure in GATED_MEASURES and leaving.gate.reveals(finding.summary):
        return Statement(WITHHELD, (), lead)
    measured = (claim for row in finding.rows for claim in row.claims)
    described = (claim for told in finding.told for claim in told.claims)
    return Statement(finding.summary, references.behind((*measured, *described)), lead)
