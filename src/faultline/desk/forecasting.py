"""Runs forecasters over a table of outcomes and writes what they said. Invariant: a file holds whole issues, in the
order in which they were run; nothing of a case is read or changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from faultline.desk.processes import processes
from faultline.forecast import (
    FORECASTERS,
    Forecaster,
    Issued,
    Monthly,
    Run,
    Tally,
    Window,
    backtest,
    monthly,
    tally,
    windows,
)
from faultline.forecast.ours import Ours
from faultline.intake.monthly import read_monthly
from faultline.record.errors import InputError, UsageError
from faultline.record.months import month_text, span

# Where a table is looked for when none is named: as `faultline fetch ucdp` leaves it, and beside the repository.
_PLACES = (Path("ucdp/country-month.csv"), Path("../shared/ucdp/country-month.csv"))


@dataclass(frozen=True, slots=True)
class Backtest:
    """What to run: `window` FIRST/LAST, a table (None: looked for), its column of deaths, forecasters and units (all
    where ()), draws a cell, seed; `workers` processes fit what ours learns, and change nothing of what it says."""

    window: str
    table: Path | None = None
    deaths: str = ""
    absent_is_zero: bool = False
    forecasters: tuple[str, ...] = ()
    run: Run = Run()
    workers: int = 1


def outcomes(table: Path | None, deaths: str = "", absent_is_zero: bool = False) -> Monthly:
    """The table of outcomes in a file. Raises InputError where it cannot be right, UsageError where none is found."""
    path = table or next((place for place in _PLACES if place.is_file()), None)
    if path is None:
        looked = ", ".join(str(place) for place in _PLACES)
        raise UsageError("--table", "no table", f"a table of units and months (looked for {looked})", _FETCH)
    if not path.is_file():
        raise InputError(str(path), "no file", "a CSV table of units and months", _FETCH)
    return monthly(read_monthly(path, deaths), absent_is_zero)


def backtested(asked: Backtest, to: Path | None = None) -> dict[str, Tally]:
    """The scores of each forecaster over the window; what they said goes to the Parquet file `to`, if any.

    Its columns: unit, month and issue (YYYY-MM), forecaster, draws (a list of numbers). Raises UsageError for an
    unknown forecaster or a window that the table cannot carry.
    """
    table = outcomes(asked.table, asked.deaths, asked.absent_is_zero)
    chosen = [_named(name) for name in asked.forecasters] or [make() for make in FORECASTERS.values()]
    during = windows(*span(asked.window, "--window"))
    prepare(table, during, chosen, asked.workers)
    issued = backtest(table, during, chosen, asked.run)
    return tally(_written(issued, to, _kind_of(table)) if to else issued)


def prepare(table: Monthly, during: Sequence[Window], chosen: Sequence[Forecaster], workers: int) -> None:
    """Has so many processes fit what ours will ask for in these windows; one process fits when it is asked."""
    issues = [window.issue for window in during if table.first <= window.issue <= table.last]
    with processes(workers) as executor:
        for one in chosen:
            if executor and isinstance(one, Ours):
                one.prepare(table, issues, executor)


def _named(name: str) -> Forecaster:
    if name not in FORECASTERS:
        raise UsageError("--forecaster", repr(name), f"one of {', '.join(FORECASTERS)}")
    return FORECASTERS[name]()


def _kind_of(table: Monthly) -> pa.DataType:
    """Units that the table writes as whole numbers stay numbers, so that a join with the table finds them."""
    return pa.int64() if all(unit.isdecimal() for unit in table.units) else pa.string()


def _written(issued: Iterator[Issued], to: Path, units: pa.DataType) -> Iterator[Issued]:
    """The same, each written as it passes; the file appears whole or not at all."""
    columns = [("unit", units), ("month", pa.string()), ("issue", pa.string()), ("forecaster", pa.string())]
    schema = pa.schema([*columns, ("draws", pa.list_(pa.float32()))])
    part = to.with_name(f".{to.name}.part")
    try:
        with pq.ParquetWriter(part, schema, compression="zstd") as file:
            for one in issued:
                file.write_table(_rows(one, schema))
                yield one
        part.replace(to)
    finally:
        part.unlink(missing_ok=True)


def _rows(one: Issued, schema: pa.Schema) -> pa.Table:
    months = [month_text(int(month)) for month in one.window.months]
    named: Sequence[str | int] = [int(u) for u in one.units] if schema.field("unit").type == pa.int64() else one.units
    count = len(one.units) * len(months)
    flat = one.draws.astype(np.float32).reshape(count, -1)
    ends = np.arange(0, flat.size + 1, flat.shape[1], dtype=np.int32)
    columns = {
        "unit": np.repeat(np.asarray(named), len(months)),
        "month": months * len(one.units),
        "issue": [month_text(one.window.issue)] * count,
        "forecaster": [one.forecaster] * count,
        "draws": pa.ListArray.from_arrays(pa.array(ends), pa.array(flat.reshape(-1))),
    }
    return pa.table({name: pa.array(values) for name, values in columns.items()}, schema=schema)


_FETCH = "Name one: --table FILE; `faultline fetch ucdp` brings the current tables."
