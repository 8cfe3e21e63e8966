"""Turns an event table of a case into one document with a claim for each row. Invariant: rows taken and rows skipped
add up to the rows of the file, and what the columns hold beyond our words is named in the notes."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

from faultline.case.case import Case, Input
from faultline.intake.bad_rows import BadRows
from faultline.intake.dataset import Dataset
from faultline.intake.gazetteer import Gazetteer
from faultline.intake.generic import mapped_words
from faultline.intake.layout import Layout, lay_out
from faultline.intake.limits import Limits
from faultline.intake.packaged import table, table_hash
from faultline.intake.rows import RowReader
from faultline.intake.sheet import Row, Sheet
from faultline.intake.table_file import TableFile, read_table
from faultline.intake.taken import RefusedError, Taken
from faultline.record.claim import Claim, Coded
from faultline.record.text import Filing

_READERS = ("ged", "acled", "csv")


def take_table(case: Case, entry: Input, path: Path, filing: Filing, limits: Limits) -> Taken:
    """One event table, read by `entry.reader` (ged, acled, csv).

    Raises RefusedError where the file or its header cannot be read, InputError over the share of bad rows.
    """
    file = read_table(path, limits, entry.encoding)
    sheet = Sheet(file.document.text)
    words = words_of(entry)
    source = filing.source or words["source"] or path.stem
    dataset = Dataset(words, lay_out(sheet.header, words), source, Gazetteer(case))
    claims, bad = _read(sheet, dataset, file.document.id, len(file.document.text))
    bad.check(filing.origin, len(claims), limits)
    notes = (*file.notes, *_notes(dataset.layout), *(f"{doubt}: {n} rows" for doubt, n in dataset.doubts.items()))
    return Taken(
        file.content,
        file.document,
        replace(filing, document=file.document.id, source=source, title=filing.title or path.name),
        Coded(tuple(claims), notes=notes),
        reader=entry.reader,
        reader_version=_version(case, entry, file, words["version"]),
        skipped=bad.skipped(filing.origin),
    )


def words_of(entry: Input) -> dict[str, Any]:
    """The list of words of a reader: what the columns of its tables mean. Raises RefusedError("reader")."""
    if entry.reader not in _READERS:
        raise RefusedError("reader", repr(entry.reader), f"one of {', '.join(_READERS)}")
    words = table(f"{entry.reader}.yaml")
    return mapped_words(words, entry.columns) if entry.reader == "csv" else words


def _read(sheet: Sheet, dataset: Dataset, document: str, length: int) -> tuple[list[Claim], BadRows]:
    reader = RowReader(dataset, document)
    claims: list[Claim] = []
    bad = BadRows()
    with _without_collector():
        for row in sheet:
            try:
                claims.append(reader.claim(row) if row.cells else _broken(row, length))
            except RefusedError as refused:
                bad.add(row.number, refused)
    return claims, bad


@contextmanager
def _without_collector() -> Iterator[None]:
    """Claims hold no cycles, but the collector would walk all of them again and again (a third of the time)."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _broken(row: Row, length: int) -> NoReturn:
    """A row with too few or too many cells; at the very end of a file without a line break it was cut off."""
    raise RefusedError("truncated" if row.end == length else "columns", "", "as many cells as the header")


def _notes(layout: Layout) -> list[str]:
    notes = [f"columns not used: {', '.join(layout.unknown)}"] if layout.unknown else []
    if layout.ignored:
        notes.append(f"columns ignored on purpose: {', '.join(layout.ignored)}")
    return notes


def _version(case: Case, entry: Input, file: TableFile, version: int) -> str:
    """Changes with the reader, its words, the mapping, what rendered the file and the names of the case."""
    mapping = ",".join(f"{ours}={theirs}" for ours, theirs in sorted(entry.columns.items()))
    parts = (str(version), table_hash(f"{entry.reader}.yaml"), file.version, mapping, case.fingerprint[:12])
    return " ".join(part for part in parts if part)
