"""Monthly tables: what an absent month means, which units exist, and what is refused with its line."""

from dataclasses import dataclass, field

import numpy as np
import pytest

from faultline.forecast.outcomes import Monthly, monthly, states
from faultline.record.errors import InputError, NotFoundError, UsageError
from faultline.record.months import month_number


@dataclass
class Given:
    cells: list[tuple[str, str, float]]
    kind: str = "table"
    origin: str = "t.csv"
    series: str = "deaths"
    beside: dict[str, list[float]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.units = [unit for unit, _, _ in self.cells]
        self.months = [month_number(month) for _, month, _ in self.cells]
        self.deaths = [deaths for _, _, deaths in self.cells]
        self.provisional = [month >= "2026" for _, month, _ in self.cells]
        self.lines = list(range(2, len(self.cells) + 2))


MALI = [("432", "2017-12", 3.0), ("432", "2026-05", 20.0)]


def test_months_without_a_row_are_zero_for_states_that_exist() -> None:
    table = monthly(Given(MALI, kind="gwno"))
    row = table.row("432", table.last)
    assert table.deaths[row].sum() == 23 and table.deaths[row, 1:-1].sum() == 0
    assert len(table.existing(table.last)) == 197  # microstates included
    assert table.provisional.tolist() == [False] * 101 + [True]


def test_states_that_ceased_to_exist_are_no_zeros() -> None:
    table = monthly(Given([("345", "1990-01", 1.0), ("432", "1992-03", 1.0), ("432", "2007-02", 2.0)], kind="gwno"))
    row = table.units.index("345")
    assert table.exists[row].sum() == (2006 - 1990 + 1) * 12
    with pytest.raises(NotFoundError, match=r"345 in 2007-02: got .*|1990-01 to 2006-12"):
        table.row("345", table.last)
    assert np.isnan(table.actual(np.array([row]), np.array([table.last])))[0, 0]


def test_table_with_every_month_of_its_units_has_those_units_alone() -> None:
    cells = [("432", f"2020-{m:02}", float(m)) for m in range(1, 13)]
    assert monthly(Given(cells, kind="gwno")).units == ("432",)


def test_pair_of_actors_lives_from_its_first_event_until_ten_years_after_the_last() -> None:
    table = monthly(Given([("d1", "1990-03", 5.0), ("d2", "1989-01", 1.0), ("d2", "2015-01", 1.0)], kind="dyad"))
    lived = np.flatnonzero(table.exists[0]) + table.first
    assert (lived[0], lived[-1]) == (month_number("1990-03"), month_number("2000-03"))
    later = table.exists[1, month_number("2005-01") - table.first]
    assert not later  # the event of 2015 was not known in 2005


def test_gap_is_an_error_where_nobody_says_what_it_means() -> None:
    cells = [("a", "2020-01", 1.0), ("a", "2020-04", 1.0)]
    with pytest.raises(InputError, match=r"t\.csv, line 3: got a has no row from 2020-02 to 2020-03.*--absent-is-zero"):
        monthly(Given(cells))
    assert monthly(Given(cells), absent_is_zero=True).deaths.tolist() == [[1, 0, 0, 1]]


@pytest.mark.parametrize(
    ("cells", "kind", "message"),
    [
        ([], "table", "no rows"),
        ([("a", "2020-01", -1.0)], "table", "line 2: got -1 deaths"),
        ([("a", "2020-01", 1.5)], "table", "line 2: got 1.5 deaths"),
        ([("a", "2020-02", 1.0), ("a", "2020-01", 1.0)], "table", "line 3: got a 2020-01 after 2020-02"),
        ([("a", "2020-01", 1.0), ("a", "2020-01", 1.0)], "table", "line 3: got a 2020-01 after 2020-01"),
        ([("999", "2020-01", 1.0), ("999", "2020-03", 1.0)], "gwno", "line 2: got the state '999'"),
        ([("345", "2010-01", 1.0), ("345", "2010-03", 1.0)], "gwno", r"Yugoslavia.* in 2010-01"),
    ],
)
def test_table_that_cannot_be_right_is_refused_with_its_line(
    cells: list[tuple[str, str, float]], kind: str, message: str
) -> None:
    with pytest.raises(InputError, match=message):
        monthly(Given(cells, kind=kind))


def table_of(months: int) -> Monthly:
    return monthly(Given([("a", f"{2000 + m // 12}-{m % 12 + 1:02}", 1.0) for m in range(months)]))


def test_until_holds_nothing_after_the_issue() -> None:
    table = table_of(60)
    cut = table.until(month_number("2003-06"))
    assert cut.last == month_number("2003-06")
    assert cut.deaths.shape == cut.exists.shape == (1, 42) and len(cut.provisional) == 42


def test_too_little_history_and_an_issue_after_the_table_are_errors() -> None:
    with pytest.raises(UsageError, match="12 months of history up to 2000-12, expected at least 36"):
        table_of(60).until(month_number("2000-12"))
    with pytest.raises(UsageError, match="the table ends in 2004-12"):
        table_of(60).until(month_number("2005-01"))


def test_unknown_unit_is_an_error_that_names_others() -> None:
    with pytest.raises(NotFoundError, match="'b', expected one of 1 units, as a"):
        table_of(40).row("b", month_number("2001-01"))


def test_there_are_197_states_today() -> None:
    assert sum(last is None for _, _, last in states().values()) == 197
