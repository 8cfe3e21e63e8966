"""Turns one file into one document (or, for a JSON array, several). Invariant: a document's id is the hash of bytes as
they stand in the file, and its text is what every offset refers to."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from importlib.metadata import version
from pathlib import Path

from faultline.intake import jsondoc
from faultline.intake.bounded import render
from faultline.intake.describe import Said, describe
from faultline.intake.encoding import check_text, decode
from faultline.intake.front import read_mapping, split_front
from faultline.intake.limits import Limits, read_bytes
from faultline.intake.packaged import table
from faultline.intake.taken import RefusedError, Skipped, Taken
from faultline.record.ids import bytes_hash, document_id
from faultline.record.text import Document, Filing

_OWN_VERSION = "1"
BESIDE = ".yaml"  # NAME.pdf.yaml says of NAME.pdf what front matter says of a Markdown file


def take_path(path: Path, filing: Filing, limits: Limits) -> Taken | Skipped:
    """The one document in a file, or why it is not taken. What the document says of itself outranks `filing`."""
    found = list(take_file(path, filing, limits))
    if len(found) == 1:
        return found[0]
    return Skipped(filing.origin, "several documents", f"{len(found)} in one file")


def take_file(path: Path, filing: Filing, limits: Limits, declared: str = "") -> Iterator[Taken | Skipped]:
    """Every document in a file: one, or those of a JSON array or JSON lines under the origins "file#id", whose bytes
    are their own stretch of the file as UTF-8.

    `declared` is the encoding that the case names for files that are not UTF-8.
    """
    try:
        content = read_bytes(path, limits.document_bytes)
        reader = reader_of(path.name, content)
        if reader == "json":
            yield from _take_json(content, filing, _beside(path, limits), declared)
        elif reader in ("text", "markdown"):
            yield _take_text(content, filing, _beside(path, limits), (reader, declared))
        else:
            rendered = render(reader, content, limits, declared)
            hints = {key: getattr(rendered, key) for key in ("title", "language", "published", "url")}
            said = Said(_beside(path, limits), hints, rendered.encoding)
            yield _taken(content, (reader, rendered.text), filing, said)
    except RefusedError as refused:
        yield refused.skipped(filing.origin)


def reader_of(name: str, content: bytes) -> str:
    """The reader for a file by its suffix and first bytes. Raises RefusedError: "kind", "binary"."""
    suffix = Path(name.lower()).suffix
    reader: str | None = table("kinds.yaml")["suffixes"].get(suffix)
    if reader is None and suffix:
        raise RefusedError("kind", suffix, "a kind of document that Faultline reads")
    if reader is None or reader in ("text", "markdown", "json", "html"):
        found = next((what for first, what in _binary() if content.startswith(first)), "")
        if found:
            raise RefusedError("binary", found)
    return reader or "text"


@cache
def _binary() -> tuple[tuple[bytes, str], ...]:
    return tuple((first.encode("latin-1"), what) for first, what in table("kinds.yaml")["binary"].items())


def _take_text(content: bytes, filing: Filing, keys: dict[str, object], how: tuple[str, str]) -> Taken:
    reader, declared = how
    decoded = decode(content, declared)
    front, text = split_front(decoded.text) if reader == "markdown" else ({}, decoded.text)
    check_text(text)
    return _taken(content, (reader, text), filing, Said({**keys, **front}, encoding=decoded.mark))


def _take_json(content: bytes, filing: Filing, beside: dict[str, object], declared: str) -> Iterator[Taken | Skipped]:
    decoded = decode(content, declared)
    seen: set[str] = set()
    for piece in jsondoc.pieces(decoded.text):
        if isinstance(piece, RefusedError):
            yield piece.skipped(filing.origin)
            continue
        try:
            keys, text = jsondoc.document_of(piece)
            check_text(text)
            own = filing if piece.alone else _part_of(filing, str(keys.get("id") or f"number-{piece.number}"), seen)
            whole = content if piece.alone else piece.written.encode("utf-8")
            yield _taken(whole, ("json", text), own, Said({**beside, **keys}, encoding=decoded.mark))
        except RefusedError as refused:
            yield refused.skipped(f"{filing.origin}#number-{piece.number}")


def _part_of(filing: Filing, part: str, seen: set[str]) -> Filing:
    if part in seen:
        raise RefusedError("duplicate id", part)
    seen.add(part)
    return replace(filing, origin=f"{filing.origin}#{part}")


def _taken(content: bytes, read: tuple[str, str], filing: Filing, said: Said) -> Taken:
    reader, text = read
    document = Document(document_id(content), bytes_hash(content), table("kinds.yaml")["media_types"][reader], text)
    complete = describe(filing, document.id, text, said)
    return Taken(content, document, complete, reader=reader, reader_version=reader_version(reader))


@cache
def reader_version(reader: str) -> str:
    """What the text of a document depends on beside its bytes: our own version, or that of the libraries."""
    libraries = table("kinds.yaml")["libraries"].get(reader, ())
    return ", ".join(f"{name} {version(name)}" for name in libraries) or _OWN_VERSION


def _beside(path: Path, limits: Limits) -> dict[str, object]:
    beside = path.with_name(path.name + BESIDE)
    if not beside.is_file():
        return {}
    return dict(read_mapping(decode(read_bytes(beside, limits.document_bytes)).text))
