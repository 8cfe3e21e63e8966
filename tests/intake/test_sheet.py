import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faultline.intake.sheet import Sheet
from faultline.intake.taken import RefusedError


def rows(text: str) -> list[tuple[str, list[str]]]:
    return [(text[row.start : row.end], row.cells) for row in Sheet(text)]


@pytest.mark.parametrize("line", ["\n", "\r\n", "\r"])
def test_span_of_a_row_is_the_row_without_its_line_break(line: str) -> None:
    text = line.join(("a,b", '1,"x, y"', "", '2,"line one\nline two"', "3,🏜é\u2028"))
    assert rows(text) == [
        ('1,"x, y"', ["1", "x, y"]),
        ('2,"line one\nline two"', ["2", "line one\nline two"]),
        ("3,🏜é\u2028", ["3", "🏜é\u2028"]),
    ]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separator_is_told_from_the_header(separator: str) -> None:
    assert rows(f"a{separator}b\n1{separator}2\n") == [(f"1{separator}2", ["1", "2"])]


def test_row_with_other_than_the_headers_number_of_cells_comes_without_cells() -> None:
    assert rows("a,b\n1\n1,2,3\n1,2\n") == [("1", []), ("1,2,3", []), ("1,2", ["1", "2"])]


def test_quote_that_is_never_closed_costs_its_own_line_only() -> None:
    text = "a,b\n1,2\n" + '3,"open\n' + "".join(f"{n},x\n" for n in range(50))
    found = rows(text)
    assert found[1] == ('3,"open', [])
    assert [cells for _, cells in found[2:]] == [[str(n), "x"] for n in range(50)]


def test_stray_quote_that_meets_a_later_one_costs_its_own_line_only() -> None:
    text = 'a,b\n3,"open\n4,x\n5,"y"\n6,z\n'
    assert rows(text) == [('3,"open', []), ("4,x", ["4", "x"]), ('5,"y"', ["5", "y"]), ("6,z", ["6", "z"])]


def test_row_of_several_lines_with_a_cell_too_few_is_one_bad_row() -> None:
    assert rows('a,b,c\n1,"x\ny"\n1,2,3\n') == [('1,"x\ny"', []), ("1,2,3", ["1", "2", "3"])]


def test_giant_of_unclosed_quotes_ends() -> None:
    text = "a,b\n" + '"\n' * 20_000
    assert all(not cells for _, cells in rows(text))


@pytest.mark.parametrize("text", ["", "\n", " ,\n1,2"])
def test_table_without_a_header_is_refused(text: str) -> None:
    with pytest.raises(RefusedError):
        Sheet(text)


CELL = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)


@given(
    st.lists(st.lists(CELL, min_size=3, max_size=3).filter(lambda c: any(c)), max_size=8),
    st.sampled_from(["\n", "\r\n"]),
)
def test_rows_that_a_csv_writer_wrote_are_read_back_and_parse_alone(table: list[list[str]], line: str) -> None:
    written = io.StringIO()
    csv.writer(written, lineterminator=line, quoting=csv.QUOTE_ALL).writerows([["a", "b", "c"], *table])
    text = written.getvalue()
    found = rows(text)
    assert [cells for _, cells in found] == table
    for under, cells in found:
        assert next(csv.reader(io.StringIO(under, newline=""))) == cells
