"""Running totals: in a ledger of their own, beside the incidents' sum."""

from dataclasses import replace

import pytest

from faultline.record.claim import Casualties
from faultline.resolve.casualties import deaths
from faultline.resolve.cumulative import Running, cumulative
from faultline.resolve.report import Report
from tests.resolve.hand import Say, counting, report, toll, world_of

FOUR = report(
    "Gunmen attacked Tarn. four people died",
    "2020-05-13",
    Say("attacked Tarn", days="2020-05-12", places=("tarn",)),
    toll("four people died", 4),
)


def one(*reports: Report) -> Running:
    world = world_of(*reports)
    (found,) = cumulative(world, counting(world))
    return found


def total(text: str, words: str, number: int, published: str = "2020-12-01") -> Report:
    return report(text, published, toll(words, number, places=("varda",)), source="radio")


def test_running_total_stands_beside_the_sum_and_their_difference() -> None:
    found = one(FOUR, total("Since January 2020 the war has seen 90 people killed.", "90 people killed", 90))
    assert (str(found.days), found.sum, found.incidents, found.difference) == ("2020-01-01/2020-12-01", 4, 1, 86)


def test_running_total_is_never_added_to_an_incident() -> None:
    world = world_of(FOUR, total("Since January 2020 there were 90 people killed.", "90 people killed", 90))
    assert [deaths(world, incident.id, counting(world)) for incident in world.incidents if incident.days.known] == [4]
    assert 90 not in [deaths(world, incident.id, counting(world)) for incident in world.incidents]


@pytest.mark.parametrize(
    ("text", "words", "first_day"),
    [
        ("90 people killed since 2012", "90 people killed", "2012-01-01"),
        ("90 people killed since March", "90 people killed", "2020-03-01"),
        ("90 morts depuis le mois de décembre", "90 morts", "2019-12-01"),
        ("90 morts depuis mars 2018", "90 morts", "2018-03-01"),
        ("so far this year 90 people killed", "90 people killed", "2020-01-01"),
    ],
)
def test_from_when_a_total_runs_is_read_in_both_languages(text: str, words: str, first_day: str) -> None:
    found = one(total(text, words, 90, "2020-11-30"))
    assert str(found.days.first_day) == first_day


@pytest.mark.parametrize(
    "text",
    [
        "90 people killed in the deadliest attack since 2012",
        "90 people killed. Since 2012 the town was held by rebels.",
        "90 morts, l'attaque la plus meurtrière depuis 2012",
    ],
)
def test_a_since_that_compares_or_stands_in_another_sentence_makes_no_total(text: str) -> None:
    world = world_of(total(text, text.split(",")[0].split(" in ")[0].split(".")[0], 90))
    assert cumulative(world, counting(world)) == ()


def test_incident_outside_the_period_or_the_place_is_not_in_the_sum() -> None:
    later = total("Since June 2020 there were 90 people killed.", "90 people killed", 90)
    assert one(FOUR, later).sum == 0
    elsewhere = report(
        "Since January 2020 there were 90 people killed.",
        "2020-12-01",
        toll("90 people killed", 90, places=("sull",)),
    )
    assert one(FOUR, elsewhere).incidents == 0


def test_what_a_year_saw_somewhere_in_a_country_is_a_sum_and_no_incident() -> None:
    text = "More than 4,000 people were killed in 2019."
    dead = (Casualties("killed", 4000, 4000, None, "people"),)
    said = Say("More than 4,000 people were killed", subtype="killing", days="2019", tolls=dead)
    world = world_of(report(text, "2020-08-19", said))
    assert world.incidents == ()
    assert str(one(report(text, "2020-08-19", said)).days) == "2019-01-01/2019-12-31"
    village = replace(said, places=("tarn",))  # a year is all that is known of the day
    assert len(world_of(report(text, "2020-08-19", village)).incidents) == 1


@pytest.mark.parametrize(
    "text",
    [
        "It logged 724 direct attacks on civilians with 90 people killed.",
        "Battles account for 191 incidents and 90 people killed.",
        "Monitors put it at 90 people killed over that period, above the monthly average.",
        "The mission documented 467 violations: 90 people killed and 77 injured.",
        "Le rapport compte 90 morts, 42 pour cent de plus qu'au trimestre d'avant.",
        "The relief service has counted 90 people killed there in less than three months.",
        "The fighting left 90 people killed over two years.",
        "L'ONU compte au moins 90 morts en moins de trois mois, et des milliers de fuyards.",
        "Incidents doubled in the first quarter. The note lists 90 people killed, most of them in the south.",
    ],
)
def test_what_a_sentence_of_statistics_counts_is_a_running_total_and_no_incident(text: str) -> None:
    words = "90 morts" if "90 morts" in text else "90 people killed"
    world = world_of(total(text, words, 90))
    assert world.incidents == ()
    assert [found.sum for found in cumulative(world, counting(world))] == [None]


@pytest.mark.parametrize(
    "text",
    [
        "90 people killed in Tarn two weeks ago were buried.",
        "90 people killed in Tarn, the third such raid in three months.",
        "90 morts à Tarn en une nuit.",
    ],
)
def test_a_toll_beside_a_length_of_time_that_is_not_its_own_stays_a_toll(text: str) -> None:
    world = world_of(total(text, "90 morts" if "90 morts" in text else "90 people killed", 90))
    assert [deaths(world, incident.id, counting(world)) for incident in world.incidents] == [90]


def test_a_count_with_its_own_day_and_place_is_an_incident_in_a_report_of_a_quarter_too() -> None:
    text = "Incidents doubled in the first quarter. On 5 March 90 people were killed in Tarn."
    said = toll("90 people were killed", 90, days="2020-03-05", places=("tarn",))
    assert len(world_of(report(text, "2020-05-13", said)).incidents) == 1


def test_a_toll_beside_a_word_of_another_sentence_stays_a_toll() -> None:
    world = world_of(total("90 people killed in Tarn. The mission spoke of violations.", "90 people killed", 90))
    assert [deaths(world, incident.id, counting(world)) for incident in world.incidents] == [90]


def test_weeks_that_are_those_of_publication_only_say_that_the_day_is_unknown() -> None:
    said = replace(toll("90 people killed", 90, places=("varda",)), days="2020-05")
    world = world_of(report("90 people killed in Varda.", "2020-05", said))
    assert cumulative(world, counting(world)) == ()
    world = world_of(report("90 people killed in Varda.", "2020-06-02", said))
    assert [found.stated.value for found in cumulative(world, counting(world))] == [90]
