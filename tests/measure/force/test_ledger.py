"""Notices make intervals; an end that nobody tells of is not made up."""

from datetime import date

import pytest

from faultline.measure.force import Interval, Ledger, Notice, Step
from faultline.measure.force.ledger import ENDED, OPEN, TERM, merge

ON, MORE, OFF = Step.ON, Step.EXTENDED, Step.ENDED


def notice(step: Step, day: str, until: str = "", since: str = "", kind: str = "curfew", **given: str) -> Notice:
    def at(text: str) -> date | None:
        return date.fromisoformat(text) if text else None

    return Notice(
        kind,
        given.get("place", "tarn"),
        step,
        date.fromisoformat(day),
        f"clm_{step}_{day}_{kind}",
        at(since),
        at(until),
        at(given.get("earliest", "")),
        imposer=given.get("imposer", ""),
        side=given.get("side", ""),
    )


def spans(*found: Notice) -> list[tuple[str, str, str]]:
    return [(str(i.first_day), str(i.last_day), i.how) for i in merge(found)]


def test_term_is_prolonged_by_an_extension_and_runs_out_where_nobody_extends_it() -> None:
    begun = notice(ON, "2020-01-01", "2020-01-10")
    assert spans(begun) == [("2020-01-01", "2020-01-10", TERM)]
    assert spans(begun, notice(MORE, "2020-01-09", "2020-02-10")) == [("2020-01-01", "2020-02-10", TERM)]


def test_lapse_and_return_are_two_intervals() -> None:
    found = spans(
        notice(ON, "2016-04-04", "2016-07-15"),
        notice(OFF, "2016-07-15", since="2016-04-01"),
        notice(ON, "2016-07-21", "2016-07-30"),
        notice(MORE, "2016-07-30", "2017-03-29"),
    )
    assert [row[:2] for row in found] == [("2016-04-01", "2016-07-15"), ("2016-07-21", "2017-03-29")]


def test_lifting_ends_it_before_its_term() -> None:
    assert spans(notice(ON, "2020-01-01", "2020-03-01"), notice(OFF, "2020-02-01")) == [
        ("2020-01-01", "2020-02-01", ENDED)
    ]


def test_without_an_end_the_interval_stays_open_and_does_not_swallow_one_of_years_later() -> None:
    found = spans(notice(ON, "2012-03-22"), notice(ON, "2020-08-19"))
    assert found == [("2012-03-22", "None", OPEN), ("2020-08-19", "None", OPEN)]


def test_extension_or_end_alone_says_that_it_began_before() -> None:
    extended, ended = merge([notice(MORE, "2020-05-01", "2020-06-01")]), merge([notice(OFF, "2020-05-01")])
    assert not extended[0].began
    assert not ended[0].began
    assert merge([notice(OFF, "2020-05-01", since="2020-03-01")])[0].first_day == date(2020, 3, 1)


def test_siege_and_blockade_are_one_and_two_places_are_two() -> None:
    found = merge(
        [
            notice(ON, "2020-10-01", kind="siege"),
            notice(OFF, "2020-11-01", kind="blockade"),
            notice(ON, "2020-10-01", kind="siege", place="belk"),
        ]
    )
    assert [(i.place, i.kinds, str(i.last_day)) for i in found] == [
        ("belk", ("siege",), "None"),
        ("tarn", ("siege",), "2020-11-01"),
    ]


def test_end_of_sanctions_ends_the_embargo_of_the_same_body_only() -> None:
    embargo = notice(ON, "2022-01-09", kind="embargo", imposer="bloc")
    same, other = (notice(OFF, "2022-03-01", kind="sanctions", imposer=who) for who in ("bloc", "others"))
    assert [str(i.last_day) for i in merge([embargo, same]) if i.family == "embargo"] == ["2022-03-01"]
    assert [str(i.last_day) for i in merge([embargo, other]) if i.family == "embargo"] == ["None"]


def test_order_in_which_notices_come_does_not_matter() -> None:
    found = [
        notice(ON, "2020-01-01", "2020-01-31"),
        notice(MORE, "2020-01-30", "2020-03-31"),
        notice(OFF, "2020-03-01"),
    ]
    assert merge(found) == merge(found[::-1])


@pytest.fixture
def known() -> Ledger:
    open_ended = Interval("curfew", ("curfew",), "varda", date(2020, 1, 1), None, date(2020, 1, 10))
    vague = Interval(
        "curfew", ("curfew",), "tarn", date(2021, 3, 1), date(2021, 5, 31), earliest=date(2021, 5, 1), how=ENDED
    )
    return Ledger((open_ended, vague), {"tarn": frozenset({"tarn", "varda"})}, {"curfew": 30.0})


def test_what_is_in_force_in_the_country_is_in_force_in_its_towns(known: Ledger) -> None:
    assert known.in_force("curfew", "tarn", date(2020, 1, 5)).probability == 1.0
    assert known.in_force("curfew", "elsewhere", date(2020, 1, 5)).probability == 0.0
    assert known.in_force("ban", "tarn", date(2020, 1, 5)).probability == 0.0


def test_chance_of_what_has_no_known_end_falls_with_the_days_since_it_was_said_to_hold(known: Ledger) -> None:
    chances = [known.chance(known.intervals[0], date(2020, 1, 10 + days)) for days in (0, 5, 20)]
    assert chances[0] == 1.0
    assert chances == sorted(chances, reverse=True)
    assert known.chance(known.intervals[0], date(2020, 2, 9)) == pytest.approx(0.3679, abs=1e-4)  # exp(-30/30)
    assert known.chance(known.intervals[0], date(2019, 12, 31)) == 0.0


def test_end_that_is_known_to_the_month_is_spread_over_the_month(known: Ledger) -> None:
    interval = known.intervals[1]
    chances = [
        known.chance(interval, date.fromisoformat(day))
        for day in ("2021-04-30", "2021-05-01", "2021-05-31", "2021-06-01")
    ]
    assert chances == pytest.approx([1.0, 1.0, 1 / 31, 0.0])


def test_fall_of_the_place_ends_a_siege_and_is_none_of_its_own() -> None:
    begun = notice(ON, "2026-04-24", kind="siege")
    assert spans(begun, notice(OFF, "2026-04-26", kind="fall")) == [("2026-04-24", "2026-04-26", ENDED)]
    assert spans(notice(OFF, "2026-04-26", kind="fall")) == []
    assert spans(begun, notice(OFF, "2026-04-20", kind="fall")) == [("2026-04-24", "None", OPEN)]


def test_garrison_that_leaves_ends_its_siege_and_no_blockade_of_the_people() -> None:
    for kind, end in (("siege", "2026-04-26"), ("blockade", "None")):
        left = notice(OFF, "2026-04-26", kind="garrison_left")
        assert [last for _, last, _ in spans(notice(ON, "2026-04-24", kind=kind), left)] == [end]


def test_blockades_of_two_groups_are_two_and_one_of_them_ends_its_own() -> None:
    red = notice(ON, "2023-08-08", kind="blockade", side="red")
    blue = notice(ON, "2023-12-20", kind="blockade", side="blue")
    ends = notice(OFF, "2023-12-31", kind="blockade", side="blue")
    assert spans(red, blue, ends) == [("2023-08-08", "None", OPEN), ("2023-12-20", "2023-12-31", ENDED)]
    soon = notice(OFF, "2023-09-30", kind="blockade", side="blue")
    assert spans(red, soon) == [("2023-08-08", "2023-09-30", ENDED)]  # the only one there: it is meant
