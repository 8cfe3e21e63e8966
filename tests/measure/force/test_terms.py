"""What the words of a restriction say of its term, in both languages."""

from datetime import date

import pytest

from faultline.measure.force.lexicon import pattern
from faultline.measure.force.terms import Term, read_term, weekday_after


@pytest.mark.parametrize(
    ("words", "day", "expected"),
    [
        ("extended the emergency until the end of March 2016", "2015-12-28", Term(until=date(2016, 3, 31))),
        ("jusqu'à la fin mars 2016", "2015-12-28", Term(until=date(2016, 3, 31))),
        ("jusqu'au 31 mars", "2015-12-28", Term(until=date(2016, 3, 31))),
        ("du 15 novembre au 14 décembre", "2023-11-15", Term(date(2023, 11, 15), date(2023, 12, 14))),
        ("from 15 November to 14 December", "2023-11-15", Term(date(2023, 11, 15), date(2023, 12, 14))),
        ("from 20 December to 5 January", "2023-12-22", Term(date(2023, 12, 20), date(2024, 1, 5))),
        ("in place since January 12, is over", "2013-07-06", Term(since=date(2013, 1, 12))),
        ("en vigueur depuis avril", "2016-07-16", Term(since=date(2016, 4, 1))),
        ("a curfew of three nights", "2026-04-26", Term(length=3)),
        ("pour dix jours et trois jours de deuil", "2015-11-21", Term(length=10)),
        ("prolonged by eight months", "2016-07-30", Term(length=244)),
        ("avait expiré le 29 mars", "2017-03-31", Term(ended=date(2017, 3, 29))),
        ("levé le mardi 16 mars", "2021-03-31", Term(ended=date(2021, 3, 16))),
        ("until further notice", "2012-03-22", Term()),
    ],
)
def test_term_is_what_the_words_say(words: str, day: str, expected: Term) -> None:
    assert read_term(words, date.fromisoformat(day)) == expected


@pytest.mark.parametrize("words", ["fin d'un embargo vieux de deux ans", "three days of mourning", "for 40 houses"])
def test_age_mourning_and_counts_are_no_length(words: str) -> None:
    assert read_term(words, date(2025, 4, 3)).length is None


def test_day_that_does_not_exist_is_no_day() -> None:
    assert read_term("until 31 February", date(2020, 1, 1)).until is None


def test_weekday_after_the_verb_is_the_last_one_until_the_day() -> None:
    lifted = pattern(("lifted", "levé"))
    sunday = date(2012, 4, 8)
    assert weekday_after("imposed on Monday were lifted on Sunday", lifted, sunday) == sunday
    assert weekday_after("imposé lundi a été levé vendredi", lifted, sunday) == date(2012, 4, 6)
    assert weekday_after("imposed on Monday", lifted, sunday) is None
