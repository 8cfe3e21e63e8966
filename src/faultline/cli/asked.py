"""What shared options ask for: the day and moment of a snapshot, and where rows go. Apart from the options, since these
load the store and the tables and an option need not."""

from datetime import UTC, date, datetime

import typer
from rich.console import Console

from faultline.desk import Desk
from faultline.evidence import Snapshot
from faultline.publish.names import not_settled
from faultline.publish.terminal import Sheet
from faultline.record.days import parse_days
from faultline.record.errors import UsageError


def snapshot_of(opened: Desk, as_of: str, recorded_by: str, undated: bool) -> Snapshot:
    """What was known on a day, by what the store held at a moment. Raises UsageError for a moment that is none."""
    try:
        moment = datetime.fromisoformat(recorded_by) if recorded_by else None
    except ValueError:
        raise UsageError("--recorded-by", repr(recorded_by), "2026-05-01 or 2026-05-01T12:00:00+00:00") from None
    if moment and moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return opened.snapshot(_day(as_of), undated, moment)


def _day(text: str) -> date | None:
    """The last day of what was written, so that "2016-08" means known by the end of that month."""
    return parse_days(text, "--as-of").last_day if text else None


def warn_of_names(opened: Desk, actor: str, place: str) -> None:
    """Says on stderr which of the two is nobody's name, or that of several: no rows are then no news."""
    for line in not_settled(opened.case, actor, place):
        typer.echo(line, err=True)


def sheet_of(as_json: bool) -> Sheet:
    """Where rows go: the terminal, or stdout as JSON."""
    return Sheet(Console(), as_json)
