"""Turns a file or a folder of a case into its files, sorted by path. Invariant: nothing outside the folder is reached,
whatever links lie in it, and every entry that is passed over is named with its reason."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from faultline.intake.documents import BESIDE
from faultline.intake.packaged import table
from faultline.intake.taken import RefusedError, Skipped


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read and the origin under which it is filed: its path from the case folder, with slashes."""

    path: Path
    origin: str


def walk(start: Path, case_folder: Path, depth: int) -> Iterator[Found | Skipped]:
    """The files at and under `start`, in the order of their paths; hidden ones, links that lead out, the case's own
    files and folders deeper than `depth` are skipped: "hidden", "link", "own file", "too deep", "unreadable",
    "missing"."""
    waiting: list[tuple[Path, int]] = [(start, 0)]
    while waiting:
        path, level = waiting.pop()
        try:
            if _enters(path, start):
                if level > depth:
                    raise RefusedError("too deep", "", f"at most {depth} folders")
                waiting.extend((entry, level + 1) for entry in sorted(_entries(path), reverse=True))
            else:
                yield Found(_checked(path, start), origin_of(path, case_folder))
        except RefusedError as refused:
            yield refused.skipped(origin_of(path, case_folder))
        except OSError as error:
            yield Skipped(origin_of(path, case_folder), "unreadable", error.strerror or "")


def origin_of(path: Path, case_folder: Path) -> str:
    """The path from the case folder, with slashes; bytes of a name that are no UTF-8 are written as \\xNN."""
    relative = os.path.relpath(path, case_folder).replace(os.sep, "/")
    return os.fsencode(relative).decode("utf-8", "backslashreplace")


def _enters(path: Path, start: Path) -> bool:
    """Whether it is a folder to look into. A linked folder is not (it may be a loop), except the one that is named."""
    if path != start and path.name.startswith("."):
        raise RefusedError("hidden")
    return path.is_dir() and (path == start or not path.is_symlink())


def _entries(folder: Path) -> list[Path]:
    names = set(os.listdir(folder))  # noqa: PTH208 (names as they are, also those that are no UTF-8)
    return [folder / name for name in names if not _is_beside(name, names)]


def _is_beside(name: str, names: set[str]) -> bool:
    return name.endswith(BESIDE) and name.removesuffix(BESIDE) in names


def _checked(path: Path, start: Path) -> Path:
    if path.name in table("kinds.yaml")["own"]:
        raise RefusedError("own file")
    if not path.exists() and not path.is_symlink():
        raise RefusedError("missing")
    if path.is_symlink() and path != start and not _leads_inside(path, start):
        raise RefusedError("link", "", "a file inside the folder")
    return path


def _leads_inside(path: Path, start: Path) -> bool:
    there = path.resolve()
    return there.is_file() and there.is_relative_to(start.resolve())
