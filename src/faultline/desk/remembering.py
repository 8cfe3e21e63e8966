"""Keeps what measures found beside the store, for the page, the report and `faultline measure` alike. Invariant: it is
given out only for the very state of store, case and program that it was worked out for; a build that changes anything
and a purge throw it away, for it holds words."""

import hashlib
import json
import shutil
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import astuple
from functools import cache
from pathlib import Path

import faultline
from faultline.case.whole import write_whole
from faultline.desk.opened import STORE_FOLDER, Desk
from faultline.evidence import Snapshot
from faultline.measure import Measure, Sight
from faultline.record.codec import decode, encode
from faultline.record.errors import FaultlineError
from faultline.record.finding import Finding

FOLDER = "findings"
_MOST = 400  # files: the oldest go first
Report = Callable[[str], object]


def remembered(
    desk: Desk, snapshot: Snapshot, measures: Sequence[Measure], see: Callable[[], Sight], report: Report = len
) -> list[Finding]:
    """What each measure finds, as kept or as worked out now of what `see` sees, which is asked once at most; `report`
    is told of each measure that is worked out."""
    folder, state = desk.case.folder / STORE_FOLDER / FOLDER, _state(desk, snapshot)
    found, sight = [], None
    for measure in measures:
        path = folder / f"{measure.name}-{state}.json"
        one = _read(path)
        if one is None:
            report(measure.name)
            sight = sight or see()
            one = measure.run(sight)
            _keep(path, one)
        found.append(one)
    return found


def forget(folder: Path) -> None:
    """Throws away what was kept for the case in that folder."""
    shutil.rmtree(folder / STORE_FOLDER / FOLDER, ignore_errors=True)


def _read(path: Path) -> Finding | None:
    try:
        return decode(Finding, json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, FaultlineError):
        return None


def _keep(path: Path, found: Finding) -> None:
    """Where the place cannot be written, nothing is kept."""
    with suppress(OSError):
        if path.parent.parent.is_dir():
            path.parent.mkdir(exist_ok=True)
            write_whole(path, json.dumps(encode(found)))
            for old in sorted(path.parent.iterdir(), key=lambda file: file.stat().st_mtime)[:-_MOST]:
                old.unlink()


def _state(desk: Desk, snapshot: Snapshot) -> str:
    """One name for the state of the store, the case's own files and the program."""
    digest = hashlib.sha256(repr((astuple(snapshot.bounds), desk.url, _program())).encode())
    for path in sorted(desk.case.folder.glob("*.*")):
        if path.suffix in (".yaml", ".yml", ".csv", ".json"):
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:20]


@cache
def _program() -> str:
    """The version, and what the files of the package look like: a checkout changes without one."""
    root = Path(faultline.__file__).parent
    files = sorted(path for path in root.rglob("*") if path.suffix in (".py", ".yaml"))
    looks = [(str(path.relative_to(root)), path.stat().st_size, path.stat().st_mtime_ns) for path in files]
    return hashlib.sha256(repr((faultline.__version__, looks)).encode()).hexdigest()
