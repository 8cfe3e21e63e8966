"""The outlook and the system of a briefing: chances with their defined words beside the simple rule and the record of
earlier forecasts; three kinds of arrow, none finer than may leave."""

from dataclasses import replace
from datetime import date

import pytest

from faultline.publish.export import Leaving
from faultline.publish.report.ahead import forecast_section
from faultline.publish.report.coupled import leaving_system, system_section
from faultline.publish.report.references import References
from faultline.publish.worlds import Seen
from faultline.record.analysis import Outcome
from faultline.record.days import parse_days
from faultline.record.forecasting import CaseForecast, Chance, Fared, Spread, Step, likelihood
from faultline.record.links import Coupled, Link, Node, Said
from faultline.record.system import ArrowStatus
from faultline.record.vocabulary import ArrowKind
from tests.publish.hand import HandDesk

SPREAD = Spread(40, 8, 20, 35, 60, 128)


def chance(least: int, probability: float) -> Chance:
    return Chance(least, probability, likelihood(probability), 0.5)


STEP = Step(
    Outcome("deaths", "Varda"),
    parse_days("2021-01"),
    1,
    SPREAD,
    (chance(1, 0.999), chance(25, 0.73), chance(100, 0.1)),
    Spread(30, 5, 10, 25, 50, 90),
)
EARLIER = Fared(date(2019, 12, 31), parse_days("2020"), 12, 9, 30.0, 20.0, (SPREAD,) * 12, (1.0,) * 12)
FORECAST = CaseForecast(
    "one-sided deaths",
    "Varda",
    date(2020, 12, 31),
    "history",
    "no models",
    "simple rule",
    (STEP,),
    (),
    (EARLIER, replace(EARLIER, crps=10.0, issue=date(2018, 12, 31))),
    (3.0,) * 36,
    0,
    "figures",
)


def said(words: str) -> Said:
    return Said("A. Writer", "An article", "2020-01-01", ArrowStatus.STATED, 1, words)


SYSTEM = Coupled(
    "varda",
    (
        Node("talks", "talks", "level"),
        Node("violence", "violence", "level"),
        Node("control:belk", "control of Belk", "control"),
    ),
    (
        Link("talks", "violence", ArrowKind.ASSERTED, -1, said=(said("A secret sentence."),)),
        Link("control:belk", "violence", ArrowKind.ASSERTED, 1, said=(said("Another."),)),
        Link("violence", "talks", ArrowKind.ASSUMED, 1, assumed="scenario calm"),
    ),
)


@pytest.fixture(scope="module")
def leaving(desk: HandDesk) -> Leaving:
    return Leaving(Seen(desk.case, desk.snapshot()), parse_days("2019/2020"))


def test_a_chance_is_a_number_first_and_its_defined_word_second() -> None:
    section = forecast_section([FORECAST])
    told = section.statements[0].text
    assert "at least 25: .73, likely" in told and "at least 100: .10, very unlikely" in told
    assert "at least 1:" not in told, "what is nearly certain is no news"
    assert section.grid and all(len(row) == len(section.grid.header) for row in section.grid.rows)
    assert "confiden" not in told


def test_words_of_likelihood_are_defined_where_they_stand() -> None:
    note = forecast_section([FORECAST]).note
    assert (
        "almost no chance under .05, very unlikely under .20, unlikely under .45, roughly even chance under .55" in note
    )
    assert "almost certain from there on" in note and "says nothing of how far a source is trusted" in note


def test_lost_forecasts_stand_beside_those_that_won() -> None:
    record = forecast_section([FORECAST]).statements[1].text
    assert "1 of 2 were better than the simple rule (simple rule); 18 of 24 months" in record
    assert "CRPS 30.0 against 20.0" in record, "the worst of them is told"


def test_the_figures_are_pictures_for_page_and_paper() -> None:
    [picture] = forecast_section([FORECAST]).pictures
    assert picture.svg.startswith("<svg xmlns") and picture.png.startswith(b"\x89PNG")


def test_arrows_of_each_kind_are_told_apart_and_no_sentence_of_an_article_leaves(leaving: Leaving) -> None:
    section = system_section(leaving, SYSTEM, References(leaving))
    words = " ".join(f"{one.lead} {one.text}" for one in section.statements)
    assert "talks − violence (asserted): said in An article" in words
    assert "violence + talks (assumed): scenario calm" in words
    assert "No arrow is measured here" in words
    assert "secret" not in words + section.pictures[0].svg


def test_a_place_finer_than_may_leave_is_in_no_arrow(leaving: Leaving) -> None:
    assert leaving.gate.reveals("control of Belk")
    kept = leaving_system(leaving, SYSTEM)
    assert [link.cause for link in kept.links] == ["talks", "violence"]
    section = system_section(leaving, SYSTEM, References(leaving))
    assert "Belk" not in section.pictures[0].svg and section.more.startswith("1 arrows")
