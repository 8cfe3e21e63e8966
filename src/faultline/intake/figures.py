"""Turns a table of monthly numbers into figures. Invariant: one figure for each filled value; an empty cell is no
figure and never zero; each has its unit, period and source."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from math import isfinite
from pathlib import Path

from faultline.case.case import Input
from faultline.intake.bad_rows import BadRows
from faultline.intake.cells import code, filled
from faultline.intake.limits import Limits
from faultline.intake.packaged import table, table_hash
from faultline.intake.sheet import Sheet
from faultline.intake.table_file import read_table
from faultline.intake.taken import RefusedError, Taken
from faultline.record.analysis import Figure
from faultline.record.claim import Coded
from faultline.record.days import DayPrecision, Days, parse_days
from faultline.record.errors import UsageError
from faultline.record.text import Filing


@dataclass(frozen=True, slots=True)
class Table:
    """Where the words stand in a row; `values` are (name of the series, index)."""

    at: Mapping[str, int]
    values: tuple[tuple[str, int], ...]
    source: str
    published: Days
    unused: tuple[str, ...]

    def cell(self, cells: list[str], word: str) -> str:
        """The cell of a word, "" where the table has no such column."""
        return cells[self.at[word]].strip() if word in self.at else ""


def take_figures(entry: Input, path: Path, filing: Filing, limits: Limits) -> Taken:
    """One table of figures; its claims are none.

    Raises RefusedError where the file or its header cannot be read, InputError over the share of bad rows.
    """
    file = read_table(path, limits, entry.encoding)
    sheet = Sheet(file.document.text)
    layout = _lay_out(sheet.header, entry, filing, path.stem)
    figures: list[Figure] = []
    bad, good, seen = BadRows(), 0, set[tuple[str, ...]]()
    for row in sheet:
        try:
            figures.extend(_new(_figures(row.cells, layout), seen))
            good += 1
        except RefusedError as refused:
            bad.add(row.number, refused)
    bad.check(filing.origin, good, limits)
    notes = (*file.notes, *([f"columns not used: {', '.join(layout.unused)}"] if layout.unused else []))
    return Taken(
        file.content,
        file.document,
        replace(filing, document=file.document.id, source=layout.source, title=filing.title or path.name),
        Coded(notes=notes),
        tuple(figures),
        "figures",
        f"{table('figures.yaml')['version']} {table_hash('figures.yaml')} {file.version}",
        bad.skipped(filing.origin),
    )


def _lay_out(header: tuple[str, ...], entry: Input, filing: Filing, stem: str) -> Table:
    words = table("figures.yaml")
    places = {name.lower(): index for index, name in enumerate(header)}
    mapping = {word: entry.columns.get(word, word) for word in words["words"] if word != "ignore"}
    strange = sorted(set(entry.columns) - set(words["words"]))
    if strange:
        raise RefusedError("mapping", f"columns: {strange[0]}", f"one of {', '.join(words['words'])}")
    values = tuple((name.strip(), places.get(name.strip().lower(), -1)) for name in mapping["value"].split(","))
    at = {word: places[name.lower()] for word, name in mapping.items() if name.lower() in places}
    missing = [mapping[word] for word in ("unit", "month") if word not in at] + [name for name, i in values if i < 0]
    if missing:
        raise RefusedError("header", f"no column {missing[0]}", "columns for unit, month and value")
    used = {*at.values(), *(index for _, index in values)}
    ignored = {name.strip().lower() for name in entry.columns.get("ignore", "").split(",")}
    unused = tuple(name for i, name in enumerate(header) if i not in used and name.lower() not in ignored)
    named = values if len(values) > 1 or "value" in entry.columns else ((stem, values[0][1]),)
    return Table(at, named, filing.source or stem, filing.published, unused)


def _figures(cells: list[str], layout: Table) -> Iterator[Figure]:
    if not cells:
        raise RefusedError("columns", "", "as many cells as the header")
    unit, days = layout.cell(cells, "unit"), _period(cells, layout)
    if not unit:
        raise RefusedError("no unit")
    published = _days(layout.cell(cells, "published")) if layout.cell(cells, "published") else layout.published
    source = layout.cell(cells, "source") or layout.source
    provisional = _is_provisional(layout.cell(cells, "provisional"))
    for name, index in layout.values:
        value = _number(cells[index].strip(), name)
        if value is not None:
            yield Figure(_series(cells, layout, name), unit, days, value, source, published, provisional)


def _series(cells: list[str], layout: Table, name: str) -> str:
    written = layout.cell(cells, "series")
    return f"{written} {name}" if written and len(layout.values) > 1 else written or name


def _new(found: Iterator[Figure], seen: set[tuple[str, ...]]) -> list[Figure]:
    """All figures of a row, or none: the same number twice would be counted twice."""
    figures = list(found)
    keys = [(f.series, f.unit, str(f.days), f.source, str(f.published)) for f in figures]
    if any(key in seen for key in keys):
        raise RefusedError("duplicate id", f"{figures[0].series} {figures[0].unit} {figures[0].days}")
    seen.update(keys)
    return figures


def _period(cells: list[str], layout: Table) -> Days:
    month, year = layout.cell(cells, "month"), code(layout.cell(cells, "year"))
    if year:
        month = f"{year.zfill(4)}-{code(month).zfill(2)}"
    days = _days(month)
    if days.precision is DayPrecision.DAY and days.first_day:  # "2026-03-01", as spreadsheets turn months into days
        days = _days(str(days.first_day)[:7])
    if not days.known:
        raise RefusedError("bad date", repr(month[:40]), "a month, YYYY-MM")
    return days


def _days(text: str) -> Days:
    try:
        return parse_days(text)
    except UsageError:
        raise RefusedError("bad date", repr(text[:40]), "YYYY-MM, or a day for `published`") from None


def _number(text: str, name: str) -> float | None:
    if not filled(text):
        return None
    try:
        number = float(text)
    except ValueError:
        number = float("inf")
    if not isfinite(number):
        raise RefusedError("bad number", f"{name} {text[:40]!r}")
    return number


def _is_provisional(text: str) -> bool:
    words = table("figures.yaml")
    if code(text) in words["provisional"]:
        return True
    if code(text) in words["final"]:
        return False
    raise RefusedError("bad number", f"provisional {text[:40]!r}", "0 or 1")
