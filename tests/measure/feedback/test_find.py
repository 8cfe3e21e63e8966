"""From an event table to the finding."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.measure.worlds import case_in, sight_of, table

from faultline.measure.feedback import FEEDBACK
from faultline.measure.feedback.find import LOOP
from faultline.measure.feedback.marks import coarse, marked
from faultline.measure.feedback.worlds import Truth, worlds
from faultline.measure.form import CHANCE, NOT_A_SAMPLE, NOT_ENOUGH
from faultline.measure.sight import Sight
from faultline.record.declared import Declared, Mark
from faultline.record.finding import Finding


def _sight(folder: Path, branching: list[list[float]], days: int = 1000) -> Sight:
    matrix = np.array(branching)
    base = np.full((days, 2), 0.7) @ (np.eye(2) - matrix)
    truth = Truth(base, matrix, 4.0, np.full(2, 5.0))
    counts = worlds(truth, 1, np.random.default_rng(7))[0].astype(int)
    when = [day for day in range(days) for mark in range(2) for _ in range(counts[day, mark])]
    who = ["ab"[mark] for day in range(days) for mark in range(2) for _ in range(counts[day, mark])]
    whom = ["ba"["ab".index(name)] for name in who]
    return sight_of(case_in(folder), table(when, [0] * len(when), who, whom), Declared())


@pytest.fixture(scope="module")
def looped(tmp_path_factory: pytest.TempPathFactory) -> Finding:
    return FEEDBACK.run(_sight(tmp_path_factory.mktemp("case") / "case", [[0.2, 0.1], [0.6, 0.2]]))


def test_gain_never_stands_without_its_curve_its_null_and_reversed_time(looped: Finding) -> None:
    names = [row.name for row in looped.rows]
    curve = [row for row in looped.rows if row.name.startswith("loop gain as fitted, ")]
    assert [row.name.split(", ")[1].split()[0] for row in curve] == ["constant", "year", "half-year", "quarter"]
    assert all(row.null is not None and "reversed" in row.note for row in curve)
    assert {"loop gain", "loop gain, prior", "cross terms on held-out days"} <= set(names)
    assert {curve.name for curve in looped.curves} == {
        "loop gain",
        "in worlds without memory",
        "in reversed time",
    }
    assert any("over moving averages" in name for name in names)


def test_every_number_has_its_window_and_frame_and_marks_open_their_events(looped: Finding) -> None:
    assert all(row.frame == "made" and row.window.known and row.statistic is not None for row in looped.rows)
    opened = [row for row in looped.rows if row.name == "events of the mark"]
    assert {row.subject for row in opened} == {"a", "b"}
    assert all(row.claims for row in opened)


def test_branching_reads_from_row_to_column(looped: Finding) -> None:
    entries = {row.subject: row for row in looped.rows if row.name == "branching"}
    assert set(entries) == {"a -> a", "a -> b", "b -> a", "b -> b"}
    assert (entries["b -> a"].statistic or 0) > (entries["a -> b"].statistic or 0) + 0.2


def test_summary_never_says_more_than_the_verdict(looped: Finding) -> None:
    verdict = looped.rows[0].verdict
    assert verdict
    assert looped.summary.startswith("A loop among") == (verdict == LOOP)


def test_marks_that_only_feed_on_themselves_are_told_from_no_loop(tmp_path: Path) -> None:
    found = FEEDBACK.run(_sight(tmp_path / "case", [[0.5, 0.0], [0.0, 0.5]]))
    assert found.rows[0].verdict == CHANCE
    assert found.summary.startswith("No loop")


def test_weekly_and_monthly_data_refuse_direction(tmp_path: Path) -> None:
    case = case_in(tmp_path / "case")
    weekly = sight_of(case, table([7 * (k // 3) for k in range(600)], [0] * 600))
    found = FEEDBACK.run(weekly)
    assert found.rows[0].verdict == NOT_ENOUGH
    assert "cannot tell direction" in found.summary
    events = table([k // 2 for k in range(600)], [0] * 600)
    assert coarse(events) == ""
    assert "0% of the events is known" in coarse(replace(events, last=events.last + 29))
    months = np.array(["2020-01", "2020-02", "2020-03"], "datetime64[M]").astype("datetime64[D]").astype(int)
    first = np.repeat(months + 719163, 200)
    assert "first of a month" in coarse(replace(events, first=first, last=first))


def test_curated_record_gives_no_gain(tmp_path: Path) -> None:
    sight = replace(_sight(tmp_path / "case", [[0.1, 0.0], [0.0, 0.1]], 800), tables={})
    found = FEEDBACK.run(sight)
    assert [row.verdict for row in found.rows] == [NOT_A_SAMPLE]


def test_declared_marks_count_what_they_ask_for_and_small_ones_are_named(tmp_path: Path) -> None:
    sight = _sight(tmp_path / "case", [[0.1, 0.0], [0.0, 0.1]], 800)
    marks = (
        Mark("a attacks", "a", ("assault",)),
        Mark("on a", "", (), ("a",)),
        Mark("protest", "", ("protest",)),
    )
    sight = replace(sight, declared=Declared(marks=marks))
    events = sight.events
    assert events is not None
    found = marked(sight, events)
    assert found.names == ("a attacks", "on a")
    assert found.left_out == ("protest",)
    assert found.counts[:, 0].sum() == events.by(["a"]).sum()
    assert found.counts[:, 1].sum() == events.on(["a"]).sum()
    assert found.counts.shape[0] == events.first.max() - found.first_day + 1


def test_one_mark_is_not_enough(tmp_path: Path) -> None:
    events = table(list(range(900)), [0] * 900)
    found = FEEDBACK.run(sight_of(case_in(tmp_path / "case"), events, Declared(marks=(Mark("all"),))))
    assert found.rows[0].verdict == NOT_ENOUGH


def test_of_a_long_table_the_last_days_are_looked_at_and_the_rest_is_counted(tmp_path: Path) -> None:
    when = [*range(0, 1000, 10), *range(4000, 6000, 10)]
    sight = sight_of(case_in(tmp_path / "case"), table(when, [0] * len(when)))
    assert sight.events is not None
    found = marked(sight, sight.events)
    assert found.older == 100 and found.counts.sum() == 200 and len(found.counts) <= 5000
