"""Kills a build with SIGKILL at 20 random moments (seeded): each time the store has to open and verify, and a rerun
has to give the ids of an undisturbed build.

    python benchmarks/bench_crash.py [--times 20]
"""

import argparse
import random
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

from bench_ledger import RECORDED, table_entry

from faultline.evidence import Store, open_store


def main(arguments: Sequence[str] = ()) -> str:
    """One line: how many of the killed builds came back whole."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--write", default="", help=argparse.SUPPRESS)  # the process that is killed
    options = parser.parse_args(arguments)
    if options.write:
        build(options.write)
        return ""
    with tempfile.TemporaryDirectory() as folder:
        return kill_often(Path(folder), options.times)


def kill_often(folder: Path, times: int) -> str:
    whole = folder / "undisturbed.sqlite"
    begun = perf_counter()
    subprocess.run(writer(whole), check=True)
    seconds, expected = perf_counter() - begun, contents(whole)
    chance, good, killed = random.Random(7), 0, 0
    for n in range(times):
        path = folder / f"{n}.sqlite"
        process = subprocess.Popen(writer(path))
        try:
            process.wait(timeout=chance.uniform(0.1, 1.0) * seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            killed += 1
        good += came_back(path, expected)
    return f"killed {killed} of {times} builds: {good} of {times} opened, verified and were rebuilt with the same ids"


def came_back(path: Path, expected: object) -> bool:
    with open_store(address(path)) as store:
        verified = store.verify().ok
    build(address(path))
    with open_store(address(path)) as store:
        return verified and store.verify().ok and contents(path) == expected


def writer(path: Path) -> list[str]:
    return [sys.executable, __file__, "--write", address(path)]


def address(path: Path) -> str:
    return f"sqlite:///{path}"


def build(url: str) -> None:
    with open_store(url) as store:
        for seed in range(30):
            store.append([table_entry(200, seed)], RECORDED)


def contents(path: Path) -> tuple[object, ...]:
    with open_store(address(path)) as store:
        return (*ids(store), store.standing())


def ids(store: Store) -> tuple[list[str], list[str]]:
    snapshot = store.snapshot(RECORDED.date())
    return snapshot.columns().column("id").to_pylist(), [held.document_id for held in snapshot.documents()]


if __name__ == "__main__":
    print(main(sys.argv[1:]))
