import pytest

from faultline.resolve.lineage_credits import credits_of_title, find_credits
from faultline.resolve.lineage_outlets import names_of, outlets_of
from tests.resolve.newsroom import newsroom, source

OUTLETS = outlets_of(newsroom())

# language, text, whom it credits and how far
SENTENCES = [
    ("en", "ORRA (AFP) - Nine people died.", "afp document"),
    ("en", "Orra, 3 May (Reuters) - Nine people died.", "thomson-reuters document"),
    ("en", "Nine people died on Monday. (AFP)", "afp document"),
    ("en", "Nine people died on Monday. (AFP/Reuters)", "afp document, thomson-reuters document"),
    ("en", "Nine died, a nurse told AFP.", "afp story"),
    ("en", "The mayor confirmed it to the AP.", "ap story"),
    ("en", "A video seen by Reuters shows nine bodies.", "thomson-reuters story"),
    ("en", "Nine died, Reuters reported.", "thomson-reuters sentence"),
    ("en", "According to the French agency AFP, nine died.", "afp sentence"),
    ("en", "Nine died, according to hospital sources and Reuters witnesses.", "thomson-reuters sentence"),
    ("en", "AFP could not verify the toll.", "afp story"),
    ("en", "Nine died, according to AFP and Reuters.", "afp sentence, thomson-reuters sentence"),
    ("en", "One nurse told AFP nine died; another told Reuters ten.", "afp sentence, thomson-reuters sentence"),
    ("en", "The report is credited to Reuters.", "thomson-reuters document"),
    ("en", "The Vardo Herald writes that nine died.", "herald sentence"),
    ("en", "The VOM said nine died.", "observers sentence"),
    ("en", "The newspaper Orra Evening Post reported nine dead.", "orra-evening-post sentence"),
    ("en", "The news site Ouadane Actu has its own count: nine.", ""),
    ("fr", "Neuf morts, a raconté un infirmier à l'AFP.", "afp story"),
    ("fr", "Neuf morts, selon l’AFP.", "afp sentence"),
    ("fr", "D'après l'agence officielle APS, il y a neuf morts.", "aps sentence"),
    ("fr", "Neuf morts, a-t-il dit à l'AFP.", "afp story"),
    ("fr", "Un élu joint par l'AFP parle de neuf morts.", "afp story"),
    ("fr", "Il y a neuf morts, rapporte Reuters.", "thomson-reuters sentence"),
    ("fr", "Reuters, qui cite un élu, et l'AFP parlent de deux tués.", "thomson-reuters sentence, afp sentence"),
    ("fr", "Il y a neuf morts (Source : AFP)", "afp document"),
    ("fr", "Neuf personnes sont mortes lundi, avec AFP", "afp document"),
    ("fr", "Le texte, repris de RFI, parle de neuf morts.", "france-medias-monde document"),
    ("fr", "Citant l'AFP, le site parle de neuf morts.", "afp sentence"),
    ("fr", "Un communiqué dont RFI fait état annonce neuf morts.", "france-medias-monde sentence"),
    ("fr", "Sollicitée par RFI, l'armée n'a pas répondu.", "france-medias-monde story"),
    ("fr", "Le bilan est de neuf morts, selon le journal Le Soir d'Orra.", "le-soir sentence"),
    ("es", "Hay nueve muertos, según EFE.", "efe sentence"),
    ("de", "Neun Menschen starben, berichtet Reuters.", "thomson-reuters sentence"),
    ("nl", "Volgens het persbureau Belga vielen er negen doden.", "belga sentence"),
    ("it", "Nove morti, secondo l'ANSA.", "ansa sentence"),
    ("", "ORRA (AFP) - ...", "afp document"),
]  # fmt: skip

# A name that nobody is said to have it from
NO_CREDIT = [
    ("en", "Two RFI journalists were killed near Kidal."),
    ("en", "The junta suspended RFI and France 24."),
    ("en", "The AP stylebook has nine chapters of rules."),
    ("en", "A convoy of the VOM was hit by a mine."),
    ("en", "Rebels from the CSP-DPA took the ford."),
    ("fr", "Les deux envoyés spéciaux de RFI enlevés à Kidal ont été exécutés."),
    ("fr", "Un camp de la VOM a été visé, selon une source proche de la VOM."),
    ("fr", "Les membres du Front de Libération se présentent comme une brigade."),
    ("fr", "L'ancien directeur accuse l'AFP de désinformation."),
]


def shown(found):
    return ", ".join(f"{credit.outlet.key} {credit.reach}" for credit in found)


@pytest.mark.parametrize(("language", "text", "expected"), SENTENCES)
def test_credit_and_its_reach_are_read_from_the_words_beside_the_name(language, text, expected):
    assert shown(find_credits(text, language, OUTLETS)) == expected


@pytest.mark.parametrize(("language", "text"), NO_CREDIT)
def test_name_alone_is_no_credit(language, text):
    assert shown(find_credits(text, language, OUTLETS)) == ""


def test_span_of_a_credit_is_the_name():
    text = "Neuf morts, a raconté un infirmier à l'AFP, lundi."
    (credit,) = find_credits(text, "fr", OUTLETS)
    assert credit.span.of(text) == "AFP"


def test_credit_in_a_title_holds_for_the_whole_text():
    assert shown(credits_of_title("Nine dead in Orra, according to the VOM", "en", OUTLETS)) == "observers document"


@pytest.mark.parametrize(
    ("name", "id", "names"),
    [
        ("Agence France-Presse (via a portal)", "afp", ("Agence France-Presse", "AFP")),
        ("AFP relayed by La Gazette", "afp-gazette", ("AFP",)),
        ("Radio France Internationale", "rfi", ("Radio France Internationale", "RFI")),
        ("PRI / GlobalPost", "pri", ("PRI", "GlobalPost")),
        ("AMAP, agence de presse", "amap", ("AMAP", "Amap")),
        ("UNHCR briefing notes", "unhcr", ("UNHCR", "Unhcr")),
        ("eFinder", "efinder", ("eFinder",)),
    ],
)
def test_name_of_a_source_ends_where_its_road_begins(name, id, names):
    assert names_of(source(id, name)) == names


def test_wire_of_a_case_and_the_built_in_one_are_one_house():
    house = outlets_of(newsroom(sources=[source("agence", "Agence France-Presse", family="paris-agency")]))
    assert {house.named(name).key for name in ("AFP", "Agence France-Presse", "agence france presse")} == {
        "paris-agency"
    }


def test_longest_name_wins_and_stands_alone():
    text = "Radio France Internationale, not the Northern Couriers, said so."
    assert [outlet.name for _, _, outlet in OUTLETS.find(text)] == ["RFI"]
