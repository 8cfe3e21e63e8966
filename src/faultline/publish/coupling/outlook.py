"""Prints a simulation: what it was drawn from, what was refused, outcomes by region. Invariant: a scenario is labelled
"scenario, never scored" before any number, and every number of it stands beside the one without it."""

from collections.abc import Iterable

from rich.table import Table

from faultline.publish.terminal import Answer, Sheet, add_row, table
from faultline.publish.words import month
from faultline.record.scenario import Outlook, Simulated

COUNTRY = "the country"


def print_simulated(sheet: Sheet, found: Simulated) -> None:
    """The simulation as tables, or as one JSON row with every region and month."""
    if sheet.as_json:
        sheet.rows(Answer(Simulated, found.case, [found]), table(""))
        return
    for line in heading(found):
        sheet.say(line)
    title = f"{found.weeks} weeks after {found.issue}, {found.paths} paths, seed {found.seed}"
    whole = [row for row in found.rows if not row.month]
    sheet.show(_table(found, f"By region: {title}", "region", whole))
    monthly = [row for row in found.rows if row.month and row.region == COUNTRY]
    sheet.show(_table(found, f"By month, the country: {title}", "month", monthly))
    sheet.say("Every region and month: --json. Outcomes that no path has are not printed.")
    if found.scenario:
        off = 1.645 * 0.5 / found.paths**0.5
        sheet.say(
            f"More than without: 50% is no difference; {off:.0%} points either way are chance in {found.paths} paths."
        )


def heading(found: Simulated) -> list[str]:
    """What must be read before any number."""
    lines = [f"{found.label.upper()}{': ' + found.scenario if found.scenario else ''}", f"Drawn from: {found.basis}."]
    lines += [f"Assumed: {text}" for text in found.assumptions]
    lines += [f"Fitted: {text}" for text in found.fitted]
    lines += [f"Admitted: {text}" for text in found.admitted]
    lines += [f"Refused: {text}" for text in found.refused]
    lines += [f"Check: {text}" for text in found.checks]
    return lines + [f"Left out: {text}" for text in found.warnings]


def _table(found: Simulated, title: str, by: str, rows: Iterable[Outlook]) -> Table:
    columns = ["outcome", by, "unit", "mean", "90 % of paths", "any"]
    columns += ["without it", "more than without"] if found.scenario else []
    made = table(title, *columns)
    for row in (row for row in rows if row.mean > 0 or row.base_mean):
        where = row.region if by == "region" else month(row.month)
        what = f"{row.outcome}: {row.subject}" if row.subject else row.outcome
        cells = [what, where, row.unit, number(row.mean), f"{row.low:.0f} to {row.high:.0f}"]
        cells.append(f"{row.any:.0%}")
        if row.base_mean is not None and row.more is not None:
            cells += [number(row.base_mean), f"{row.more:.0%}"]
        add_row(made, *cells)
    return made


def number(value: float) -> str:
    """A count in words of few digits."""
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 1 else f"{value:.2f}"
