from datetime import date

from faultline.publish.months import first_day_of, last_day_of, months_between


def test_months_and_years_have_inclusive_ends() -> None:
    assert (first_day_of("2012-02"), last_day_of("2012-02")) == (date(2012, 2, 1), date(2012, 2, 29))
    assert (first_day_of("2012"), last_day_of("2012")) == (date(2012, 1, 1), date(2012, 12, 31))


def test_months_run_over_the_turn_of_the_year() -> None:
    assert months_between("2012-11", "2013-02") == ("2012-11", "2012-12", "2013-01", "2013-02")
    assert months_between("2013-02", "2012-11") == ()
