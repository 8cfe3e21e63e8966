"""The scoreboard of the forecasts, beside the declared goals, and their speed: one window fitted and 1,000 draws issued
(goal: under 30 s on two cores), a forecast of the Mali case from the shipped models (goal: under 2 s), and with --years
the backtest of eight years by our forecaster (goal: under 5 minutes).

Prints Markdown and writes the board between the markers of docs/reference/forecast-scores.md. The board is the one that
`faultline train forecast` left; one window is run anew and has to give the same scores.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

from tests.parts import find_shared

from faultline import desk
from faultline.evaluate.tables import Grid, markdown
from faultline.forecast import FORECASTERS, Run, scoreboard
from faultline.publish.forecasts.board import grids
from faultline.record.analysis import Score

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs/reference/forecast-scores.md"
MARKERS = "<!-- scores: begin -->", "<!-- scores: end -->"
WINDOW, YEARS = "2024-07/2025-06", "2018-01/2025-12"
CORES = 2
GOALS = {"window": 30.0, "case": 2.0, "years": 300.0}  # seconds


def main() -> None:
    """Prints everything and writes the page; a board that cannot be repeated, or a speed over its goal, is an error."""
    rows = desk.shipped_board()
    text = board(rows)
    print(text)
    page = PAGE.read_text(encoding="utf-8")
    head, _, rest = page.partition(MARKERS[0])
    PAGE.write_text(f"{head}{MARKERS[0]}\n\n{text.strip()}\n\n{MARKERS[1]}{rest.partition(MARKERS[1])[2]}", "utf-8")
    failed = [*case_speed(), *window_again(rows), *(run_again(rows, YEARS, "years") if "--years" in sys.argv else ())]
    if failed:
        raise SystemExit("; ".join(failed))


def board(rows: list[Score]) -> str:
    """The tables of the board as Markdown."""
    made = [Grid(title, columns, tuple(lines)) for title, columns, lines in grids(rows)]
    return "\n".join(markdown(grid) for grid in made)


def case_speed() -> list[str]:
    """A forecast of the worked case in a process of its own."""
    command = [sys.executable, "-c", "from faultline.cli import main; main()", "forecast", str(ROOT / "cases/mali")]
    begun, used = time.perf_counter(), os.times()
    done = subprocess.run([*command, "--issue", "2026-05"], check=False, capture_output=True, text=True)
    seconds, after = time.perf_counter() - begun, os.times()
    if done.returncode:
        return [f"the case is not built: {done.stderr.strip()}"]
    spent = after.children_user + after.children_system - used.children_user - used.children_system
    return said("faultline forecast cases/mali", "case", seconds, spent)


def window_again(rows: list[Score]) -> list[str]:
    """One window run anew by our forecaster."""
    return run_again(rows, WINDOW, "window")


def run_again(rows: list[Score], window: str, goal: str) -> list[str]:
    """A declared window run anew by our forecaster alone: its speed, and the scores that the board says."""
    shared = find_shared(ROOT)
    if shared is None:
        print("No table here: no window is run anew.")
        return []
    table = shared / "ucdp/country-month.csv"
    chosen = (next(iter(FORECASTERS)),)
    begun, used = time.perf_counter(), sum(os.times()[:4])
    found = desk.backtested(desk.Backtest(window, table, forecasters=chosen, run=Run(1000), workers=CORES))
    seconds, spent = time.perf_counter() - begun, sum(os.times()[:4]) - used
    again = {(row.name, row.stratum): row.value for row in scoreboard(found)}
    begins = window.partition("/")[0]
    held = {(r.name, r.stratum): r.value for r in rows if r.forecaster in found and str(r.window).startswith(begins)}
    other = [name for name, value in again.items() if abs(value - held.get(name, -1.0)) > 1e-6 * max(1.0, abs(value))]
    slow = said(f"{window} fitted, 1,000 draws issued and scored", goal, seconds, spent / CORES)
    return [*slow, *(f"{name} is not what the board says" for name in other)]


def said(what: str, goal: str, seconds: float, spent: float) -> list[str]:
    """Prints how long it took beside its goal, and how much of each processor that it had; a goal is missed where both
    are over it: a busy machine is not its fault."""
    print(f"{what}: {seconds:.1f} s, of each processor {spent:.1f} s (goal: under {GOALS[goal]:.0f} s)")
    return [f"{what} took {seconds:.1f} s"] if min(seconds, spent) > GOALS[goal] else []


if __name__ == "__main__":
    main()
