"""Turns a workbook into CSV text: its first filled sheet, one line a row. Invariant: the same workbook always gives the
same text, so that spans into it hold; days are ISO, whole numbers have no point."""

import csv
import io
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any
from zipfile import BadZipFile

import openpyxl

from faultline.intake.archive import check_archive
from faultline.intake.limits import Limits
from faultline.intake.rendered import Rendered, checked
from faultline.intake.taken import RefusedError

_TROUBLE = (ArithmeticError, AttributeError, LookupError, OSError, SyntaxError, TypeError, ValueError, BadZipFile)


def read_xlsx(content: bytes, limits: Limits, declared: str = "") -> Rendered:
    """The first sheet that holds a row, as CSV. Raises RefusedError: "truncated", "bomb", "broken", "too large", ..."""
    del declared
    check_archive(content, "xl", limits)
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # a formatted but empty column XFD would widen every row to it
            text = _as_csv(sheet.iter_rows(values_only=True), limits)
            if text:
                return Rendered(checked(text, limits), notes=_others(book.worksheets, sheet))
    except _TROUBLE as error:
        raise RefusedError("broken", f"xlsx: {type(error).__name__}: {error}"[:160]) from None
    raise RefusedError("empty", "no sheet holds a row")


def _as_csv(rows: Iterable[tuple[Any, ...]], limits: Limits) -> str:
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    width = 0
    for row in rows:
        cells = _filled(row)
        width = width or len(cells)  # the header's: what a row lacks at its end is empty
        if len(cells) > limits.columns:
            raise RefusedError("too large", f"{len(cells)} columns", f"at most {limits.columns}")
        if cells:
            writer.writerow(map(_cell, cells + (None,) * (width - len(cells))))
        if written.tell() > limits.characters:
            raise RefusedError("too large", f"more than {limits.characters} characters")
    return written.getvalue()


def _filled(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """The row up to its last filled cell."""
    end = next((n for n in range(len(row), 0, -1) if row[n - 1] is not None), 0)
    return tuple(row[:end])


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    return value.isoformat() if isinstance(value, (date, time)) else str(value)


def _others(sheets: list[Any], read: Any) -> tuple[str, ...]:
    names = [sheet.title for sheet in sheets if sheet is not read]
    return (f"sheets not read: {', '.join(names)}",) if names else ()
