"""What the desk does with forecasts: files of draws, tables brought on request, goals judged."""

import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
from tests.forecast.made import invented
from tests.intake.test_ucdp import files
from typer.testing import CliRunner

from faultline import desk
from faultline.cli.commands import app
from faultline.desk import training
from faultline.desk.fetching import fetch_ucdp
from faultline.forecast import Run
from faultline.intake.fetch import FetchLimits
from faultline.intake.taken import RefusedError
from faultline.record.errors import InputError, UsageError
from faultline.record.months import month_number, month_text

ALLOWED = FetchLimits(allow_private=True, seconds=5.0)


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = invented(units=6, months=120)
    path = tmp_path_factory.mktemp("table") / "made.csv"
    lines = [
        f"{k + 1},{month_text(made.first + t)},{value:.0f}"
        for k, row in enumerate(made.deaths)
        for t, value in enumerate(row)
    ]
    path.write_text("\n".join(["unit,month,deaths", *lines]) + "\n")
    return path


def test_draws_go_to_a_file_with_unit_month_issue_and_forecaster(table: Path, tmp_path: Path) -> None:
    asked = desk.Backtest("2003-01/2004-03", table, forecasters=("last", "zero"), run=Run(draws=20))
    tallies = desk.backtested(asked, tmp_path / "out.parquet")
    found = pq.read_table(tmp_path / "out.parquet").to_pydict()
    assert list(found) == ["unit", "month", "issue", "forecaster", "draws"]
    assert len(found["unit"]) == 6 * 15 * 2 and set(found["unit"]) == {1, 2, 3, 4, 5, 6}
    assert set(zip(found["month"], found["issue"], strict=True)) >= {("2003-01", "2002-10"), ("2004-03", "2003-10")}
    assert all(len(draws) == 20 for draws in found["draws"])
    assert list(tallies) == ["last", "zero"] and tallies["zero"].scores["crps"].shape == (6, 15)
    assert [path.name for path in tmp_path.iterdir()] == ["out.parquet"]


def test_file_appears_whole_or_not_at_all(table: Path, tmp_path: Path) -> None:
    late = desk.Backtest("2003-01/2009-12", table, forecasters=("last",), run=Run(draws=20))
    with pytest.raises(UsageError, match="the table ends in 2004-12"):
        desk.backtested(late, tmp_path / "out.parquet")
    assert list(tmp_path.iterdir()) == []


def test_units_that_are_asked_for_have_to_exist(table: Path) -> None:
    answer = CliRunner().invoke(app, ["backtest", "--window", "2003-01/2003-12", "--table", str(table), "--unit", "99"])
    assert "'99', expected one of 6 units" in str(answer.exception)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--window", "2003"], "FIRST/LAST"),
        (["--window", "2003-05/2003-01"], "first month that is not after the last"),
        (["--window", "2003-01/2003-12", "--forecaster", "oracle"], "'oracle', expected one of faultline, zero"),
        (["--window", "1996-01/1996-12"], "months of history"),
    ],
)
def test_backtest_that_cannot_be_is_an_error_with_the_way_out(table: Path, options: list[str], message: str) -> None:
    answer = CliRunner().invoke(app, ["backtest", "--table", str(table), *options])
    assert message in str(answer.exception)


def test_backtest_prints_every_forecaster_and_as_json_every_row(table: Path) -> None:
    options = ["--table", str(table), "--window", "2003-01/2003-12", "--draws", "20", "--forecaster", "zero"]
    told = CliRunner().invoke(app, ["backtest", *options, "--forecaster", "conflictology-12"], env={"COLUMNS": "160"})
    assert told.exit_code == 0 and "Against conflictology-12, 2003" in told.stdout
    rows = CliRunner().invoke(app, ["backtest", *options, "--json"])
    assert '"schema": "faultline/score/1"' in rows.stdout and '"forecaster": "zero"' in rows.stdout


def test_no_table_is_an_error_that_names_the_way_to_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match=r"--table: got no table.*faultline fetch ucdp"):
        desk.outcomes(None)
    with pytest.raises(InputError, match="no file"):
        desk.outcomes(tmp_path / "t.csv")


@pytest.fixture
def publisher(tmp_path: Path) -> Iterator[str]:
    """A server on this machine that has the files of a publisher."""
    folder = tmp_path / "published"
    folder.mkdir()
    files(folder)

    class Site(SimpleHTTPRequestHandler):
        def __init__(self, *given: object) -> None:
            super().__init__(*given, directory=str(folder))  # type: ignore[arg-type]

        def log_message(self, *given: object) -> None:
            """Nothing on the terminal."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_tables_are_fetched_converted_and_read(publisher: str, tmp_path: Path) -> None:
    sources = [f"{publisher}/{name}" for name in ("ged.zip", "feb.csv", "mar.csv")]
    paths = fetch_ucdp(tmp_path / "ucdp", sources, ALLOWED)
    assert [path.name for path in paths] == ["country-month.csv", "dyad-month.csv"]
    found = desk.outcomes(paths[0])
    assert found.deaths[found.units.index("432")].sum() == 22 and found.provisional.sum() == 2


def test_current_files_end_with_the_first_month_that_is_not_there(
    publisher: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "published/c1.csv").write_text((tmp_path / "published/feb.csv").read_text())
    words = {"yearly": f"{publisher}/ged.zip", "candidate": publisher + "/c{month}.csv", "candidate_months": [1, 2, 3]}
    monkeypatch.setattr("faultline.desk.fetching.table", lambda name: words)
    paths = fetch_ucdp(tmp_path / "ucdp", (), ALLOWED)
    assert "432,2025,2,1,10,0,0,0,0,1" in paths[0].read_text().splitlines()


def test_nothing_is_written_where_a_file_is_missing(publisher: str, tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="404"):
        fetch_ucdp(tmp_path / "ucdp", [f"{publisher}/none.zip"], ALLOWED)
    with pytest.raises(InputError, match="no file"):
        fetch_ucdp(tmp_path / "ucdp", [str(tmp_path / "none.zip")], ALLOWED)
    assert not (tmp_path / "ucdp").exists()


def test_dyads_are_outcomes_like_countries(shared: Path) -> None:
    found = desk.outcomes(shared / "ucdp/dyad-month.csv")
    assert len(found.units) > 1900 and np.isfinite(found.deaths).all()


def test_window_that_is_scored_once_is_not_run_again_and_keeps_its_rows() -> None:
    assert desk.declared_windows() == ("2018-01/2025-12", "2024-07/2025-06")
    kept = training._kept((month_number("2026-01"), month_number("2026-05")))
    first = {row.name: row.value for row in kept if (row.forecaster, row.stratum) == ("faultline", "all")}
    assert round(first["ignorance"], 3) == 0.753 and round(first["crps"], 1) == 24.5


def test_files_of_models_that_are_no_more_go_and_others_stay(tmp_path: Path) -> None:
    for name in ("old.txt.gz", "card.json", "MODEL.md"):
        (tmp_path / name).write_bytes(b"old")
    training._written(tmp_path, {"card.json": b"new", "new.txt.gz": b"new"})
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        "card.json": b"new",
        "new.txt.gz": b"new",
        "MODEL.md": b"old",
    }
