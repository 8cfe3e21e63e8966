"""Turns the files of a case folder into text. Invariant: what cannot be read as UTF-8 text is a problem with its line,
never an exception; Windows line ends and a byte order mark change nothing."""

import codecs
from pathlib import Path

from faultline.case.problem import Problems

_MAX_BYTES = 50_000_000  # a gazetteer of 100,000 places is about 10 MB
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_NEW = "`faultline new DIR` writes a case folder."


def read_text(folder: Path, name: str, problems: Problems, way_out: str = _NEW) -> str | None:
    """The text of that file with "\\n" line ends, without byte order mark; None and a problem, with the `way_out` where
    it is missing, where there is none."""
    try:
        with (folder / name).open("rb") as file:
            content = file.read(_MAX_BYTES + 1)
    except FileNotFoundError:
        problems.add(f"{name}:1", "no such file", f"{name} in {folder}", way_out)
        return None
    except OSError as error:
        problems.add(f"{name}:1", error.strerror or "an unreadable file", "a file that can be read")
        return None
    return _decoded(content, name, problems)


def _decoded(content: bytes, name: str, problems: Problems) -> str | None:
    if len(content) > _MAX_BYTES:
        problems.add(f"{name}:1", f"more than {_MAX_BYTES:,} bytes", "a smaller file", "Leave out what is not needed.")
        return None
    way_out = "Save the file again in the encoding UTF-8."
    if content.startswith(_WIDE):
        problems.add(f"{name}:1", "UTF-16 text", "UTF-8 text", way_out)
        return None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        problems.add(f"{name}:{line}", f"the byte 0x{content[error.start]:02X}", "UTF-8 text", way_out)
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n")
