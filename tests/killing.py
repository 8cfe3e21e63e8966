"""Builds that are killed on the way: real processes, SIGKILL, at moments drawn by a seed."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from faultline import desk
from tests.desk_case import make_case, write_report

REPORTS = 300  # enough for several transactions, so that a kill falls between and inside them


@dataclass(frozen=True)
class Killed:
    """What is left after one killed build: how many documents stood, whether the store verified; then, after the build
    was run again, its ids, how many documents it read and how many of them it had to code."""

    stood: int
    verified: bool
    ids: tuple[str, ...]
    read: int
    coded: int


def big_case(folder: Path) -> Path:
    """A case of REPORTS different reports."""
    make_case(folder)
    for n in range(REPORTS):
        words = f"Gunmen killed {n + 2} soldiers near Velmora on {n % 28 + 1} May 2020, the Reach army said. " * 4
        write_report(folder, f"n{n:04}", words, "2020-06-01")
    return folder


def undisturbed(folder: Path) -> tuple[tuple[str, ...], float]:
    """Ids of a build that nothing disturbs, and the seconds that its process took after the store appeared."""
    started = _started(folder)
    begun = _store_appears(folder, started)
    if started.wait(timeout=300) != 0:
        raise AssertionError("the undisturbed build failed")
    return _ids(folder), time.monotonic() - begun


def killed(folder: Path, after: float) -> Killed:
    """Kills a build `after` seconds from when its store appeared, looks at what is left, builds again."""
    process = _started(folder)
    _store_appears(folder, process)
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    process.wait(timeout=60)
    opened = desk.open_desk(folder)
    stood = sum(1 for _ in opened.snapshot(include_undated=True).documents())
    verified = opened.store.verify().ok
    opened.store.close()
    again = desk.build(desk.open_desk(folder))
    return Killed(stood, verified, _ids(folder), again.seen, again.added)


def kill_many(folder: Path, times: int, seed: int) -> tuple[tuple[str, ...], list[Killed]]:
    """Ids of the undisturbed build, and what became of `times` builds killed at moments drawn by the seed."""
    model = big_case(folder / "model")
    expected, seconds = undisturbed(_copy(model, folder / "whole"))
    draw = random.Random(seed)
    moments = [draw.uniform(0, seconds * 0.95) for _ in range(times)]
    return expected, [killed(_copy(model, folder / f"killed{n}"), after) for n, after in enumerate(moments)]


def _copy(model: Path, to: Path) -> Path:
    shutil.copytree(model, to)
    return to


def _started(folder: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", "from faultline.cli import main; main()", "build", str(folder)]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen(command, env=os.environ, **quiet)  # type: ignore[call-overload,no-any-return]


def _store_appears(folder: Path, process: subprocess.Popen[bytes]) -> float:
    """Waits until the store can be opened: before that there is nothing to kill in."""
    store = folder / desk.STORE_FOLDER / "store.sqlite"
    while process.poll() is None and not (store.exists() and store.stat().st_size > 0):
        time.sleep(0.005)
    return time.monotonic()


def _ids(folder: Path) -> tuple[str, ...]:
    opened = desk.open_desk(folder)
    found = tuple(claim.id for claim in opened.snapshot(include_undated=True).claims())
    opened.store.close()
    return found
