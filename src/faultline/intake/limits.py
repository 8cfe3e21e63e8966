"""How much intake reads, and the one way in which it reads a file. Invariant: size and kind of file are known before
the first byte is read, and a file that grows meanwhile is refused."""

import os
import stat
from dataclasses import dataclass, replace
from pathlib import Path

from faultline.intake.taken import RefusedError

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one file: bytes on disk (documents, tables), bytes after unpacking, characters of text, pages, columns,
    seconds and bytes of memory for a reader in its own process, share of bad rows (0 to 1) and from how many rows on
    that share stops the run, depth of folders, entries of a zip file."""

    document_bytes: int = 100 * MEGABYTE
    table_bytes: int = 1_000 * MEGABYTE
    unpacked_bytes: int = 500 * MEGABYTE
    entries: int = 5_000
    characters: int = 20_000_000
    pages: int = 3_000
    columns: int = 1_000
    seconds: float = 60.0
    memory_bytes: int = 2_000 * MEGABYTE
    bad_rows: float = 0.05
    bad_rows_from: int = 20
    depth: int = 40

    def for_tables(self) -> "Limits":
        """The same for workbooks, which are large in earnest: a million rows of a dataset are no bomb."""
        return replace(
            self,
            unpacked_bytes=6 * self.unpacked_bytes,
            characters=25 * self.characters,
            seconds=10 * self.seconds,
            memory_bytes=2 * self.memory_bytes,
        )


def read_bytes(path: Path, most: int) -> bytes:
    """The bytes of a regular, non-empty file of at most `most` bytes.

    Raises RefusedError: "missing", "unreadable", "not a file" (a pipe or device would never end), "empty", "too large".
    """
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise RefusedError("not a file")
        _check_size(found.st_size, most)
        return _read(path, most)
    except FileNotFoundError:
        raise RefusedError("missing") from None
    except (OSError, ValueError) as error:
        raise RefusedError("unreadable", _why(error)) from None


def _read(path: Path, most: int) -> bytes:
    with path.open("rb") as file:
        _check_size(os.fstat(file.fileno()).st_size, most)
        content = file.read(most + 1)
    _check_size(len(content), most)
    return content


def _check_size(size: int, most: int) -> None:
    if size == 0:
        raise RefusedError("empty")
    if size > most:
        raise RefusedError("too large", f"{size} bytes", f"at most {most}")


def _why(error: OSError | ValueError) -> str:
    return (error.strerror if isinstance(error, OSError) else str(error)) or type(error).__name__
