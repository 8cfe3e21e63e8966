"""Codes 100,000 short dispatches with two workers, kills the build with SIGKILL on its way and goes on; then the pace
of one worker beside that of two. A dispatch is one sentence of the sandbox's own dispatches."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path

import yaml

from faultline import desk
from faultline.coding.split import sentences
from faultline.intake import Taken, take_case

SANDBOX = Path(__file__).resolve().parents[1] / "cases" / "sandbox"
DISPATCHES, IN_A_FILE = 100_000, 500
KILLED_AT = 0.3  # share of the dispatches stored when the build is killed
FEW = 3_000  # dispatches for the comparison of one worker with two
_COMMAND = [sys.executable, "-c", "from faultline.cli import main; main()", "build"]


def main() -> None:
    """Prints what happened and how fast; a document that is coded twice, or not at all, ends with an error."""
    print(f"load of the machine before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory() as folder:
        lost = _killed_and_resumed(_case(Path(folder) / "many", DISPATCHES))
    with tempfile.TemporaryDirectory() as folder:
        one, two = (_pace(_case(Path(folder) / f"few{workers}", FEW), workers) for workers in (1, 2))
    print(f"{FEW:,} dispatches: {one:.0f}/s with one worker, {two:.0f}/s with two: {two / one:.2f} times as fast")
    print(f"load of the machine after: {os.getloadavg()[0]:.1f}")
    if lost:
        raise SystemExit(f"{lost} documents were coded twice or not at all")


def _killed_and_resumed(folder: Path) -> int:
    begun = time.perf_counter()
    process = subprocess.Popen([*_COMMAND, str(folder), "--workers", "2"], stderr=subprocess.DEVNULL)
    while process.poll() is None and _stored(folder) < KILLED_AT * DISPATCHES:
        time.sleep(2)
    process.send_signal(signal.SIGKILL)
    process.wait(timeout=60)
    first, stood = time.perf_counter() - begun, _stored(folder)
    print(f"killed after {first:.0f} s, when {stood:,} of {DISPATCHES:,} dispatches stood")
    built = desk.build(desk.open_desk(folder), desk.BuildOptions(workers=2))
    claims = sum(count for _, count in built.claims)
    pace = built.added / built.seconds
    print(f"the next build coded {built.added:,} more in {built.seconds:.0f} s ({pace:.0f}/s): {claims:,} claims")
    return abs(DISPATCHES - stood - built.added)


def _pace(folder: Path, workers: int) -> float:
    """Dispatches a second of wall time, from an empty store to the end of the build."""
    built = desk.build(desk.open_desk(folder), desk.BuildOptions(workers=workers))
    return built.added / built.seconds


def _stored(folder: Path) -> int:
    opened = desk.open_desk(folder)
    if not (folder / desk.STORE_FOLDER / "store.sqlite").exists():
        return 0
    try:
        return sum(1 for _ in opened.snapshot(include_undated=True).documents())
    finally:
        opened.store.close()


def _case(folder: Path, size: int) -> Path:
    """The sandbox's case with other documents and nothing else to read or expect."""
    shutil.copytree(
        SANDBOX, folder, ignore=shutil.ignore_patterns(".faultline", "reports", "tables", "figures", "truth")
    )
    path = folder / "case.yaml"
    said = yaml.safe_load(path.read_text(encoding="utf-8"))
    kept = {key: value for key, value in said.items() if key not in ("tables", "figures", "expectations", "frames")}
    kept["documents"] = [{"path": "reports"}]
    path.write_text(yaml.safe_dump(kept, allow_unicode=True), encoding="utf-8")
    (folder / "reports").mkdir()
    rows = enumerate(islice(cycle(_sentences()), size))
    for number in range(0, size, IN_A_FILE):
        some = [_dispatch(n, *row) for n, row in islice(rows, IN_A_FILE)]
        (folder / "reports" / f"r{number:06}.json").write_text(json.dumps(some, ensure_ascii=False), encoding="utf-8")
    return folder


def _dispatch(number: int, text: str, language: str, published: str) -> dict[str, str]:
    return {"id": f"d{number:06}", "title": f"{number}", "text": text, "language": language, "published": published}


def _sentences() -> Sequence[tuple[str, str, str]]:
    return list(_each(desk.open_desk(SANDBOX)))


def _each(opened: desk.Desk) -> Iterator[tuple[str, str, str]]:
    for item in take_case(opened.case):
        if isinstance(item, Taken) and item.coded is None and item.filing.published.known:
            for sentence in sentences(item.document.text, item.filing.language):
                yield sentence.span.of(item.document.text), sentence.language, str(item.filing.published)


if __name__ == "__main__":
    main()
