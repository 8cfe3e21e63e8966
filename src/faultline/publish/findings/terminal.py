"""Turns findings into text on a terminal or the JSON envelope. Invariant: every number stands with its null, its window
and how many events it rests on; what is described names the claims that open it."""

from collections.abc import Iterator, Sequence

from rich.table import Table
from rich.text import Text

from faultline.publish.findings.shown import beside, number, p_value, statistic
from faultline.publish.terminal import Answer, Sheet, add_row, table
from faultline.publish.words import counted
from faultline.record.analysis import Measured
from faultline.record.finding import Finding, Told

_COLUMNS = ("of", "what", "found", "against", "p", "n", "verdict")
_MOST_TOLD = 12
_MOST_CLAIMS = 3
_MOST_OTHER = 4


def print_findings(sheet: Sheet, answer: Answer, findings: Sequence[Finding]) -> None:
    """Each finding with its sentence, its rows, what it describes and its warnings; as JSON all of it."""
    if sheet.as_json:
        sheet.rows(answer, Table())
        return
    for finding in findings:
        _print(sheet, finding)


def _print(sheet: Sheet, finding: Finding) -> None:
    console = sheet.console
    console.print()
    console.print(Text(finding.measure, style="bold"), Text(finding.question))
    console.print(Text(finding.summary))
    for line in _defined(finding):
        console.print(Text(f"  {line}", style="dim"))
    if any(row.statistic is not None for row in finding.rows):
        console.print(_table(finding.rows))
    for line in _otherwise(finding.sensitivity):
        console.print(Text(f"  {line}"))
    for told in finding.told[:_MOST_TOLD]:
        console.print(Text(f"  {_line(told)}"))
    if len(finding.told) > _MOST_TOLD:
        console.print(Text(f"  {len(finding.told) - _MOST_TOLD} more: --json lists all of them."))
    for warning in finding.warnings:
        console.print(Text(f"  ! {warning}"))


def _defined(finding: Finding) -> Iterator[str]:
    """What is measured, against what, from how much data on, from how many claims, and after whom."""
    for name, said in (
        ("measures", finding.definition),
        ("null", finding.null_model),
        ("needs", finding.needs),
        ("misread", finding.misread),
        ("after", finding.reference),
    ):
        if said:
            yield f"{name}: {said}"
    claims = {claim for row in finding.rows for claim in row.claims} | {c for one in finding.told for c in one.claims}
    if claims:
        yield f"rests on {counted(len(claims), 'claim')} or addresses: --json names them"


def _otherwise(rows: Sequence[Measured]) -> Iterator[str]:
    """The rows under other settings, the first few."""
    for row in rows[:_MOST_OTHER]:
        parts = (row.subject, row.name, statistic(row), beside(row), p_value(row), f"({row.settings})")
        yield f"otherwise: {' '.join(part for part in parts if part)}"
    if len(rows) > _MOST_OTHER:
        yield f"otherwise: {len(rows) - _MOST_OTHER} more rows, all in --json"


def _table(rows: Sequence[Measured]) -> Table:
    made = table(_shared(rows), *_COLUMNS)
    one_window = len({row.window for row in rows}) == 1
    for row in rows:
        n = number(row.n) if row.n else ""
        what = row.name or row.measure
        name = what if one_window else f"{what}, {row.window}"
        add_row(made, row.subject, name, statistic(row), beside(row), p_value(row), n, row.verdict)
    return made


def _shared(rows: Sequence[Measured]) -> str:
    """What all rows share: their days and what their intervals are of."""
    windows, intervals = {str(row.window) for row in rows}, {row.interval for row in rows if row.interval}
    parts = [windows.pop()] if len(windows) == 1 else []
    return "; ".join([*parts, *(f"in brackets {interval}" for interval in sorted(intervals))])


def _line(told: Told) -> str:
    days = f"{told.days}: " if told.days.known else ""
    more = f" and {len(told.claims) - _MOST_CLAIMS} more" if len(told.claims) > _MOST_CLAIMS else ""
    claims = f" [{', '.join(told.claims[:_MOST_CLAIMS])}{more}]" if told.claims else ""
    return f"{days}{told.text}{claims}"
