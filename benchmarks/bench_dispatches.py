"""Codes thousands of dispatches of the sandbox: how much faster two workers and a Dask cluster of two are than one
process; then a build that is killed with SIGKILL on its way and goes on.

    python -m benchmarks.bench_dispatches [--dispatches 100000] [--few 3000]
"""

import argparse
import resource
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import psutil
from benchmarks.dispatch_runs import Look, doubled, load, make_case, stored, unlike, watched, without_store

from faultline import desk
from faultline.evidence import open_store

KILLED_AT = 0.45  # share of the dispatches stored when the build is killed
COMPARED = 100  # every so manieth dispatch is coded again at the end
STEPS = 10  # rows of the table of a long build


@dataclass(frozen=True, slots=True)
class Pace:
    """From an empty store to the end: dispatches, wall seconds, CPU seconds of the build and of its workers."""

    dispatches: int
    wall: float
    build: float
    workers: float


def main() -> None:
    """Prints the tables. A dispatch that is lost or doubled ends with an error."""
    asked = _asked()
    print(load())
    with tempfile.TemporaryDirectory() as place:
        if asked.few:
            _ratios(make_case(Path(place) / "few", asked.few), Path(place))
        wrong = _killed_and_resumed(make_case(Path(place) / "many", asked.dispatches)) if asked.dispatches else 0
    print(load())
    if wrong:
        raise SystemExit(f"{wrong} dispatches are lost, doubled or read otherwise")


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dispatches", type=int, default=100_000)
    parser.add_argument("--few", type=int, default=3_000)
    return parser.parse_args()


def _ratios(case: Path, place: Path) -> None:
    one = _pace(without_store(case, place / "one"), desk.BuildOptions())
    two = _pace(without_store(case, place / "two"), desk.BuildOptions(workers=2))
    with _cluster() as address:
        dask = _pace(without_store(case, place / "dask"), desk.BuildOptions(cluster=address))
    for name, pace in (("one process", one), ("--workers 2", two), ("--cluster of 2", dask)):
        shares = f"CPU {pace.build:.1f} s of the build, {pace.workers:.1f} s of its workers"
        rate = pace.dispatches / pace.wall
        print(f"{name:15}{pace.dispatches:,} dispatches in {pace.wall:.1f} s ({rate:.0f}/s); {shares}")
    print(f"times as fast as one process: --workers 2 {one.wall / two.wall:.2f}, --cluster {one.wall / dask.wall:.2f}")
    print(f"workers that the build can keep busy: {two.workers / two.build:.0f}, by the CPU seconds of each side")


def _pace(folder: Path, options: desk.BuildOptions) -> Pace:
    """Start-up of the workers included; those of a cluster are running already."""
    begun, own, others = perf_counter(), process_time(), _of_others()
    built = desk.build(desk.open_desk(folder), options)
    own, wall = process_time() - own, perf_counter() - begun
    return Pace(built.added, wall, own, _of_others() - others)


def _of_others() -> float:
    """CPU seconds of the processes that this one started."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    times = [child.cpu_times() for child in psutil.Process().children(recursive=True)]
    return float(ended.ru_utime + ended.ru_stime + sum(each.user + each.system for each in times))


@contextmanager
def _cluster() -> Iterator[str]:
    from distributed import LocalCluster

    local: Any = LocalCluster  # untyped
    with local(n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None) as cluster:
        yield cluster.scheduler_address


def _killed_and_resumed(case: Path) -> int:
    reports = sum(1 for _ in (case / "reports").iterdir())
    begun = perf_counter()
    first = list(watched(case, 2, int(KILLED_AT * reports)))
    killed, stood = perf_counter(), stored(case)
    print(f"killed after {killed - begun:.0f} s, when {stood:,} of {reports:,} dispatches stood")
    then = list(watched(case, 2, 2 * reports))
    print(f"the same build again ended after {perf_counter() - killed:.0f} s")
    _table(first, reports)
    _table(then, reports)
    with open_store(desk.open_desk(case).url) as store:
        damaged = not store.verify().ok
    lost, twice, other = reports - stored(case), doubled(case), unlike(case, COMPARED)
    told = f"{lost} lost, {twice} doubled, {other} of {reports // COMPARED} read otherwise"
    print(f"{told}, the store is {'damaged' if damaged else 'sound'}")
    return abs(lost) + twice + other + damaged


def _table(looks: list[Look], reports: int) -> None:
    """One row for each tenth of the dispatches: CPU milliseconds a dispatch, megabytes at its end."""
    looks = [look for n, look in enumerate(looks) if not n or look.workers >= looks[n - 1].workers]  # while they live
    ends = [
        look
        for n, look in enumerate(looks)
        if not n or look.stored * STEPS // reports > looks[n - 1].stored * STEPS // reports
    ]
    print("  stored   build ms   workers ms   build MB   worker MB")
    for before, after in pairwise(ends):
        count = after.stored - before.stored
        build, workers = after.build - before.build, after.workers - before.workers
        told = (
            f"{1000 * build / count:11.2f}{1000 * workers / count:13.2f}{after.megabytes:11.0f}{after.of_worker:12.0f}"
        )
        print(f"{after.stored:8,}{told}")


if __name__ == "__main__":
    main()
