"""Turns figures into plain tables, for a terminal or a page. Invariant: a figure stands beside what it rests on and,
where it has one, beside its goal; one that falls short is marked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from faultline.coding.score import MISSED, SPURIOUS, Scored
from faultline.evaluate.calibration import Calibration
from faultline.evaluate.coder import ANALYSES, Confused, Evaluated, Part
from faultline.evaluate.goals import Goal, load_goals

NOTHING = "-"
SHORT = "*"


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its title, its columns, its rows of cells, and what has to be said below it."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


def grids(found: Evaluated) -> tuple[Grid, ...]:
    """Fields beside their goals by language, half, and on analyses if there are any; which kind was given as which."""
    analyses = found.part(name=ANALYSES)
    halves = [part for part in found.parts if part.half]
    believed = [part for part in halves if not part.language] or found.parts[:1]
    return (
        _by_language(found),
        *((_by_half(halves),) if halves else ()),
        *((_analyses(analyses),) if analyses else ()),
        *(_believed(part) for part in believed if part.calibration),
        _confusions(found.confusions),
    )


def markdown(grid: Grid) -> str:
    """The table for a page, its note below it; figures to the right."""
    rule = ("---", *("---:" for _ in grid.columns[1:]))
    rows = [f"| {' | '.join(cells)} |" for cells in (grid.columns, rule, *grid.rows)]
    lines = [f"**{grid.title}**", "", *rows, "", *([grid.note, ""] if grid.note else [])]
    return "\n".join(lines).replace(f"{SHORT} ", f"\\{SHORT} ")


def _by_language(found: Evaluated) -> Grid:
    made = _fields([part for part in found.parts if not part.half and part.name != ANALYSES])
    rows = tuple((*row, _behind(found, row[0])) for row in made.rows)
    title = f"{found.gold}: coder {found.coder} {found.coder_version}, names compared by {found.names}"
    note = f"{made.note} In the last column: French more than {load_goals().language_gap:.2f} behind English."
    return Grid(title, (*made.columns, "fr - en"), rows, note)


def _by_half(halves: Sequence[Part]) -> Grid:
    made = _fields(sorted(halves, key=lambda part: bool(part.language)))
    return Grid("By half", made.columns, made.rows, made.note)


def _fields(parts: Sequence[Part]) -> Grid:
    goals = load_goals().reports
    rows = []
    for field in dict.fromkeys(scored.field for part in parts for scored in part.scores):
        goal = goals.get(field)
        rows.append((field, *_goal_cells(goal), *(_cell(_score(part, field), goal) for part in parts)))
    heads = [f"{part.name} ({part.reports} reports)" for part in parts]
    note = f"F1 or a share, and of how many; {SHORT} is short of the goal."
    return Grid("", ("field", "two coders", "goal", *heads), tuple(rows), note)


def _analyses(part: Part) -> Grid:
    goals = load_goals().analyses
    rows = [(name, *_goal_cells(goal), _cell(_score(part, name), goal)) for name, goal in goals.items()]
    return Grid(f"Analyses ({part.reports})", ("field", "two coders", "goal", ANALYSES), tuple(rows))


def _confusions(confused: Iterable[Confused]) -> Grid:
    counts = {(c.gold, c.predicted): c.count for c in confused}
    kinds = sorted({kind for pair in counts for kind in pair} - {MISSED, SPURIOUS})
    columns = (*kinds, MISSED)
    rows = tuple((gold, *(str(counts.get((gold, kind), "")) for kind in columns)) for gold in (*kinds, SPURIOUS))
    return Grid("Kind by hand (row) and by the coder (column)", ("by hand", *columns), rows)


def _believed(part: Part) -> Grid:
    rows = [
        (c.of, str(c.n), *(f"{value:.3f}" for value in (c.right, c.mean, c.brier, c.base)), _steps(c))
        for c in part.calibration
    ]
    columns = ("what", "answers", "right", "mean confidence", "Brier", "base", "right (answers) by step of confidence")
    note = "A claim is right where it is paired, a slot where its claim is right and it too. Brier below base tells."
    return Grid(f"Confidence, {part.name} ({part.reports} reports)", columns, tuple(rows), note)


def _steps(c: Calibration) -> str:
    return ", ".join(f"{b.low:.1f}-{b.high:.1f}: {b.right:.2f} ({b.n})" for b in c.bins)


def _score(part: Part | None, field: str) -> Scored | None:
    return next((s for s in part.scores if s.field == field), None) if part else None


def _cell(scored: Scored | None, goal: Goal | None) -> str:
    if scored is None or scored.value is None or not scored.n:
        return NOTHING
    short = goal is not None and not goal.met(scored.value)
    return f"{scored.value:.2f}{SHORT if short else ''} ({scored.n})"


def _goal_cells(goal: Goal | None) -> tuple[str, str]:
    if goal is None:
        return NOTHING, NOTHING
    return NOTHING if goal.coders is None else f"{goal.coders:.2f}", str(goal)


def _behind(found: Evaluated, field: str) -> str:
    """How far French is ahead of English, over all reports; a figure to stay under counts the other way round."""
    english, french = (_score(found.part(language=language), field) for language in ("en", "fr"))
    if not english or not french or english.value is None or french.value is None:
        return NOTHING
    goal = load_goals().reports.get(field)
    apart = french.value - english.value
    behind = apart if goal and goal.most is not None else -apart
    return f"{apart:+.2f}{SHORT if behind > load_goals().language_gap else ''}"
