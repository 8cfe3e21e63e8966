"""Slips of an article, each by its rule, and what is no slip."""

from dataclasses import replace
from datetime import date

import pytest
from tests.examine.articles import NOW, grounds, report

from faultline.case import Case
from faultline.examine.slips import slips_of
from faultline.examine.slips.places import said_to_lie
from faultline.record.text import Span

SOURCES = ("one", "two")
Others = tuple[tuple[str, str, str], ...]


def kinds(case: Case, text: str, others: Others = (), as_of: date = NOW) -> list[str]:
    article = report(case, text, "three", "2024-03-20/2024-03-31")
    made = [report(case, words, source, day) for words, source, day in others]
    return [slip.kind for slip in slips_of(grounds(case, article, made, as_of))]


def test_place_that_others_put_in_another_part_is_a_slip_whatever_its_latitude(case: Case) -> None:
    others = (
        ("A market burned in the southern town of Midtown.", "one", "2024-01-05"),
        ("Rain fell in Midtown, in the south of the country.", "two", "2024-01-06"),
    )
    assert kinds(case, "Gunmen came to the central town of Midtown.", others) == ["place"]
    assert kinds(case, "Gunmen came to the southern town of Midtown.", others) == []


def test_direction_from_a_place_does_not_say_where_the_place_lies() -> None:
    text = "An ambush north of Midtown killed two."
    name = Span(text.index("Midtown"), text.index("Midtown") + 7)
    assert said_to_lie(text, name) == []
    assert said_to_lie("The northern town of Midtown", Span(21, 28)) == ["north"]


def test_town_put_in_another_region_than_the_gazetteers_is_a_slip(case: Case) -> None:
    home = case.countries[0]
    region = replace(case.places[0], id="upland", name="Upland", feature="ADM1", country=home)
    towns = tuple(replace(place, admin1="Lowland") for place in case.places)
    made = replace(case, places=(*towns, region))
    assert "region" in kinds(made, "Gunmen came to Midtown in the Upland region at dawn.")
    moved = replace(case, places=(*(replace(place, admin1="Upland") for place in case.places), region))
    assert "region" not in kinds(moved, "Gunmen came to Midtown in the Upland region at dawn.")


ATTACK = "Red Front attacked the army in Nordale on {} March 2024, killing 12 soldiers."


def test_day_that_everybody_else_has_otherwise_is_a_slip_and_one_that_others_share_is_none(case: Case) -> None:
    told = (
        "Shops of Nordale shut when, on 5 March 2024, Red Front attacked the army there, killing 12 soldiers.",
        "A clinic is full. On 5 March 2024 the army was attacked in Nordale by Red Front; 12 soldiers were killed.",
    )
    others = tuple((words, source, "2024-03-06") for words, source in zip(told, SOURCES, strict=True))
    assert "day" in kinds(case, ATTACK.format(6), others)
    assert "day" not in kinds(case, ATTACK.format(5), others)
    copies = tuple(
        (f"{ATTACK.format(5)} {more}", source, "2024-03-06") for source, more in (("one", "So."), ("two", "A."))
    )
    assert "day" not in kinds(case, ATTACK.format(6), copies)  # copies of the article are nobody else


def test_war_that_others_have_begin_in_another_year_is_a_slip(case: Case) -> None:
    others = tuple((f"The war began in 2012, {who} says.", who, "2024-01-05") for who in ("one", "two", "four"))
    assert kinds(case, "The war that began in 2011 goes on.", others) == ["year"]
    assert kinds(case, "The war that began in 2012 goes on.", others) == []
    assert kinds(case, "The war that began in 2011 goes on.", others[:2]) == []


def test_total_of_deaths_in_a_sentence_on_violence_needs_its_causes(case: Case) -> None:
    said = "The violence was directed towards peacekeepers, with 106 fatalities since the mission began."
    assert "causes" in kinds(case, said)
    assert "causes" not in kinds(case, said.replace("fatalities", "fatalities by hostile acts"))
    assert "causes" not in kinds(case, "Peacekeepers mourn 106 fatalities since the mission began.")


def test_noun_hedged_once_and_taken_as_known_further_down_is_a_claim_turned_fact(case: Case) -> None:
    first = "The reported losses of the Russian force need verification. "
    assert kinds(case, first + "The losses of the Russian force show a change.") == ["claim turned fact"]
    assert kinds(case, first + "Even if the losses of the Russian force are real, little changes.") == []
    assert kinds(case, first + "The losses of the Ukrainian force show a change.") == []
    assert kinds(case, "The losses of the Russian force show a change.") == []


def test_metaphor_of_a_loop_is_no_claim_turned_fact(case: Case) -> None:
    text = "In Nordale forces are reportedly positioned. Each reinforces the others, creating a feedback loop."
    assert "claim turned fact" not in kinds(case, text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Un convoi a brûlé dans la région centrale de Midtown.", "place"),
        ("Un convoi a brûlé à Midtown, dans le centre du pays.", "place"),
        ("Un convoi a brûlé au nord de Midtown.", ""),
        ("A convoy burned in the central region of Midtown.", "place"),
    ],
)
def test_part_of_the_country_is_said_before_and_behind_a_name_in_both_languages(
    case: Case, text: str, kind: str
) -> None:
    others = tuple(
        (f"A market burned in the southern town of Midtown, {one} said.", one, "2024-01-05") for one in SOURCES
    )
    assert kinds(case, text, others) == ([kind] if kind else [])


@pytest.mark.parametrize(
    "text",
    [
        "After the coup of 2019 all changed.",
        "Après le coup d'État de 2019, tout a changé.",
        "The 2019 coup changed all.",
    ],
)
def test_coup_of_a_year_that_has_none_beside_one_that_has(case: Case, text: str) -> None:
    told = (
        "Officers staged a coup on 18 August 2020.",
        "A long rain fell. The army ousted the president in a coup in August 2020.",
    )
    others = tuple((words, one, "2024-01-05") for words, one in zip(told, SOURCES, strict=True))
    assert kinds(case, text, others) == ["year"]
    assert kinds(case, text.replace("2019", "2020"), others) == []


@pytest.mark.parametrize("text", ["The rebellion of 2011 failed.", "La rébellion de 2011 a échoué."])
def test_rebellion_of_the_year_before_the_one_that_all_others_have(case: Case, text: str) -> None:
    others = tuple((f"The rebellion of 2012 is told by {one}.", one, "2024-01-05") for one in (*SOURCES, "four"))
    assert kinds(case, text, others) == ["year"]
    assert kinds(case, text.replace("2011", "2006"), others) == []  # an earlier one, of which nobody speaks here


@pytest.mark.parametrize(
    ("hedged", "flat"),
    [
        ("Varda's alleged involvement angered many.", "The involvement of Varda shows how it spreads."),
        ("L'implication présumée de la Varda a irrité.", "L'implication de la Varda montre qu'elle s'étend."),
        ("Rebels claimed to have killed 84 men at Midtown.", "The killing of 84 men at Midtown showed weakness."),
        ("Ils ont affirmé avoir tué 84 hommes à Midtown.", "La mort de ces 84 hommes à Midtown a montré la faiblesse."),
    ],
)
def test_claim_that_turns_into_a_fact_is_found_with_a_name_in_the_genitive(case: Case, hedged: str, flat: str) -> None:
    assert "claim turned fact" in kinds(case, f"{hedged} {flat}")
    assert "claim turned fact" not in kinds(case, flat)


def test_total_whose_only_day_is_that_of_another_sentence_has_no_period(case: Case) -> None:
    text = "Since 2013 peacekeepers are in Midtown. Some 311 peacekeepers have been killed."
    assert "period" in kinds(case, text)
    assert "period" not in kinds(case, "Some 311 peacekeepers have been killed since 2013.")
