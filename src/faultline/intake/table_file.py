"""Turns a CSV file or workbook into a document whose text is CSV. Invariant: the text of a CSV file is its decoded
characters; that of a workbook is rendered, the same way every time."""

from dataclasses import dataclass
from pathlib import Path

from faultline.intake.bounded import render
from faultline.intake.documents import reader_version
from faultline.intake.encoding import decode
from faultline.intake.limits import Limits, read_bytes
from faultline.intake.packaged import table
from faultline.intake.taken import RefusedError
from faultline.record.ids import bytes_hash, document_id
from faultline.record.text import Document

_WORKBOOKS = (".xlsx", ".xlsm")


@dataclass(frozen=True, slots=True)
class TableFile:
    """A table as a document, with its bytes, what was noted while reading it and the version of what rendered it."""

    content: bytes
    document: Document
    notes: tuple[str, ...]
    version: str


def read_table(path: Path, limits: Limits, declared: str = "") -> TableFile:
    """The table in a .csv, .tsv, .txt or .xlsx file.

    Raises RefusedError: "empty", "too large", "binary", "encoding", "kind", and for workbooks
    "bomb", "truncated", "broken".
    """
    content = read_bytes(path, limits.table_bytes)
    if path.suffix.lower() in _WORKBOOKS:
        rendered = render("xlsx", content, limits.for_tables(), declared)
        return _table(content, ("xlsx", rendered.text), rendered.notes)
    if content.startswith((b"PK\x03\x04", b"%PDF-")):
        raise RefusedError("binary", "a zip file or PDF", "CSV, or a workbook named .xlsx")
    decoded = decode(content, declared)
    return _table(content, ("csv", decoded.text), (f"encoding: {decoded.mark}",) if decoded.mark else ())


def _table(content: bytes, read: tuple[str, str], notes: tuple[str, ...]) -> TableFile:
    kind, text = read
    document = Document(document_id(content), bytes_hash(content), table("kinds.yaml")["media_types"][kind], text)
    return TableFile(content, document, notes, reader_version(kind))
