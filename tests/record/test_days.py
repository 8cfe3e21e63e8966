"""Days as written to intervals."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.record.records import days

from faultline.record.days import DayPrecision, Days, day_span, parse_days
from faultline.record.errors import UsageError

NO_DAYS = (
    "2013-02-29,2013-13,2013-00,0000,12-03-31,2012-3-1,March 2012,2012-01-01/2011-01-01,2012/2013/2014,"
    "2012-03-31T10:00,٢٠١٢,2012-03-311,today"
)


@given(days())
def test_an_interval_reads_back_what_it_prints(interval: Days) -> None:
    again = parse_days(str(interval))
    assert (again.first_day, again.last_day) == (interval.first_day, interval.last_day)


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("2012", date(2012, 1, 1), date(2012, 12, 31), DayPrecision.YEAR),
        ("2012-02", date(2012, 2, 1), date(2012, 2, 29), DayPrecision.MONTH),
        (" 2012-03-31 ", date(2012, 3, 31), date(2012, 3, 31), DayPrecision.DAY),
        ("2012/2013-06", date(2012, 1, 1), date(2013, 6, 30), DayPrecision.INTERVAL),
        ("2012-03-31/2012-03-31", date(2012, 3, 31), date(2012, 3, 31), DayPrecision.DAY),
        ("2012-03-31/..", date(2012, 3, 31), None, DayPrecision.INTERVAL),
        ("/2012-03", None, date(2012, 3, 31), DayPrecision.INTERVAL),
        ("", None, None, DayPrecision.UNKNOWN),
        ("unknown", None, None, DayPrecision.UNKNOWN),
        ("/", None, None, DayPrecision.UNKNOWN),
        (" .. / .. ", None, None, DayPrecision.UNKNOWN),
    ],
)
def test_written_days_are_intervals_with_both_ends_inclusive(
    text: str, first: date | None, last: date | None, precision: DayPrecision
) -> None:
    assert parse_days(text) == Days(first, last, precision)


@pytest.mark.parametrize(
    "text",
    [
        "2013-02-29",
        "2013-13",
        "2013-00",
        "0000",
        "12-03-31",
        "2012-3-1",
        "March 2012",
        "2012-01-01/2011-01-01",
        "2012/2013/2014",
        "2012-03-31T10:00",
        "٢٠١٢",
        "2012-03-311",
        "today",
    ],
)
def test_what_is_no_day_is_refused_and_named(text: str) -> None:
    with pytest.raises(UsageError) as raised:
        parse_days(text, "row 4")
    assert raised.value.where == "row 4"
    assert raised.value.got.strip("'") in text


@given(st.text(max_size=25) | st.from_regex(r"[\d./-]{1,22}"))
def test_nothing_but_days_and_usage_errors_comes_out_of_any_text(text: str) -> None:
    try:
        found = parse_days(text)
    except UsageError:
        return
    assert found.known or found == Days()


def test_an_interval_that_ends_before_it_begins_does_not_exist() -> None:
    with pytest.raises(UsageError):
        Days(date(2012, 2, 1), date(2012, 1, 31))


@given(days(), st.dates())
def test_an_interval_covers_a_day_where_it_overlaps_that_day(interval: Days, day: date) -> None:
    assert interval.covers(day) == interval.overlaps(Days(day, day))


@given(days(), days())
def test_overlap_is_mutual(one: Days, other: Days) -> None:
    assert one.overlaps(other) == other.overlaps(one)


@given(days())
def test_an_unknown_end_has_no_length_and_covers_its_side(interval: Days) -> None:
    ends = [end for end in (interval.first_day, interval.last_day) if end]
    assert (interval.length is None) == (len(ends) < 2)
    assert all(interval.covers(end) for end in ends)
    if interval.last_day is None:
        assert interval.covers(date.max)


@given(st.dates(max_value=date(9990, 1, 1)), st.integers(-3, 400))
def test_a_span_of_days_holds_each_day_once(first: date, more: int) -> None:
    last = first + timedelta(days=more) if more >= 0 or first > date(1, 1, 10) else first
    spanned = day_span(first, last)
    assert len(spanned) == max(0, (last - first).days + 1)
    assert list(spanned) == sorted(set(spanned))
    assert all(Days(first, last).covers(day) for day in spanned)
