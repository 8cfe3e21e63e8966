"""Turns CSV text into dictionaries that know their lines. Invariant: a row that does not fit the header is a problem
and is not read; an empty cell is absent."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from faultline.case.marked import MARKS, Marks
from faultline.case.problem import Problems, nearest, shown


@dataclass(frozen=True)
class Table:
    """Rows as dictionaries (column -> text without outer spaces, Marks under MARKS), and what stands in the column `id`
    of every row, also of those that do not fit; None where rows are lost."""

    rows: list[dict[str, Any]]
    ids: frozenset[str] | None


def read_csv(text: str, file: str, columns: tuple[str, ...], problems: Problems) -> Table | None:
    """The table in comma-separated text; None where no row can be read at all.

    `columns` are those that may stand in the header. Notes a problem for a header or row that does not fit, and for
    separators other than the comma.
    """
    before = len(problems)
    lines = _lines(text, file, problems)
    line, header = next(lines, (1, []))
    names = [name.strip() for name in header]
    if not _header_fits(names, Marks(file, line), columns, problems):
        return None
    rows: list[dict[str, Any]] = []
    misfits: list[dict[str, Any]] = []
    for line, cells in lines:
        filled = {n: c.strip() for n, c in zip(names, cells, strict=False) if c.strip()}
        (rows if len(cells) == len(names) else misfits).append({**filled, MARKS: Marks(file, line)})
        if len(cells) != len(names):
            way_out = 'Put a cell that holds a comma in quotes: "Tarn, North".'
            problems.add(f"{file}:{line}", f"{len(cells)} cells", f"{len(names)} as in the header", way_out)
    lost = len(problems) - before > len(misfits)
    return Table(rows, None if lost else frozenset(row["id"] for row in (*rows, *misfits) if "id" in row))


def _lines(text: str, file: str, problems: Problems) -> Iterator[tuple[int, list[str]]]:
    """Rows that are not blank, each with the line on which it starts."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        way_out = "Look at the quotes in this row: a quote inside a quoted cell is written twice."
        problems.add(f"{file}:{line}", str(error), "comma-separated cells", way_out)


def _header_fits(names: list[str], marks: Marks, columns: tuple[str, ...], problems: Problems) -> bool:
    where = marks.where()
    if not names:
        problems.add(where, "an empty file", f"the header {','.join(columns)}", "Write the header in the first line.")
        return False
    if len(names) == 1 and any(separator in names[0] for separator in ";\t|"):
        way_out = "Save the table again as CSV with commas (UTF-8)."
        problems.add(where, "cells separated by semicolons, tabs or bars", "cells separated by commas", way_out)
        return False
    for name in dict.fromkeys(names):
        if name not in columns:
            way_out = nearest(name, columns) or "Rename or delete the column."
            problems.add(where, f"the unknown column {shown(name)}", f"one of {', '.join(columns)}", way_out)
        elif names.count(name) > 1:
            problems.add(where, f"the column {name!r} twice", "each column once", "Delete one of the two.")
    return set(names) <= set(columns) and len(set(names)) == len(names)
