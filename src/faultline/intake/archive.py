"""Checks a zip file (DOCX, XLSX) before a library opens it. Invariant: what passes unpacks to no more than the limit,
in truth and not by its own account, and holds no document type declaration, which Office files never have."""

import io
import zipfile
import zlib
from collections.abc import Iterator

from faultline.intake.limits import Limits
from faultline.intake.taken import RefusedError

_CHUNK = 1 << 16
_TYPES = "[Content_Types].xml"
_DECLARATIONS = tuple(
    word.encode(encoding) for word in ("<!DOCTYPE", "<!ENTITY") for encoding in ("ascii", "utf-16-le", "utf-16-be")
)


def check_archive(content: bytes, kind: str, limits: Limits) -> None:
    """Refuse what is no Office file of that kind ("word" or "xl"), is broken, or would blow up.

    Raises RefusedError: "truncated", "kind", "encrypted", "bomb".
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_names(archive, kind, limits)
            _check_sizes(archive, limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise RefusedError("truncated", f"zip: {error}"[:120]) from None


def _check_names(archive: zipfile.ZipFile, kind: str, limits: Limits) -> None:
    entries = archive.infolist()
    if len(entries) > limits.entries:
        raise RefusedError("bomb", f"{len(entries)} entries", f"at most {limits.entries}")
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise RefusedError("encrypted")
    names = {entry.filename for entry in entries}
    if _TYPES not in names or not any(name.startswith(f"{kind}/") for name in names):
        raise RefusedError("kind", "a zip file", f"an Office file with a folder {kind}/")
    if sum(entry.file_size for entry in entries) > limits.unpacked_bytes:
        raise RefusedError("bomb", "declared size", f"at most {limits.unpacked_bytes} bytes unpacked")


def _check_sizes(archive: zipfile.ZipFile, limits: Limits) -> None:
    """Unpack everything once without keeping it: declared sizes lie, and reading checks every checksum."""
    total = 0
    for entry in archive.infolist():
        is_markup = entry.filename.lower().endswith((".xml", ".rels", ".vml"))
        tail = b""
        for chunk in _chunks(archive, entry):
            total += len(chunk)
            if total > limits.unpacked_bytes:
                raise RefusedError("bomb", entry.filename, f"at most {limits.unpacked_bytes} bytes unpacked")
            window = tail + chunk
            if is_markup and any(word in window for word in _DECLARATIONS):
                raise RefusedError("bomb", entry.filename, "no document type declaration")
            tail = window[-32:]


def _chunks(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(entry) as file:
        while chunk := file.read(_CHUNK):
            yield chunk
