"""Builds the Mali case from nothing in a process of its own. Goal: under 60 s on two cores, one worker and two."""

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

CASE = Path(__file__).resolve().parents[1] / "cases" / "mali"
GOAL = 60.0  # seconds


def main() -> None:
    """Prints the seconds of each build; one over the goal ends with an error."""
    slow = False
    for workers in (1, 2):
        seconds = _build(workers)
        slow |= seconds > GOAL
        print(f"faultline build cases/mali --workers {workers}: {seconds:5.1f} s (goal: under {GOAL:.0f} s)")
    if slow:
        raise SystemExit("a build missed its goal")


def _build(workers: int) -> float:
    with tempfile.TemporaryDirectory() as folder:
        case = Path(folder) / "mali"
        shutil.copytree(CASE, case, ignore=shutil.ignore_patterns(".faultline"))
        command = [sys.executable, "-c", "from faultline.cli import main; main()", "build", str(case)]
        begun = time.perf_counter()
        subprocess.run([*command, "--workers", str(workers)], check=True, stdout=subprocess.DEVNULL)
        return time.perf_counter() - begun


if __name__ == "__main__":
    main()
