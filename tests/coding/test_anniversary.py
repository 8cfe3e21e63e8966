"""Articles that look back as a whole: their days without a year are those of the year that they look back on."""

import pytest
from tests.coding.invented import invented_case

from faultline.coding.anniversary import told_from
from faultline.coding.coder import make_coder
from faultline.record.days import parse_days
from faultline.record.text import Document, Filing

CODER = make_coder(invented_case(), parser=False)


def _day(title: str, text: str, language: str, published: str = "2024-03") -> str:
    filing = Filing("o", "d", title=title, language=language, published=parse_days(published))
    return str(CODER.code(Document("d", "", "text/plain", text), filing).claims[0].days.first_day)


@pytest.mark.parametrize(
    ("title", "text", "language", "day"),
    [
        ("Five years after, a look back at Tolma", "On 14 March, the FLR attacked Tolma.", "en", "2019-03-14"),
        ("The third anniversary of the raid on Hadar", "On 2 March, gunmen stormed Hadar.", "en", "2021-03-02"),
        ("Ten years on, Ouldane remembers", "On 3 March the FLR captured Ouldane.", "en", "2014-03-03"),
        ("Cinq ans après, retour sur la bataille de Tolma", "Le 14 mars, le FLR a attaqué Tolma.", "fr", "2019-03-14"),
        ("Troisième anniversaire de l'assaut", "Le 2 mars, des hommes armés ont attaqué Hadar.", "fr", "2021-03-02"),
        ("Il y a dix ans, Ouldane tombait", "Le 3 mars, le FLR a pris Ouldane.", "fr", "2014-03-03"),
    ],
)  # fmt: skip
def test_a_day_without_year_is_of_the_year_that_the_article_looks_back_on(
    title: str, text: str, language: str, day: str
) -> None:
    assert _day(title, text, language) == day
    assert _day("", text, language)[:4] == "2024"


def test_an_article_that_tells_of_the_present_too_is_not_moved() -> None:
    title = "Five years after, rebels are back"
    assert _day(title, "On 14 March, the FLR attacked Tolma. The army said so on Friday.", "en") == "2024-03-14"
    assert _day(title, "On 14 March 2024, the FLR attacked Tolma.", "en") == "2024-03-14"


def test_a_leap_day_and_an_unknown_publication_are_left_in_peace() -> None:
    moved = told_from(parse_days("2024-02-29"), "One year after the raid", "They came at dawn.", "en")
    assert str(moved.first_day) == "2023-02-28"
    unknown = parse_days("")
    assert told_from(unknown, "Five years after", "They came.", "en") is unknown
