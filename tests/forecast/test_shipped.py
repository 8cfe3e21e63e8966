"""What ships with the package: models that can be read, a board of every declared window, goals judged on it."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from faultline import desk
from faultline.cli.commands import app
from faultline.forecast import FORECASTERS
from faultline.forecast.goals import load_goals
from faultline.forecast.shipped import shipped
from faultline.publish.forecasts.board import grids
from faultline.publish.forecasts.page import board_page
from faultline.publish.web.server import create_app
from faultline.record.months import month_days, month_text


@pytest.mark.parametrize("series", ["state_based", "non_state", "one_sided"])
def test_models_of_the_package_say_up_to_which_month_they_learnt(series: str) -> None:
    models = shipped(series)
    assert models is not None and month_text(models.until) == models.card["until"] == "2025-12"
    assert models.track is not None and "432" in models.track.units and "432" in models.around


def test_series_without_models_has_none() -> None:
    assert shipped("births") is None


def test_board_holds_every_forecaster_in_every_declared_window_with_every_goal_judged() -> None:
    rows = desk.shipped_board()
    for _, first, last, goals in load_goals().windows:
        here = [row for row in rows if row.window == month_days(first, last)]
        assert {row.forecaster for row in here} == set(FORECASTERS)
        judged = [row for row in here if row.goal]
        assert len(judged) == len(goals) and all(row.met is not None for row in judged)


def test_board_names_losses_as_well_as_wins() -> None:
    told = CliRunner().invoke(app, ["scoreboard"], env={"COLUMNS": "200"}).stdout
    assert "missed" in told and "reached" in told and "not told apart" in told


def test_board_as_a_page_holds_the_same_and_loads_nothing() -> None:
    html = board_page(desk.shipped_board())
    assert html.count("<table>") == len(grids(desk.shipped_board())) and "<script" not in html and "https:" not in html
    assert "0.534" in html and "missed" in html


@pytest.fixture(scope="module")
def mali(root: Path, mali_store: str) -> desk.Desk:
    return desk.open_desk(root / "cases/mali", mali_store)


def test_forecast_of_the_case_stands_beside_rule_drivers_and_record(mali: desk.Desk) -> None:
    options = ["forecast", str(mali.case.folder), "--issue", "2026-05", "--store", mali.url]
    told = CliRunner().invoke(app, options, env={"COLUMNS": "180"})
    assert told.exit_code == 0, told.exception
    for words in ("input to 2026-05, of which 5 provisional", "simple rule", "What drives it", "of 8 better than"):
        assert words in told.stdout


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--issue", "2026-09"], "the table ends in 2026-05"),
        (["--issue", "1990-01"], "at least 36"),
        (["--issue", "May"], "a month, YYYY-MM"),
        (["--series", "state-based deaths", "--unit", "Chad"], "'Chad', expected one of Mali"),
        (["--series", "births"], "'births', expected one of"),
        (["--issue", "2026-03", "--as-of", "2026-05-10"], "2025-01 was not public on 2026-05-10"),
    ],
)
def test_question_that_cannot_be_answered_is_an_error(mali: desk.Desk, options: list[str], message: str) -> None:
    asked = CliRunner().invoke(app, ["forecast", str(mali.case.folder), "--store", mali.url, *options])
    assert message in str(asked.exception)


def test_pair_of_actors_is_forecast_by_its_own_history(mali: desk.Desk) -> None:
    options = ["--series", "state-based deaths", "--unit", "Government of Mali - AQIM", "--store", mali.url]
    told = CliRunner().invoke(app, ["forecast", str(mali.case.folder), *options])
    assert "Government of Mali - AQIM: input to" in told.stdout and "history" in told.stdout


def test_view_draws_history_and_fan_without_a_script(mali: desk.Desk) -> None:
    client = TestClient(create_app(mali), base_url="http://127.0.0.1")
    html = client.get("/forecast", params={"as_of": "2026-11-22"}).text
    assert html.count('<svg class="fan"') == 3 and 'class="fan-90"' in html and 'class="fan-earlier"' in html
    assert "at least 500" in html and "How earlier forecasts fared" in html
    earlier = client.get("/forecast", params={"as_of": "2026-05-10"}).text
    assert "2025-01 was not public on 2026-05-10" in earlier
