"""Builds a case whenever texts arrive in the folders that it watches. Invariant: one process watches a case; a file is
read only once it has stopped changing; whatever ends the process, the next one takes up what is there."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from faultline.case import Case
from faultline.desk.building import Built, build
from faultline.desk.coding import BuildOptions
from faultline.desk.opened import STORE_FOLDER, now, open_desk
from faultline.record.errors import FaultlineError, StoreError, UsageError

try:
    import fcntl
except ImportError:  # not on Windows, where nothing keeps a second process away but the store's own lock
    fcntl = None  # type: ignore[assignment]

Say = Callable[[str], object]
Files = dict[str, tuple[int, int]]  # path from the case folder -> (size, time of last change)
_NAMED = 3  # files named in a line
_PATIENCE = 30  # looks until a build that failed is tried again though nothing changed


@dataclass(frozen=True, slots=True)
class Watching:
    """How to watch: `once` builds what has arrived and stops; `every` so many seconds the folders are looked at, and a
    file counts once two looks find it the same; `wait` is how time passes."""

    once: bool = False
    every: float = 2.0
    build: BuildOptions = BuildOptions()
    wait: Callable[[float], object] = time.sleep


def watch(folder: Path, say: Say, how: Watching = Watching(), store: str = "") -> None:
    """Builds the case now, and again whenever what its `watch` entries hold has changed and stopped changing, until
    interrupted. `say` is told each step in one line.

    Raises UsageError where the case watches nothing, StoreError where another process watches it. A build that fails is
    said and tried again after the next change, or after thirty looks; with `once` it raises.
    """
    case = open_desk(folder, store).case
    if not case.watched:
        raise UsageError(str(folder), "nothing to watch", "watch: [{path: inbox}] in case.yaml")
    with _alone(case):
        say(_timed(f"watching {', '.join(_relative(case, path) for path in case.watched)} (Ctrl-C stops)"))
        _Watch(case, say, how, store).run()


@dataclass
class _Watch:
    """A watch under way: what the folders held at the last build, and at the last one that failed."""

    case: Case
    say: Say
    how: Watching
    store: str
    built: Files | None = None
    failed: Files | None = None
    looks: int = 0  # since the last build that failed

    def run(self) -> None:
        """Goes on until interrupted, or once."""
        if self.how.once:
            self._build(self._settled())
            return
        while True:
            found = self._settled()
            self.looks += 1
            if found != self.built and (found != self.failed or self.looks >= _PATIENCE):
                self._try(found)
            self.how.wait(self.how.every)

    def _settled(self) -> Files:
        """What the watched folders hold once two looks find the same."""
        before = _look(self.case)
        while True:
            self.how.wait(self.how.every)
            found = _look(self.case)
            if found == before:
                return found
            before = found

    def _try(self, found: Files) -> None:
        try:
            self._build(found)
        except FaultlineError as error:
            self.failed, self.looks = found, 0
            self.say(_timed(f"not built: {error}"))

    def _build(self, found: Files) -> None:
        self.say(_timed(_news(self.built, found)))
        done = build(open_desk(self.case.folder, self.store), self.how.build)  # the case is read anew each time
        self.built = found
        self.say(_timed(_said(done)))


def _look(case: Case) -> Files:
    """Files under the watched folders; hidden ones, as those that are being fetched, do not count yet."""
    found: Files = {}
    for start in case.watched:
        files = [start] if start.is_file() else (path for path in start.rglob("*") if path.is_file())
        for path in files:
            relative = path.relative_to(case.folder)
            if not any(part.startswith(".") for part in relative.parts):
                with suppress(FileNotFoundError):  # taken away meanwhile
                    held = path.stat()
                    found[relative.as_posix()] = (held.st_size, held.st_mtime_ns)
    return found


def _news(before: Files | None, found: Files) -> str:
    if before is None:
        return f"{len(found)} files there; building"
    new = sorted(name for name in found if found[name] != before.get(name))
    gone = len(before.keys() - found.keys())
    named = ", ".join(new[:_NAMED]) + (f" and {len(new) - _NAMED} more" if len(new) > _NAMED else "")
    parts = [f"{len(new)} new or changed ({named})"] if new else []
    return ", ".join([*parts, *([f"{gone} gone"] if gone else [])]) + "; building"


def _said(done: Built) -> str:
    skipped = f", {sum(one.count for one in done.skipped)} skipped" if done.skipped else ""
    total = sum(count for _, count in done.claims)
    return (
        f"built in {done.seconds:.1f} s: {done.added} of {done.seen} documents new or changed{skipped}; {total} claims"
    )


def _timed(line: str) -> str:
    return f"{now().astimezone():%H:%M:%S} {line}"


def _relative(case: Case, path: Path) -> str:
    return path.relative_to(case.folder).as_posix()


@contextmanager
def _alone(case: Case) -> Iterator[None]:
    """Holds the case's watch for this process; the system lets go of it however the process ends."""
    place = case.folder / STORE_FOLDER
    place.mkdir(parents=True, exist_ok=True)
    ignore = place / ".gitignore"
    if not ignore.exists():
        ignore.write_text("*\n", encoding="utf-8")
    with (place / "watch.lock").open("a") as file:
        if fcntl:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                way_out = "Stop the other one, or leave this case to it."
                raise StoreError(str(case.folder), "a process that watches it already", "no other", way_out) from None
        yield
