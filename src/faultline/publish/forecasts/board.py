"""Turns rows of the scoreboard into tables. Invariant: one table shows one window, every forecaster in the same order,
and a difference is called better or worse only where its interval leaves out zero."""

from collections.abc import Sequence

from rich.table import Table

from faultline.publish.terminal import Answer, Sheet, add_row, table
from faultline.publish.words import days
from faultline.record.analysis import Score

COLUMNS = {
    "ignorance": "ignorance",
    "crps_log1p": "CRPS of logs",
    "crps": "CRPS",
    "crps_cut": "CRPS to 1,000",
    "interval_90": "interval 90 %",
    "brier_25": "Brier 25",
    "rps": "RPS",
}
COVERAGE = ("coverage_90", "active")


def print_scoreboard(sheet: Sheet, answer: Answer, rows: Sequence[Score]) -> None:
    """All forecasters, then each against the reference, then strata, then the goals; as JSON every row."""
    if sheet.as_json:
        sheet.rows(answer, Table())
        return
    for title, columns, cells in grids(rows):
        made = table(title, *columns)
        for line in cells:
            add_row(made, *line)
        sheet.show(made)
        sheet.console.print()


def grids(rows: Sequence[Score]) -> list[tuple[str, tuple[str, ...], list[tuple[str, ...]]]]:
    """Title, columns and lines of every table of a board."""
    found: list[tuple[str, tuple[str, ...], list[tuple[str, ...]]]] = []
    for window in dict.fromkeys(row.window for row in rows):
        here = [row for row in rows if row.window == window]
        title = days(window)
        found.append((f"Scores {title}, lower is better", _columns(), _scores(here)))
        apart = _differences(here)
        if apart:
            found.append(
                (f"Against {apart[0][0]}, {title}: difference and its middle 90 %", _apart_columns(), apart[1:])
            )
        sums = _sums(here)
        if sums:
            found.append((f"Sums of months, {title}", *sums))
        found.append((f"Ignorance by deaths of the twelve months before, {title}", *_strata(here)))
        goals: list[tuple[str, ...]] = [
            (r.name, r.stratum, value(r), r.goal, "reached" if r.met else "missed") for r in here if r.goal
        ]
        if goals:
            found.append((f"Goals declared beforehand, {title}", ("score", "of", "found", "goal", ""), goals))
    return found


def value(row: Score) -> str:
    """A score with as many digits as it can carry."""
    return (
        f"{row.value:.1f}" if abs(row.value) >= 100 else f"{row.value:.2f}" if row.value >= 10 else f"{row.value:.3f}"
    )


def _columns() -> tuple[str, ...]:
    return ("forecaster", *COLUMNS.values(), "covered (active)")


def _scores(rows: Sequence[Score]) -> list[tuple[str, ...]]:
    at = {(row.forecaster, row.name, row.stratum): row for row in rows}
    names = dict.fromkeys(row.forecaster for row in rows)
    keys = [*((name, "all") for name in COLUMNS), COVERAGE]
    return [(one, *(value(at[one, *key]) if (one, *key) in at else "" for key in keys)) for one in names]


def _apart_columns() -> tuple[str, ...]:
    return ("forecaster", *COLUMNS.values())


def _differences(rows: Sequence[Score]) -> list[tuple[str, ...]]:
    """The name of the reference, then a line for each other forecaster; () where nothing is compared."""
    compared = [row for row in rows if row.against and row.stratum == "all" and row.name in COLUMNS]
    if not compared:
        return []
    at = {(row.forecaster, row.name): row for row in compared}
    names = dict.fromkeys(row.forecaster for row in compared)
    lines = [(one, *(_apart(at[one, name]) if (one, name) in at else "" for name in COLUMNS)) for one in names]
    return [(compared[0].against,), *lines]


def _apart(row: Score) -> str:
    low, high = row.low or 0.0, row.high or 0.0
    said = "better" if high < 0 else "worse" if low > 0 else "not told apart"
    return f"{row.difference:+.3g} [{low:.3g}, {high:.3g}] {said}"


def _sums(rows: Sequence[Score]) -> tuple[tuple[str, ...], list[tuple[str, ...]]] | None:
    """A line for each forecaster: scores of each number of months, with whether it beats the reference."""
    chosen = [row for row in rows if " of " in row.name and row.name.endswith(" months")]
    at = {(row.forecaster, row.name): row for row in chosen}
    names = [name for name in dict.fromkeys(row.name for row in chosen) if not name.startswith(COVERAGE[0])]
    columns = ("forecaster", *(_sum_words(name) for name in names))
    lines = [(one, *(_sum(at[one, name]) for name in names)) for one in dict.fromkeys(row.forecaster for row in chosen)]
    return (columns, lines) if lines else None


def _sum_words(name: str) -> str:
    score, _, months = name.partition(" of ")
    return f"{COLUMNS[score]}, {months}"


def _sum(row: Score) -> str:
    if row.low is None or row.high is None:
        return value(row)
    return f"{value(row)} {'better' if row.high < 0 else 'worse' if row.low > 0 else '='}"


def _goal(row: Score) -> tuple[str, ...]:
    return row.name, row.stratum, value(row), row.goal, "reached" if row.met else "missed"


def _strata(rows: Sequence[Score]) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    chosen = [row for row in rows if row.name == "ignorance"]
    strata = {row.stratum: row.n for row in chosen}
    at = {(row.forecaster, row.stratum): row for row in chosen}
    names = dict.fromkeys(row.forecaster for row in chosen)
    columns = ("forecaster", *(f"{name} (n {n:,})" for name, n in strata.items()))
    lines = [(one, *(value(at[one, s]) if (one, s) in at else "" for s in strata)) for one in names]
    return columns, lines
