"""What the words of an assertion ask of the record."""

from datetime import date

import pytest

from faultline.examine.asks import Asks, asked_by

DAY = date(2026, 5, 1)


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("The offensive represents the largest escalation in recent years", Asks.LARGEST),
        ("C'est l'offensive la plus meurtrière depuis 2012", Asks.LARGEST),
        ("The violence, which has been steadily increasing since the end of 2015", Asks.RISING),
        ("On observe une recrudescence des attaques ces derniers mois", Asks.RISING),
        ("Attacks were launched simultaneously across multiple directions", Asks.FRONTS),
        ("Their significance lies in the broader context", Asks.MEANING),
        ("External support is weakening", Asks.CHANGE),
        ("FLA and JNIM forces act side by side", Asks.THERE),
    ],
)
def test_words_ask_for_a_rank_a_trend_places_a_meaning_a_change_or_a_thing(words: str, what: Asks) -> None:
    assert asked_by(words, DAY).what is what


def test_period_is_read_from_the_words_and_recent_counts_from_the_day() -> None:
    assert asked_by("rising violence since the end of 2015", DAY).since == date(2015, 12, 1)
    assert asked_by("attacks increased since March 2024", DAY).since == date(2024, 3, 1)
    assert asked_by("the largest escalation in recent years", DAY).since == date(2021, 5, 1)
    assert asked_by("attacks grew in recent months", DAY).since == date(2025, 11, 1)
    assert asked_by("the largest attack", DAY).since is None


def test_sign_read_from_a_named_restriction_asks_whether_the_restriction_is_there() -> None:
    asked = asked_by("The curfew indicates that the threat is no longer far away", DAY)
    assert asked.what is Asks.THERE and asked.infers and asked.forms == {"curfew"}
