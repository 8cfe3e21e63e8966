"""Figures of findings."""

from datetime import date

from faultline.publish.findings.draw import draw
from faultline.record.days import Days
from faultline.record.finding import Curve, Finding, Told

TOLD = (
    Told("one", Days(date(2020, 1, 1), date(2020, 3, 1)), form="curfew"),
    Told("two", Days(date(2021, 1, 1)), form="siege"),
    Told("three", Days(), form="siege"),
)


def test_curves_of_a_panel_are_drawn_together_under_its_name_and_panels_beyond_eight_are_counted() -> None:
    curves = [
        Curve(f"p{k}: high", "line", ("2020-01-01", "2020-02-01"), (0.1, 0.9), "share", panel=f"p{k}") for k in range(9)
    ]
    drawn = draw(Finding("m", "Who?", "", curves=tuple(curves)))
    assert ">p0<" in drawn and ">high<" in drawn and "p0: high" not in drawn
    assert ">p8<" not in drawn and "1 more panels are not drawn" in drawn


def test_finding_without_curves_is_drawn_by_the_dated_things_it_describes() -> None:
    figure = draw(Finding("force", "What is in force?", "", told=TOLD))
    assert "curfew (1)" in figure and "siege (1)" in figure  # what has no day is left out
    assert "silence is no absence" in figure
    assert figure == draw(Finding("force", "What is in force?", "", told=TOLD))


def test_curves_come_before_what_is_described_and_nothing_gives_no_figure() -> None:
    curve = Curve("events", "line", ("2020-01-01", "2020-02-01"), (1.0, 2.0), "events")
    assert "curfew" not in draw(Finding("force", "What?", "", told=TOLD, curves=(curve,)))
    assert draw(Finding("force", "What?", "")) == ""
    assert draw(Finding("force", "What?", "", told=TOLD[2:])) == ""
