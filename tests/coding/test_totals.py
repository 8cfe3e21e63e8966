"""Running totals are told from the toll of one happening."""

import pytest
from tests.coding.invented import invented_case

from faultline.coding.coder import make_coder
from faultline.record.days import parse_days
from faultline.record.text import Document, Filing

CODER = make_coder(invented_case())


def _since(text: str, language: str) -> list[str]:
    """Since when each toll of a text runs; "" for the toll of one happening."""
    filing = Filing("o", "d", language=language, published=parse_days("2024-05-15"))
    claims = CODER.code(Document("d", "", "text/plain", text), filing).claims
    return [toll.cumulative_since for claim in claims for toll in claim.casualties]


@pytest.mark.parametrize(
    ("language", "text", "since"),
    [
        ("en", "Ansal has killed 40 civilians in Rovia since March.", "2024-03-01"),
        ("en", "At least 300 people have been killed in Rovia since January.", "2024-01-01"),
        ("en", "The army has lost 47 soldiers since the start of the offensive.", "the start of the offensive"),
        ("fr", "Ansal a tué 40 civils à Rovia depuis mars.", "2024-03-01"),
        ("fr", "Au moins 300 personnes ont été tuées à Rovia depuis janvier.", "2024-01-01"),
        ("fr", "L'armée a perdu 47 soldats depuis le début de l'offensive.", "le début de l' offensive"),
    ],
)
def test_toll_of_a_period_says_since_when_it_runs(language: str, text: str, since: str) -> None:
    assert _since(text, language) == [since]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Ansal killed nine civilians in Hadar on Monday."),
        ("en", "Twelve soldiers were killed in an ambush near Sikko in June 2023."),
        ("fr", "Ansal a tué neuf civils à Hadar lundi."),
        ("fr", "Douze soldats ont été tués dans une embuscade près de Sikko en juin 2023."),
    ],
)
def test_toll_of_one_happening_is_no_running_total(language: str, text: str) -> None:
    assert _since(text, language) == [""]
