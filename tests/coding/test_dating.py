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
