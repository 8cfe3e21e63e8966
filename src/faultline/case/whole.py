"""Puts content into a file. Invariant: whoever reads meanwhile sees the old file or the new one, never a half, and what
cannot be written leaves nothing behind."""

from pathlib import Path


def write_whole(to: Path, content: bytes | str) -> Path:
    """The path written; text as UTF-8. Raises OSError, with that path, where it cannot be written."""
    part = to.with_name(f".{to.name}.part")
    try:
        part.write_bytes(content.encode() if isinstance(content, str) else content)
        part.replace(to)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(to)) from None
    finally:
        part.unlink(missing_ok=True)
    return to
