"""Puts a briefing together. Invariant: every section speaks of the same period, world and gate."""

from collections.abc import Sequence

from faultline.publish import words
from faultline.publish.export.leaving import Leaving
from faultline.publish.report import sections
from faultline.publish.report.ahead import forecast_section
from faultline.publish.report.briefing import Briefing
from faultline.publish.report.coupled import system_section
from faultline.publish.report.mechanisms import mechanisms
from faultline.publish.report.references import References
from faultline.publish.report.sections import BriefingLimits
from faultline.record.finding import Finding
from faultline.record.forecasting import CaseForecast
from faultline.record.links import Coupled


def brief(
    leaving: Leaving,
    findings: Sequence[Finding] = (),
    limits: BriefingLimits | None = None,
    ahead: Sequence[CaseForecast] = (),
    system: Coupled | None = None,
) -> Briefing:
    """The briefing on the period of what may leave; `findings` are those of the measures, `ahead` the forecasts,
    `system` what acts on what: () and None for none."""
    limits, references = limits or BriefingLimits(), References(leaving)
    parts = (
        sections.in_short(leaving),
        sections.happened(leaving, references, limits),
        *sections.changed(leaving, references, limits),
        sections.disputed(leaving, references, limits),
        *((mechanisms(leaving, findings, references),) if findings else ()),
        *((system_section(leaving, system, references),) if system else ()),
        sections.said_ahead(leaving, references, limits),
        *((forecast_section(ahead),) if ahead else ()),
        sections.sources(leaving, limits),
        sections.limits_of(leaving),
    )
    snapshot = leaving.seen.snapshot
    return Briefing(
        title=f"{leaving.case.title}: briefing, {words.days(leaving.period)}",
        period=leaving.period,
        as_of=snapshot.as_of,
        recorded_by=snapshot.recorded_by,
        sections=parts,
        references=references.made,
    )
