"""Days of claims that name none."""

import pytest
from tests.coding.test_records import read

BACKGROUND = (
    ("en", "The MUR attacked Dornu on Monday. It had captured Tolma."),
    ("en", "The army entered Hadar on Sunday. Ansal had attacked Méra."),
    ("en", "Ansal attacked Sikko on Friday. The FLR had taken Kerem."),
    ("fr", "Le MUR a attaqué Dornu lundi. Ansal avait pris Tolma."),
    ("fr", "L'armée a repris Hadar dimanche. Le FLR avait attaqué Méra."),
    ("fr", "Ansal a attaqué Sikko vendredi. Le MUR avait capturé Kerem."),
)


@pytest.mark.parametrize(("language", "text"), BACKGROUND)
def test_what_the_pluperfect_tells_has_not_the_day_of_the_story(language: str, text: str) -> None:
    first, second = read(text, language)
    assert "days" in first
    assert "days" not in second


# language, published, text, the day of the claim that comes last
NOT_ITS_OWN_DAY = (
    ("en", "2024-05-15", "Sanctions imposed on the FLR on Monday were lifted on Tuesday.", "2024-05-14"),
    ("en", "2024-05-15", "The ban imposed on night travel in January was extended on Friday.", "2024-05-10"),
    ("en", "2024-05-15", "Troops deployed to Tolma in November were withdrawn on Sunday.", "2024-05-12"),
    ("fr", "2024-05-15", "Le couvre-feu décrété à Tolma en février a été levé mardi.", "2024-05-14"),
    ("fr", "2024-05-15", "L'interdiction imposée au FLR en mars a été levée lundi.", "2024-05-13"),
    ("fr", "2024-05-15", "Les otages enlevés à Dornu en janvier ont été libérés samedi.", "2024-05-11"),
    ("en", "2024-05-15", "The FLR accuses the army of breaking the accord of 2015.", "2024-05-15"),
    ("en", "2024-05-15", "The fighters defended the agreement of 15 March when they attacked Hadar.", None),
    ("en", "2024-05-15", "The group that denounced the constitution of 2013 attacked Hadar.", None),
    ("fr", "2024-05-15", "Ils venaient défendre l'accord du 15 mars quand le MUR a attaqué Hadar.", None),
    ("fr", "2024-05-15", "Le FLR accuse l'armée d'avoir violé l'accord de 2015.", "2024-05-15"),
    ("fr", "2024-05-15", "Ansal, hostile à la constitution de 2013, a attaqué Hadar.", None),
)


@pytest.mark.parametrize(("language", "published", "text", "day"), NOT_ITS_OWN_DAY)
def test_day_of_a_participle_or_of_an_accord_is_not_that_of_the_sentence(
    language: str, published: str, text: str, day: str | None
) -> None:
    assert read(text, language, published)[-1].get("days") == day


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "The MUR signed the accord of 2015."), ("fr", "Le MUR a signé l'accord de 2015.")],
)
def test_day_of_an_accord_is_that_of_its_signing(language: str, text: str) -> None:
    assert read(text, language)[-1]["days"] == "2015-01-01/2015-12-31"


# publication to a month, and around the end of a year
ANCHORS = (
    ("en", "2024-05", "Gunmen killed six soldiers near Hadar yesterday.", "2024-04-30/2024-05-30"),
    ("en", "2024-05", "The army retook Tolma this weekend.", "2024-05-01/2024-05-31"),
    ("fr", "2024-05", "Le MUR a attaqué Hadar hier.", "2024-04-30/2024-05-30"),
    ("fr", "2024-05", "L'armée a repris Tolma ce week-end.", "2024-05-01/2024-05-31"),
    ("en", "2023-12-29", "The army will hand over Tolma on 1 January.", "2024-01-01"),
    ("en", "2023-12-29", "The MUR attacked Hadar on 12 January.", "2023-01-12"),
    ("fr", "2023-12-29", "L'armée quittera Tolma le 1er janvier.", "2024-01-01"),
    ("fr", "2023-12-29", "Le MUR a attaqué Hadar le 12 janvier.", "2023-01-12"),
)


@pytest.mark.parametrize(("language", "published", "text", "days"), ANCHORS)
def test_days_without_year_and_days_told_in_a_month_are_resolved_against_publication(
    language: str, published: str, text: str, days: str
) -> None:
    assert read(text, language, published)[-1].get("days") == days
