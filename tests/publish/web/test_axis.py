"""Marks over a drawing of days: inside it, few, and where what they name begins."""

import pytest

from faultline.publish.months import day_number, first_day_of, last_day_of
from faultline.publish.web.axis import ticks


def span(first: str, last: str) -> tuple[int, int]:
    return day_number(first_day_of(first)), day_number(last_day_of(last))


@pytest.mark.parametrize(
    ("first", "last", "labels"),
    [
        ("2012", "2015", ["2012", "2013", "2014", "2015"]),
        ("2012-03", "2016-02", ["2013", "2014", "2015", "2016"]),
        ("2020-11", "2021-02", ["2020-11", "2020-12", "2021-01", "2021-02"]),
    ],
)
def test_a_long_span_is_marked_by_years_and_a_short_one_by_months(first: str, last: str, labels: list[str]) -> None:
    assert [tick.label for tick in ticks(span(first, last))] == labels


@pytest.mark.parametrize("last", ["1990-01", "1992-12", "1999", "2060"])
def test_marks_lie_inside_and_are_few(last: str) -> None:
    found = ticks(span("1990-01", last))
    assert 0 < len(found) <= 12
    assert [tick.at for tick in found] == sorted(tick.at for tick in found)
    assert all(0 <= tick.at < 100 for tick in found)


def test_a_mark_stands_where_its_year_begins() -> None:
    first, last = span("2012", "2015")
    second = ticks((first, last))[1]
    assert round(second.at / 100 * (last - first + 1)) == 366
