"""Turns rows into tables: CSV that no spreadsheet runs, and Parquet. Invariant: a cell that begins like a formula gets
an apostrophe in front and nothing else is changed; numbers and days stay what they are.

A spreadsheet runs text that begins with = + - @, a tab or a line break (OWASP, CSV injection).
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import date
from typing import Any, get_args, get_type_hints

import pyarrow
import pyarrow.parquet

SEPARATOR = " | "  # between the values of one cell
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_TYPES = {
    str: pyarrow.string(),
    bool: pyarrow.bool_(),
    int: pyarrow.int64(),
    float: pyarrow.float64(),
    date: pyarrow.date32(),
}


def cell(value: object) -> str:
    """What stands in a cell: "" for None, values of a tuple apart by `SEPARATOR`, text made harmless."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float | date):
        return str(value)
    return harmless(SEPARATOR.join(str(one) for one in value) if isinstance(value, tuple) else str(value))


def harmless(text: str) -> str:
    """The text, behind an apostrophe where a spreadsheet would run it; a number as it is."""
    return f"'{text}" if text.startswith(_RUNS) and not _NUMBER.fullmatch(text) else text


def csv_text(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """CSV as in RFC 4180, with a header."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows([cell(value) for value in row] for row in rows)
    return out.getvalue()


def csv_of(kind: type, rows: Iterable[Any]) -> str:
    """CSV of dataclass rows, a column a field."""
    names = [field.name for field in fields(kind)]
    return csv_text(names, ([getattr(row, name) for name in names] for row in rows))


def arrow_of(kind: type, rows: Sequence[Any]) -> pyarrow.Table:
    """An Arrow table of dataclass rows, a column a field: tuples are lists, None is null."""
    hints = get_type_hints(kind)
    schema = pyarrow.schema([(field.name, _arrow(hints[field.name])) for field in fields(kind)])
    columns = {field.name: [getattr(row, field.name) for row in rows] for field in fields(kind)}
    return pyarrow.table(columns, schema=schema)


def parquet_of(kind: type, rows: Sequence[Any]) -> bytes:
    """Parquet of dataclass rows: tuples are lists, None is null."""
    sink = pyarrow.BufferOutputStream()
    pyarrow.parquet.write_table(arrow_of(kind, rows), sink, compression="zstd")
    return bytes(sink.getvalue())


def _arrow(hint: Any) -> pyarrow.DataType:
    if hint in _TYPES:
        return _TYPES[hint]
    inner = [one for one in get_args(hint) if one not in (type(None), Ellipsis)]
    return pyarrow.list_(_TYPES[inner[0]]) if getattr(hint, "__origin__", None) is tuple else _TYPES[inner[0]]
