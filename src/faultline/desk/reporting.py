"""Turns a snapshot into a report in the form of its file's name. Invariant: what a measure says of control, ties and
talks is asked as of the last day of which such claims may leave."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from faultline.desk.coupling import Sources, coupled_in
from faultline.desk.measuring import measured
from faultline.desk.opened import Desk
from faultline.desk.remembering import remembered
from faultline.evidence import Snapshot
from faultline.forecast.of_case import forecasts
from faultline.measure import MEASURES, Sight, see
from faultline.publish.export import Leaving
from faultline.publish.report import GATED_MEASURES, brief, check_form, write_briefing
from faultline.publish.worlds import Seen
from faultline.record.days import DayPrecision, Days
from faultline.record.errors import FaultlineError
from faultline.record.finding import Finding
from faultline.record.forecasting import CaseForecast
from faultline.resolve.profiles import Profile

EVER = Days()
USUAL = 90  # days up to the day of the question, where no period is asked for


def reported(desk: Desk, snapshot: Snapshot, to: Path, period: Days = EVER, mechanisms: bool = True) -> Path:
    """The path of the report on that period (by default the 90 days up to the snapshot's), in the form of its ending:
    .html, .pdf or .docx. Raises UsageError for another one."""
    check_form(to)
    asked = period if period.known else _usual(snapshot)
    leaving = Leaving(Seen(desk.case, snapshot, Profile.REPRESENTATIVE), asked)
    sight = see(desk.case, snapshot, leaving.seen)
    findings = _findings(desk, snapshot, leaving, sight) if mechanisms else ()
    system = coupled_in(desk, sight, snapshot, Sources(), findings) if mechanisms else None
    return write_briefing(leaving, brief(leaving, findings, ahead=_ahead(desk, snapshot), system=system), to)


def _ahead(desk: Desk, snapshot: Snapshot) -> Sequence[CaseForecast]:
    """The forecasts of the case; none where it has nothing systematic to forecast from."""
    with suppress(FaultlineError):
        return forecasts(desk.case, snapshot)
    return ()


def _usual(snapshot: Snapshot) -> Days:
    return Days(snapshot.as_of - timedelta(days=USUAL - 1), snapshot.as_of, DayPrecision.INTERVAL)


def _findings(desk: Desk, snapshot: Snapshot, leaving: Leaving, sight: Sight) -> Sequence[Finding]:
    earlier = desk.snapshot(leaving.gate.newest, snapshot.include_undated, snapshot.recorded_by)
    gated = {one.measure: one for one in measured(desk, earlier, [m for m in MEASURES if m.name in GATED_MEASURES])}
    others = remembered(desk, snapshot, [m for m in MEASURES if m.name not in GATED_MEASURES], lambda: sight)
    found = gated | {one.measure: one for one in others}
    return [found[m.name] for m in MEASURES if m.name in found]
