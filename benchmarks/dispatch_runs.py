"""Cases of thousands of dispatches, and builds of them that are watched, killed and gone on with."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import psutil
import yaml

from faultline import desk
from faultline.coding.coder import make_coder
from faultline.intake import Taken, take_case
from faultline.record.claim import Claim
from faultline.sandbox.folder import make_sandbox
from faultline.sandbox.options import SandboxOptions

_COMMAND = [sys.executable, "-c", "from faultline.cli import main; main()", "build"]
_READ = ("documents", "frames", "tables", "figures", "expectations")
_LOOK = 2  # seconds between two looks at a build
_FIRST, _DAYS = date(2000, 1, 1), 7300  # of the invented country; all of it is past, so all of it is in view
_A_DAY = 4.0  # happenings: enough that few dispatches tell the same


@dataclass(frozen=True, slots=True)
class Look:
    """A build at one moment: dispatches stored, CPU seconds so far of the build and of all its workers, resident
    megabytes of the build and of its largest worker."""

    stored: int
    build: float
    workers: float
    megabytes: float
    of_worker: float


def make_case(folder: Path, size: int) -> Path:
    """A sandbox of so many dispatches, and nothing else to read or to expect."""
    make_sandbox(folder, SandboxOptions(seed=11, first_day=_FIRST, dispatches=size, days=_DAYS, rate=_A_DAY))
    path = folder / "case.yaml"
    said = yaml.safe_load(path.read_text(encoding="utf-8"))
    kept = {key: value for key, value in said.items() if key not in _READ}
    kept["documents"] = [{"path": "reports"}]
    path.write_text(yaml.safe_dump(kept, allow_unicode=True), encoding="utf-8")
    return folder


def without_store(folder: Path, other: Path) -> Path:
    """A copy of a case that was never built."""
    shutil.copytree(folder, other, ignore=shutil.ignore_patterns(desk.STORE_FOLDER))
    return other


def watched(folder: Path, workers: int, end: int) -> Iterator[Look]:
    """Looks at a build, in a process of its own, until it ends or `end` dispatches are stored; it is then killed with
    SIGKILL."""
    build = psutil.Popen([*_COMMAND, str(folder), "--workers", str(workers)], stdout=subprocess.DEVNULL)
    try:
        while build.poll() is None and stored(folder) < end:
            look = _look(build, folder)
            if look is not None:
                yield look
            try:
                build.wait(timeout=_LOOK)
            except psutil.TimeoutExpired:
                continue
    finally:
        if build.is_running():
            build.send_signal(signal.SIGKILL)
        build.wait(timeout=60)


def _look(build: psutil.Process, folder: Path) -> Look | None:
    try:
        workers = [(each.cpu_times(), each.memory_info().rss) for each in build.children()]
        own, held = build.cpu_times(), build.memory_info().rss
    except psutil.NoSuchProcess:
        return None
    cpu = sum(times.user + times.system for times, _ in workers)
    largest = max((rss for _, rss in workers), default=0)
    return Look(stored(folder), own.user + own.system, cpu, held / 2**20, largest / 2**20)


def stored(folder: Path) -> int:
    """Dispatches in the store of a case."""
    return _asked(folder, "SELECT count(*) FROM filings")


def doubled(folder: Path) -> int:
    """Filings and readings that are there twice."""
    filed = _asked(folder, "SELECT count(*) - count(DISTINCT origin) FROM filings")
    return filed + _asked(folder, "SELECT count(*) - count(DISTINCT document) FROM coder_runs")


def _asked(folder: Path, query: str) -> int:
    path = folder / desk.STORE_FOLDER / "store.sqlite"
    if not path.exists():
        return 0
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=60)) as store:
        try:
            return int(store.execute(query).fetchone()[0])
        except sqlite3.OperationalError:  # its tables are not made yet
            return 0


def unlike(folder: Path, every: int) -> int:
    """Of every so manieth dispatch, how many have other claims in the store than a coder reads now."""
    opened = desk.open_desk(folder)
    taken = [item for item in take_case(opened.case) if isinstance(item, Taken)][::every]
    coded = make_coder(opened.case).code_all([(item.document, item.filing) for item in taken])
    try:
        held: dict[str, list[Claim]] = {item.document.id: [] for item in taken}
        for claim in opened.snapshot(include_undated=True).claims():
            if claim.document in held:
                held[claim.document].append(claim)
        return sum(_by_id(held[i.document.id]) != _by_id(c.claims) for i, c in zip(taken, coded, strict=True))
    finally:
        opened.store.close()


def _by_id(claims: list[Claim] | tuple[Claim, ...]) -> list[Claim]:
    return sorted(claims, key=lambda claim: claim.id)


def load() -> str:
    """How busy the machine is."""
    return f"load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
