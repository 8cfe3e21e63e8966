"""Reads and appends CASE/decisions.jsonl, the mirror of what people decided. Invariant: a line is only ever appended,
whole, under a lock, so that two reviewers at once lose nothing of one another; a purge alone rewrites the file."""

import json
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from faultline.case.problem import CaseProblem
from faultline.record.codec import decode, encode
from faultline.record.decision import MACHINE, Decision
from faultline.record.errors import CaseError, UsageError

DECISIONS_FILE = "decisions.jsonl"

try:
    import fcntl
except ImportError:  # not on Windows, where appending alone has to do
    fcntl = None  # type: ignore[assignment]


def read_decisions(folder: Path) -> tuple[Decision, ...]:
    """People's decisions in the order of the file; () where there is none. A machine's are left out.

    Raises CaseError with file and line for a line that is no decision.
    """
    path = folder / DECISIONS_FILE
    return tuple(_decisions(path)) if path.exists() else ()


def check_decisions(folder: Path) -> tuple[CaseProblem, ...]:
    """The first line of the file that is no decision, which would stop a build; () where there is none."""
    try:
        read_decisions(folder)
    except CaseError as error:
        where, _, got = error.where.partition(": ")
        return (CaseProblem(where, got, "a decision, as `faultline decide` writes it", error.way_out),)
    return ()


def append_decisions(folder: Path, made: Iterable[Decision]) -> Path:
    """Adds a line for each decision, in one piece and on the disk when this returns; returns the file."""
    path = folder / DECISIONS_FILE
    lines = "".join(_line(decision) for decision in made)
    with path.open("ab") as file, _locked(file):
        file.write(_parting(path) + lines.encode())
        file.flush()
        os.fsync(file.fileno())
    return path


def rewrite_decisions(folder: Path, change: Callable[[Decision], Decision | None]) -> None:
    """Replaces every decision on file by what `change` makes of it, None by nothing: a purge alone may do so."""
    path = folder / DECISIONS_FILE
    if not path.exists():
        return
    with path.open("r+b") as file, _locked(file):
        changed = [new for new in map(change, _decisions(path)) if new is not None]
        file.seek(0)
        file.write("".join(_line(decision) for decision in changed).encode())
        file.truncate()
        os.fsync(file.fileno())


def _line(decision: Decision) -> str:
    return json.dumps(encode(decision), ensure_ascii=False) + "\n"


def _decisions(path: Path) -> Iterator[Decision]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            decision = decode(Decision, json.loads(line), f"{path.name}:{number}")
        except (ValueError, UsageError) as error:
            raise CaseError(f"{path.name}:{number}: {error}", way_out="Correct or remove the line.") from None
        if decision.by != MACHINE:
            yield decision


def _parting(path: Path) -> bytes:
    """A line break where an editor left the last line without one."""
    content = path.read_bytes()
    return b"\n" if content and not content.endswith(b"\n") else b""


@contextmanager
def _locked(file: IO[bytes]) -> Iterator[None]:
    if fcntl:
        fcntl.flock(file, fcntl.LOCK_EX)
    try:
        yield
    finally:
        if fcntl:
            fcntl.flock(file, fcntl.LOCK_UN)
