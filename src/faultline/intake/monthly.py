"""Turns a table of units and months into rows of numbers. Invariant: every filled row is handed on as written or the
table is refused with the line that is wrong; nothing is filled in, rounded or put in order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import Any

from faultline.intake.limits import Limits
from faultline.intake.packaged import table
from faultline.intake.sheet import Row, Sheet
from faultline.intake.table_file import read_table
from faultline.record.errors import InputError, UsageError
from faultline.record.monthly import MonthlyRows
from faultline.record.months import month_number

_WAY_OUT = "docs/guide/forecast.md says which columns are known."


def read_monthly(path: Path, deaths: str = "") -> MonthlyRows:
    """The rows of a CSV file or workbook; `deaths` names the column that counts, "" for the first known one.

    Raises InputError where the file or a row cannot be read, UsageError where it has no column `deaths`.
    """
    sheet = Sheet(read_table(path, Limits()).document.text)
    layout = _lay_out(path.name, [name.lower() for name in sheet.header], deaths.lower())
    rows = [(row, layout.row(row)) for row in sheet]
    found = [one for _, one in rows]
    return MonthlyRows(
        path.name,
        layout.kind,
        layout.series,
        tuple(one.unit for one in found),
        tuple(one.month for one in found),
        tuple(one.deaths for one in found),
        tuple((name, tuple(one.beside[k] for one in found)) for k, name in enumerate(layout.beside)),
        tuple(one.provisional for one in found),
        tuple(row.number for row, _ in rows),
    )


@dataclass(frozen=True, slots=True)
class _Read:
    unit: str
    month: int
    deaths: float
    beside: tuple[float, ...]
    provisional: bool


@dataclass(frozen=True)
class _Layout:
    origin: str
    kind: str
    series: str
    unit: int
    month: int
    year: int  # -1 where months carry their year
    deaths: int
    beside: Mapping[str, int]
    provisional: int  # -1 where nothing is marked

    def row(self, row: Row) -> _Read:
        """The numbers of a row. Raises InputError with its line."""
        where = f"{self.origin}, line {row.number}"
        if not row.cells:
            raise InputError(where, "another number of cells than the header", "one cell for each column")
        cells = [cell.strip() for cell in row.cells]
        if not cells[self.unit]:
            raise InputError(where, "no unit", "a unit in every row")
        beside = tuple(_number(cells[at], where) for at in self.beside.values())
        marked = self.provisional >= 0 and cells[self.provisional].lower() in ("1", "true", "yes", "1.0")
        number = _number(cells[self.deaths], where)
        return _Read(_code(cells[self.unit]), self._month(cells, where), number, beside, marked)

    def _month(self, cells: Sequence[str], where: str) -> int:
        text = _code(cells[self.month])
        try:
            if self.year >= 0 and text.isdigit():
                return month_number(f"{_code(cells[self.year]).zfill(4)}-{text.zfill(2)}", where)
            if text.isdigit():  # a number of VIEWS
                return month_number(table("monthly.yaml")["views_origin"]) + int(text) - 1
            return month_number(text[:7], where)
        except UsageError as error:
            raise InputError(where, error.got, error.expected) from None


def _lay_out(origin: str, header: list[str], deaths: str) -> _Layout:
    words: dict[str, Any] = table("monthly.yaml")
    kinds = [(kind, name) for kind, names in words["unit"].items() for name in names if name in header]
    if deaths and deaths not in header:
        raise UsageError("--deaths", repr(deaths), f"a column of {origin}: {', '.join(header)}")
    month, counted = _first(words["month"], header), deaths or _first(words["deaths"], header)
    for what, got, known in (
        ("unit", kinds, [name for names in words["unit"].values() for name in names]),
        ("month", month, words["month"]),
        ("deaths", counted, words["deaths"]),
    ):
        if not got:
            raise InputError(f"{origin}, header", ", ".join(header), f"a {what}: one of {', '.join(known)}", _WAY_OUT)
    others = {name: _first(names, header) for name, names in words["beside"].items()}
    beside = {name: header.index(at) for name, at in others.items() if at and at != counted}
    if (counting := words["events"].get(counted)) in header:
        beside["events"] = header.index(counting)
    year, provisional = _first(words["year"], header), _first(words["provisional"], header)
    at = {name: header.index(name) if name else -1 for name in (year, provisional)}
    unit, places = header.index(kinds[0][1]), (header.index(month), at[year], header.index(counted))
    return _Layout(origin, kinds[0][0], counted, unit, *places, beside, at[provisional])


def _first(names: Sequence[str], header: Sequence[str]) -> str:
    return next((name for name in names if name in header), "")


def _code(text: str) -> str:
    """A code as other programs write it: 432.0 is 432."""
    return text[:-2] if text.endswith(".0") and text[:-2].isdigit() else text


def _number(text: str, where: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = float("nan")
    if not isfinite(number):
        raise InputError(where, repr(text[:40]), "a number of deaths; a month that is not known has no row")
    return number
