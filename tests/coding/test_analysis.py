"""What only an analysis says by naming it, and what it does not say."""

import pytest
from tests.coding.test_records import read

OPINIONS = {
    "en": "The crisis is deepening. Control of the north remains fragile. The conflict is becoming more complex. "
    "This shift weakens the authority of the state. The balance of power appears to change. "
    "The pressure reflects a wider transformation. Insecurity erodes the economy. "
    "The war becomes a contest of endurance. {} The situation seems unstable.",
    "fr": "La crise s'aggrave. Le contrôle du nord reste fragile. Le conflit devient plus complexe. "
    "Ce tournant affaiblit l'autorité de l'État. L'équilibre des forces semble changer. "
    "La pression reflète une transformation plus large. L'insécurité érode l'économie. "
    "La guerre devient une épreuve d'endurance. {} La situation paraît instable.",
}
NAMED = (
    ("en", "After the withdrawal of the UNMS, the vacuum grew deeper than before.", "withdrawal"),
    ("en", "The downing of a helicopter fits into a broader pattern of pressure.", "shoot_down"),
    ("en", "The kidnapping of engineers weakens the confidence of investors in the country.", "kidnapping"),
    ("fr", "Après le retrait de l'UNMS, le vide est devenu plus profond qu'auparavant.", "withdrawal"),
    ("fr", "L'enlèvement d'ingénieurs fragilise la confiance des investisseurs dans le pays.", "kidnapping"),
    ("fr", "L'assassinat du maire illustre la fragilité de toute la région du nord.", "killing"),
)
BACKED = (
    ("en", "The army, backed by the Volk Group, remains unable to hold the countryside."),
    ("en", "The MUR, supported by foreign donors, seems stronger than a year before."),
    ("en", "The League emerged as the main partner of the government in the plain."),
    ("fr", "L'armée, soutenue par Volk, reste incapable de tenir les campagnes du nord."),
    ("fr", "Le MUR, appuyé par des bailleurs étrangers, semble plus fort qu'il y a un an."),
    ("fr", "La Ligue s'impose comme le principal partenaire du gouvernement dans la plaine."),
)
NO_ACT = (
    ("en", "The evidence suggests a return to the old order of the north."),
    ("en", "The new phase requires a different set of tools and of ideas."),
    ("en", "Old approaches lose their effect while new ones are slow to come."),
)


@pytest.mark.parametrize(("language", "sentence", "subtype"), NAMED)
def test_an_analysis_tells_of_a_happening_by_naming_it_with_those_it_befell(
    language: str, sentence: str, subtype: str
) -> None:
    claims = read(OPINIONS[language].format(sentence), language)
    assert [c for c in claims if c["kind"] == "event" and c["subtype"] == subtype]


@pytest.mark.parametrize(("language", "sentence"), BACKED)
def test_an_analysis_tells_of_backing_by_a_participle_or_a_noun(language: str, sentence: str) -> None:
    claims = read(OPINIONS[language].format(sentence), language)
    assert [c for c in claims if (c["kind"], c["subtype"]) == ("relation", "backing")]


@pytest.mark.parametrize(("language", "sentence"), NO_ACT)
def test_what_nobody_does_in_an_analysis_is_no_act(language: str, sentence: str) -> None:
    claims = read(OPINIONS[language].format(sentence), language)
    assert not [c for c in claims if c["kind"] in ("talk", "intent", "event")]
