"""Writes a new case folder. Invariant: it passes `check` with no problem and builds, and nothing that exists is
overwritten."""

import re
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from faultline.case.names import name_key
from faultline.record.errors import UsageError


def new_case(folder: Path, title: str) -> tuple[Path, ...]:
    """The files of a new commented case folder with one example report about an invented country, in the order of their
    names. `folder` may exist if it is empty; a blank `title` becomes the folder's name.

    Raises UsageError where the folder holds anything or cannot be written.
    """
    words = " ".join(title.split()) or folder.resolve().name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise UsageError(str(folder), "a folder that is not empty", "a new or empty one", "Name another folder.")
        template = files("faultline.case") / "template"
        return tuple(sorted(_write(template, folder, words)))
    except OSError as error:
        raise UsageError(str(folder), error.strerror or str(error), "a folder that can be written") from None


def _write(template: Traversable, folder: Path, title: str) -> list[Path]:
    written = []
    for entry in template.iterdir():
        path = folder / entry.name.replace("dot.", ".")
        if entry.is_dir():
            path.mkdir()
            written += _write(entry, path, title)
        else:
            text = entry.read_text(encoding="utf-8").replace("$ID", _slug(title)).replace("$TITLE", _quoted(title))
            path.write_text(text, encoding="utf-8", newline="\n")
            written.append(path)
    return written


def _slug(title: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", name_key(title))) or "case"


def _quoted(title: str) -> str:
    """A double-quoted YAML text; what does not print is escaped by its code point."""
    return '"' + "".join(c if c.isprintable() and c not in '"\\' else f"\\U{ord(c):08X}" for c in title) + '"'
