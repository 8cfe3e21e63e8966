"""The driver of the benchmarks, on small ones."""

from pathlib import Path

import pytest

from benchmarks import run


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two benchmarks, one of which breaks."""
    here = tmp_path / "speeds"
    here.mkdir()
    (here / "bench_speed_of_nothing.py").write_text("print('nothing | 1 ms')\n")
    (here / "bench_broken_part.py").write_text("raise SystemExit(3)\n")
    (here / "helper.py").write_text("raise RuntimeError('no benchmark')\n")
    monkeypatch.setattr(run, "HERE", here)
    return here


def test_each_benchmark_prints_its_table(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run.main(["speed"]) == 0
    said = capfd.readouterr().out
    assert "== speed_of_nothing ==" in said
    assert "nothing | 1 ms" in said
    assert "broken" not in said


def test_a_broken_benchmark_fails_the_run_and_hides_no_other(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run.main([]) == 1
    said = capfd.readouterr().out
    assert "nothing | 1 ms" in said
    assert "failed: bench_broken_part" in said


def test_a_name_that_fits_nothing_fails_and_lists_what_there_is(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run.main(["absent"]) == 1
    assert "bench_speed_of_nothing" in capfd.readouterr().out
