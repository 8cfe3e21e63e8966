from datetime import date

import pytest

from faultline.publish import words
from faultline.record.claim import Casualties, Speaker
from faultline.record.days import Days, parse_days


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("2012-03-03", "3 Mar 2012"),
        ("2012-03", "Mar 2012"),
        ("2012", "2012"),
        ("2012-03-03/2012-03-05", "3–5 Mar 2012"),
        ("2012-03-30/2012-04-02", "30 Mar – 2 Apr 2012"),
        ("2012-12-30/2013-01-02", "30 Dec 2012 – 2 Jan 2013"),
        ("2012-01/2012-02", "1 Jan – 29 Feb 2012"),
        ("2012-03-03/..", "since 3 Mar 2012"),
        ("../2012-03-03", "until 3 Mar 2012"),
        ("", "day not stated"),
    ],
)
def test_an_interval_is_written_one_way(written: str, shown: str) -> None:
    assert words.days(parse_days(written)) == shown


def test_the_last_days_of_the_calendar_are_written_too() -> None:
    assert words.days(Days(date(9999, 12, 1), date.max)) == "1–31 Dec 9999"


def test_publication_with_one_known_end_is_not_before_or_not_after() -> None:
    assert words.published(parse_days("2015-01-05/..")) == "not before 5 Jan 2015"
    assert words.published(parse_days("../2015-01-05")) == "not after 5 Jan 2015"
    assert words.published(Days()) == "day of publication unknown"


def test_silence_is_not_stated_and_zero_is_zero() -> None:
    assert (words.stated(None), words.stated(0), words.stated(1200)) == ("not stated", "0", "1,200")


def test_one_is_singular() -> None:
    assert [words.counted(n, "claim") for n in (0, 1, 1147)] == ["0 claims", "1 claim", "1,147 claims"]


def test_a_running_total_says_so() -> None:
    assert words.harm(Casualties("killed", group="soldiers", cumulative_since="2012")) == (
        "killed, soldiers, running total since 2012"
    )


def test_the_texts_own_voice_has_a_name() -> None:
    assert words.speaker(Speaker()) == ("the text itself",)
    assert words.voices(Speaker()) == ()
    assert words.voices(Speaker(("reporter", "officials", "unnamed source"))) == ("officials", "an unnamed source")
