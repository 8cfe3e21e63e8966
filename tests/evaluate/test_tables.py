"""Figures as tables."""

import pytest

from faultline.coding.score import MISSED, SPURIOUS, Scored
from faultline.evaluate.coder import Confused, Evaluated, Part
from faultline.evaluate.goals import Goal, load_goals
from faultline.evaluate.tables import Grid, grids, markdown


def made(english: float, french: float, field: str = "modality") -> Evaluated:
    parts = [
        Part(name, language, half, 2, 4, (Scored(field, value, 7), Scored("detect talk", 0.0, 0, 0.0, 0.0)))
        for name, language, half, value in (
            ("all", "", "", english),
            ("en", "en", "", english),
            ("fr", "fr", "", french),
            ("held out", "", "held out", french),
        )
    ]
    analyses = Part("analyses", "analyses", "", 1, 2, (Scored("detect event", 0.5, 3, 0.5, 0.5),))
    confused = (Confused("event", "quantity", 3), Confused("talk", MISSED, 2), Confused(SPURIOUS, "event", 1))
    return Evaluated("gold", "rules", "v1", "the names of the case", (*parts, analyses), confused)


def row(grid: Grid, field: str) -> dict[str, str]:
    cells = next(cells for cells in grid.rows if cells[0] == field)
    return dict(zip(grid.columns, cells, strict=True))


def test_a_figure_stands_beside_its_goal_and_what_it_rests_on() -> None:
    cells = row(grids(made(0.9, 0.7))[0], "modality")
    assert (cells["two coders"], cells["goal"]) == ("0.91", "0.80")
    assert cells["en (2 reports)"] == "0.90 (7)"
    assert cells["fr (2 reports)"] == "0.70* (7)"


def test_nothing_to_count_is_no_zero() -> None:
    assert row(grids(made(0.9, 0.7))[0], "detect talk")["all (2 reports)"] == "-"


@pytest.mark.parametrize(
    ("field", "english", "french", "shown"),
    [
        ("modality", 0.9, 0.85, "-0.05"),
        ("modality", 0.9, 0.81, "-0.09*"),
        ("false assertions", 0.01, 0.03, "+0.02"),
        ("false assertions", 0.01, 0.11, "+0.10*"),
        ("false assertions", 0.11, 0.01, "-0.10"),
    ],
)
def test_french_that_stays_behind_is_marked(field: str, english: float, french: float, shown: str) -> None:
    assert row(grids(made(english, french, field))[0], field)["fr - en"] == shown


def test_halves_and_analyses_have_tables_of_their_own() -> None:
    _, halves, analyses, _ = grids(made(0.9, 0.7))
    assert halves.columns[3:] == ("held out (2 reports)",)
    assert row(analyses, "detect event")["analyses"] == "0.50* (3)"
    assert row(analyses, "detect relation")["analyses"] == "-"


def test_confusions_have_a_row_for_what_was_made_up_and_a_column_for_what_was_missed() -> None:
    confusions = grids(made(0.9, 0.7))[-1]
    assert row(confusions, "event") == {"by hand": "event", "event": "", "quantity": "3", "talk": "", MISSED: ""}
    assert row(confusions, "talk")[MISSED] == "2"
    assert row(confusions, SPURIOUS)["event"] == "1"


def test_a_page_shows_a_mark_as_a_mark_and_not_as_emphasis() -> None:
    text = markdown(Grid("T", ("field", "all"), (("modality", "0.70* (7)"),), "* is short."))
    assert text.splitlines()[2:5] == ["| field | all |", "| --- | ---: |", "| modality | 0.70\\* (7) |"]
    assert "\\* is short." in text


def test_every_goal_is_a_least_or_a_most() -> None:
    goals = load_goals()
    assert len(goals.reports) == 18
    for goal in (*goals.reports.values(), *goals.analyses.values()):
        assert (goal.least is None) != (goal.most is None)
        assert goal.coders is None or goal.least is None or goal.least < goal.coders
    assert Goal(least=0.5).met(0.5)
    assert not Goal(most=0.5).met(0.5)
