import csv
import io
from dataclasses import dataclass
from datetime import date

import pyarrow
import pyarrow.parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st

from faultline.publish.export.cells import SEPARATOR, cell, csv_of, harmless, parquet_of


@dataclass(frozen=True)
class Row:
    name: str
    names: tuple[str, ...]
    number: int | None
    share: float | None
    day: date | None
    done: bool


ROWS = (
    Row("=cmd|' /C calc'!A0", ("-2", "+x"), None, -1.5, date(2020, 3, 1), True),
    Row("plain", (), -7, None, None, False),
)


@pytest.mark.parametrize("text", ["=1+1", "+44 20", "-lead", "@SUM(A1)", "\tx", "\rx", "＝1"])
def test_text_that_a_spreadsheet_would_run_stands_behind_an_apostrophe(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-5", "+3", "-0.5", "1e-7", "-1.2E+3", "", "2012-03-01", "a = b", "O'Neill"])
def test_numbers_days_and_plain_text_stay_as_they_are(text: str) -> None:
    assert harmless(text) == text


@given(st.text())
def test_taking_the_apostrophe_away_gives_the_text_back(text: str) -> None:
    assert harmless(text) in (text, f"'{text}")
    assert not harmless(text).startswith(("=", "@")) or harmless(text) == text == ""


def test_none_is_an_empty_cell_and_zero_is_not() -> None:
    assert (cell(None), cell(0), cell(()), cell(False)) == ("", "0", "", "false")


def test_values_of_a_cell_are_apart_by_one_separator() -> None:
    assert cell(("a", "b")) == f"a{SEPARATOR}b"


def test_a_csv_read_back_has_the_numbers_days_and_gaps() -> None:
    first, second = csv.DictReader(io.StringIO(csv_of(Row, ROWS)))
    assert first["name"] == "'" + ROWS[0].name and first["number"] == "" and float(first["share"]) == -1.5
    assert date.fromisoformat(first["day"]) == ROWS[0].day
    assert second["number"] == "-7" and second["day"] == ""


def test_a_parquet_read_back_is_the_rows() -> None:
    table = pyarrow.parquet.read_table(pyarrow.BufferReader(parquet_of(Row, ROWS)))
    assert [Row(**{**row, "names": tuple(row["names"])}) for row in table.to_pylist()] == list(ROWS)


def test_a_parquet_of_no_rows_keeps_its_columns() -> None:
    table = pyarrow.parquet.read_table(pyarrow.BufferReader(parquet_of(Row, ())))
    assert table.num_rows == 0 and table.column_names == list(Row.__dataclass_fields__)
