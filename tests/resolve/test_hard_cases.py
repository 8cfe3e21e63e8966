"""The hard cases, from the text through the coder to the world, in both languages and by two linkers."""

from collections.abc import Callable

import pytest

from faultline.coding.coder import make_coder
from faultline.record.days import parse_days
from faultline.record.ids import document_id
from faultline.record.text import Document, Filing
from faultline.resolve.casualties import deaths
from faultline.resolve.linker import link
from faultline.resolve.report import Report
from faultline.resolve.world import World, resolve
from tests.resolve.hand import counting, hand_case
from tests.resolve.standin import standin

Read = Callable[..., Report]
Make = Callable[..., World]
LANGUAGES = pytest.mark.parametrize("language", ["en", "fr"])


@pytest.fixture(scope="module")
def read() -> Read:
    """Reads a text as the coder does."""
    coder = make_coder(hand_case())

    def reading(text: str, published: str, language: str = "en", source: str = "courier") -> Report:
        id = document_id(text.encode())
        filing = Filing(f"reports/{id}.md", id, source, "", "", language, parse_days(published))
        return Report(filing, text, coder.code(Document(id, "", "text/plain", text), filing).claims)

    return reading


@pytest.fixture(params=[standin, link], ids=["stand-in", "shipped model"])
def world_of(request: pytest.FixtureRequest) -> Make:
    """Makes a world of reports: whatever links tellings, the hard cases hold."""
    return lambda *reports: resolve(hand_case(), reports, (), request.param)


def killed(world: World) -> list[int | None]:
    return [deaths(world, incident.id, counting(world)) for incident in world.incidents]


ATTACK = {
    "en": "Gunmen attacked an army post in Belk on 12 May 2020, killing four soldiers, the army said.",
    "fr": "Des hommes armés ont attaqué un camp à Belk le 12 mai 2020, tuant quatre soldats, selon l'armée.",
}
FOLLOW_UP = {
    "en": "Seven soldiers died in the attack on Belk on 12 May 2020, the army said on Friday.",
    "fr": "Sept soldats sont morts dans l'attaque de Belk le 12 mai 2020, a annoncé l'armée vendredi.",
}
TWICE = {
    "en": "Gunmen attacked Belk at dawn on 12 May 2020. In the evening a second attack hit the market of Belk.",
    "fr": "Des hommes armés ont attaqué Belk à l'aube le 12 mai 2020. Le soir, une deuxième attaque a visé le marché.",
}
ANNIVERSARY = {
    "en": "A year ago, on 12 May 2020, gunmen attacked Belk and killed four soldiers.",
    "fr": "Il y a un an, le 12 mai 2020, des hommes armés attaquaient Belk et tuaient quatre soldats.",
}
DENIAL = {
    "en": "The Army of Varda denied that its soldiers had killed civilians in Belk on 12 May 2020.",
    "fr": "L'armée a démenti que ses soldats aient tué des civils à Belk le 12 mai 2020.",
}
ACCUSED = {
    "en": "Soldiers killed nine civilians in Belk on 12 May 2020, residents said.",
    "fr": "Des soldats ont tué neuf civils à Belk le 12 mai 2020, selon des habitants.",
}
SIEGE = {
    "en": "The River Front threatened to besiege Sull from Monday.",
    "fr": "Le River Front a menacé d'assiéger Sull à partir de lundi.",
}
ACCIDENT = {
    "en": "An army helicopter crashed near Belk on 12 May 2020 because of a fault, killing two crew, the army said.",
    "fr": "Un hélicoptère de l'armée s'est écrasé près de Belk le 12 mai 2020 à la suite d'une panne, selon l'armée.",
}
SHOT_DOWN = {
    "en": "River Front fighters shot down an army helicopter near Belk on 30 May 2020, the group said.",
    "fr": "Le River Front a abattu un hélicoptère de l'armée près de Belk le 30 mai 2020, selon le groupe.",
}


@LANGUAGES
def test_follow_up_toll_is_one_incident_with_the_later_toll_of_that_voice(
    read: Read, world_of: Make, language: str
) -> None:
    world = world_of(read(ATTACK[language], "2020-05-13", language), read(FOLLOW_UP[language], "2020-05-15", language))
    assert killed(world) == [7]


@LANGUAGES
def test_two_attacks_on_one_town_in_one_day_are_two(read: Read, world_of: Make, language: str) -> None:
    assert len(world_of(read(TWICE[language], "2020-05-13", language)).incidents) == 2


@LANGUAGES
def test_anniversary_article_tells_of_the_old_incident_and_makes_no_new_one(
    read: Read, world_of: Make, language: str
) -> None:
    old, later = read(ATTACK[language], "2020-05-13", language), read(ANNIVERSARY[language], "2021-05-12", language)
    (incident,) = world_of(old, later).incidents
    assert str(incident.days) == "2020-05-12"
    assert killed(world_of(old, later)) == [4]


@LANGUAGES
def test_denial_stands_beside_what_it_denies_and_takes_nothing_away(read: Read, world_of: Make, language: str) -> None:
    world = world_of(read(ACCUSED[language], "2020-05-13", language), read(DENIAL[language], "2020-05-14", language))
    (incident,) = world.incidents
    assert {claim.modality.value for claim in map(world.claims.__getitem__, incident.claims)} >= {"denied"}
    assert killed(world) == [9]


@LANGUAGES
def test_announced_siege_is_no_incident(read: Read, world_of: Make, language: str) -> None:
    assert world_of(read(SIEGE[language], "2020-05-14", language)).incidents == ()


@LANGUAGES
def test_helicopter_accident_is_no_shoot_down(read: Read, world_of: Make, language: str) -> None:
    world = world_of(
        read(ACCIDENT[language], "2020-05-13", language), read(SHOT_DOWN[language], "2020-05-31", language)
    )
    first, second = ([world.claims[id].subtype for id in incident.claims] for incident in world.incidents)
    assert "accident" in first and "shoot_down" not in first
    assert "accident" not in second


def test_one_attack_told_in_two_languages_is_one_incident(read: Read, world_of: Make) -> None:
    reports = [
        read(ATTACK[language], "2020-05-13", language, source)
        for language, source in (("en", "courier"), ("fr", "radio"))
    ]
    assert killed(world_of(*reports)) == [4]


def test_a_week_told_in_two_languages_is_as_many_incidents_as_in_one(read: Read) -> None:
    week = [
        (
            "Gunmen killed four soldiers in an ambush near Belk on 12 May 2020, the army said.",
            "Quatre soldats ont été tués dans une embuscade près de Belk le 12 mai 2020, selon l'armée.",
        ),
        (
            "An explosion wounded nine traders at the market of Sull on 13 May 2020, residents said.",
            "Une explosion a blessé neuf commerçants au marché de Sull le 13 mai 2020, selon des habitants.",
        ),
        (
            "The River Front kidnapped three teachers in Belk on 16 May 2020, the mayor said.",
            "Le River Front a enlevé trois enseignants à Belk le 16 mai 2020, a déclaré le maire.",
        ),
        (
            "The army shelled Sull on 17 May 2020 and killed six villagers, Rescue Watch said.",
            "L'armée a bombardé Sull le 17 mai 2020 et tué six villageois, selon Rescue Watch.",
        ),
    ]
    reports = [
        read(text, "2020-05-18", language, source)
        for pair in week
        for text, language, source in zip(pair, ("en", "fr"), ("courier", "radio"), strict=True)
    ]
    world = resolve(hand_case(), reports, (), link)
    documents = [{world.claims[claim].document for claim in incident.claims} for incident in world.incidents]
    assert documents == [{one.document, other.document} for one, other in zip(reports[::2], reports[1::2], strict=True)]


@LANGUAGES
def test_village_of_a_name_that_two_have_is_left_open(read: Read, world_of: Make, language: str) -> None:
    told = read(ATTACK[language].replace("Belk", "Tarn"), "2020-05-13", language)
    (incident,) = world_of(told).incidents
    assert set(incident.places) == {"tarn", "tarn-south"}


IN_REGION = {
    "en": "Gunmen attacked an army post in Tarn, in the {0} region, on 12 May 2020, killing four soldiers.",
    "fr": "Des hommes armés ont attaqué un camp à Tarn, dans la région de {0}, le 12 mai 2020, tuant quatre soldats.",
}


@LANGUAGES
def test_two_villages_of_one_name_are_told_apart_by_their_regions(read: Read, world_of: Make, language: str) -> None:
    reports = [
        read(IN_REGION[language].format(region), "2020-05-13", language, source)
        for region, source in (("Osk", "courier"), ("Marr", "radio"))
    ]
    world = world_of(*reports)
    assert sorted(incident.places for incident in world.incidents) == [("tarn",), ("tarn-south",)]


NO_SIEGE = {
    "en": "There is no siege of Sull, residents said on Tuesday.",
    "fr": "Il n'y a pas de siège à Sull, ont dit des habitants mardi.",
}


@LANGUAGES
def test_siege_that_was_announced_and_did_not_happen_never_happened(read: Read, world_of: Make, language: str) -> None:
    world = world_of(read(SIEGE[language], "2020-05-14", language), read(NO_SIEGE[language], "2020-05-20", language))
    said = [world.claims[id].modality.value for incident in world.incidents for id in incident.claims]
    assert set(said) <= {"denied", "negated"}
