"""Turns CSV text into dictionaries that know their lines. Invariant: a row that does not fit the header is a problem
and is not read; an empty cell is absent."""

import csv
import io
from collections.abc import Iterator
from typing import Any

from faultline.case.marked import MARKS, Marks
from faultline.case.problem import Problems, nearest, shown


def read_csv(text: str, file: str, columns: tuple[str, ...], problems: Problems) -> list[dict[str, Any]] | None:
    """One dictionary (column -> text without outer spaces, Marks under MARKS) for each row of comma-separated text.

    `columns` are those that may stand in the header. Notes a problem for a header or row that does not fit, and for
    separators other than the comma; None where no row can be read at all.
    """
    lines = _lines(text, file, problems)
    line, header = next(lines, (1, []))
    names = [name.strip() for name in header]
    if not _header_fits(names, Marks(file, line), columns, problems):
        return None
    rows = []
    for line, cells in lines:
        if len(cells) == len(names):
            filled = {n: c.strip() for n, c in zip(names, cells, strict=True) if c.strip()}
            rows.append({**filled, MARKS: Marks(file, line)})
        else:
            way_out = 'Put a cell that holds a comma in quotes: "Gao, Mali".'
            problems.add(f"{file}:{line}", f"{len(cells)} cells", f"{len(names)} as in the header", way_out)
    return rows


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
