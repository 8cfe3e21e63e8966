"""Who codes a build: this process, others of this machine, a cluster."""

import os
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from tests.desk_case import MARKET, make_case, write_report

from faultline import desk
from faultline.coding.coder import RuleCoder, make_coder
from faultline.desk.coding import BuildOptions, Step, coding
from faultline.record.errors import FaultlineError, UsageError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return many(tmp_path / "varda")


def many(folder: Path) -> Path:
    """A case of more than one batch."""
    make_case(folder)
    for number in range(70):
        write_report(folder, f"n{number:02}", MARKET.replace("20 June", f"{number % 28 + 1} June"), "2020-07-01")
    return folder


def ids(folder: Path) -> list[str]:
    opened = desk.open_desk(folder)
    try:
        return [claim.id for claim in opened.snapshot(include_undated=True).claims()]
    finally:
        opened.store.close()


def test_a_cluster_changes_nothing_but_the_time(folder: Path, tmp_path: Path, scheduler: str) -> None:
    other = many(tmp_path / "other" / "varda")
    desk.build(desk.open_desk(folder))
    desk.build(desk.open_desk(other), BuildOptions(cluster=scheduler))
    assert len(ids(folder)) > 70
    assert ids(folder) == ids(other)


def test_workers_with_another_coder_are_refused(folder: Path, scheduler: str) -> None:
    case = desk.open_desk(folder).case
    coder = make_coder(case)
    coder.version = "coder_another"
    with coding(case, coder, BuildOptions(cluster=scheduler)) as crew, pytest.raises(FaultlineError, match="Install"):
        crew.code([]).result(timeout=60)


def test_a_cluster_that_does_not_answer_says_how_to_start_one(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("faultline.desk.coding._PATIENCE", 0.2)
    with pytest.raises(UsageError, match="dask scheduler"):
        desk.build(desk.open_desk(folder), BuildOptions(cluster="tcp://127.0.0.1:9"))


def test_without_dask_a_cluster_says_what_to_install(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UsageError, match=r"pip install 'faultline\[cluster\]'"):
        desk.build(desk.open_desk(folder), BuildOptions(cluster="tcp://127.0.0.1:8786"))


def test_a_worker_that_dies_ends_the_build_with_a_way_on(folder: Path) -> None:
    case = desk.open_desk(folder).case
    coder = make_coder(case)
    with pytest.raises(FaultlineError, match="goes on"), coding(case, coder, BuildOptions(workers=2)) as crew:
        crew.code([_Deadly()]).result(timeout=120)  # type: ignore[list-item]


def test_a_build_that_is_killed_takes_its_workers_along(folder: Path) -> None:
    command = [sys.executable, "-c", "from faultline.cli import main; main()", "build", str(folder), "--workers", "2"]
    build = psutil.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while build.poll() is None and len(started := build.children()) < 3:  # two workers and what tracks their resources
        time.sleep(0.05)
    build.kill()
    build.wait(timeout=60)
    _, alive = psutil.wait_procs(started, timeout=120)
    assert not alive


class _Deadly:
    """Work that ends the process that unpacks it."""

    def __reduce__(self) -> tuple[object, tuple[int]]:
        return os._exit, (1,)


def test_documents_read_together_are_read_as_one_by_one(folder: Path) -> None:
    case = desk.open_desk(folder).case
    coder = make_coder(case)
    work = [(item.document, item.filing) for item in desk_documents(folder)]
    assert coder.code_all(work) == [coder.code(document, filing) for document, filing in work]


def desk_documents(folder: Path) -> list[object]:
    from faultline.intake import Taken, take_case

    return [item for item in take_case(desk.open_desk(folder).case) if isinstance(item, Taken)]


def test_progress_counts_documents_and_files(folder: Path) -> None:
    steps: list[Step] = []
    desk.build(desk.open_desk(folder), BuildOptions(progress=steps.append))
    assert [step.documents for step in steps] == list(range(1, 75))
    assert steps[-1].files == steps[-1].of_files == 74


def test_a_coder_is_what_a_crew_of_one_uses(folder: Path) -> None:
    case = desk.open_desk(folder).case
    coder: RuleCoder = make_coder(case)
    with coding(case, coder, BuildOptions()) as crew:
        assert crew.width == 1
        assert crew.code([]).result() == []
