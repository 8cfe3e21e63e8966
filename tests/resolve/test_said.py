"""Of what tellings say, the days and places that most of them give."""

from dataclasses import replace

from faultline.record.days import Days, parse_days
from faultline.resolve.said import days_said_most, places_said_most
from tests.resolve.views import view


def said(*days: str) -> Days:
    return days_said_most(replace(view(f"v{n}"), days=parse_days(text)) for n, text in enumerate(days))


def test_the_day_that_most_give_is_the_day() -> None:
    assert str(said("2020-03-01", "2020-03-01", "2020-03-02")) == "2020-03-01"


def test_a_month_that_allows_everything_does_not_hide_the_day_that_a_third_give() -> None:
    assert str(said("2020-03", "2020-03", "2020-03-05", "2020-03-05", "2020-03-06", "2020-03")) == "2020-03-05"


def test_one_day_among_many_months_does_not_speak_for_them() -> None:
    assert said("2020-03", "2020-03", "2020-03", "2020-02-05").length == 31


def test_places_are_those_that_most_give() -> None:
    assert places_said_most([view("a"), view("b", town=7), view("c", town=7), view("d", places=())]) == ("town7",)
    assert places_said_most([]) == ()
